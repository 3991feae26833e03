"""HubLink: a connection to the hub that comes back by itself.

It introduces itself each time, says which turn it finished last so that the hub sends what was
missed, and goes on trying for ever unless the hub refuses. A hub of the plain dialect is not introduced
to, and says nothing of what was missed. What the messages mean is not known here.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from alisa.link.address import Address, Find
from alisa.link.backoff import Backoff
from alisa.link.items import Connected, Disconnected, Item
from alisa.link.socket import Connect, Socket, SocketLostError, connect_websocket
from alisa.protocol.codec import decode, encode
from alisa.protocol.errors import ProtocolError
from alisa.protocol.message import Message
from alisa.protocol.messages import End, Error, Hello, Turn, Welcome
from alisa.protocol.plain_client import hear_plain, say_plain
from alisa.runtime.errors import AlisaError

QUEUE_MESSAGES = 256
"""How many messages wait for the consumer; beyond that the hub's frames are left in the socket."""
WELCOME_TIMEOUT_SECONDS = 5.0
SEND_TIMEOUT_SECONDS = 10.0
FINAL_CODES = frozenset({"bad_message", "wrong_role", "token_needed"})
"""A hello that is answered so would be answered so again."""
STEADY_SECONDS = 0.5
"""A connection that lasted this long was a good one: the next try after it is made at once again."""


@dataclass(frozen=True, slots=True)
class _Line:
    """An open connection, and how one speaks on it."""

    socket: Socket
    write: Callable[[Message], str | None]
    """None: the dialect has no word for it"""


class HubLink:
    """`async with HubLink(url, token, hello) as link: async for item in link: …`

    Items are messages, `Connected` and `Disconnected`. Iterating raises AlisaError `hub_refused`
    when the hub does not want us; nothing else ends the iteration but leaving the `with` block.
    """

    def __init__(
        self,
        url: str,
        token: str,
        hello: Hello,
        *,
        backoff: Backoff | None = None,
        connect: Connect = connect_websocket,
        chance: random.Random | None = None,
        find: Find | None = None,
    ) -> None:
        """`find` is asked before each try, for a hub that may come back elsewhere or speak another dialect."""
        self._address = Address(url, token)
        self._find = find
        self._hello = hello
        self._backoff = backoff or Backoff()
        self._connect = connect
        self._chance = chance or random.Random()  # noqa: S311 - it spreads retries, it keeps no secret
        self._finished = hello.resume
        self._items: asyncio.Queue[Item | None] = asyncio.Queue()
        self._room = asyncio.Semaphore(QUEUE_MESSAGES)
        self._line: _Line | None = None
        self._changed = asyncio.Condition()
        self._over = False
        self._failure: BaseException | None = None
        self._runner: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Whether the hub has welcomed us and has not gone since."""
        return self._line is not None

    @property
    def finished(self) -> int | None:
        """The last turn whose end was seen; what is asked for after a reconnect begins behind it."""
        return self._finished

    async def __aenter__(self) -> Self:
        self._runner = asyncio.create_task(self._run(), name="hub link")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            self._runner.cancel()
            with suppress(asyncio.CancelledError):
                await self._runner
        await self._stopped(None)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        item = await self._items.get()
        if item is None:
            self._items.put_nowait(None)
            raise self._failure or StopAsyncIteration
        if isinstance(item, Message):
            self._room.release()
        return item

    async def send(self, message: Message, *, timeout_seconds: float = SEND_TIMEOUT_SECONDS) -> None:
        """Send, as soon as there is a connection.

        Raises AlisaError `hub_away` after the timeout, `hub_refused` when the hub does not want us,
        `plain_hub` when it speaks the plain dialect, which has no word for this, and `bad_message` for a
        message that no frame can hold.
        """
        try:
            encode(message)
            async with asyncio.timeout(timeout_seconds):
                while True:
                    line = await self._open_line()
                    frame = line.write(message)
                    if frame is None:
                        raise AlisaError("plain_hub", "This hub does not understand that.",
                                         "A hub of Alisa's own does: `alisa up`.")  # fmt: skip
                    try:
                        return await line.socket.send(frame)
                    except SocketLostError:
                        self._lost(line.socket)
        except ProtocolError as error:
            raise AlisaError(error.code, error.message, error.hint) from error
        except TimeoutError:
            raise AlisaError("hub_away", "The hub is away.", "Start it with `alisa up`.") from None

    async def _open_line(self) -> _Line:
        async with self._changed:
            await self._changed.wait_for(lambda: self._line is not None or self._over)
        if self._line is None:
            raise self._failure or AlisaError("hub_away", "This link is closed.")
        return self._line

    def _lost(self, socket: Socket) -> None:
        if self._line is not None and self._line.socket is socket:
            self._line = None

    # --- the one task that connects and reads ---------------------------------------------------

    async def _run(self) -> None:
        try:
            await self._keep_connected()
        except asyncio.CancelledError:
            raise
        except BaseException as failure:  # noqa: BLE001 - it is raised again where the link is iterated
            await self._stopped(failure)

    async def _stopped(self, failure: BaseException | None) -> None:
        self._failure = self._failure or failure
        self._over = True
        self._items.put_nowait(None)
        async with self._changed:
            self._changed.notify_all()

    async def _keep_connected(self) -> None:
        now = asyncio.get_running_loop().time
        delays = self._backoff.delays(self._chance)
        next(delays)  # the very first try is made at once anyway
        while True:
            since = now()
            try:
                await self._one_connection()
            except SocketLostError as lost:
                if now() - since >= STEADY_SECONDS:
                    delays = self._backoff.delays(self._chance)
                delay = next(delays)
                self._items.put_nowait(Disconnected(str(lost), delay))
                await asyncio.sleep(delay)

    async def _one_connection(self) -> None:
        """Connect, introduce, read until the connection is lost. Always ends by raising."""
        address = await self._find() if self._find else self._address
        socket = await self._connect(address.url, address.token)
        write, read = (say_plain, hear_plain) if address.plain else (encode, decode)
        try:
            welcome = Welcome("", self._hello.conversation) if address.plain else await self._introduce(socket)
            if not address.plain:
                self._expect_from(welcome)
            self._items.put_nowait(Connected(welcome))
            async with self._changed:
                self._line = _Line(socket, write)
                self._changed.notify_all()
            while True:
                message = _understood(await socket.receive(), read)
                if message is not None:
                    await self._room.acquire()
                    self._note_progress(message)
                    self._items.put_nowait(message)
        finally:
            self._lost(socket)
            await socket.close()

    async def _introduce(self, socket: Socket) -> Welcome:
        """Say hello and wait for the welcome; what is heard before it belongs to the plain dialect."""
        try:
            async with asyncio.timeout(WELCOME_TIMEOUT_SECONDS):
                await socket.send(encode(replace(self._hello, resume=self._finished)))
                while True:
                    match _understood(await socket.receive(), decode):
                        case Welcome() as welcome:
                            return welcome
                        case Error(turn=None, code=code) as error if code in FINAL_CODES:
                            raise AlisaError("hub_refused", error.message, error.hint)
                        case Error(turn=None) as error:
                            raise SocketLostError(error.message)
        except TimeoutError:
            raise SocketLostError("the hub does not say hello") from None

    def _expect_from(self, welcome: Welcome) -> None:
        """Begin where the conversation stands, so that a first connection is not sent the past."""
        if self._finished is None:
            self._finished = welcome.current_turn or 0  # nothing was said yet: all that follows is news

    def _note_progress(self, message: Message) -> None:
        match message:
            case Turn(turn=int(turn)) if self._finished is not None and turn <= self._finished:
                self._finished = turn - 1  # the turn that the welcome named was still running
            case End(turn=int(turn)):
                self._finished = turn if self._finished is None else max(self._finished, turn)


def _understood(frame: str, read: Callable[[str], Message | str | None]) -> Message | None:
    """The message in a frame; None for a keep-alive, and for what only a newer hub or another dialect says."""
    try:
        message = read(frame)
    except ProtocolError:
        return None
    return message if isinstance(message, Message) else None
