"""One avatar for one home: a second start asks the first to come back on the screen, and ends.

The first holds a lock for as long as it lives, however it ends, and listens on loopback; port and secret stand in a
private file. All that one can ask of it is to show itself.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import secrets
import socket
import threading
import time
from collections.abc import Callable

from filelock import FileLock, Timeout

from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home, private_write, write_error
from overlay.desktop.waking import Bell

FILE_NAME = "overlay.json"
_LOCK_NAME = "overlay.lock"
_LOOPBACK = "127.0.0.1"
_ANSWER = b"ok\n"
_ANSWER_SECONDS = 5.0
"""How long the second start tries: the first may just be starting, or ending."""
_RETRY_SECONDS = 0.05
_CALLER_SECONDS = 1.0
"""How long a caller may take to say the secret."""
_LONGEST_LINE = 256


class Single:
    """This process is the avatar of its home, until it is closed. A `waking.Call`: somebody wants to see her."""

    def __init__(self, home: Home, lock: FileLock) -> None:
        self._file = home.run / FILE_NAME
        self._lock = lock
        self._secret = secrets.token_urlsafe(32).encode()
        self._bell = Bell()
        self._closing = False
        self._door = socket.create_server((_LOOPBACK, 0))
        content = {"port": self._door.getsockname()[1], "secret": self._secret.decode()}
        try:
            private_write(self._file, json.dumps(content).encode())
        except BaseException:
            self._door.close()
            self._bell.close()
            raise
        self._thread = threading.Thread(target=self._listen, name="single", daemon=True)
        self._thread.start()

    def fileno(self) -> int:
        return self._bell.fileno()

    def taken(self) -> bool:
        return self._bell.taken()

    def close(self) -> None:
        """Let the next start be the one."""
        self._closing = True
        with contextlib.suppress(OSError):
            socket.create_connection(self._door.getsockname(), _CALLER_SECONDS).close()
        self._thread.join(2 * _CALLER_SECONDS)
        self._door.close()
        self._bell.close()
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._lock.release()

    def _listen(self) -> None:
        while not self._closing:
            with contextlib.suppress(OSError):
                caller, _ = self._door.accept()
                with caller:
                    if hmac.compare_digest(_line(caller), self._secret):
                        self._bell.ring()
                        caller.sendall(_ANSWER)


def claim(home: Home, wait: Callable[[float], None] = time.sleep) -> Single | None:
    """Become the avatar of this home; None when there is one already, which has been asked to show itself.

    Raises AlisaError when the one that is there does not answer, and StorageError when the home cannot be written.
    """
    home.ensure()
    for _ in range(round(_ANSWER_SECONDS / _RETRY_SECONDS)):
        lock = FileLock(home.run / _LOCK_NAME, mode=0o600, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if _ask(home):
                return None
            wait(_RETRY_SECONDS)
            continue
        except OSError as error:
            raise write_error(error, home.run / _LOCK_NAME) from error
        try:
            return Single(home, lock)
        except BaseException:
            lock.release()
            raise
    raise AlisaError(
        "avatar_silent",
        "The avatar runs already, but does not answer.",
        "End it with `alisa stop`, or in the system's list of programs, then start it again.",
    )


def _ask(home: Home) -> bool:
    """Ask the avatar that runs to show itself; did it say that it will?"""
    try:
        told = json.loads((home.run / FILE_NAME).read_bytes())
        port, secret = int(told["port"]), str(told["secret"])
        with socket.create_connection((_LOOPBACK, port), _CALLER_SECONDS) as first:
            first.sendall(secret.encode() + b"\n")
            return _line(first) == _ANSWER.strip()
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return False


def _line(caller: socket.socket) -> bytes:
    """Return the line that is said, without its end; whoever takes too long or says too much has said nothing."""
    said = b""
    until = time.monotonic() + _CALLER_SECONDS
    while not said.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or len(said) > _LONGEST_LINE:
            return b""
        caller.settimeout(left)
        if not (more := caller.recv(_LONGEST_LINE)):
            return b""
        said += more
    return said.strip()
