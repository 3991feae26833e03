"""An X11 desktop: monitors from RandR 1.5, panels and the active window from the window manager (EWMH).

Whether a program in front matters is not known here. Windows come and go between two questions: an answer about
one that is gone is None, never an error. On Wayland this is XWayland's view: monitors are right, of the programs
only those that use X11 are seen.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from typing import Any

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayError, XError

from overlay.desktop.geometry import Monitor, Rect
from overlay.desktop.monitors import Strut, within, without_panels
from overlay.desktop.system import Program

FAILURES = (XError, ConnectionClosedError, DisplayError, OSError, struct.error)
"""What a question to the X server can end with."""
_MOST_ITEMS = 4096
"""No property that is read here is longer, in 32-bit items."""
_ALL_DESKTOPS = 0xFFFFFFFF


class X11Desktop:
    """One connection to the X server, used for questions only: no event is ever asked for."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        self._display.set_error_handler(_ignore)
        self._root = self._display.screen().root
        self._has_monitors = hasattr(self._root, "xrandr_get_monitors")
        self._names: dict[int, str] = {}
        self._seen: object = None
        self._monitors: tuple[Monitor, ...] = ()

    def monitors(self) -> tuple[Monitor, ...]:
        """Return the monitors; panels are asked for again only when a monitor or the work area has changed."""
        try:
            areas = self._areas()
            seen = (areas, *(self._numbers(self._root, name) for name in ("_NET_WORKAREA", "_NET_CURRENT_DESKTOP")))
            if seen != self._seen:
                self._monitors, self._seen = self._with_work_areas(areas), seen
        except FAILURES:
            if not self._monitors:
                screen = self._display.screen()
                area = Rect(0, 0, screen.width_in_pixels, screen.height_in_pixels)
                self._monitors = (Monitor("screen", area, area, primary=True),)
        return self._monitors

    def active(self) -> int | None:
        try:
            window = next(iter(self._numbers(self._root, "_NET_ACTIVE_WINDOW")), 0)
            kinds = self._numbers(self._window(window), "_NET_WM_WINDOW_TYPE", Xatom.ATOM) if window else ()
        except FAILURES:
            return None
        return window if window and self._atom("_NET_WM_WINDOW_TYPE_DESKTOP") not in kinds else None

    def program(self, window: int) -> Program | None:
        try:
            resource = self._window(window)
            states = self._numbers(resource, "_NET_WM_STATE", Xatom.ATOM)
            viewable = resource.get_attributes().map_state == X.IsViewable
            geometry = resource.get_geometry()
            corner = self._root.translate_coords(resource, 0, 0)
            desktop = next(iter(self._numbers(resource, "_NET_WM_DESKTOP")), _ALL_DESKTOPS)
            current = next(iter(self._numbers(self._root, "_NET_CURRENT_DESKTOP")), desktop)
        except FAILURES:
            return None
        hidden = self._atom("_NET_WM_STATE_HIDDEN") in states or desktop not in (current, _ALL_DESKTOPS)
        return Program(
            area=Rect(corner.x, corner.y, geometry.width, geometry.height),
            full_screen=self._atom("_NET_WM_STATE_FULLSCREEN") in states,
            shown=viewable and not hidden,
        )

    def close(self) -> None:
        with contextlib.suppress(*FAILURES):
            self._display.close()

    # --- monitors --------------------------------------------------------------------------------------------

    def _areas(self) -> tuple[tuple[str, Rect, bool], ...]:
        """Return name, area and whether it is the first one, of each monitor."""
        found = []
        for monitor in self._root.xrandr_get_monitors().monitors if self._has_monitors else ():
            area = Rect(monitor.x, monitor.y, monitor.width_in_pixels, monitor.height_in_pixels)
            if area.width and area.height:
                found.append((self._name(monitor.name), area, bool(monitor.primary)))
        if not found:
            geometry = self._root.get_geometry()
            found.append(("screen", Rect(0, 0, geometry.width, geometry.height), True))
        return tuple(found)

    def _with_work_areas(self, areas: tuple[tuple[str, Rect, bool], ...]) -> tuple[Monitor, ...]:
        geometry = self._root.get_geometry()
        screen = (geometry.width, geometry.height)
        works, struts = self._work_areas(single=len(areas) == 1), tuple(self._struts())
        return tuple(
            Monitor(name, area, within(without_panels(area, screen, struts), works), primary)
            for name, area, primary in areas
        )

    def _work_areas(self, *, single: bool) -> list[Rect]:
        """Return the work areas that the window manager tells: GNOME has one a monitor, EWMH one for all of them."""
        desktop = next(iter(self._numbers(self._root, "_NET_CURRENT_DESKTOP")), 0)
        numbers = self._numbers(self._root, f"_GTK_WORKAREAS_D{desktop}")
        if not numbers and single:
            numbers = self._numbers(self._root, "_NET_WORKAREA")[desktop * 4 : desktop * 4 + 4]
        return [Rect(*numbers[at : at + 4]) for at in range(0, len(numbers) - 3, 4)]

    def _struts(self) -> Iterator[Strut]:
        for window in self._numbers(self._root, "_NET_CLIENT_LIST", Xatom.WINDOW):
            with contextlib.suppress(*FAILURES):
                numbers = self._numbers(self._window(window), "_NET_WM_STRUT_PARTIAL")
                if len(numbers) == len(Strut.__slots__):
                    yield Strut(*numbers)

    def _name(self, atom: int) -> str:
        if atom not in self._names:
            self._names[atom] = str(self._display.get_atom_name(atom))
        return self._names[atom]

    # --- properties ------------------------------------------------------------------------------------------

    def _numbers(self, window: Any, name: str, kind: int = X.AnyPropertyType) -> tuple[int, ...]:
        """Return a property that is a list of 32-bit numbers; empty when it is not there or is something else."""
        reply = window.get_property(self._atom(name), kind, 0, _MOST_ITEMS)
        if reply is None or reply.format != 32:
            return ()
        return tuple(reply.value)

    def _atom(self, name: str) -> int:
        return int(self._display.get_atom(name))

    def _window(self, window: int) -> Any:
        return self._display.create_resource_object("window", window)


def _ignore(_error: object, _request: object) -> None:
    """Errors that belong to no question come from windows that are gone; python-xlib would print them."""
