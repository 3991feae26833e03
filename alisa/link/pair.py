"""A link and the hub's side of it in one process: real frames, no socket, for tests and for embedding."""

from __future__ import annotations

import asyncio
import random

from alisa.link.address import Find
from alisa.link.backoff import Backoff
from alisa.link.client import HubLink
from alisa.link.socket import Socket, SocketLostError
from alisa.protocol.codec import decode, encode
from alisa.protocol.message import Message
from alisa.protocol.messages import Hello, Welcome
from alisa.runtime.errors import AlisaError


class _Ends:
    """One connection: what each side has said, and whether it is still open."""

    def __init__(self) -> None:
        self.to_hub: asyncio.Queue[str] = asyncio.Queue()
        self.to_client: asyncio.Queue[str | SocketLostError] = asyncio.Queue()
        self.open = True

    async def send(self, frame: str) -> None:
        if not self.open:
            raise SocketLostError("the connection was lost")
        self.to_hub.put_nowait(frame)

    async def receive(self) -> str:
        frame = await self.to_client.get()
        if isinstance(frame, SocketLostError):
            raise frame
        return frame

    async def close(self) -> None:
        self.open = False


class HubSide:
    """The hub, as the other end of a pair plays it."""

    def __init__(self) -> None:
        self.away = False
        """while true, nobody can connect"""
        self.refusal: AlisaError | None = None
        """what whoever connects is refused with"""
        self._waiting: asyncio.Queue[_Ends] = asyncio.Queue()
        self._ends: _Ends | None = None

    async def accept(self, welcome: Welcome | None = None) -> Hello:
        """Wait for the next connection, welcome it, and return how it introduced itself."""
        self._ends = await self._waiting.get()
        hello = await self.receive()
        if not isinstance(hello, Hello):
            raise TypeError(f"expected [HELLO], not {hello!r}")
        self.send(welcome or Welcome(server="pair", conversation=hello.conversation))
        return hello

    async def accept_plain(self) -> None:
        """Wait for the next connection, as a hub that knows no introduction."""
        self._ends = await self._waiting.get()

    def send(self, *messages: Message) -> None:
        """Send messages to the client."""
        for message in messages:
            self.send_frame(encode(message))

    def send_frame(self, frame: str) -> None:
        """Send a frame as it stands, however odd."""
        self._now().to_client.put_nowait(frame)

    async def receive(self) -> Message | str | None:
        """The next thing that the client says."""
        return decode(await self.receive_frame())

    async def receive_frame(self) -> str:
        """The next frame from the client, as it stands."""
        return await self._now().to_hub.get()

    def drop(self, reason: str = "the connection was lost") -> None:
        """Lose the connection, after what was already sent."""
        ends = self._now()
        ends.open = False
        ends.to_client.put_nowait(SocketLostError(reason))

    async def connect(self, url: str, token: str) -> Socket:  # noqa: ARG002 - it stands in for a real one
        """What the link calls in place of opening a WebSocket."""
        if self.refusal is not None:
            raise self.refusal
        if self.away:
            raise SocketLostError("the hub is not running")
        ends = _Ends()
        self._waiting.put_nowait(ends)
        return ends

    def _now(self) -> _Ends:
        if self._ends is None:
            raise RuntimeError("accept a connection first")
        return self._ends


def pair(
    hello: Hello | None = None, *, backoff: Backoff | None = None, find: Find | None = None
) -> tuple[HubLink, HubSide]:
    """A link that is not yet entered, and the hub that it will connect to. Its waits do not vary."""
    hub = HubSide()
    link = HubLink(
        "pair:",
        "",
        hello or Hello("chat"),
        backoff=backoff or Backoff(jitter=0.0),
        connect=hub.connect,
        chance=random.Random(0),  # noqa: S311 - a test wants the same waits each time
        find=find,
    )
    return link, hub
