"""How the commands speak: lines on standard output, trouble on standard error, JSON where asked for.

Small on purpose: `alisa --help` and `alisa up` must not wait for a terminal library.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TextIO

from alisa.runtime.errors import AlisaError

_STYLES = {"good": "32", "bad": "31", "warn": "33", "faint": "2", "strong": "1"}


def say(text: str = "", *, style: str = "") -> None:
    """Print a line for the user. Raises BrokenPipeError when nobody reads any more."""
    _write(sys.stdout, paint(text, style, sys.stdout))


def complain(text: str, *, style: str = "") -> None:
    """Print a line about trouble, on standard error."""
    try:
        _write(sys.stderr, paint(text, style, sys.stderr))
    except (OSError, ValueError):
        return  # the terminal is gone


def say_json(value: Any) -> None:
    """Print one JSON value for a program."""
    _write(sys.stdout, json.dumps(value, indent=2, ensure_ascii=False, default=str))


def complain_about(error: AlisaError, *, as_json: bool = False) -> None:
    """Print an error: one line for a person, `{"error": …}` on standard output for a program."""
    if as_json:
        say_json({"error": {"code": error.code, "message": error.message, "hint": error.hint}})
    else:
        complain(" ".join(str(error).split()))


def paint(text: str, style: str, stream: TextIO) -> str:
    """Colour the text where the terminal shows colours and the user wants them."""
    code = _STYLES.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text and has_colours(stream) else text


def has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write(stream: TextIO, text: str) -> None:
    stream.write(text + "\n")
    stream.flush()
