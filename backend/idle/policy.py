"""Whether she speaks of her own accord: a row of gates, of which the first that holds her back decides.

Pure: a situation, a candidate and the user's limits in, a decision out, which always says why. Code decides; the model
only ever writes the thought. What was learnt of the user can make her speak less, never more than the limits allow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from alisa.protocol.tags import Attention, Channel, Presence
from alisa.runtime.sections import QuietSettings
from backend.events.facts import Verdict
from backend.idle.habits import Habits
from backend.idle.kinds import SCREEN_TEXT, Candidate, Kind, Remark, Urgency
from backend.idle.moments import Breakpoint

SAID_BEFORE = timedelta(days=14)
BACK_OFF = timedelta(hours=4)
"""After she was waved away."""
IN_A_ROW = 3
"""So often waved away in a row, she gives a kind up."""
BASE_COST = 0.2
"""What an unwelcome remark costs somebody who has never waved one away, where the best is worth 1."""
FOLLOWS_UP = timedelta(minutes=30)
"""So long after the user spoke aloud she may answer aloud."""


class Gate(StrEnum):
    """What can hold her back, in the order in which it is asked."""

    OFF = "off"
    SNOOZED = "snoozed"
    QUIET_HOURS = "quiet_hours"
    BUSY = "busy"
    SPEAKING = "speaking"
    ABSENT = "absent"
    ATTENTION = "attention"
    BREAKPOINT = "breakpoint"
    BUDGET = "budget"
    CONTENT = "content"
    WORTH = "worth"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the user allows; nothing that is learnt goes beyond it."""

    enabled: bool = True
    gap: timedelta = timedelta(minutes=20)
    per_hour: int = 3
    per_day: int = 8
    unanswered: int = 1
    """so many remarks in a row may stay without an answer"""
    loudest: Channel | None = None
    """None: she may speak aloud"""
    quiet: QuietSettings = field(default_factory=QuietSettings)


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the gates ask for."""

    now: datetime
    """aware, in the user's time zone"""
    listeners: bool = True
    """whether anybody is connected that could show or speak it"""
    snoozed_until: datetime | None = None
    goodbye: bool = False
    busy: str = ""
    """why the system is busy, in words"""
    speaking: str = ""
    """who speaks or what runs, in words"""
    unsettled: str = ""
    """why it is too early after a start or a sleep"""
    presence: Presence | None = None
    attention: Attention | None = None
    task: str = ""
    app: str = ""
    breakpoint: Breakpoint | None = None
    feels_hands: bool = True
    """whether breakpoints can be seen at all"""
    remarks: Sequence[Remark] = ()
    """of the last fortnight, oldest first"""
    engaged_at: datetime | None = None
    """when the user last spoke, came back or began a day"""
    spoke_aloud_at: datetime | None = None
    given_up: frozenset[str] = frozenset()
    """the kinds that are off"""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether she speaks, and why or why not."""

    at: datetime
    spoke: bool
    kind: str
    gate: str
    reason: str
    channel: Channel | None = None
    candidate: Candidate | None = None
    worth: float | None = None


_Test = Callable[[Situation, "Candidate | None", Limits, Habits], str]


def decide(situation: Situation, candidate: Candidate | None, limits: Limits, habits: Habits) -> Decision:
    """Ask one gate after the other. Without a candidate the answer is no, for the first reason that holds."""
    kind = candidate.kind.value if candidate is not None else ""
    for gate, holds_back in _GATES:
        reason = holds_back(situation, candidate, limits, habits)
        if reason:
            return Decision(situation.now, False, kind, gate.value, reason, candidate=candidate)
    if candidate is None:
        raise AssertionError("the gate of content lets nothing through that is nothing")
    value, _ = expected(situation, candidate, habits)
    channel = channel_for(situation, candidate, limits)
    return Decision(situation.now, True, kind, "", f"Because {candidate.reason}.", channel, candidate, value)


def choose(situation: Situation, candidates: Sequence[Candidate], limits: Limits, habits: Habits) -> Decision:
    """The first that may be said, the most urgent first; if none may, why not the most urgent.

    Who comes back is greeted before anything else is said.
    """
    ranked = sorted(candidates, key=lambda each: (each.kind is not Kind.BACK, -each.urgency, -each.weight, each.key))
    decisions = [decide(situation, candidate, limits, habits) for candidate in ranked or (None,)]
    return next((decision for decision in decisions if decision.spoke), decisions[0])


# --- the gates, in order ---------------------------------------------------------------------------


def _off(situation: Situation, candidate: Candidate | None, limits: Limits, _habits: Habits) -> str:
    if not limits.enabled:
        return "Speaking up is turned off (initiative.enabled)."
    if candidate is not None and candidate.kind.value in situation.given_up:
        return f"This kind of remark ({candidate.kind}) is turned off."
    return ""


def _snoozed(situation: Situation, _candidate: Candidate | None, _limits: Limits, _habits: Habits) -> str:
    until = situation.snoozed_until
    if until is not None and situation.now < until:
        return f"You asked for quiet until {until.astimezone(situation.now.tzinfo):%A %H:%M}."
    if situation.goodbye:
        return "You said goodbye; she waits until you are back."
    return ""


def _quiet_hours(situation: Situation, _candidate: Candidate | None, limits: Limits, _habits: Habits) -> str:
    if limits.quiet.include(situation.now.time()):
        return f"These are quiet hours, from {limits.quiet.begins} to {limits.quiet.ends}."
    return ""


def _busy(situation: Situation, _candidate: Candidate | None, _limits: Limits, _habits: Habits) -> str:
    return f"The system says that you are busy: {situation.busy}." if situation.busy else ""


def _speaking(situation: Situation, _candidate: Candidate | None, _limits: Limits, _habits: Habits) -> str:
    if situation.unsettled:
        return f"It is too early: {situation.unsettled}."
    return f"This is no moment to cut in: {situation.speaking}." if situation.speaking else ""


def _absent(situation: Situation, _candidate: Candidate | None, _limits: Limits, _habits: Habits) -> str:
    if not situation.listeners:
        return "Nothing is connected that could show or say it."
    return "You are not there." if situation.presence is Presence.ABSENT else ""


def _attention(situation: Situation, candidate: Candidate | None, _limits: Limits, _habits: Habits) -> str:
    if candidate is None or not candidate.looks_for_eyes:
        return ""
    if situation.attention is Attention.DISTRACTED and candidate.kind is not Kind.AWAY:
        return "You look elsewhere."
    return f"You are {_IMMERSED[situation.task]}." if situation.task in _IMMERSED else ""


_IMMERSED = {"meeting": "in a meeting", "gaming": "in a game", "watching": "watching something"}


def _breakpoint(situation: Situation, candidate: Candidate | None, _limits: Limits, _habits: Habits) -> str:
    if candidate is None or not candidate.needs_breakpoint or not situation.feels_hands:
        return ""
    return "" if situation.breakpoint is not None else "You are in the middle of something; she waits for a pause."


def _budget(situation: Situation, _candidate: Candidate | None, limits: Limits, _habits: Habits) -> str:
    now, remarks = situation.now, situation.remarks
    if remarks and now - remarks[-1].at < limits.gap:
        return f"She spoke up less than {_minutes(limits.gap)} ago."
    if _within(remarks, now, timedelta(hours=1)) >= limits.per_hour:
        return f"She has spoken up {limits.per_hour} times within the hour."
    if _within(remarks, now, timedelta(days=1)) >= limits.per_day:
        return f"She has spoken up {limits.per_day} times within a day."
    dismissed = [remark.at for remark in remarks if remark.verdict is Verdict.DISMISSED]
    if dismissed and now - dismissed[-1] < BACK_OFF:
        until = (dismissed[-1] + BACK_OFF).astimezone(now.tzinfo)
        return f"You waved away what she said last; she says nothing by herself until {until:%H:%M}."
    if unanswered(remarks, situation.engaged_at) >= limits.unanswered:
        waved = remarks[-1].verdict is Verdict.DISMISSED
        return f"You {'waved away' if waved else 'have not answered'} what she said last; she waits for you."
    return ""


def _content(situation: Situation, candidate: Candidate | None, _limits: Limits, _habits: Habits) -> str:
    if candidate is None:
        return "There is nothing to say."
    if not candidate.reason or not candidate.cue:
        return "There is no reason that she could name."
    if candidate.grounds and candidate.grounds <= {SCREEN_TEXT}:
        return "Words on the screen alone are no reason to speak."
    if any(remark.key == candidate.key and situation.now - remark.at < SAID_BEFORE for remark in situation.remarks):
        return "She has said this within the last fortnight."
    return ""


def _worth(situation: Situation, candidate: Candidate | None, _limits: Limits, habits: Habits) -> str:
    if candidate is None:
        return ""
    if candidate.kind is not Kind.BACK and habits.quiet_now(situation.now):
        return "At such a time you usually want quiet."
    value, cost = expected(situation, candidate, habits)
    if value > 0:
        return ""
    why = "you have waved such remarks away" if cost > BASE_COST else "it would probably not be worth the interruption"
    return f"She keeps it to herself: {why}."


_GATES: tuple[tuple[Gate, _Test], ...] = (
    (Gate.OFF, _off),
    (Gate.SNOOZED, _snoozed),
    (Gate.QUIET_HOURS, _quiet_hours),
    (Gate.BUSY, _busy),
    (Gate.SPEAKING, _speaking),
    (Gate.ABSENT, _absent),
    (Gate.ATTENTION, _attention),
    (Gate.BREAKPOINT, _breakpoint),
    (Gate.BUDGET, _budget),
    (Gate.CONTENT, _content),
    (Gate.WORTH, _worth),
)


# --- what a remark is worth, and how loud it is ---------------------------------------------------------


def expected(situation: Situation, candidate: Candidate, habits: Habits) -> tuple[float, float]:
    """What the remark is worth in expectation, above 0 where it should be said; and what an unwelcome one costs."""
    welcome = min(1.0, max(0.0, habits.worth(candidate.kind.value, situation.now, situation.app)))
    moment = min(1.0, max(0.0, habits.good_moment(situation.now, situation.task)))
    gain = candidate.weight * min(1.5, 2 * moment)
    cost = BASE_COST * 2 ** burden(situation.remarks, candidate.kind.value)
    return welcome * gain - (1 - welcome) * cost, cost


def burden(remarks: Sequence[Remark], kind: str) -> float:
    """How often more a kind was waved away than welcomed, of late; passed over counts half. Never below 0."""
    received = [remark.verdict for remark in remarks if remark.kind == kind]
    return max(0.0, sum(_BURDEN.get(verdict, 0.0) for verdict in received if verdict is not None))


_BURDEN = {Verdict.DISMISSED: 1.0, Verdict.IGNORED: 0.5, Verdict.WELCOME: -1.0}


def dismissed_in_a_row(remarks: Sequence[Remark], kind: str) -> int:
    """How often a kind was waved away since it was last received otherwise."""
    count = 0
    for remark in reversed(remarks):
        if remark.kind != kind or remark.verdict is None:
            continue
        if remark.verdict is not Verdict.DISMISSED:
            break
        count += 1
    return count


def unanswered(remarks: Sequence[Remark], engaged_at: datetime | None) -> int:
    """How many of her latest remarks found no answer, since the user last had to do with her.

    One that was waved away found none: waving her away must never bring more than saying nothing would.
    """
    count = 0
    for remark in reversed(remarks):
        if remark.verdict is Verdict.WELCOME:
            break
        if engaged_at is not None and remark.at < engaged_at:
            break
        count += 1
    return count


def channel_for(situation: Situation, candidate: Candidate, limits: Limits) -> Channel | None:
    """How loud it is: by urgency, as she is spoken to, and never louder than the user allows."""
    aloud_at = situation.spoke_aloud_at
    by_voice = aloud_at is not None and situation.now - aloud_at < FOLLOWS_UP
    loudness = min(Urgency.HIGH, candidate.urgency + (1 if by_voice else 0))
    allowed = _LOUDNESS.index(limits.loudest) + 1
    return _LOUDNESS[min(loudness, allowed) - 1]


_LOUDNESS: tuple[Channel | None, ...] = (Channel.BADGE, Channel.TOAST, None)


def _within(remarks: Sequence[Remark], now: datetime, span: timedelta) -> int:
    """How many remarks lie in the window that ends now. Ages are subtracted, never times: a day may have 23 hours."""
    return sum(now - remark.at < span for remark in remarks)


def _minutes(span: timedelta) -> str:
    return f"{round(span.total_seconds() / 60)} minutes"


def without_old(remarks: Sequence[Remark], now: datetime) -> list[Remark]:
    """The remarks that still matter."""
    return [remark for remark in remarks if now - remark.at < SAID_BEFORE]


def shifted(remarks: Sequence[Remark], by: timedelta) -> list[Remark]:
    """The remarks after the clock was set back: as old as they were before."""
    return [replace(remark, at=remark.at + by) for remark in remarks]
