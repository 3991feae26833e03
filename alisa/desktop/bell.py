"""A call that any thread can make, and that an event loop can wait for like a file."""

from __future__ import annotations

import contextlib
import socket


class Bell:
    """A call that any thread of this process can make."""

    def __init__(self) -> None:
        self._inside, self._outside = socket.socketpair()
        self._inside.setblocking(False)
        self._outside.setblocking(False)

    def ring(self) -> None:
        """Make the call. One that is still waiting to be answered, or whose bell is gone, is enough."""
        with contextlib.suppress(OSError):
            self._outside.send(b"!")

    def fileno(self) -> int:
        return self._inside.fileno()

    def taken(self) -> bool:
        try:
            return bool(self._inside.recv(4096))
        except OSError:
            return False

    def close(self) -> None:
        self._inside.close()
        self._outside.close()
