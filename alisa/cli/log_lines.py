"""The JSON lines that the processes write down: read from the end, followed across a rotation, put into words.

Which processes there are is not known here; a file is named after its process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

_BLOCK = 64 * 1024
_OWN = ("at", "level", "logger", "event", "error", "trace")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a log. `at` is ISO 8601; "" in a line that is not one of ours."""

    process: str
    at: str = ""
    level: str = "info"
    event: str = ""
    error: str = ""
    values: tuple[tuple[str, str], ...] = field(default=())


def parse(process: str, raw: bytes) -> Line:
    """Return the line; one that is not JSON is shown as it stands."""
    text = raw.decode("utf-8", "replace").rstrip("\r\n")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        return Line(process, event=text)
    return Line(
        process,
        at=_text(value.get("at", "")),
        level=_text(value.get("level", "info")),
        event=_text(value.get("event", "")),
        error=_text(value.get("error", "")),
        values=tuple((str(key), _text(item)) for key, item in value.items() if key not in _OWN),
    )


def words(line: Line) -> str:
    """Return the line for a person: local time, level, process, what happened. Never more than one line."""
    values = "".join(f"  {key}={value}" for key, value in line.values)
    error = f"  ({line.error})" if line.error else ""
    text = f"{_local(line.at):<8} {line.level:<8} {line.process:<11} {line.event}{values}{error}"
    return text if text.isprintable() else "".join(_visible(letter) for letter in text)


def last_lines(path: Path, count: int) -> list[bytes]:
    """Return the last lines of a log, oldest first, reading on in the rotated file where this one is too short."""
    lines: list[bytes] = []
    for file in (path, path.with_name(path.name + ".1")):
        if len(lines) >= count:
            break
        try:
            with file.open("rb") as stream:
                lines = _tail(stream, count - len(lines)) + lines
        except OSError:
            continue
    return lines


def _tail(stream: BinaryIO, count: int) -> list[bytes]:
    position = stream.seek(0, os.SEEK_END)
    text = b""
    while position > 0 and text.count(b"\n") <= count:
        step = min(_BLOCK, position)
        position = stream.seek(position - step)
        text = stream.read(step) + text
    return text.splitlines()[-count:] if count else []


class Follower:
    """Reads what is added to a log from now on, also when the file is rotated or begins anew."""

    def __init__(self, path: Path, *, whole: bool = False) -> None:
        self._path = path
        self._rest = b""
        self._stream = _opened(path)
        if self._stream and not whole:
            self._stream.seek(0, os.SEEK_END)

    def new_lines(self) -> Iterator[bytes]:
        """Yield the complete lines that came since the last call."""
        if self._stream:
            yield from self._read(self._stream)
        if self._was_replaced():
            self.close()
            self._rest = b""
            self._stream = _opened(self._path)
            if self._stream:
                yield from self._read(self._stream)

    def close(self) -> None:
        if self._stream:
            self._stream.close()
            self._stream = None

    def _read(self, stream: BinaryIO) -> Iterator[bytes]:
        while block := stream.read(_BLOCK):
            *lines, self._rest = (self._rest + block).split(b"\n")
            yield from lines

    def _was_replaced(self) -> bool:
        """Whether the path names another file now, or the same one cut short."""
        try:
            now = self._path.stat()
        except OSError:
            return False
        if self._stream is None:
            return True
        held = os.fstat(self._stream.fileno())
        return (held.st_dev, held.st_ino) != (now.st_dev, now.st_ino) or now.st_size < self._stream.tell()


def _opened(path: Path) -> BinaryIO | None:
    try:
        return path.open("rb")
    except OSError:
        return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _visible(letter: str) -> str:
    return letter if letter.isprintable() else ascii(letter)[1:-1]


def _local(at: str) -> str:
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%H:%M:%S")
    except ValueError:
        return ""
