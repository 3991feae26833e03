"""A real client on a real port, for tests of the gateway and of the whole hub."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any, Literal

import websockets
from starlette.types import ASGIApp
from websockets.asyncio.client import ClientConnection

from alisa.protocol.codec import encode
from alisa.protocol.message import Message
from backend import serving

PATIENCE_SECONDS = 10.0


class Client:
    """A client on a real connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: Message | str | bytes) -> None:
        await self.connection.send(encode(message) if isinstance(message, Message) else message)

    async def frame(self) -> str:
        """The next frame, as it came."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            received = await self.connection.recv()
        assert isinstance(received, str)
        return received

    async def frames(self, count: int) -> list[str]:
        return [await self.frame() for _ in range(count)]

    async def until(self, prefix: str) -> list[str]:
        """Every frame up to the first that begins so."""
        found = []
        while not found or not found[-1].startswith(prefix):
            found.append(await self.frame())
        return found

    async def closed(self) -> tuple[int, str]:
        """Why the hub closed the connection."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            with contextlib.suppress(websockets.ConnectionClosed):
                while True:
                    await self.connection.recv()
        return self.connection.close_code or 0, self.connection.close_reason or ""


@contextlib.asynccontextmanager
async def connected(port: int, *, headers: Mapping[str, str], query: str = "", **options: Any) -> AsyncIterator[Client]:
    """A client that has connected and said nothing yet."""
    options = {"compression": None, "proxy": None, "max_size": None, "max_queue": None} | options
    url = f"ws://127.0.0.1:{port}/ws/chat{query}"
    connection = await websockets.connect(url, additional_headers=headers, **options)
    try:
        yield Client(connection)
    finally:
        if connection.state is not websockets.State.CLOSED:  # closing twice trips over a fault of Python 3.11
            await connection.close()


@contextlib.asynccontextmanager
async def listening(app: ASGIApp, lifespan: Literal["on", "off"] = "off") -> AsyncIterator[int]:
    """An application behind the hub's own server; gives its port."""
    listener = serving.listen("127.0.0.1", 0)
    server = serving.server(app, lifespan=lifespan)
    running = asyncio.create_task(server.serve([listener]))
    try:
        yield listener.getsockname()[1]
    finally:
        server.stop()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await running
