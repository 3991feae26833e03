"""An X11 desktop: the active window from the window manager (EWMH), monitors from RandR 1.5, and idleness.

Windows come and go between two questions: one that is gone is no window, never an error. Where no window manager
says what is active, the topmost window that it lists is taken. On Wayland this is XWayland's view: only programs
that use X11 are seen. https://specifications.freedesktop.org/wm-spec/latest/
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterable
from typing import Any

import psutil
from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayError, XauthError, XError

from vision.desktop.system import no_screen
from vision.desktop.window import Box, Monitor, Window, fills, tidy_title

_GONE = (ConnectionClosedError, DisplayError, OSError)
_FAILURES = (XError, struct.error, AttributeError, UnicodeError)
"""What a question about a window can end with that is gone, or says nonsense. AttributeError: python-xlib, on an
answer that it cannot take apart."""
_MOST_ITEMS = 16_384
"""No property that is read here is longer, in units of 32 bits: a title of 64 kB is cut there."""
_MOST_WINDOWS = 64
"""So many windows are asked until one is found that is seen, where nobody says which one is active."""


class X11Desktop:
    """One connection to the X server, used for questions only. Raises MissingError where there is no such server."""

    def __init__(self, name: str | None = None) -> None:
        try:
            self._display = Display(name)
        except (*_GONE, XauthError) as error:
            shown = name or os.environ.get("DISPLAY", "")
            raise no_screen(f"the display {shown!r} does not answer") from error
        self._display.set_error_handler(_ignore)
        self._root = self._display.screen().root

    def active(self) -> Window | None:
        try:
            number = next(iter(self._numbers(self._root, "_NET_ACTIVE_WINDOW")), 0)
            candidates: Iterable[int] = (number,) if number else self._stacked()
            return next((window for found in candidates if (window := self._window(found)) is not None), None)
        except _GONE as error:
            raise no_screen("the display has gone away") from error
        except _FAILURES:
            return None

    def monitors(self) -> tuple[Monitor, ...]:
        found = []
        try:
            if hasattr(self._root, "xrandr_get_monitors"):
                for monitor in self._root.xrandr_get_monitors().monitors:
                    box = (monitor.x, monitor.y, monitor.width_in_pixels, monitor.height_in_pixels)
                    if box[2] and box[3]:
                        found.append(Monitor(box, bool(monitor.primary)))
        except _GONE as error:
            raise no_screen("the display has gone away") from error
        except _FAILURES:
            pass  # an X server without RandR 1.5 has one screen
        if not found:
            screen = self._display.screen()
            found.append(Monitor((0, 0, screen.width_in_pixels, screen.height_in_pixels), primary=True))
        return tuple(found)

    def idle_seconds(self) -> float | None:
        """Return the time since the last key or movement of the pointer; None where the server does not say."""
        try:
            if not self._display.has_extension("MIT-SCREEN-SAVER"):
                return None
            return float(self._root.screensaver_query_info().idle) / 1000
        except _GONE as error:
            raise no_screen("the display has gone away") from error
        except _FAILURES:
            return None

    def saver_runs(self) -> bool:
        """Does the screen saver cover the screen?"""
        try:
            if not self._display.has_extension("MIT-SCREEN-SAVER"):
                return False
            return int(self._root.screensaver_query_info().state) == 1
        except _GONE as error:
            raise no_screen("the display has gone away") from error
        except _FAILURES:
            return False

    def close(self) -> None:
        with contextlib.suppress(*_GONE, *_FAILURES):
            self._display.close()

    # --- one window ------------------------------------------------------------------------------------------

    def _stacked(self) -> list[int]:
        """Return the windows that the window manager lists, the topmost first."""
        for name in ("_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST"):
            if numbers := self._numbers(self._root, name):
                return list(reversed(numbers))[:_MOST_WINDOWS]
        return []

    def _window(self, number: int) -> Window | None:
        resource = self._display.create_resource_object("window", number)
        try:
            kinds = self._numbers(resource, "_NET_WM_WINDOW_TYPE")
            states = self._numbers(resource, "_NET_WM_STATE")
            if self._atom("_NET_WM_WINDOW_TYPE_DESKTOP") in kinds or self._atom("_NET_WM_STATE_HIDDEN") in states:
                return None
            box = self._box(resource)
            if box is None:
                return None
            wants_all = self._atom("_NET_WM_STATE_FULLSCREEN") in states
            bare = self._atom("_NET_WM_STATE_MAXIMIZED_VERT") not in states  # a maximised one may cover all, too
            pid = next(iter(self._numbers(resource, "_NET_WM_PID")), None)
            return Window(
                title=tidy_title(self._title(resource)),
                app=self._app(resource) or _program(pid),
                pid=pid,
                box=box,
                fullscreen=wants_all or (bare and fills(box, self.monitors())),
            )
        except _FAILURES:
            return None

    def _box(self, resource: Any) -> Box | None:
        if resource.get_attributes().map_state != X.IsViewable:
            return None
        geometry = resource.get_geometry()
        corner = resource.translate_coords(self._root, 0, 0)
        return (-corner.x, -corner.y, geometry.width, geometry.height)

    def _title(self, resource: Any) -> str:
        for name in ("_NET_WM_NAME", "WM_NAME"):
            reply = resource.get_property(self._atom(name), X.AnyPropertyType, 0, _MOST_ITEMS)
            if reply is None or reply.format != 8 or not reply.value:
                continue
            raw = reply.value if isinstance(reply.value, bytes) else str(reply.value).encode()
            latin = reply.property_type == Xatom.STRING
            return raw.decode("latin-1" if latin else "utf-8", "ignore")
        return ""

    def _app(self, resource: Any) -> str:
        """Return the class of the window, which is the program's name; its instance is what the user calls it."""
        named = resource.get_wm_class()
        return tidy_title(str(named[1] or named[0])) if named else ""

    # --- properties ------------------------------------------------------------------------------------------

    def _numbers(self, window: Any, name: str) -> tuple[int, ...]:
        reply = window.get_property(self._atom(name), X.AnyPropertyType, 0, _MOST_ITEMS)
        if reply is None or reply.format != 32:
            return ()
        return tuple(reply.value)

    def _atom(self, name: str) -> int:
        return int(self._display.get_atom(name))


def _program(pid: int | None) -> str:
    """Return the name of a process, for a window that has no class."""
    try:
        return "" if pid is None else psutil.Process(pid).name()
    except (psutil.Error, ValueError):
        return ""


def _ignore(_error: object, _request: object) -> None:
    """Errors that belong to no question come from windows that are gone; python-xlib would print them."""
