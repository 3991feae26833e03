"""Text that every peer can read: strict JSON, and no half characters.

A JSON escape such as `"\\ud800"` is half of a surrogate pair. Python takes it for a
character and fails much later, when it is to be stored or sent; here it never gets in,
and never gets out. What the text means is not known here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from alisa.protocol.errors import HalfCharacterError, UnreadableError

MAX_DEPTH = 32
"""How deeply objects and lists may be nested in a body."""
MAX_DIGITS = 18
"""The longest whole number, in digits: every such number fits 64 bits."""

_HALF_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def is_whole(text: str) -> bool:
    """Whether the text has no lone surrogate, so that it can be written as UTF-8."""
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def made_whole(text: str) -> str:
    """The text with its surrogate pairs joined and every lone half replaced by U+FFFD."""
    if is_whole(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def parse_json(body: str) -> Any:
    """A JSON value. Raises UnreadableError, whose text says why, for anything that a peer could stumble over:
    NaN and infinities, whole numbers over 18 digits, nesting over 32 levels, lone surrogates."""
    try:
        value = json.loads(body, parse_int=_int, parse_float=_float, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"it is not JSON ({error.msg} at character {error.pos})") from None
    except RecursionError:
        raise UnreadableError("it is nested too deeply") from None
    _refuse_odd(value, MAX_DEPTH, look_for_halves=_HALF_ESCAPE.search(body) is not None or not is_whole(body))
    return value


def dump_json(value: object) -> str:
    """Compact JSON in which characters stand as themselves. Raises UnreadableError for what JSON cannot hold."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_as_dict)
    except RecursionError:
        raise UnreadableError("it is nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise UnreadableError(str(error)) from None


def _as_dict(value: object) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"JSON cannot hold {type(value).__name__}")


def _int(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise UnreadableError(f"it holds a number of more than {MAX_DIGITS} digits")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise UnreadableError("it holds a number that is too large")
    return value


def _constant(word: str) -> NoReturn:
    raise UnreadableError(f"{word} is not a JSON number")


def _refuse_odd(value: object, levels: int, *, look_for_halves: bool) -> None:
    if isinstance(value, str):
        if look_for_halves and not is_whole(value):
            raise HalfCharacterError("it holds half of a surrogate pair, which is no character")
    elif isinstance(value, (dict, list)):
        if levels == 0:
            raise UnreadableError(f"it is nested more than {MAX_DEPTH} levels deep")
        for part in (*value, *value.values()) if isinstance(value, dict) else value:
            _refuse_odd(part, levels - 1, look_for_halves=look_for_halves)
