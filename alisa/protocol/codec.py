"""Messages to frames and back, derived from the fields of the dataclasses.

    frame = "[" NAME [":" TURN] "]" BODY      a known NAME; TURN in 1 to 18 decimal digits
          | anything else                     plain text

This is the full dialect; `plain` builds the older one on it. Who may send what is
the business of `roles`. Nothing here waits, logs or keeps state.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, get_type_hints

from alisa.protocol.errors import ProtocolError, UnreadableError
from alisa.protocol.message import Body, Message
from alisa.protocol.messages import MESSAGES
from alisa.protocol.tags import MAX_FRAME_BYTES, Tag
from alisa.protocol.text import MAX_DIGITS, dump_json, is_whole, made_whole, parse_json
from alisa.protocol.values import Reader, reader

_HEADER = re.compile(r"\[([A-Z_ ]{1,32})(?::([0-9]+))?\]")
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,32})?(?:[eE][+-]?[0-9]{1,3})?")
_PIPE_IN_FIELD = "\N{BROKEN BAR}"


def encode(message: Message) -> str:
    """The frame of a message.

    A lone surrogate goes out as U+FFFD, and a pipe within a `|`-separated field as a broken bar, so that
    every frame can be read. Raises ProtocolError for what no frame can hold: a NaN, a value that is not
    JSON, a turn that is negative or over 18 digits, more than 1 MiB.
    """
    form = _FORMS[message.tag]
    try:
        frame = made_whole(form.header(message) + _WRITERS[form.body](form, message))
    except UnreadableError as error:
        raise ProtocolError("bad_message", f"[{message.tag}] cannot be sent: {error}.") from None
    _refuse_too_big(frame)
    return frame


def decode(frame: str) -> Message | str | None:
    """What a frame says: a message, plain text as it came, or None for a keep-alive.

    Keys that are not known are passed over, so that a newer peer can be understood.
    Raises ProtocolError `bad_message` for a control frame that cannot be read, and for text
    that is over 1 MiB or holds a lone surrogate.
    """
    refuse_unreadable(frame)
    header = split_header(frame)
    return (frame or None) if header is None else decode_control(*header)


def decode_control(tag: Tag, digits: str | None, body: str) -> Message:
    """The message of a control frame that `split_header` took apart. Raises ProtocolError `bad_message`."""
    form = _FORMS[tag]
    try:
        values = _READERS[form.body](form, body)
        if digits is not None:
            values["turn"] = form.turn(digits)
        return form.make(**values)
    except UnreadableError as error:
        raise ProtocolError("bad_message", f"[{tag}] could not be read: {error}.", form.hint) from None


def split_header(frame: str) -> tuple[Tag, str | None, str] | None:
    """The tag, the digits of the turn and the body; None when the frame begins with no known tag."""
    match = _HEADER.match(frame)
    if match is None or match[1] not in _BY_NAME:
        return None
    return _BY_NAME[match[1]], match[2], frame[match.end() :]


def refuse_unreadable(frame: str) -> None:
    """Raises ProtocolError for a frame that is over 1 MiB or cannot be written as UTF-8."""
    if not is_whole(frame):
        raise ProtocolError(
            "bad_message",
            "The frame holds half of a surrogate pair, which is no character.",
            "Send valid UTF-8.",
        )
    _refuse_too_big(frame)


def _refuse_too_big(frame: str) -> None:
    if len(frame) * 4 > MAX_FRAME_BYTES and len(frame.encode("utf-8")) > MAX_FRAME_BYTES:
        raise ProtocolError("bad_message", "The frame is larger than 1 MiB.", "Say it in several messages.")


# --- forms: what the codec knows about each class ---------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    read: Reader
    required: bool
    is_number: bool
    is_bool: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """One message class, as the codec sees it: `fields` are those of the body, in order."""

    tag: Tag
    body: Body
    make: Callable[..., Message]
    fields: tuple[_Field, ...]
    has_turn: bool

    def header(self, message: Message) -> str:
        turn = getattr(message, "turn") if self.has_turn else None  # noqa: B009 - only some classes have it
        if turn is None:
            return f"[{self.tag.value}]"
        if not 0 <= turn < 10**MAX_DIGITS:
            raise UnreadableError(f"a turn has 1 to {MAX_DIGITS} decimal digits")
        return f"[{self.tag.value}:{turn}]"

    def turn(self, digits: str) -> int:
        if not self.has_turn:
            raise UnreadableError("it does not belong to a turn")
        if len(digits) > MAX_DIGITS:
            raise UnreadableError(f"a turn has at most {MAX_DIGITS} digits")
        return int(digits)

    @property
    def hint(self) -> str:
        """How such a frame looks when it is right."""
        names = [field.name for field in self.fields]
        bodies = {
            Body.NONE: "",
            Body.BARE: "".join(names),
            Body.OBJECT: "{" + ", ".join(f'"{name}"' for name in names) + "}",
            Body.MAPPING: "{…}",
            Body.PIPES: "|".join(names),
        }
        turn = "[:turn]" if self.has_turn else ""
        return f"It should look like [{self.tag}{turn}]{bodies[self.body]}."


def _form(kind: type[Message]) -> _Form:
    hints = get_type_hints(kind, include_extras=True)
    known = fields(kind)  # type: ignore[arg-type]  # every message is a dataclass
    readers = {field.name: reader(hints[field.name]) for field in known}
    plain_hints = get_type_hints(kind)
    body = tuple(
        _Field(
            field.name,
            readers[field.name],
            required=field.default is MISSING and field.default_factory is MISSING,
            is_number=plain_hints[field.name] is float,
            is_bool=plain_hints[field.name] is bool,
        )
        for field in known
        if field.name != "turn"
    )
    return _Form(kind.tag, kind.body, kind, body, has_turn="turn" in readers)


# --- writing a body ----------------------------------------------------------------------------


def _write_none(_form: _Form, _message: Message) -> str:
    return ""


def _write_bare(form: _Form, message: Message) -> str:
    field = form.fields[0]
    value = getattr(message, field.name)
    if field.is_number and not math.isfinite(value):
        raise UnreadableError(f"{field.name} is not a number")
    return str(field.read(value))


def _write_object(form: _Form, message: Message) -> str:
    values = {field.name: getattr(message, field.name) for field in form.fields}
    present = {name: value for name, value in values.items() if value is not None}
    return dump_json(present) if present else ""


def _write_mapping(form: _Form, message: Message) -> str:
    return dump_json(getattr(message, form.fields[0].name))


def _write_pipes(form: _Form, message: Message) -> str:
    *first, last = (str(getattr(message, field.name)) for field in form.fields)
    return "|".join([*(text.replace("|", _PIPE_IN_FIELD) for text in first), last])


# --- reading a body ----------------------------------------------------------------------------


def _read_none(_form: _Form, body: str) -> dict[str, Any]:
    if body.strip():
        raise UnreadableError("nothing may follow the tag")
    return {}


def _read_bare(form: _Form, body: str) -> dict[str, Any]:
    field = form.fields[0]
    return {field.name: _named(field, _number(body) if field.is_number else body)}


def _read_object(form: _Form, body: str) -> dict[str, Any]:
    given = parse_json(body) if body.strip() else {}
    if not isinstance(given, dict):
        raise UnreadableError("the body wants to be a JSON object")
    for field in form.fields:
        if field.required and field.name not in given:
            raise UnreadableError(f"`{field.name}` is missing")
    return {field.name: _named(field, given[field.name]) for field in form.fields if field.name in given}


def _read_mapping(form: _Form, body: str) -> dict[str, Any]:
    field = form.fields[0]
    return {field.name: _named(field, parse_json(body))}


def _read_pipes(form: _Form, body: str) -> dict[str, Any]:
    parts = [part.strip() for part in body.split("|", len(form.fields) - 1)]
    if len(parts) != len(form.fields):
        raise UnreadableError(f"it wants {len(form.fields)} fields separated by |")
    return {
        field.name: _named(field, _truth(part) if field.is_bool else part)
        for field, part in zip(form.fields, parts, strict=True)
    }


def _named(field: _Field, value: object) -> object:
    try:
        return field.read(value)
    except UnreadableError as error:
        raise UnreadableError(f"`{field.name}` {error}") from None


def _number(text: str) -> float | str:
    """The number that the text is; other text as it came, for the reader to refuse."""
    return float(text) if _NUMBER.fullmatch(text) else text


def _truth(text: str) -> bool | str:
    return {"true": True, "false": False}.get(text.lower(), text)


_WRITERS: Mapping[Body, Callable[[_Form, Message], str]] = {
    Body.NONE: _write_none,
    Body.BARE: _write_bare,
    Body.OBJECT: _write_object,
    Body.MAPPING: _write_mapping,
    Body.PIPES: _write_pipes,
}
_READERS: Mapping[Body, Callable[[_Form, str], dict[str, Any]]] = {
    Body.NONE: _read_none,
    Body.BARE: _read_bare,
    Body.OBJECT: _read_object,
    Body.MAPPING: _read_mapping,
    Body.PIPES: _read_pipes,
}
_FORMS: Mapping[Tag, _Form] = {tag: _form(kind) for tag, kind in MESSAGES.items()}
_BY_NAME: Mapping[str, Tag] = {tag.value: tag for tag in Tag}
