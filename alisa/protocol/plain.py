"""The plain dialect: what a client speaks and hears that never says `[HELLO]`.

It is the dialect of the seed system. Words travel bare, so the one danger is that words
look like a tag; `encode_plain` sees to it that they never do.
"""

from __future__ import annotations

import re

from alisa.protocol.codec import decode_control, encode, refuse_unreadable, split_header
from alisa.protocol.errors import HalfCharacterError, ProtocolError, UnreadableError
from alisa.protocol.message import Message
from alisa.protocol.messages import EmotionShown, End, Error, Mode, ModeChanged, Say, SpeechEnd, SpeechStart, Token
from alisa.protocol.roles import MAY_SEND, Role
from alisa.protocol.tags import Tag
from alisa.protocol.text import made_whole, parse_json

_GUARD = "\N{ZERO WIDTH SPACE}"
_LIKE_A_TAG = re.compile(rf"[\s\ufeff]*(?=\[(?:{'|'.join(tag.value for tag in Tag)})[\]:])")
_MODE = re.compile(r"/mode(?:\s+(.*))?", re.DOTALL)
_SPOKEN_BARE = frozenset({Tag.SAY, Tag.MODE})


def encode_plain(message: Message) -> str | None:
    """The frame for a plain client; None when this dialect has no word for the message.

    A reply that failed is exactly `[ERROR]`, because older clients compare; an error that belongs
    to no turn says more, as JSON.
    """
    match message:
        case Token(text=text):
            return guarded(made_whole(text)) or None
        case EmotionShown(emotion=emotion):
            return f"[{Tag.EMOTION}]{emotion}"
        case Error(turn=None):
            return encode(message)
        case End() | Error() | SpeechStart() | SpeechEnd() | ModeChanged():
            return f"[{message.tag}]"
        case _:
            return None


def guarded(text: str) -> str:
    """The text, such that no client can take its beginning for a tag.

    White space before the bracket does not help, since a client may strip it: the guard
    (U+200B) stands directly before the bracket.
    """
    match = _LIKE_A_TAG.match(text)
    return text if match is None else text[: match.end()] + _GUARD + text[match.end() :]


def decode_plain(frame: str) -> Message | None:
    """What a plain client says; None for a keep-alive and for white space alone.

    Raises ProtocolError: `bad_message` for what cannot be read, `wrong_role` for a known tag that
    belongs to the full dialect.
    """
    refuse_unreadable(frame)
    header = split_header(frame)
    if header is None:
        return _words(frame)
    tag = header[0]
    if tag in _SPOKEN_BARE or tag not in MAY_SEND[Role.PLAIN]:
        raise ProtocolError(
            "wrong_role",
            f"[{tag}] needs an introduction.",
            "Send [HELLO] with your role first, or leave out the tag.",
        )
    return decode_control(*header)


def _words(frame: str) -> Message | None:
    mode = _MODE.fullmatch(frame.strip())
    if mode is not None:
        return Mode((mode[1] or "").strip())
    text = _unwrapped(frame)
    return Say(text) if text.strip() else None


def _unwrapped(frame: str) -> str:
    """The text in `{"message": …}`; any other frame is the text itself, even if it looks like JSON."""
    if not frame.lstrip().startswith("{"):
        return frame
    try:
        given = parse_json(frame)
    except HalfCharacterError as error:
        raise ProtocolError("bad_message", f"It could not be read: {error}.", "Send valid UTF-8.") from None
    except UnreadableError:
        return frame
    if "message" not in given:
        return frame
    text = given["message"]
    if not isinstance(text, str):
        raise ProtocolError("bad_message", "`message` wants text.", 'Send {"message": "hello"}.')
    return text
