"""The table from what a client sent to what the hub does about it.

Pure. A message becomes a command for the conversation, a fact for everybody, an introduction, or an
error for the client alone. Whether a command can be carried out is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from alisa.protocol import messages
from alisa.protocol.codec import decode, split_header
from alisa.protocol.errors import ProtocolError
from alisa.protocol.messages import Error, Hello, Message
from alisa.protocol.plain import decode_plain
from alisa.protocol.roles import MAY_SEND, Role
from alisa.protocol.tags import PROTOCOL_VERSION, Tag
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


def _status(message: messages.Status, _sender: Sender) -> Outcome:
    """A voice tells of itself, and of nothing else."""
    told = {key: value for key, value in message.values.items() if key == "voice" or key.startswith("voice_")}
    if not told:
        return Error("bad_message", "A voice tells how the voice does.", 'Send such as [STATUS]{"voice":"idle"}.')
    return facts.StatusChanged("", told)


def _snooze(message: messages.Snooze, sender: Sender) -> Outcome:
    return facts.Snoozed(sender.conversation, sender.now + timedelta(minutes=message.minutes))


def _screen(message: messages.VisionDesktop | messages.VisionScreen, sender: Sender) -> Outcome:
    return facts.SightChanged(sender.conversation, "desktop", asdict(message))


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
    Tag.VISION_FACE: lambda message, sender: facts.SightChanged(sender.conversation, "face", asdict(message)),
    Tag.VISION_DESKTOP: _screen,
    Tag.VISION_SCREEN: _screen,
}
