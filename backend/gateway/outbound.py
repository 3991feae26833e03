"""The table from what happened in the hub to what clients are told, and from history to what they missed.

Pure. Which of them hears which message is the roles' business (`alisa.protocol.roles`), and how it
looks in a client's dialect the codec's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from alisa.protocol.codec import encode
from alisa.protocol.message import Message
from alisa.protocol.messages import (
    EmotionShown,
    End,
    Error,
    Interrupt,
    Mode,
    Mouth,
    Mute,
    Partial,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Status,
    Token,
    Turn,
    User,
    Vision,
)
from alisa.protocol.plain import encode_plain
from alisa.protocol.roles import HEARS, Role
from alisa.protocol.tags import EndReason
from backend.events import facts
from backend.gateway.frames import Frame
from backend.gateway.ledger import Ledger, RunningTurn
from backend.storage.types import StoredMessage

_PLAIN: Mapping[type[facts.Fact], Callable[[Any], Message]] = {
    facts.TokenStreamed: lambda fact: Token(fact.text, fact.turn),
    facts.SentenceReady: lambda fact: Sentence(fact.text, fact.turn),
    facts.EmotionFelt: lambda fact: EmotionShown(fact.emotion, fact.turn),
    facts.UserSpoke: lambda fact: User(fact.text, fact.turn),
    facts.TurnBegan: lambda fact: Turn(fact.cause, fact.turn, fact.channel),
    facts.TurnFailed: lambda fact: Error(fact.code, fact.message, fact.hint, fact.turn),
    facts.TurnEnded: lambda fact: End(fact.reason, fact.timings, fact.turn),
    facts.ModeChanged: lambda fact: Mode(fact.mode),
    facts.SpeechBegan: lambda fact: SpeechStart(fact.turn),
    facts.SpeechFinished: lambda fact: SpeechEnd(fact.heard, fact.completed, fact.turn),
    facts.CutIn: lambda fact: Interrupt(turn=fact.turn),
    facts.MuteChanged: lambda fact: Mute(fact.muted),
    facts.MouthMoved: lambda fact: Mouth(fact.opening),
    facts.PartialHeard: lambda fact: Partial(fact.text),
}


def message_of(fact: facts.Fact, ledger: Ledger) -> Message | None:
    """What clients are told of a fact; None when it is not for them.

    State goes out whole, as the ledger knows it: the latest frame of its kind must be enough.
    """
    make = _PLAIN.get(type(fact))
    if make is not None:
        return make(fact)
    if isinstance(fact, facts.StatusChanged):
        return Status(dict(ledger.status))
    if isinstance(fact, facts.SightChanged):
        return Vision(dict(ledger.sight(fact.conversation)))
    return None


def origin_of(fact: facts.Fact) -> str | None:
    """The client that need not be told, since it told us: of playback alone."""
    if isinstance(fact, (facts.SpeechBegan, facts.SpeechFinished, facts.CutIn, facts.MouthMoved, facts.PartialHeard)):
        return fact.origin
    return None


def frame_for(message: Message, *, plain: bool) -> Frame | None:
    """The frame of a message in a dialect; None when the plain dialect has no word for it."""
    text = encode_plain(message) if plain else encode(message)
    return None if text is None else Frame.of(text, message.tag, getattr(message, "turn", None))


def frames_for(messages: Iterable[Message], role: Role) -> list[Frame]:
    """The frames of those messages that this role hears."""
    heard = (message for message in messages if message.tag in HEARS[role])
    return [frame for message in heard if (frame := frame_for(message, plain=role is Role.PLAIN)) is not None]


# --- for a client that comes late ---------------------------------------------------------------


def finished_turn(messages: Sequence[StoredMessage]) -> list[Message]:
    """A stored turn as it would have been heard.

    A turn without her reply ended in an error: the model was away. If it answers later, that is a turn of its own.
    """
    turn = messages[0].turn
    told: list[Message] = [User(message.text, turn) for message in messages if message.role == "user"]
    told.append(Turn(messages[0].cause, turn))
    reply = next((message for message in messages if message.role == "assistant"), None)
    if reply is None:
        return [*told, End(EndReason.ERROR, turn=turn)]
    if reply.emotion is not None:
        told.append(EmotionShown(reply.emotion, turn))
    told.append(Token(reply.text, turn))
    if reply.interrupted:
        return [*told, End(EndReason.INTERRUPTED, turn=turn)]
    return [*told, Sentence(reply.text, turn), End(EndReason.STOP, turn=turn)]


def turn_so_far(running: RunningTurn) -> list[Message]:
    """What a client that comes in the middle of a reply has to catch up on."""
    told: list[Message] = [] if running.user_text is None else [User(running.user_text, running.turn)]
    told.append(Turn(running.cause, running.turn, running.channel))
    if running.emotion is not None:
        told.append(EmotionShown(running.emotion, running.turn))
    if running.pieces:
        told.append(Token(running.text, running.turn))
    told += [Sentence(text, running.turn) for text in running.sentences]
    return told
