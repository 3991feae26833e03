"""From what happened to what clients are told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alisa.protocol.codec import decode
from alisa.protocol.message import Message
from alisa.protocol.messages import EmotionShown, End, Sentence, Status, Token, Turn, User, Vision
from alisa.protocol.roles import HEARS, Role
from alisa.protocol.tags import Cause, Channel, Emotion, EndReason, Source
from backend.events import facts
from backend.gateway.ledger import Ledger, RunningTurn
from backend.gateway.outbound import finished_turn, frame_for, frames_for, message_of, origin_of, turn_so_far
from backend.storage.types import StoredMessage

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FACTS: list[tuple[facts.Fact, str | None, str | None]] = [
    (facts.UserSpoke("main", 7, "hi", Source.TYPED, "it", NOW), "[USER:7]hi", None),
    (facts.TurnBegan("main", 7, Cause.IDLE, NOW), '[TURN:7]{"cause":"idle"}', None),
    (facts.TurnBegan("main", 7, Cause.VISION, NOW, Channel.TOAST),
     '[TURN:7]{"cause":"vision","channel":"toast"}', None),
    (facts.TokenStreamed("main", 7, "Hel"), "[TOKEN:7]Hel", "Hel"),
    (facts.TokenStreamed("main", 7, "[END]"), "[TOKEN:7][END]", "\u200b[END]"),
    (facts.EmotionFelt("main", 7, Emotion.HAPPY), "[EMOTION:7]happy", "[EMOTION]happy"),
    (facts.SentenceReady("main", 7, "Hello."), "[SENTENCE:7]Hello.", None),
    (facts.TurnFailed("main", 7, "llm_unreachable", "She is away.", "Wait."),
     '[ERROR:7]{"code":"llm_unreachable","message":"She is away.","hint":"Wait."}', "[ERROR]"),
    (facts.TurnEnded("main", 7, Cause.USER, EndReason.STOP, "Hello.", Emotion.HAPPY, NOW, {"total": 3.5}),
     '[END:7]{"reason":"stop","timings":{"total":3.5}}', "[END]"),
    (facts.ModeChanged("main", "calm", "it"), "[MODE]calm", None),
    (facts.SpeechBegan("main", 7, "it"), "[SPEECH_START:7]", "[SPEECH_START]"),
    (facts.SpeechFinished("main", 7, "Hel", False, "it"),
     '[SPEECH_END:7]{"heard":"Hel","completed":false}', "[SPEECH_END]"),
    (facts.MouthMoved("main", 0.4, "it"), "[MOUTH]0.4", None),
    (facts.PartialHeard("main", "he", "it"), "[PARTIAL]he", None),
    (facts.Snoozed("main", NOW), None, None),
    (facts.DecisionMade("main", NOW, spoke=False, kind="silence", gate="snoozed", reason="Wait."), None, None),
    (facts.RemarkJudged("main", "silence", 7, NOW, "Editor", facts.Verdict.WELCOME), None, None),
    (facts.ReminderDue("main", 3, "call", NOW), None, None),
    (facts.MuteChanged("", muted=True), '[MUTE]{"muted":true}', None),
    (facts.FeedbackGiven("main", 7, 1), None, None),
    (facts.HistoryCleared("main"), None, None),
    (facts.CutIn("main", 7, "it"), "[INTERRUPT:7]", None),
    (facts.ReplyAmended("main", 7, "Hel"), None, None),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "full", "plain"), FACTS)
def test_the_table(fact: facts.Fact, full: str | None, plain: str | None) -> None:
    """Each fact in both dialects, as PROTOCOL.md writes them."""
    message = message_of(fact, Ledger())
    if message is None:
        assert full is None
        return
    for text, is_plain in ((full, False), (plain, True)):
        frame = frame_for(message, plain=is_plain)
        assert (frame is None) is (text is None)
        if frame is not None and text is not None:
            assert frame.data.endswith(text.encode())
            assert frame.turn == getattr(message, "turn", None)


def test_every_fact_is_in_this_test() -> None:
    """A new fact needs a decision here: told, or not told."""
    known = [kind for kind in vars(facts).values() if isinstance(kind, type) and issubclass(kind, facts.Fact)]
    all_facts = set(known) - {facts.Fact}
    told_elsewhere = {facts.StatusChanged, facts.SightChanged}
    assert {type(fact) for fact, _, _ in FACTS} | told_elsewhere == all_facts


def test_state_goes_out_whole() -> None:
    """A client may miss older frames of state: the latest is enough."""
    ledger = Ledger()
    for values in ({"llm": "down", "storage": "ready"}, {"llm": "ready"}):
        ledger.enter(fact := facts.StatusChanged("", values))
    assert message_of(fact, ledger) == Status({"llm": "ready", "storage": "ready"})
    for seen in (facts.SightChanged("main", "face", {"a": 1}), facts.SightChanged("main", "desktop", {"b": 2})):
        ledger.enter(seen)
    assert message_of(seen, ledger) == Vision(
        {"face": {"a": 1, "age_seconds": 0}, "desktop": {"b": 2, "age_seconds": 0}}
    )


def test_playback_is_not_told_to_whoever_plays() -> None:
    """And everything else is told to everybody, whoever caused it."""
    quiet = {type(fact) for fact, _, _ in FACTS if origin_of(fact) == "it"}
    assert quiet == {facts.SpeechBegan, facts.SpeechFinished, facts.CutIn, facts.MouthMoved, facts.PartialHeard}


def stored(role: str, text: str, *, interrupted: bool = False, emotion: Emotion | None = None) -> StoredMessage:
    return StoredMessage(1, 7, "main", role, text, emotion, Cause.USER, "it", interrupted, NOW)  # type: ignore[arg-type]


def test_a_finished_turn_is_retold_as_it_was_heard() -> None:
    """What the user said, the beginning, the emotion, all of the words, the end."""
    told = finished_turn([stored("user", "hi"), stored("assistant", "Hello.", emotion=Emotion.HAPPY)])
    assert told == [
        User("hi", 7), Turn(Cause.USER, 7), EmotionShown(Emotion.HAPPY, 7), Token("Hello.", 7), Sentence("Hello.", 7),
        End(EndReason.STOP, turn=7),
    ]  # fmt: skip


def test_an_interrupted_turn_is_not_spoken_again() -> None:
    """Its words are shown, marked as cut off."""
    told = finished_turn([stored("user", "hi"), stored("assistant", "Hel", interrupted=True)])
    assert told == [User("hi", 7), Turn(Cause.USER, 7), Token("Hel", 7), End(EndReason.INTERRUPTED, turn=7)]


def test_a_turn_without_a_reply_ends_as_failed() -> None:
    """A client that waits for its end is not left waiting."""
    assert finished_turn([stored("user", "hi")])[-1] == End(EndReason.ERROR, turn=7)


def test_a_turn_so_far() -> None:
    """Who comes in the middle hears what was said up to here, once."""
    running = RunningTurn(7, Cause.USER, "hi", ["He", "llo. Wor"], ["Hello."], Emotion.CALM)
    assert turn_so_far(running) == [
        User("hi", 7), Turn(Cause.USER, 7), EmotionShown(Emotion.CALM, 7), Token("Hello. Wor", 7),
        Sentence("Hello.", 7),
    ]  # fmt: skip
    assert turn_so_far(RunningTurn(8, Cause.IDLE)) == [Turn(Cause.IDLE, 8)]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLAIN])
def test_each_role_is_sent_what_it_hears(role: Role) -> None:
    """And nothing else."""
    messages: list[Message] = [m for fact, _, _ in FACTS if (m := message_of(fact, Ledger())) is not None]
    heard = {frame.tag for frame in frames_for(messages, role)}
    assert heard == {message.tag for message in messages} & HEARS[role]


def test_a_frame_holds_one_message() -> None:
    """What is queued can be read again."""
    frame = frame_for(Token("Hel", 7), plain=False)
    assert frame is not None
    assert decode(frame.data[2:].decode()) == Token("Hel", 7)
