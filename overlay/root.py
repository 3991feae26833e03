"""Tk's root: hidden, the one of this process; and the file that tells the supervisor that she is on the screen."""

from __future__ import annotations

import contextlib
import json
import os
import tkinter as tk
from collections.abc import Iterator

from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home, private_write
from overlay.surface import prepare_process


@contextlib.contextmanager
def open_root() -> Iterator[tk.Tk]:
    """A withdrawn root, destroyed at the end. Raises MissingError `display_missing` where there is no screen."""
    prepare_process()
    try:
        root = tk.Tk(className="Alisa")
    except tk.TclError as error:
        raise MissingError(
            "display_missing",
            f"The screen cannot be opened: {_reason(error)}.",
            "Start Alisa from a terminal of your desktop session.",
        ) from None
    try:
        root.withdraw()
        yield root
    finally:
        with contextlib.suppress(tk.TclError):  # the screen may have gone first
            root.destroy()


def _reason(error: tk.TclError) -> str:
    return " ".join(str(error).split()).rstrip(".") or "unknown error"


@contextlib.contextmanager
def told_ready(home: Home, *, counts: bool) -> Iterator[None]:
    """Say, for as long as this lasts, that she is on the screen; not where it does not count, as in the demo."""
    if not counts:
        yield
        return
    private_write(home.avatar_file, json.dumps({"pid": os.getpid()}).encode())
    try:
        yield
    finally:
        home.avatar_file.unlink(missing_ok=True)
