"""The table from what a client sent to what the hub does about it.

Pure. A message becomes a command for the conversation, a fact for everybody, an introduction, or an
error for the client alone. Whether a command can be carried out is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from alisa.protocol import messages, sight
from alisa.protocol.codec import decode, split_header
from alisa.protocol.errors import ProtocolError
from alisa.protocol.message import Message
from alisa.protocol.messages import Error, Hello
from alisa.protocol.plain import decode_plain
from alisa.protocol.roles import MAY_SEND, Role
from alisa.protocol.tags import PROTOCOL_VERSION, Attention, Presence, Tag
from backend.events import commands, facts

MAX_NAME_CHARS = 64
NO_ACTION = Error("unknown_action", "No such action is waiting for an answer.",
                  "It may have been answered elsewhere, or be too old.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a message, and when it came."""

    name: str
    role: Role
    conversation: str
    guest: bool
    now: datetime


Outcome = commands.Command | facts.Fact | Hello | Error


def read(frame: str, role: Role) -> Message | None:
    """The message in a frame, read in the dialect of this role; None for a keep-alive. Raises ProtocolError."""
    if role is Role.PLAIN and _tag(frame) is not Tag.HELLO:
        return decode_plain(frame)
    message = decode(frame)
    if isinstance(message, str):
        return messages.Say(message) if message.strip() else None
    return message


def decide(message: Message, sender: Sender) -> Outcome:
    """What follows from a message."""
    if isinstance(message, Hello):
        return _introduction(message, sender)
    if message.tag not in MAY_SEND[sender.role]:
        able = ", ".join(sorted(tag.value for tag in MAY_SEND[sender.role]))
        return Error("wrong_role", f"A {sender.role} client may not send [{message.tag}].", f"It may send: {able}.")
    return _TABLE[message.tag](message, sender)


def error_of(error: ProtocolError) -> Error:
    """What a client is told about a frame that could not be read."""
    return Error(error.code, error.message, error.hint)


def usable_name(name: str) -> bool:
    """Can this be the name of a conversation or a client? Printable, without white space at its ends, not too long."""
    return 0 < len(name) <= MAX_NAME_CHARS and name.isprintable() and name == name.strip()


def _tag(frame: str) -> Tag | None:
    header = split_header(frame)
    return header[0] if header else None


def _introduction(hello: Hello, sender: Sender) -> Outcome:
    if sender.guest:
        return Error("token_needed", "A guest may talk, and no more.",
                     "Connect with the token to introduce yourself; `alisa token` shows it.")  # fmt: skip
    if sender.role is not Role.PLAIN:
        return Error("bad_message", "You have introduced yourself already.", "Connect again to change your role.")
    roles = [role.value for role in Role if role is not Role.PLAIN]
    if hello.role not in roles:
        return Error("bad_message", "There is no such role.", f"Roles are: {', '.join(roles)}.")
    if hello.protocol < PROTOCOL_VERSION:
        return Error("bad_message", "This protocol is too old.", f"Speak protocol {PROTOCOL_VERSION}.")
    if not usable_name(hello.conversation) or (hello.name and not usable_name(hello.name)):
        return Error("bad_message", "This name cannot be used.",
                     f"Names are printable and have at most {MAX_NAME_CHARS} characters.")  # fmt: skip
    return hello


def _say(message: messages.Say, sender: Sender) -> Outcome:
    if not message.text.strip():
        return Error("bad_message", "Nothing was said.", "Send some text.")
    return commands.Say(sender.conversation, message.text, message.source, sender.name)


def _mode(message: messages.Mode, sender: Sender) -> Outcome:
    return commands.ChangeMode(sender.conversation, message.mode.strip(), sender.name)


def _interrupt(message: messages.Interrupt, sender: Sender) -> Outcome:
    return commands.Interrupt(sender.conversation, message.turn, message.heard, sender.name)


def _speech_end(message: messages.SpeechEnd, sender: Sender) -> Outcome:
    return facts.SpeechFinished(sender.conversation, message.turn, message.heard, message.completed, sender.name)


def _status(message: messages.Status, sender: Sender) -> Outcome:
    """A voice and the eyes tell of themselves, and of nothing else."""
    part = _OWN_STATUS[sender.role]
    told = {key: value for key, value in message.values.items() if key == part or key.startswith(f"{part}_")}
    if not told:
        example = f'[STATUS]{{"{part}":"idle"}}'
        return Error("bad_message", f"A {sender.role} client tells of itself alone.", f"Send such as {example}.")
    return facts.StatusChanged("", told)


def _snooze(message: messages.Snooze, sender: Sender) -> Outcome:
    return facts.Snoozed(sender.conversation, sender.now + timedelta(minutes=message.minutes))


def _face(message: messages.VisionFace, sender: Sender) -> Outcome:
    """The seed system's word for a face; an emotion only tells that somebody is there."""
    absent = message.state.strip().lower() == Presence.ABSENT
    looks = {choice.value: choice for choice in Attention}
    attention = looks.get(message.state.strip().lower())
    presence = Presence.ABSENT if absent else Presence.PRESENT
    return _seen(sight.SightFace(presence, attention, faces=int(not absent)), sender)


def _desktop(message: messages.VisionDesktop, sender: Sender) -> Outcome:
    kind = "unknown" if message.has_error else ""
    return _seen(
        sight.SightScreen(
            task=message.task, app=message.app, file_type=message.file_type, window=message.window, text=message.text,
            error_kind=kind, offer=message.offer,
        ),
        sender,
    )  # fmt: skip


def _seen(message: sight.SightFace | sight.SightScreen | sight.SightSystem, sender: Sender) -> Outcome:
    return facts.SightChanged(sender.conversation, _EYES[message.tag], asdict(message))


_OWN_STATUS: Mapping[Role, str] = {Role.VOICE: "voice", Role.VISION: "eyes"}
_EYES: Mapping[Tag, str] = {Tag.SIGHT_FACE: "face", Tag.SIGHT_SCREEN: "screen", Tag.SIGHT_SYSTEM: "system"}

_TABLE: Mapping[Tag, Callable[[Any, Sender], Outcome]] = {
    Tag.SAY: _say,
    Tag.MODE: _mode,
    Tag.INTERRUPT: _interrupt,
    Tag.SPEECH_START: lambda message, sender: facts.SpeechBegan(sender.conversation, message.turn, sender.name),
    Tag.SPEECH_END: _speech_end,
    Tag.MOUTH: lambda message, sender: facts.MouthMoved(sender.conversation, message.opening, sender.name),
    Tag.STATUS: _status,
    Tag.PARTIAL: lambda message, sender: facts.PartialHeard(sender.conversation, message.text, sender.name),
    Tag.SNOOZE: _snooze,
    Tag.MUTE: lambda message, _sender: facts.MuteChanged("", message.muted),
    Tag.FEEDBACK: lambda message, sender: facts.FeedbackGiven(sender.conversation, message.turn, message.value),
    Tag.APPROVE: lambda _message, _sender: NO_ACTION,
    Tag.DECLINE: lambda _message, _sender: NO_ACTION,
    Tag.VISION_FACE: _face,
    Tag.VISION_DESKTOP: _desktop,
    Tag.VISION_SCREEN: lambda message, sender: _seen(
        sight.SightScreen(window=message.window, text=message.text), sender
    ),
    Tag.SIGHT_FACE: _seen,
    Tag.SIGHT_SCREEN: _seen,
    Tag.SIGHT_SYSTEM: _seen,
}
