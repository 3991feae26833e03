"""The connection itself: uvicorn's WebSocket, with a short way to the socket for frames that are ready.

ASGI knows one text message at a time, each framed anew for each client. Here a frame's bytes are made once
and written as they are, many at a time. A client that does not read can still be closed. What the
frames say is not known here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from starlette.types import Scope
from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

EXTENSION = "alisa.wire"
NOT_TEXT = "alisa.not_text"
"""The key of a received event whose text was not UTF-8."""
FAREWELL_SECONDS = 5.0
"""How long a client that is being closed may take to read what it was sent, and the reason."""


class Wire(WebSocketsSansIOProtocol):
    """One client's connection. The application finds it in `scope["extensions"]`."""

    on_drained: Callable[[], None] = staticmethod(lambda: None)

    def handle_connect(self, event: Request) -> None:
        """Begin to serve; the application's task, which looks for the extension, runs only after this."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions = cast("dict[str, Any]", self.scope["extensions"])
            extensions[EXTENSION] = self

    async def send(self, message: ASGISendEvent) -> None:
        """Send what ASGI knows. A refusal in HTTP ends the handshake, too: else uvicorn logs each one as a fault."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and self.close_sent:
            self.handshake_complete = True

    @property
    def is_open(self) -> bool:
        """May something still be sent?"""
        return not (self.close_sent or self.disconnected or self.transport.is_closing())

    @property
    def is_clogged(self) -> bool:
        """Does the client read more slowly than it is sent to?"""
        return not self.writable.is_set()

    def write(self, frames: bytes) -> None:
        """Send frames as they are, at once; nothing happens when the connection is gone."""
        if self.is_open:
            self.transport.write(frames)

    def resume_writing(self) -> None:
        """The client has read most of what it was sent: its writer may go on."""
        super().resume_writing()
        self.on_drained()

    def close(self, code: int, reason: str) -> None:
        """Say goodbye without waiting for what is still on its way; a client that does not answer is cut off."""
        if self.is_open:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
            self.conn.send_close(code, reason)
            self._linger()

    def send_receive_event_to_app(self) -> None:
        """Hand a message to the application; text that is not UTF-8 is its business too, so that it can answer."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
            if not _is_utf8(data):
                self.frames = []
                event = {"type": "websocket.receive", "bytes": b"", NOT_TEXT: True}
                self.queue.put_nowait(cast("Any", event))
                return
        super().send_receive_event_to_app()

    def handle_parser_exception(self) -> None:
        """Close for a frame that breaks the rules, and let the client read why before the connection goes."""
        if not self.close_sent:
            closing = self.conn.close_sent
            code, reason = (closing.code, closing.reason) if closing else (1002, "")
            self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
            self._linger()
            self.transport.write_eof()  # the rest of its message is no frame any more, so it cannot answer with one

    def _linger(self) -> None:
        """Send the close frame and go on reading: closing with unread input would destroy what was sent last."""
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(FAREWELL_SECONDS, self.transport.abort)


def wire_of(scope: Scope) -> Wire:
    """The wire of a WebSocket connection. Raises RuntimeError under a server that was not set up by `serving`."""
    wire = scope.get("extensions", {}).get(EXTENSION)
    if wire is None:
        raise RuntimeError("The hub has to be served with backend.gateway.wire.Wire: run `python -m backend`.")
    return cast("Wire", wire)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
