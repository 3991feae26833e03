"""The gates: the first that fails decides and says why; caps hold in every window; being waved away never helps."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol.tags import Attention, Channel, Presence
from alisa.runtime.sections import QuietSettings
from backend.events.facts import Verdict
from backend.idle.habits import NoHabits
from backend.idle.kinds import SCREEN_TEXT, Candidate, Kind, Remark, Urgency
from backend.idle.moments import Breakpoint
from backend.idle.policy import (
    Gate,
    Limits,
    Situation,
    burden,
    choose,
    decide,
    dismissed_in_a_row,
    expected,
    unanswered,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LIMITS = Limits()
GOOD = Situation(NOON, presence=Presence.PRESENT, breakpoint=Breakpoint.SWITCH)
IDEA = Candidate(Kind.SILENCE, "silence:today", "nobody had spoken for a while", "(Say something.)", 0.9)


class Taste(NoHabits):
    """Habits that a test sets."""

    def __init__(self, worth: float = 0.5, moment: float = 0.5, quiet: bool = False) -> None:
        self._worth, self._moment, self._quiet = worth, moment, quiet

    def worth(self, kind: str, at: datetime, app: str) -> float:
        return self._worth

    def good_moment(self, at: datetime, task: str) -> float:
        return self._moment

    def quiet_now(self, at: datetime) -> bool:
        return self._quiet


def remark(minutes_ago: float, verdict: Verdict | None = Verdict.WELCOME, kind: str = "back", key: str = "") -> Remark:
    at = NOON - timedelta(minutes=minutes_ago)
    return Remark(at, kind, key or f"{kind}:{minutes_ago}", round(minutes_ago), "", verdict)


def gate(
    situation: Situation = GOOD, candidate: Candidate | None = IDEA, limits: Limits = LIMITS, **habits: Any
) -> str:
    decision = decide(situation, candidate, limits, Taste(**habits))
    assert decision.reason, "every decision has a reason for a person"
    assert decision.spoke == (decision.gate == "")
    return decision.gate


def test_a_good_idea_at_a_good_moment_is_said() -> None:
    """And the reason for it is told."""
    decision = decide(GOOD, IDEA, LIMITS, NoHabits())
    assert decision.spoke
    assert decision.reason == "Because nobody had spoken for a while."


@pytest.mark.parametrize(
    ("change", "held_by"),
    [
        ({"given_up": frozenset({"silence"})}, Gate.OFF),
        ({"snoozed_until": NOON + timedelta(minutes=1)}, Gate.SNOOZED),
        ({"goodbye": True}, Gate.SNOOZED),
        ({"now": NOON.replace(hour=22)}, Gate.QUIET_HOURS),
        ({"now": NOON.replace(hour=7, minute=59)}, Gate.QUIET_HOURS),
        ({"busy": "a presentation is running"}, Gate.BUSY),
        ({"speaking": "you are speaking"}, Gate.SPEAKING),
        ({"unsettled": "she has only just started"}, Gate.SPEAKING),
        ({"presence": Presence.ABSENT}, Gate.ABSENT),
        ({"listeners": False}, Gate.ABSENT),
        ({"attention": Attention.DISTRACTED}, Gate.ATTENTION),
        ({"task": "meeting"}, Gate.ATTENTION),
        ({"breakpoint": None}, Gate.BREAKPOINT),
        ({"remarks": [remark(19)]}, Gate.BUDGET),
        ({"remarks": [remark(59), remark(40), remark(21)]}, Gate.BUDGET),
        ({"remarks": [remark(60 * 23 - each * 120) for each in range(8)]}, Gate.BUDGET),
        ({"remarks": [remark(100, Verdict.IGNORED)]}, Gate.BUDGET),
        ({"remarks": [remark(239, Verdict.DISMISSED)], "engaged_at": NOON}, Gate.BUDGET),
        ({"remarks": [remark(60 * 24 * 13, key="silence:today")]}, Gate.CONTENT),
    ],
)
def test_what_holds_her_back(change: dict[str, Any], held_by: Gate) -> None:
    """One thing that is wrong is enough, and it is named."""
    assert gate(replace(GOOD, **change)) == held_by


@pytest.mark.parametrize(
    "change",
    [
        {"snoozed_until": NOON},
        {"now": NOON.replace(hour=8)},
        {"now": NOON.replace(hour=21, minute=59)},
        {"presence": None},
        {"breakpoint": None, "feels_hands": False},
        {"remarks": [remark(20)]},
        {"remarks": [remark(61), remark(41), remark(21)]},
        {"remarks": [remark(100, Verdict.IGNORED)], "engaged_at": NOON - timedelta(minutes=50)},
        {"remarks": [remark(241, Verdict.DISMISSED)], "engaged_at": NOON},
        {"remarks": [remark(60 * 24 * 14 + 1, key="silence:today")]},
    ],
)
def test_what_does_not(change: dict[str, Any]) -> None:
    """The other side of each edge."""
    assert gate(replace(GOOD, **change)) == ""


def test_the_first_gate_that_fails_decides() -> None:
    """Whoever asks hears the reason that weighs most."""
    worst = replace(GOOD, goodbye=True, busy="a call", presence=Presence.ABSENT, remarks=[remark(1)])
    assert gate(worst) == Gate.SNOOZED
    assert gate(worst, limits=replace(LIMITS, enabled=False)) == Gate.OFF
    assert gate(replace(worst, goodbye=False)) == Gate.BUSY


SHUT: dict[Gate, dict[str, Any]] = {
    Gate.OFF: {"given_up": frozenset({"silence"})},
    Gate.SNOOZED: {"snoozed_until": NOON + timedelta(hours=12)},
    Gate.QUIET_HOURS: {"now": NOON.replace(hour=22)},
    Gate.BUSY: {"busy": "a call"},
    Gate.SPEAKING: {"speaking": "you are speaking"},
    Gate.ABSENT: {"presence": Presence.ABSENT},
    Gate.ATTENTION: {"task": "meeting"},
    Gate.BREAKPOINT: {"breakpoint": None},
    Gate.BUDGET: {},
    Gate.CONTENT: {},
    Gate.WORTH: {},
}


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(SHUT, 2)))
def test_the_gates_stand_in_the_order_that_is_promised(first: Gate, second: Gate) -> None:
    """Of any two that hold her back, the earlier one is named."""
    both = {first, second}
    situation = replace(GOOD, **SHUT[first], **SHUT[second])
    limits = replace(LIMITS, per_hour=0) if Gate.BUDGET in both else LIMITS
    idea = replace(IDEA, grounds=frozenset({SCREEN_TEXT})) if Gate.CONTENT in both else IDEA
    assert gate(situation, idea, limits, worth=0.0 if Gate.WORTH in both else 1.0) == first


def test_nothing_to_say_is_a_reason_too() -> None:
    """But not the first: who asked for quiet hears that."""
    assert gate(candidate=None) == Gate.CONTENT
    assert gate(replace(GOOD, goodbye=True), None) == Gate.SNOOZED


def test_words_on_the_screen_alone_are_no_reason() -> None:
    """Whoever writes on the screen cannot make her speak."""
    assert gate(candidate=replace(IDEA, grounds=frozenset({SCREEN_TEXT}))) == Gate.CONTENT
    assert gate(candidate=replace(IDEA, grounds=frozenset({SCREEN_TEXT, "time"}))) == ""
    assert gate(candidate=replace(IDEA, reason="")) == Gate.CONTENT


def test_what_was_learnt_can_only_silence() -> None:
    """The best habits open no other gate; bad ones close the last."""
    assert gate(worth=0.05) == Gate.WORTH
    assert gate(quiet=True) == Gate.WORTH
    assert gate(moment=0.0) == Gate.WORTH
    assert gate(replace(GOOD, remarks=[remark(5)]), worth=1.0, moment=1.0) == Gate.BUDGET
    assert gate(worth=17.0, moment=99.0) == "", "and nonsense is kept in bounds"


def test_the_most_urgent_is_said_first() -> None:
    """What was said already gives way to the next."""
    stuck = Candidate(Kind.STUCK, "stuck:x", "an error stayed", "(Help.)", 1.0, Urgency.HIGH)
    assert choose(GOOD, [IDEA, stuck], LIMITS, NoHabits()).kind == "stuck"
    said = replace(GOOD, remarks=[replace(remark(60 * 48), key="stuck:x")])
    assert choose(said, [IDEA, stuck], LIMITS, NoHabits()).kind == "silence"
    refused = choose(replace(GOOD, goodbye=True), [IDEA, stuck], LIMITS, NoHabits())
    assert (refused.kind, refused.gate) == ("stuck", Gate.SNOOZED)


@pytest.mark.parametrize(
    ("urgency", "by_voice", "loudest", "channel"),
    [
        (Urgency.LOW, False, None, Channel.BADGE),
        (Urgency.MEDIUM, False, None, Channel.TOAST),
        (Urgency.HIGH, False, None, None),
        (Urgency.LOW, True, None, Channel.TOAST),
        (Urgency.MEDIUM, True, None, None),
        (Urgency.HIGH, True, Channel.TOAST, Channel.TOAST),
        (Urgency.HIGH, False, Channel.BADGE, Channel.BADGE),
    ],
)
def test_how_loud_she_is(urgency: Urgency, by_voice: bool, loudest: Channel | None, channel: Channel | None) -> None:
    """By urgency, a little louder to somebody who talks with her, and never louder than allowed."""
    situation = replace(GOOD, spoke_aloud_at=NOON - timedelta(minutes=5) if by_voice else None)
    decision = decide(situation, replace(IDEA, urgency=urgency), replace(LIMITS, loudest=loudest), NoHabits())
    assert decision.channel is channel


def test_being_waved_away_doubles_the_cost() -> None:
    """Each time; a welcome takes one back; three in a row are counted."""
    waved = [remark(60 * 24 * day, Verdict.DISMISSED, "silence") for day in (3, 2, 1)]
    costs = [expected(replace(GOOD, remarks=waved[:count]), IDEA, NoHabits())[1] for count in range(4)]
    assert [round(cost / costs[0], 6) for cost in costs] == [1, 2, 4, 8]
    assert burden([*waved, remark(60, Verdict.WELCOME, "silence")], "silence") == 2
    assert burden([*waved, remark(60, Verdict.IGNORED, "silence")], "silence") == 3.5
    assert burden(waved, "back") == 0
    assert dismissed_in_a_row(waved, "silence") == 3
    assert dismissed_in_a_row([*waved, remark(60, Verdict.IGNORED, "silence")], "silence") == 0
    assert dismissed_in_a_row(waved, "back") == 0
    assert unanswered(waved, None) == 3


# --- for all -----------------------------------------------------------------------------------------

VERDICTS = st.sampled_from([None, *Verdict])
KINDS = st.sampled_from([kind.value for kind in Kind])


@st.composite
def remarks(draw: st.DrawFn) -> list[Remark]:
    ages = sorted(draw(st.lists(st.integers(1, 60 * 24 * 15), max_size=12)), reverse=True)
    return [remark(age, draw(VERDICTS), draw(KINDS)) for age in ages]


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    return Situation(
        NOON + timedelta(minutes=draw(st.integers(0, 24 * 60))),
        listeners=draw(st.booleans()),
        snoozed_until=draw(st.sampled_from([None, NOON + timedelta(hours=3)])),
        goodbye=draw(st.booleans()),
        busy=draw(st.sampled_from(["", "a call"])),
        speaking=draw(st.sampled_from(["", "she is speaking"])),
        presence=draw(st.sampled_from([None, *Presence])),
        attention=draw(st.sampled_from([None, *Attention])),
        task=draw(st.sampled_from(["", "coding", "meeting"])),
        breakpoint=draw(st.sampled_from([None, *Breakpoint])),
        feels_hands=draw(st.booleans()),
        remarks=draw(remarks()),
        engaged_at=draw(st.sampled_from([None, NOON])),
        given_up=draw(st.sampled_from([frozenset(), frozenset({"silence"})])),
    )


def worths() -> st.SearchStrategy[float]:
    return st.floats(0, 1)


@given(situations(), worths(), worths())
def test_no_gated_state_lets_anything_through(situation: Situation, worth: float, moment: float) -> None:
    """Whatever was learnt: in none of these states a word is said."""
    spoke = decide(situation, IDEA, LIMITS, Taste(worth, moment)).spoke
    now = situation.now
    gated = (
        situation.goodbye
        or situation.busy
        or situation.speaking
        or not situation.listeners
        or situation.presence is Presence.ABSENT
        or "silence" in situation.given_up
        or now.hour >= 22
        or now.hour < 8
        or (situation.snoozed_until is not None and now < situation.snoozed_until)
        or any(now - each.at < timedelta(minutes=20) for each in situation.remarks)
        or sum(now - each.at < timedelta(hours=1) for each in situation.remarks) >= 3
        or sum(now - each.at < timedelta(days=1) for each in situation.remarks) >= 8
    )
    assert not (spoke and gated)


@given(situations(), worths(), worths(), st.data())
def test_one_more_dismissal_never_brings_a_remark(
    situation: Situation, worth: float, moment: float, data: st.DataObject
) -> None:
    """A remark that was waved away instead of received in any other way never opens a gate."""
    if not situation.remarks:
        return
    place = data.draw(st.integers(0, len(situation.remarks) - 1))
    waved = list(situation.remarks)
    waved[place] = replace(waved[place], verdict=Verdict.DISMISSED)
    habits = Taste(worth, moment)
    before = decide(situation, IDEA, LIMITS, habits)
    after = decide(replace(situation, remarks=waved), IDEA, LIMITS, habits)
    assert before.spoke or not after.spoke


@given(st.lists(st.tuples(st.integers(1, 90), VERDICTS), max_size=200), st.integers(0, 10))
def test_caps_hold_in_every_window(steps: list[tuple[int, Verdict | None]], per_hour: int) -> None:
    """However the day goes, no hour and no day has more than is allowed."""
    limits = replace(LIMITS, per_hour=per_hour, gap=timedelta(minutes=5), quiet=QuietSettings(on=False))
    said: list[Remark] = []
    now = NOON
    for number, (minutes, verdict) in enumerate(steps):
        now += timedelta(minutes=minutes)
        situation = replace(GOOD, now=now, remarks=said, engaged_at=now)
        if decide(situation, replace(IDEA, key=str(number)), limits, Taste(1.0, 1.0)).spoke:
            said.append(Remark(now, "silence", str(number), number, "", verdict))
    for each in said:
        assert sum(timedelta() <= each.at - other.at < timedelta(hours=1) for other in said) <= per_hour
        assert sum(timedelta() <= each.at - other.at < timedelta(days=1) for other in said) <= limits.per_day


@pytest.mark.parametrize(
    "clock_change", [datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 10, 24, 12, 0, tzinfo=UTC)]
)
def test_ages_are_real_minutes_when_clocks_change(clock_change: datetime) -> None:
    """An hour has sixty minutes, also in the night in which the wall clock jumps."""
    berlin = ZoneInfo("Europe/Berlin")
    limits = replace(LIMITS, quiet=QuietSettings(on=False))
    for minutes in range(0, 24 * 60, 7):
        now = clock_change + timedelta(minutes=minutes)
        for age, held in ((19, True), (21, False)):
            said = [Remark(now - timedelta(minutes=age), "back", "x", 1, "", Verdict.WELCOME)]
            situation = replace(GOOD, now=now.astimezone(berlin), remarks=said)
            assert (decide(situation, IDEA, limits, NoHabits()).gate == Gate.BUDGET) is held


def _quiet(begins: str, ends: str) -> Callable[[datetime], bool]:
    limits = replace(LIMITS, quiet=QuietSettings(begins=begins, ends=ends))
    return lambda now: decide(replace(GOOD, now=now), IDEA, limits, NoHabits()).gate == Gate.QUIET_HOURS


def test_quiet_hours_are_those_of_the_wall() -> None:
    """Over midnight, within a day, and on the days on which clocks change."""
    night, noon, never = _quiet("22:00", "08:00"), _quiet("12:00", "13:00"), _quiet("09:00", "09:00")
    berlin = ZoneInfo("Europe/Berlin")
    for day in (datetime(2026, 3, 29, tzinfo=berlin), datetime(2026, 10, 25, tzinfo=berlin)):
        for hour in range(24):
            at = day.replace(hour=hour, minute=30)
            assert night(at) == (hour >= 22 or hour < 8)
            assert noon(at) == (hour == 12)
            assert not never(at)
