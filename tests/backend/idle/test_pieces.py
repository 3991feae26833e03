"""The small parts: breakpoints, what the user's words mean, cues, how remarks are received, what is remembered."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol.sight import SightFace, SightScreen, SightSystem
from alisa.protocol.tags import Cause, Emotion, EndReason, Presence, Source
from alisa.runtime.clock import ManualClock
from alisa.runtime.sections import QuietSettings
from backend.events import facts
from backend.events.facts import Verdict
from backend.idle import cues
from backend.idle.candidates import candidates
from backend.idle.decisions import KEPT, Decisions
from backend.idle.habits import NoHabits
from backend.idle.judging import Reception
from backend.idle.kinds import Kind, Remark
from backend.idle.limits import next_quiet
from backend.idle.mind import Mind
from backend.idle.moments import Breakpoint, between
from backend.idle.phrases import leaves_open, quiet_until, says_goodbye, wants_quiet, waves_away
from backend.idle.policy import Decision
from backend.sight.seen import Seen, after_report
from llm_server.starter.grammar import cues as trained

NOW = ManualClock().now()
EDIT = SightScreen(task="coding", app="Editor", window="● main.py - Editor")


def seen(*messages: SightFace | SightScreen | SightSystem) -> Seen:
    found = Seen()
    for message in messages:
        found = after_report(found, type(message).__name__.removeprefix("Sight").lower(), asdict(message), NOW)
    return found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (EDIT, replace(EDIT, window="main.py - Editor"), Breakpoint.SAVED),
        (replace(EDIT, window="*main.py - Editor"), replace(EDIT, window="main.py - Editor"), Breakpoint.SAVED),
        (EDIT, replace(EDIT, window="other.py - Editor"), None),
        (replace(EDIT, window="main.py - Editor"), EDIT, None),
        (EDIT, SightScreen(app="Firefox"), Breakpoint.SWITCH),
        (SightSystem(call=True), SightSystem(), Breakpoint.CALL_ENDED),
        (SightSystem(), SightSystem(call=True), None),
        (SightSystem(), SightSystem(idle_seconds=60), Breakpoint.PAUSE),
        (SightSystem(idle_seconds=60), SightSystem(idle_seconds=300), None),
        (SightSystem(idle_seconds=60), SightSystem(), None),
    ],
)
def test_breakpoints(before: Any, after: Any, found: Breakpoint | None) -> None:
    """A save, a switch, the end of a call, a pause; and not their opposites."""
    assert between(seen(before), seen(after)) is found


@pytest.mark.parametrize(
    "text",
    ["not now", "Not now, please.", "leave me alone", "Be quiet!", "shh", "I'm busy right now",
     "Alisa, be quiet please", "don't disturb me", "maybe later", "Please let me work.", "not now. I'm working."],
)  # fmt: skip
def test_the_user_wants_to_be_left_alone(text: str) -> None:
    """Said in the usual ways, politely or not."""
    assert waves_away(text)
    assert not says_goodbye(text)


@pytest.mark.parametrize(
    "text",
    ["What is not now?", "leave me alone in the forest, said the bear, and I'll tell you a story", "Is it quiet there?",
     "I was busy yesterday", "later I want to cook", "", "?!", "quiet music please play it", "Nothing",
     "stop words in python"],
)  # fmt: skip
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    """A message that says something else is an answer."""
    assert not waves_away(text)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("be quiet for two hours", "for two hours"),
        ("Please don't disturb me until six.", "until six"),
        ("leave me alone tonight, please", "tonight"),
        ("stay silent till tomorrow", "till tomorrow"),
        ("I'm busy until 3 pm", "until 3 pm"),
        ("Not now, and for the next hour please", "for the next hour"),
        ("no interruptions today", "today"),
        ("be quiet", ""),
        ("be quiet for once in your life and tell me a story about a very long and winding road", ""),
    ],
)
def test_how_long_to_leave_the_user_alone(text: str, end: str) -> None:
    """Until when is said in the same breath, and waves her away as well."""
    assert quiet_until(text) == end
    assert not end or waves_away(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("leave me alone", True), ("Be quiet, please!", True), ("later", False), ("not now", False), ("stop it", False)],
)
def test_what_asks_for_quiet_at_any_time(text: str, found: bool) -> None:
    """Whether or not she has just said something; other words may be an answer."""
    assert wants_quiet(text) is found


@pytest.mark.parametrize(
    "text",
    ["bye", "Good night!", "Goodbye Alisa", "see you tomorrow", "Okay, I have to go now.", "Bye, see you!", "gn8"],
)
def test_a_goodbye(text: str) -> None:
    """In the usual ways."""
    assert says_goodbye(text) == (text != "gn8")
    assert not says_goodbye(f"How do you say '{text}' in French?")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I'll tell you about it later", True),
        ("I have an exam tomorrow", True),
        ("wish me luck", True),
        ("let's talk about that tonight", True),
        ("I had an exam", False),
        ("tell me more", False),
    ],
)
def test_what_one_may_ask_about_later(text: str, found: bool) -> None:
    """An announcement leaves a thread open; a question does not."""
    assert leaves_open(text) is found


@given(st.text(max_size=3000))
def test_any_text_has_a_meaning_quickly(text: str) -> None:
    """Nothing that can be typed makes the recognisers stumble."""
    assert waves_away(text) in (True, False)
    assert says_goodbye(text) in (True, False)
    assert leaves_open(text) in (True, False)


def test_the_cues_are_those_that_the_starter_was_trained_on() -> None:
    """Word for word: the small model knows no others."""
    assert cues.MUSE == trained.MUSING
    assert cues.BACK == trained.RETURNED
    assert cues.stuck("main.py, line 42") == trained.STUCK.format(where="main.py, line 42")
    for hours, said in ((1, "an hour"), (1.5, "90 minutes"), (2, "two hours"), (3, "three hours"), (9, "four hours")):
        assert cues.long_work(timedelta(hours=hours)) == trained.LONG_WORK.format(how_long=said)


# --- how a remark is received -----------------------------------------------------------------------------


def user(text: str) -> facts.UserSpoke:
    return facts.UserSpoke("main", 8, text, Source.TYPED, "it", NOW)


def ended(reason: EndReason, turn: int = 7) -> facts.TurnEnded:
    return facts.TurnEnded("main", turn, Cause.IDLE, reason, "Hm.", Emotion.CALM, NOW)


@pytest.mark.parametrize(
    ("fact", "verdict"),
    [
        (user("oh, tell me more"), Verdict.WELCOME),
        (user("not now"), Verdict.DISMISSED),
        (facts.FeedbackGiven("main", 7, 1), Verdict.WELCOME),
        (facts.FeedbackGiven("main", None, -1), Verdict.DISMISSED),
        (facts.FeedbackGiven("main", 3, -1), None),
        (facts.FeedbackGiven("main", 7, 0), None),
        (facts.Snoozed("main", NOW + timedelta(hours=1)), Verdict.DISMISSED),
        (facts.Snoozed("main", NOW), None),
        (facts.MuteChanged("", muted=True), Verdict.DISMISSED),
        (facts.MuteChanged("", muted=False), None),
        (facts.CutIn("main", 7, "it"), None),
        (ended(EndReason.STOP), None),
    ],
)
def test_how_a_remark_is_received(fact: facts.Fact, verdict: Verdict | None) -> None:
    """An answer is a welcome; a thumb, a snooze, a mute or "not now" says otherwise."""
    assert Reception(Remark(NOW, "silence", "k", 7), NOW).take(fact, NOW) is verdict


def test_who_cuts_in_waves_away_unless_words_follow() -> None:
    """Speaking over her to answer is an answer."""
    cut = Reception(Remark(NOW, "silence", "k", 7), NOW)
    assert cut.take(facts.SpeechFinished("main", 7, "Hey", False, "voice"), NOW) is None
    assert cut.pass_time(NOW + timedelta(seconds=9)) is None
    assert cut.take(user("yes please"), NOW + timedelta(seconds=9)) is Verdict.WELCOME
    cut = Reception(Remark(NOW, "silence", "k", 7), NOW)
    cut.take(ended(EndReason.INTERRUPTED), NOW)
    assert cut.pass_time(NOW + timedelta(seconds=11)) is Verdict.DISMISSED


def test_no_answer_is_counted_from_the_end() -> None:
    """A slow model does not use up the time for an answer."""
    waiting = Reception(Remark(NOW, "silence", "k", 7), NOW)
    waiting.take(ended(EndReason.STOP), NOW + timedelta(minutes=4))
    assert waiting.pass_time(NOW + timedelta(minutes=6)) is None
    assert waiting.pass_time(NOW + timedelta(minutes=9)) is Verdict.IGNORED


# --- what could be said ---------------------------------------------------------------------------------------


def could_say(mind: Mind, minutes: float = 0.0, quiet: QuietSettings | None = None) -> dict[Kind, str]:
    now = NOW + timedelta(minutes=minutes)
    found = candidates(mind, now, NoHabits(), None if quiet is None else next_quiet(now, quiet))
    return {each.kind: each.reason for each in found}


def test_silence_has_categories() -> None:
    """Two minutes are nothing yet; the longer, the more it is worth."""
    mind = Mind(NOW)
    assert Kind.SILENCE not in could_say(mind, 1)
    weights = [candidates(mind, NOW + timedelta(minutes=m), NoHabits())[0].weight for m in (2, 5, 10, 30)]
    assert weights == sorted(weights)
    assert len(set(weights)) == 4


def test_the_seeds_weights_are_the_prior() -> None:
    """She speaks more readily when she teases than when she is serious, and most in the evening, least at night."""

    def weight(mode: str, hour: int) -> float:
        now = NOW.replace(hour=hour)
        [found] = candidates(Mind(now - timedelta(minutes=40), mode=mode), now, NoHabits())
        return found.weight

    by_mode = [weight(mode, 19) for mode in ("teasing", "calm", "serious")]
    assert by_mode == sorted(set(by_mode), reverse=True)
    by_hour = [weight("calm", hour) for hour in (19, 14, 9, 23)]
    assert by_hour == sorted(set(by_hour), reverse=True)
    assert weight("calm", 2) == weight("calm", 23)


def test_a_long_stretch_of_work_is_noticed() -> None:
    """Through short pauses; a real one begins anew."""
    mind = Mind(NOW)
    mind.take(facts.SightChanged("main", "screen", asdict(EDIT)), NOW)
    assert "90 minutes" in could_say(mind, 90)[Kind.BREAK]
    idle, back = SightSystem(idle_seconds=300), SightSystem()
    mind.take(facts.SightChanged("main", "system", asdict(idle)), NOW + timedelta(minutes=60))
    mind.take(facts.SightChanged("main", "system", asdict(back)), NOW + timedelta(minutes=75))
    assert Kind.BREAK not in could_say(mind, 120)


def test_the_night_comes_near() -> None:
    """Shortly before the quiet hours, and only to somebody who is there."""
    mind = Mind(NOW)
    mind.take(facts.SightChanged("main", "face", asdict(SightFace(Presence.PRESENT))), NOW)
    at_ten = QuietSettings(begins="22:00")
    assert Kind.LATE not in could_say(mind, 0, at_ten), "it is 20:14"
    assert Kind.LATE in could_say(mind, 75, at_ten)
    assert Kind.LATE not in could_say(mind, 107, at_ten)
    assert Kind.LATE in could_say(mind, 230, QuietSettings(begins="00:30")), "the night begins tomorrow"


def test_a_thread_that_was_left_open_is_remembered() -> None:
    """For a while; the next words close it."""
    mind = Mind(NOW)
    mind.take(facts.UserSpoke("main", 3, "I have an exam tomorrow", Source.TYPED, "it", NOW), NOW)
    assert Kind.THREAD not in could_say(mind, 60)
    assert Kind.THREAD in could_say(mind, 180)
    mind.take(facts.UserSpoke("main", 4, "hello", Source.TYPED, "it", NOW), NOW)
    assert Kind.THREAD not in could_say(mind, 180)


def test_no_reason_makes_the_user_feel_guilty() -> None:
    """Reasons tell what was noticed, never what the user should have done."""
    mind = Mind(NOW)
    mind.take(facts.SightChanged("main", "screen", asdict(EDIT)), NOW)
    for reason in could_say(mind, 95).values():
        assert not any(word in reason for word in ("should", "forgot", "miss", "at last", "ignored", "again"))


def test_the_same_refusal_is_told_once() -> None:
    """Half a minute later the same answer is only counted, and told again where it now holds back something else, too;
    the memory is bounded."""
    decisions = Decisions()
    refusal = Decision(NOW, False, "silence", "budget", "Too soon.")
    assert decisions.add(refusal)
    assert not decisions.add(replace(refusal, at=NOW + timedelta(seconds=30)))
    assert decisions.add(replace(refusal, kind="stuck")), "that she would have helped is worth knowing"
    assert not decisions.add(refusal)
    assert not decisions.add(replace(refusal, kind=""))
    assert decisions.add(replace(refusal, gate="worth"))
    assert [entry.times for entry in decisions.latest(5)] == [1, 3, 2]
    for number in range(2 * KEPT):
        decisions.add(replace(refusal, gate=str(number)))
    assert len(decisions.latest(10_000)) == KEPT
