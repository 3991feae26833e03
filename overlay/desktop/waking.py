"""How something outside of Tk wakes it: a call that was made elsewhere is answered in Tk's own loop.

What the call means is not known here.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any, Protocol, cast

from alisa.desktop.bell import Bell

__all__ = ["Bell", "Call", "attend"]

POLL_MS = 200
"""How often a call is asked for where Tk cannot wait for a file (Windows)."""


class Call(Protocol):
    """Something that can happen at any time, and is then to be answered."""

    def fileno(self) -> int:
        """Return what becomes readable when it happens; -1 when it never will (again)."""

    def taken(self) -> bool:
        """Has it happened since the last time that this was asked? Never waits."""


def attend(root: tk.Misc, call: Call, then: Callable[[], None], *, poll_ms: int = POLL_MS) -> Callable[[], None]:
    """Answer each call with `then`, in Tk's loop; return what ends that. End it before the call is closed.

    `then` must not raise: Tk's loop would end. `poll_ms` counts where Tk cannot wait for a file.
    """
    if call.fileno() < 0:
        return lambda: None
    return _wait(root, call, then) if hasattr(root.tk, "createfilehandler") else _poll(root, call, then, poll_ms)


def _wait(root: tk.Misc, call: Call, then: Callable[[], None]) -> Callable[[], None]:
    watched, interpreter = [call.fileno()], cast("Any", root.tk)

    def stop() -> None:
        while watched:
            interpreter.deletefilehandler(watched.pop())

    def answer(_file: object, _mask: int) -> None:
        taken = call.taken()
        if call.fileno() < 0:
            stop()  # what has ended stays readable for ever
        if taken:
            then()

    interpreter.createfilehandler(watched[0], tk.READABLE, answer)
    return stop


def _poll(root: tk.Misc, call: Call, then: Callable[[], None], poll_ms: int) -> Callable[[], None]:
    timer = ""

    def look() -> None:
        nonlocal timer
        timer = root.after(poll_ms, look)
        if call.taken():
            then()

    look()
    return lambda: root.after_cancel(timer)
