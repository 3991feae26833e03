"""Where a hub is, in which dialect it is spoken with, and how to find out which of the two it understands."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from alisa.link.discover import http_url
from alisa.link.socket import SocketLostError

ASK_TIMEOUT_SECONDS = 3.0
MAX_ANSWER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Address:
    """A hub that one can connect to."""

    url: str
    """such as `ws://127.0.0.1:8000/ws/chat`"""
    token: str = field(default="", repr=False)
    plain: bool = False
    """it knows no introduction and speaks the plain dialect"""


Find = Callable[[], Awaitable[Address]]
"""Says where the hub is now. Raises SocketLostError when that may be asked again, AlisaError when it is of no use."""


async def speaks_full(url: str) -> bool:
    """Whether the hub at this WebSocket url is one of Alisa's: `GET /health` tells its version.

    Anything else that answers is spoken with in the plain dialect. Raises SocketLostError when nobody does.
    """
    try:
        async with asyncio.timeout(ASK_TIMEOUT_SECONDS):
            answer = await get(f"{http_url(url)}/health")
    except TimeoutError:
        raise SocketLostError("the hub does not answer") from None
    except ConnectionRefusedError:
        raise SocketLostError("the hub is not running") from None
    except (OSError, ValueError) as error:
        raise SocketLostError(f"the hub cannot be reached: {getattr(error, 'strerror', None) or error}") from None
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and isinstance(told.get("version"), str)


async def get(url: str, token: str = "") -> bytes:
    """The body of what answers there, whatever its status, at most `MAX_ANSWER_BYTES`, past any proxy.

    By hand and without a thread, so that it can be left at any moment; HTTP/1.0, so that the body comes in one piece.
    Raises OSError or ValueError; give it a time limit.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    reader, writer = await asyncio.open_connection(
        parts.hostname, parts.port or (443 if secure else 80), ssl=secure or None, limit=MAX_ANSWER_BYTES
    )
    try:
        host = parts.netloc.rpartition("@")[2]
        head = [f"GET {parts.path} HTTP/1.0", f"Host: {host}", "Accept: application/json"]
        head += [f"Authorization: Bearer {token}"] if token else []
        writer.write("\r\n".join([*head, "", ""]).encode("ascii", "replace"))
        answer = b""
        while len(answer) < MAX_ANSWER_BYTES and (piece := await reader.read(MAX_ANSWER_BYTES)):
            answer += piece
        return answer.partition(b"\r\n\r\n")[2]
    finally:
        writer.close()
