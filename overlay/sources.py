"""Where the news that she lives by comes from: a hub, or the script of the demo. Both run in Tk's loop."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Iterable
from typing import Protocol

from alisa.link import Find
from alisa.protocol.message import Message
from alisa.protocol.messages import Approve, Decline, Error, Mode, Mute
from overlay import demo
from overlay.bridge import Bridge, News, NotSent
from overlay.desktop.waking import Bell, attend
from overlay.events import DesktopEvent

Happening = News | DesktopEvent
Deliver = Callable[[Iterable[Happening]], None]

POLL_MS = 15
"""How often the box is looked into where Tk cannot wait for it (Windows): half a frame."""


class Source(Protocol):
    """Says what happens, and takes what the user does."""

    def start(self, root: tk.Misc, deliver: Deliver) -> None:
        """Begin to tell; `deliver` is called in Tk's loop."""

    def send(self, message: Message) -> None:
        """The user did this."""

    def stop(self) -> None:
        """Tell nothing more, and let go of everything."""


class HubSource:
    """A hub, over the bridge."""

    def __init__(self, find: Find) -> None:
        self._bell = Bell()
        self._bridge = Bridge(find, self._bell.ring)
        self._unattend: Callable[[], None] | None = None

    def start(self, root: tk.Misc, deliver: Deliver) -> None:
        self._unattend = attend(root, self._bell, lambda: deliver(self._bridge.take()), poll_ms=POLL_MS)
        self._bridge.start()

    def send(self, message: Message) -> None:
        self._bridge.send(message)

    def stop(self) -> None:
        self._bridge.stop()
        if self._unattend is not None:
            self._unattend()
        self._bell.close()


NOBODY = Error("hub_away", "This is the demo: nobody listens.", "Start her with `alisa up`, then talk with her.")


class DemoSource:
    """The demo, over and over. What one sees now is told to `caption`."""

    def __init__(self, caption: Callable[[str], None]) -> None:
        self._caption = caption
        self._timer = ""
        self._cycle = -1
        self._rows: list[demo.Row] = []

    def start(self, root: tk.Misc, deliver: Deliver) -> None:
        self._root = root
        self._deliver = deliver
        self._play()

    def send(self, message: Message) -> None:
        match message:
            case Approve() | Decline():
                pass  # its result comes by the script
            case Mute() | Mode():
                self._deliver([message])
            case _:
                self._deliver([NotSent(message, NOBODY)])

    def stop(self) -> None:
        if self._timer:
            self._root.after_cancel(self._timer)

    def _play(self) -> None:
        """Let everything happen that is due, and come back for the rest."""
        if not self._rows:
            self._cycle += 1
            self._rows = list(demo.rows(self._cycle))
            self._began = time.monotonic()
        now = time.monotonic() - self._began
        while self._rows and self._rows[0].at <= now:
            row = self._rows.pop(0)
            if row.caption:
                self._caption(row.caption)
            if row.event is not None:
                self._deliver([row.event])
        wait = self._rows[0].at - now if self._rows else 0.0
        self._timer = self._root.after(max(1, round(wait * 1000)), self._play)
