"""The edge of the link: one connection that carries text frames, here over a real WebSocket.

What the frames say, and what to do when the connection is lost, is not known here.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from alisa.protocol.tags import MAX_FRAME_BYTES
from alisa.runtime.errors import AlisaError

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection
    from websockets.exceptions import InvalidStatus
    from websockets.frames import Close

OPEN_TIMEOUT_SECONDS = 5.0
CLOSE_TIMEOUT_SECONDS = 1.0
PING_SECONDS = 10.0
"""How often the hub is asked whether it is still there, and how long it may take to answer."""


class SocketLostError(Exception):
    """The connection could not be made, or is gone; its text says why, for a person."""


class Socket(Protocol):
    """A connection that is open. `send` and `receive` raise SocketLostError when it is no longer."""

    async def send(self, frame: str) -> None: ...
    async def receive(self) -> str: ...
    async def close(self) -> None: ...


Connect = Callable[[str, str], Awaitable[Socket]]
"""Opens a connection to a url with a token. Raises SocketLostError when it may be tried again,
and AlisaError `hub_refused` when trying again is of no use."""


async def connect_websocket(url: str, token: str) -> Socket:
    """Open a WebSocket to the hub."""
    from websockets.asyncio.client import connect
    from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI

    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        connection = await connect(
            url,
            additional_headers=headers,
            compression=None,
            max_size=MAX_FRAME_BYTES,
            proxy=None,
            open_timeout=OPEN_TIMEOUT_SECONDS,
            close_timeout=CLOSE_TIMEOUT_SECONDS,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
        )
    except InvalidURI:
        raise AlisaError(
            "hub_refused", f"{url} is not the address of a hub.", "It looks like ws://127.0.0.1:8000/ws/chat."
        ) from None
    except InvalidStatus as answer:
        raise _refusal(answer) from None
    except InvalidHandshake:
        raise SocketLostError("something that is not Alisa answers there") from None
    except TimeoutError:
        raise SocketLostError("the hub does not answer") from None
    except ConnectionRefusedError:
        raise SocketLostError("the hub is not running") from None
    except OSError as error:
        raise SocketLostError(f"the hub cannot be reached: {error.strerror or error}") from None
    return _WebSocket(connection)


def _refusal(answer: InvalidStatus) -> Exception:
    """A refusal by the door is final; any other status may pass."""
    status = answer.response.status_code
    if status not in (401, 403):
        return SocketLostError(f"the hub answered with HTTP {status}")
    message, hint = "The hub does not let us in.", "Run `alisa token` to see the token of this computer."
    try:
        said = json.loads(answer.response.body or b"{}")
        message, hint = str(said["message"]), str(said["hint"])
    except (ValueError, KeyError, TypeError):
        pass  # something between us and the hub answered in its own words
    return AlisaError("hub_refused", message, hint)


class _WebSocket:
    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def send(self, frame: str) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            await self._connection.send(frame)
        except ConnectionClosed as closed:
            raise SocketLostError(_why(closed.rcvd)) from None

    async def receive(self) -> str:
        from websockets.exceptions import ConnectionClosed

        while True:
            try:
                frame = await self._connection.recv()
            except ConnectionClosed as closed:
                raise SocketLostError(_why(closed.rcvd)) from None
            if isinstance(frame, str):
                return frame

    async def close(self) -> None:
        await self._connection.close()


def _why(close: Close | None) -> str:
    if close is None:
        return "the connection was lost"
    if close.code in (1000, 1001, 1012):
        return "the hub has stopped"
    return f"the hub closed the connection: {close.reason or close.code}"
