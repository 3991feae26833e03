"""Seeing from outside whether a process is ready.

The process writes a small file with its address; that address is asked over HTTP. The request is
spoken here by hand: a supervisor that is asked to start in a blink does not import a whole client.
Nothing is known here about what a process does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from alisa.cli.files import number, read_object
from alisa.cli.supervisor.spec import Ready

_MAX_ANSWER = 4096


class Answer(StrEnum):
    """What was seen."""

    READY = "ready"
    LOADING = "loading"
    """it answers, and is not ready"""
    ABSENT = "absent"
    """it has not written its file yet, or has taken it back"""
    SILENT = "silent"
    """the file is there, but nobody answers"""


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer, and the address that was asked."""

    answer: Answer
    url: str = ""


async def look(ready: Ready, is_ours: Callable[[int], bool], timeout_seconds: float = 2.0) -> Seen:
    """Ask the process once. A file that another process wrote (an earlier start) does not count."""
    value = read_object(Path(ready.file))
    if not is_ours(number(value.get("pid"))):
        return Seen(Answer.ABSENT)
    told = value.get("url")
    url = told if isinstance(told, str) else ""
    if not ready.path:
        return Seen(Answer.READY, url)
    if not url:
        return Seen(Answer.ABSENT)
    try:
        async with asyncio.timeout(timeout_seconds):
            status = await http_status(url, ready.path)
    except (OSError, TimeoutError, ValueError):
        return Seen(Answer.SILENT, url)
    return Seen(Answer.READY if status == 200 else Answer.LOADING, url)


async def http_status(url: str, path: str) -> int:
    """GET `path` at the origin of `url` (http only) and return the status code.

    Raises OSError when nobody listens and ValueError when the answer is not HTTP.
    """
    host, port, authority = _origin(url)
    reader, writer = await asyncio.open_connection(host, port, limit=_MAX_ANSWER)
    try:
        request = f"GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
        writer.write(request.encode("ascii"))
        line = await reader.readline()
    finally:
        writer.close()
    words = line.split(maxsplit=2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/"):
        raise ValueError("this is not HTTP")
    return int(words[1])


def _origin(url: str) -> tuple[str, int, str]:
    """Host, port and `Host` header of an http URL. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError("not an http address")
    return parts.hostname, parts.port or 80, parts.netloc.rpartition("@")[2]
