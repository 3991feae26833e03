"""The hub's place on the machine: the port that it takes, and the server that listens there.

uvicorn, without what a companion on one machine does not need. What is served is not known here.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
from collections.abc import Iterator
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from alisa.protocol.tags import MAX_FRAME_BYTES
from alisa.runtime.errors import AlisaError
from alisa.runtime.ports import port_owner
from backend.gateway.wire import Wire

_BACKLOG = 128
_GRACE_SECONDS = 2


def listen(host: str, port: int) -> socket.socket:
    """Take the port, for this process alone. Raises AlisaError `port_taken` or `cannot_listen`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, error) from error
    try:
        if sys.platform == "win32":  # there, SO_REUSEADDR would let another program take the port away
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        owner = port_owner(port) if port else None
        if owner is None:
            raise _cannot_listen(host, error) from error
        raise AlisaError(
            "port_taken",
            f"Port {port} is taken by {owner}.",
            f"`alisa status` tells whether that is Alisa; else: `alisa config set hub.port {_next(port)}`.",
        ) from error
    listener.setblocking(False)
    return listener


def url_of(listener: socket.socket) -> str:
    """Where programs of this machine reach the hub."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - recognised, not bound
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """uvicorn, stopped by the process that it runs in and not by signals of its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `alisa.runtime.tasks`."""
        yield

    def stop(self) -> None:
        """Close the door and the connections, and let `serve` return."""
        self.should_exit = True


def server(app: ASGIApp, *, lifespan: Literal["on", "off"] = "off") -> Server:
    """A server for the hub. It says only what is wrong, and nothing of what anybody asked for.

    `lifespan`: whether the server opens and closes the application, or whoever runs it does.
    """
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    return Server(
        uvicorn.Config(
            app,
            ws=Wire,
            ws_max_size=MAX_FRAME_BYTES,
            ws_per_message_deflate=False,
            http="auto",
            loop="none",
            lifespan=lifespan,
            log_config=None,
            access_log=False,
            proxy_headers=False,  # who is at the door is who is connected, whatever a header says
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    )


def _cannot_listen(host: str, error: OSError) -> AlisaError:
    reason = error.strerror or type(error).__name__
    return AlisaError("cannot_listen", f"The hub cannot listen on {host}: {reason}.", "Check hub.host and hub.port.")


def _next(port: int) -> int:
    return port + 1 if port < 65535 else 8001
