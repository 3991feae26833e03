"""The plain dialect from the other side: what a client says to a hub that knows no `[HELLO]`, and what it hears there.

Such a hub may be of any age, so hearing is forgiving: what cannot be read as a control frame of
this dialect is a piece of the reply, and a feeling that nobody knows is passed over.
"""

from __future__ import annotations

import re

from alisa.protocol.codec import decode_control, encode, refuse_unreadable, split_header
from alisa.protocol.errors import ProtocolError
from alisa.protocol.message import Message
from alisa.protocol.messages import (
    EmotionShown,
    End,
    Error,
    Mode,
    ModeChanged,
    Say,
    SpeechEnd,
    SpeechStart,
    Token,
    VisionDesktop,
    VisionFace,
    VisionScreen,
)
from alisa.protocol.plain import guarded
from alisa.protocol.roles import HEARS, Role
from alisa.protocol.tags import Emotion, Tag
from alisa.protocol.text import dump_json, made_whole

FAILED = Error("reply_failed", "She could not answer.", "Say it again in a moment.")
"""What a bare `[ERROR]` of this dialect means."""

_HEARD = HEARS[Role.PLAIN] - {Tag.TOKEN}
_GUARDED = re.compile(r"([\s\ufeff]*)\N{ZERO WIDTH SPACE}(?=\[)")
_NOT_BARE = re.compile(r"\s*(\{|/mode(\s|$))")
_SHOWN_CHARS = 500


def say_plain(message: Message) -> str | None:
    """The frame for a plain hub; None when this dialect has no word for the message. Raises ProtocolError."""
    match message:
        case Say(text=text):
            return _bare(made_whole(text))
        case Mode(mode=mode):
            return f"/mode {mode}"
        case SpeechStart() | SpeechEnd():
            return f"[{message.tag}]"
        case VisionFace() | VisionDesktop() | VisionScreen():
            return encode(message)
        case _:
            return None


def _bare(text: str) -> str:
    """The user's words as they are, unless they would be read as something else than words."""
    return dump_json({"message": text}) if _NOT_BARE.match(text) else guarded(text)


def hear_plain(frame: str) -> Message | None:
    """What a plain hub says; None for a keep-alive, and for a feeling that nobody knows.

    Raises ProtocolError for a frame that is over 1 MiB or holds half a character.
    """
    refuse_unreadable(frame)
    header = split_header(frame)
    if header is None or header[0] not in _HEARD:
        text = _GUARDED.sub(r"\1", frame, count=1) if _GUARDED.match(frame) else frame
        return Token(text) if text else None
    tag, _, body = header
    match tag:
        case Tag.EMOTION:
            return _feeling(body)
        case Tag.ERROR:
            return _failure(body)
        case Tag.SPEECH_START:
            return SpeechStart()
        case Tag.SPEECH_END:
            return SpeechEnd()
        case Tag.MODE_CHANGED:
            return ModeChanged()
        case _:
            return End()


def _feeling(body: str) -> EmotionShown | None:
    try:
        return EmotionShown(Emotion(body.strip().lower()))
    except ValueError:
        return None


def _failure(body: str) -> Message:
    """An error as JSON says all; one in bare words says them, and none at all is a reply that failed."""
    try:
        return decode_control(Tag.ERROR, None, body)
    except ProtocolError:
        words = " ".join(body.split())[:_SHOWN_CHARS]
        return Error(FAILED.code, words, FAILED.hint) if words else FAILED
