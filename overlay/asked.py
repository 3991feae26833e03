"""How she is asked to end while Tk has the main thread: by signals, and by the end of whoever started her.

A signal's handler runs only when Python does, and Tk waits in C: so each of them also makes a socket
readable that Tk watches. What ending means is not known here.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from types import FrameType
from typing import Self

from alisa.runtime.children import die_with_parent
from alisa.runtime.tasks import EXIT_CANCELLED, SUPERVISED


class Asked:
    """Use it as `with Asked() as asked`, in the main thread. `asked.code` is the exit code once she was asked."""

    def __init__(self) -> None:
        self.code: int | None = None
        self._inside, self._outside = socket.socketpair()
        self._inside.setblocking(False)
        self._outside.setblocking(False)
        self._numbers = [signal.SIGINT, signal.SIGTERM]
        if sys.platform == "win32":
            self._numbers.append(signal.SIGBREAK)
        else:
            self._numbers.append(signal.SIGHUP)
        self._count = 0

    def __enter__(self) -> Self:
        self._before = [(number, signal.signal(number, self._receive)) for number in self._numbers]
        self._wakeup_before = signal.set_wakeup_fd(self._outside.fileno(), warn_on_full_buffer=False)
        if os.environ.get(SUPERVISED) == "1":
            die_with_parent()
            threading.Thread(target=self._watch_parent, name="parent", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before:
            signal.signal(number, handler)
        self._inside.close()
        self._outside.close()

    def fileno(self) -> int:
        """What becomes readable when she may have been asked."""
        return self._inside.fileno()

    def taken(self) -> bool:
        """Has something made it readable since the last look? Never waits."""
        try:
            return bool(self._inside.recv(4096))
        except OSError:
            return False

    def end(self, code: int = 0) -> None:
        """Ask her to end, from any thread; the first code counts."""
        if self.code is None:
            self.code = code
        with contextlib.suppress(OSError):
            self._outside.send(b"!")

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        self._count += 1
        if self._count > 2:
            os._exit(EXIT_CANCELLED)
        self.end(EXIT_CANCELLED if number == signal.SIGINT else 0)

    def _watch_parent(self) -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        self.end(0)
