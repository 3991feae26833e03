"""Finding out which dialect a hub speaks, against real servers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from alisa.link import Address, speaks_full
from alisa.link.address import MAX_ANSWER_BYTES
from alisa.link.socket import SocketLostError


@contextlib.asynccontextmanager
async def answering(answer: bytes | None) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that answers every request so (None: it closes); its WebSocket url, and what it was asked."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        with contextlib.suppress(OSError):
            writer.write(answer or b"")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"ws://127.0.0.1:{port}/ws/chat", asked


def http(status: str, body: bytes) -> bytes:
    return b"HTTP/1.1 " + status.encode() + b"\r\ncontent-type: application/json\r\n\r\n" + body


@pytest.mark.parametrize(
    ("answer", "full"),
    [
        (http("200 OK", b'{"version":"0.1.0","status":"ready"}'), True),
        (http("503 Service Unavailable", b'{"version":"0.1.0"}'), True),
        (http("200 OK", b'{"status":"ok"}'), False),
        (http("404 Not Found", b'{"detail":"Not Found"}'), False),
        (http("200 OK", b'{"version":1}'), False),
        (http("200 OK", b"[" * 5000), False),
        (http("200 OK", b"<html>"), False),
        (b"220 ftp", False),
        (b"x" * (4 * MAX_ANSWER_BYTES), False),
        (None, False),
    ],
    ids=range(10),
)
async def test_a_version_is_the_sign_of_the_full_dialect(answer: bytes | None, full: bool) -> None:
    """Anything else that answers, however oddly, is spoken with in the plain dialect."""
    async with answering(answer) as (url, asked):
        assert await speaks_full(url) is full
    assert asked[0].startswith(b"GET /health HTTP/1.0\r\nHost: 127.0.0.1:")
    assert b"authorization" not in asked[0].lower()


async def test_who_does_not_answer_may_be_asked_again() -> None:
    """A hub that is away is no plain hub."""
    async with answering(b"") as (url, _):
        pass
    with pytest.raises(SocketLostError, match="not running"):
        await speaks_full(url)


@pytest.mark.looptime
async def test_who_is_silent_may_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few seconds the wait is over."""

    async def silence(_url: str, _token: str = "") -> bytes:
        await asyncio.sleep(3600)
        return b""

    monkeypatch.setattr("alisa.link.address.get", silence)
    with pytest.raises(SocketLostError, match="does not answer"):
        await speaks_full("ws://127.0.0.1:1/ws/chat")


def test_an_address_does_not_show_its_token() -> None:
    """Nothing that logs an address tells the secret."""
    assert "hidden" not in repr(Address("ws://127.0.0.1:1/", "hidden"))
