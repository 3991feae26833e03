"""The mouse on her window: Tk's events become what a hand on her means.

What the meaning then does is `Touched`'s. Gestures are `mouse`'s; here are buttons, systems and the double click.
"""

from __future__ import annotations

import tkinter as tk
from typing import Any, Protocol

from overlay.desktop.geometry import Rect
from overlay.desktop.mouse import Grip, Wheel

_DOUBLE_CLICK_MS = 300
"""A click waits so long before it is a poke: the second of a double click may follow. (Tk's own double click would
call a third click one, too, and takes half a second.)"""


class Touched(Protocol):
    """What can be done to her with a mouse."""

    @property
    def place(self) -> Rect:
        """Where she stands."""

    def poke(self) -> None: ...
    def ask_for_words(self) -> None: ...
    def open_menu(self, x: int, y: int) -> None: ...
    def grow(self, notches: int) -> None: ...
    def drag_to(self, x: int, y: int) -> None: ...
    def drop(self) -> None: ...


class Touch:
    """Listens to one window until that is gone."""

    def __init__(self, window: tk.Toplevel, her: Touched) -> None:
        self._window = window
        self._her = her
        self._grip: Grip | None = None
        self._poke = ""
        system = str(window.tk.call("tk", "windowingsystem"))
        self._wheel = Wheel.of(system)
        window.bind("<ButtonPress-1>", self._press)
        window.bind("<B1-Motion>", self._pull)
        window.bind("<ButtonRelease-1>", self._release)
        for menu in ("<ButtonPress-2>", "<Control-ButtonPress-1>") if system == "aqua" else ("<ButtonPress-3>",):
            window.bind(menu, self._menu)
        window.bind("<MouseWheel>", self._turn)
        if system == "x11":  # Tk 8.6 tells a wheel there as buttons
            window.bind("<ButtonPress-4>", lambda _event: her.grow(1))
            window.bind("<ButtonPress-5>", lambda _event: her.grow(-1))

    def let_go(self) -> None:
        """End what the hand is at: she is hidden, or the desktop has changed under her."""
        self._forget_poke()
        grip, self._grip = self._grip, None
        if grip is not None and grip.dragging:
            self._her.drop()

    def _press(self, event: tk.Event[Any]) -> None:
        if self._forget_poke():
            self._her.ask_for_words()
            return
        place = self._her.place
        self._grip = Grip((event.x_root, event.y_root), (place.x, place.y))

    def _pull(self, event: tk.Event[Any]) -> None:
        corner = self._grip.pull((event.x_root, event.y_root)) if self._grip else None
        if corner is not None:
            self._her.drag_to(*corner)

    def _release(self, event: tk.Event[Any]) -> None:
        self._pull(event)
        grip, self._grip = self._grip, None
        if grip is None:
            return
        if grip.dragging:
            self._her.drop()
        else:
            self._poke = self._window.after(_DOUBLE_CLICK_MS, self._poked)

    def _menu(self, event: tk.Event[Any]) -> None:
        self._her.open_menu(event.x_root, event.y_root)

    def _turn(self, event: tk.Event[Any]) -> None:
        notches = self._wheel.turn(event.delta)
        if notches:
            self._her.grow(notches)

    def _poked(self) -> None:
        self._poke = ""
        self._her.poke()

    def _forget_poke(self) -> bool:
        """Take back a click that is not a poke yet; was there one?"""
        timer, self._poke = self._poke, ""
        if timer:
            self._window.after_cancel(timer)
        return bool(timer)
