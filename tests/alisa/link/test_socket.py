"""The link against a real WebSocket server on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response

from alisa.link import Connected, Disconnected, HubLink
from alisa.link.socket import SocketLostError, connect_websocket
from alisa.protocol import decode, encode
from alisa.protocol.messages import Hello, Say, Token, Welcome
from alisa.runtime.errors import AlisaError

pytestmark = pytest.mark.timeout(30)
WELCOME = encode(Welcome("real", "main"))


@asynccontextmanager
async def hub(handler: Any, port: int = 0, **options: Any) -> AsyncIterator[tuple[str, Server]]:
    async with serve(handler, "127.0.0.1", port, **options) as server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/ws/chat", server


async def echo(connection: ServerConnection) -> None:
    """Welcome whoever comes, and repeat what they say as tokens."""
    await connection.recv()
    await connection.send(WELCOME)
    async for frame in connection:
        message = decode(str(frame))
        if isinstance(message, Say):
            await connection.send(encode(Token(message.text, turn=1)))


async def test_words_travel_over_a_real_socket() -> None:
    """The token is in the header, no Origin is sent, and messages arrive in both directions."""
    seen: list[Request] = []

    def look(_connection: ServerConnection, request: Request) -> None:
        seen.append(request)

    async with hub(echo, process_request=look) as (url, _), HubLink(url, "secret", Hello("chat")) as link:
        assert await anext(link) == Connected(Welcome("real", "main"))
        await link.send(Say("grüß dich 😀"))
        assert await anext(link) == Token("grüß dich 😀", turn=1)
    assert seen[0].headers["Authorization"] == "Bearer secret"
    assert "Origin" not in seen[0].headers


async def test_it_returns_when_the_server_does() -> None:
    """The server goes and comes again on its port; the link goes on by itself."""
    async with hub(echo) as (url, server):
        link = HubLink(url, "", Hello("chat"))
        await link.__aenter__()
        assert isinstance(await anext(link), Connected)
        port = server.sockets[0].getsockname()[1]
    gone = await anext(link)
    assert gone == Disconnected("the hub has stopped", gone.retry_in_seconds)  # type: ignore[union-attr]
    gone = await anext(link)
    assert isinstance(gone, Disconnected)
    assert gone.reason == "the hub is not running"
    async with hub(echo, port):
        while not isinstance(await anext(link), Connected):
            pass
        await link.send(Say("hello again"))
        assert await anext(link) == Token("hello again", turn=1)
        await link.__aexit__(None, None, None)


@pytest.mark.parametrize("status", [HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            '{"code":"token_wrong","message":"The token is not right.","hint":"Ask."}',
            ("The token is not right.", "Ask."),
        ),
        ("<html>no</html>", ("The hub does not let us in.", "Run `alisa token` to see the token of this computer.")),
    ],
)
async def test_a_refusal_at_the_door_is_final(status: HTTPStatus, body: str, said: tuple[str, str]) -> None:
    """401 and 403 end the link with the door's own words where there are any."""

    def refuse(connection: ServerConnection, _request: Request) -> Response:
        return connection.respond(status, body)

    async with hub(echo, process_request=refuse) as (url, _), HubLink(url, "wrong", Hello("chat")) as link:
        with pytest.raises(AlisaError) as refusal:
            await anext(link)
    assert refusal.value.code == "hub_refused"
    assert (refusal.value.message, refusal.value.hint) == said


async def test_another_status_may_pass() -> None:
    """A hub that is still starting (503) is tried again."""

    def busy(connection: ServerConnection, _request: Request) -> Response:
        return connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "")

    async with hub(echo, process_request=busy) as (url, _):
        with pytest.raises(SocketLostError, match="HTTP 503"):
            await connect_websocket(url, "")


async def test_something_else_at_the_port_is_named() -> None:
    """A program that does not speak HTTP is not a hub, and no reason to fall over."""

    async def rude(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 smtp ready\r\n")
        writer.close()

    server = await asyncio.start_server(rude, "127.0.0.1", 0)
    async with server:
        with pytest.raises(SocketLostError):
            await connect_websocket(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/", "")


async def test_an_address_that_is_none_is_refused() -> None:
    """A url that can never work is a mistake to be told, not to be retried."""
    with pytest.raises(AlisaError, match="not the address of a hub"):
        await connect_websocket("http://127.0.0.1:1/", "")


async def test_the_reason_of_a_close_is_told() -> None:
    """Being too slow, or sending too much, is said in the hub's words; binary frames are passed over."""

    async def strict(connection: ServerConnection) -> None:
        await connection.send(b"\x00\x01")
        await connection.send("text")
        await connection.close(1013, "you do not read what you are sent")

    async with hub(strict) as (url, _):
        socket = await connect_websocket(url, "")
        assert await socket.receive() == "text"
        with pytest.raises(SocketLostError, match="do not read"):
            await socket.receive()
        with pytest.raises(SocketLostError, match="do not read"):
            await socket.send("x")
        await socket.close()
