"""Conversations as their listeners know them."""

from __future__ import annotations

from datetime import UTC, datetime

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.clock import ManualClock
from backend.events.facts import (
    EmotionFelt,
    SentenceReady,
    SightChanged,
    StatusChanged,
    TokenStreamed,
    TurnBegan,
    TurnEnded,
    UserSpoke,
)
from backend.gateway.ledger import Ledger

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def ended(turn: int, conversation: str = "main") -> TurnEnded:
    return TurnEnded(conversation, turn, Cause.USER, EndReason.STOP, "x", Emotion.CALM, NOW)


def test_a_running_turn_is_known_as_far_as_it_was_told() -> None:
    """What the user said, the emotion, the pieces and the sentences."""
    ledger = Ledger()
    for fact in (
        UserSpoke("main", 7, "hi", Source.TYPED, "chat", NOW),
        TurnBegan("main", 7, Cause.USER, NOW),
        EmotionFelt("main", 7, Emotion.HAPPY),
        TokenStreamed("main", 7, "He"),
        TokenStreamed("main", 7, "llo."),
        SentenceReady("main", 7, "Hello."),
    ):
        assert ledger.enter(fact)
    running = ledger.running("main")
    assert running is not None
    assert (running.turn, running.user_text, running.text, running.sentences) == (7, "hi", "Hello.", ["Hello."])
    assert running.emotion is Emotion.HAPPY
    assert ledger.running("other") is None
    assert ledger.any_running() == 7
    ledger.enter(ended(7))
    assert ledger.running("main") is None
    assert ledger.any_running() is None


def test_nothing_of_a_turn_follows_its_end() -> None:
    """Pieces and a second end of a turn that is over are not told; another turn's are."""
    ledger = Ledger()
    ledger.enter(TurnBegan("main", 7, Cause.USER, NOW))
    assert ledger.enter(ended(7))
    assert not ledger.enter(TokenStreamed("main", 7, "late"))
    assert not ledger.enter(EmotionFelt("main", 7, Emotion.SAD))
    assert not ledger.enter(ended(7))
    assert ledger.enter(TokenStreamed("main", 8, "new"))
    assert ledger.enter(TokenStreamed("other", 7, "elsewhere"))


def test_open_turns() -> None:
    """A message that waits is open from when it was taken until its turn ends."""
    ledger = Ledger()
    ledger.enter(UserSpoke("main", 7, "hi", Source.TYPED, "chat", NOW))
    ledger.enter(UserSpoke("main", 8, "there", Source.TYPED, "chat", NOW))
    assert ledger.open_turns("main") == {7, 8}
    ledger.enter(TurnBegan("main", 7, Cause.USER, NOW))
    ledger.enter(ended(7))
    assert ledger.open_turns("main") == {8}
    assert ledger.has_ended("main", 7)


def test_state_is_merged() -> None:
    """Who joins late is told all of the state, whichever part of it changed last."""
    ledger = Ledger()
    ledger.enter(StatusChanged("", {"llm": "loading", "storage": "ready"}))
    ledger.enter(StatusChanged("", {"llm": "ready"}))
    assert ledger.status == {"llm": "ready", "storage": "ready"}
    ledger.enter(SightChanged("main", "face", {"state": "present"}))
    ledger.enter(SightChanged("main", "desktop", {"app": "Editor"}))
    assert set(ledger.sight("main")) == {"face", "desktop"}


def test_sight_is_told_with_its_age_until_the_eye_is_gone() -> None:
    """A dashboard knows how old a sight is, and an eye that sees nothing any more is not shown."""
    clock = ManualClock()
    ledger = Ledger(clock)
    assert ledger.enter(SightChanged("main", "face", {"presence": "present"}))
    clock.advance(90)
    assert ledger.sight("main") == {"face": {"presence": "present", "age_seconds": 90}}
    assert ledger.enter(SightChanged("main", "face", {}))
    assert ledger.sight("main") == {}
    assert not ledger.enter(SightChanged("main", "face", {})), "that nothing is seen is told once"


def test_what_is_remembered_of_the_past_is_bounded() -> None:
    """Thousands of turns leave no trace."""
    ledger = Ledger()
    for turn in range(2000):
        ledger.enter(TurnBegan("main", turn, Cause.USER, NOW))
        ledger.enter(ended(turn))
    assert not ledger.open_turns("main")
    assert not ledger.has_ended("main", 0)
    assert ledger.has_ended("main", 1999)
