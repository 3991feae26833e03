"""Her window: a surface that shows her pictures, the place where it stands, and the mouse on it.

What she looks like comes in as frames; what a poke, a drag or the menu leads to goes out as reactions. Which kind of
surface shows her, and how a system is asked about its desktop, is not known here. All of it runs in Tk's loop.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from overlay.compose import Picture
from overlay.desktop.fullscreen import FullScreenWatch
from overlay.desktop.geometry import Monitor, Rect, clamp_scale, scaled_by
from overlay.desktop.placement import Placements
from overlay.desktop.pointer import Gaze, PointerWatch
from overlay.desktop.stand import Stand
from overlay.desktop.system import Desktop
from overlay.desktop.touch import Touch
from overlay.frame import Frame
from overlay.settings import OverlaySettings

if TYPE_CHECKING:
    from overlay.surface.surface import Surface

LOOK_AROUND_MS = 1000
"""How often she looks for full-screen programs and for monitors that came or went."""
_GROW_MS = 30
"""Notches of a wheel come in bursts; so long they are gathered before she is drawn anew."""
_REMEMBER_MS = 1000
"""So long after the last notch her size is written down, once."""


class Composer(Protocol):
    """Draws her in one size (`overlay.compose.Composer`)."""

    @property
    def size(self) -> tuple[int, int]: ...
    def draw(self, frame: Frame) -> Picture: ...


def _nothing(*_values: object) -> None:
    """What happens when nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Reactions:
    """Who wants to know what the user does with her, and what becomes of her window."""

    on_poke: Callable[[], None] = _nothing
    on_type: Callable[[], None] = _nothing
    """a double click: the user wants to type to her"""
    on_menu: Callable[[int, int], None] = _nothing
    """with the place on the screen"""
    on_drag: Callable[[bool], None] = _nothing
    """she is taken hold of, or let go"""
    on_gaze: Callable[[Gaze | None], None] = _nothing
    """where the pointer is, as her eyes see it; None: nowhere that interests her"""
    on_move: Callable[[Rect], None] = _nothing
    """her place or size has changed"""
    on_show: Callable[[bool], None] = _nothing
    """she came back on the screen, or left it"""


class AvatarWindow:
    """She on the desktop. `compose` makes a composer for a size, `open_surface` a surface of so many pixels."""

    def __init__(
        self,
        root: tk.Misc,
        *,
        compose: Callable[[float], Composer],
        open_surface: Callable[[tuple[int, int]], Surface],
        desktop: Desktop,
        placements: Placements,
        settings: OverlaySettings,
        reactions: Reactions | None = None,
    ) -> None:
        self._root = root
        self._compose = compose
        self._open_surface = open_surface
        self._desktop = desktop
        self._settings = settings
        self._reactions = reactions or Reactions()
        self._full_screen = FullScreenWatch(desktop)
        self._pointer = PointerWatch()
        self._gaze: Gaze | None = None
        self._frame = Frame()
        self._click_through = settings.click_through
        self._hidden = self._aside = self._called_back = False
        self._dragging = self._stale = False
        self._timers: dict[str, str] = {}
        self._composer: Composer | None = None
        self._composed_scale = 0.0
        self._stand = Stand(placements, desktop.monitors(), self._size_at, settings.scale)
        self._wanted_scale = self._stand.scale
        self._shown = True
        self._surface, self._touch = self._open()
        self._later("look around", LOOK_AROUND_MS, self._look_around)
        if settings.follow_pointer:
            self._look_at_pointer()

    # --- what is asked of her -------------------------------------------------------------------

    @property
    def place(self) -> Rect:
        """Where she stands on the screen."""
        return self._stand.place

    @property
    def monitors(self) -> tuple[Monitor, ...]:
        return self._stand.monitors

    @property
    def scale(self) -> float:
        """The size that she has, or is about to have."""
        return self._wanted_scale

    @property
    def click_through(self) -> bool:
        return self._click_through

    @property
    def shown(self) -> bool:
        """Is she on the screen? Not while the user has hidden her, nor behind a full-screen program."""
        return not self._hidden and (self._called_back or not self._aside)

    @property
    def surface(self) -> Surface:
        return self._surface

    def pointer(self) -> Gaze | None:
        """Return where the pointer is, as her eyes see it; None when it does not interest her."""
        return self._gaze

    # --- what she is told -----------------------------------------------------------------------

    def show(self, frame: Frame) -> None:
        """Look like this. While she is hidden, nothing is drawn."""
        self._frame = frame
        if not self.shown:
            return
        composer = self._composer_at(self._stand.scale)
        picture = composer.draw(frame)
        changed = (0, 0, *composer.size) if self._stale else picture.changed
        if changed is not None:
            self._surface.present(picture.image, changed)
        if self._stale:
            self._stale = False
            self._surface.window.deiconify()

    def hide(self) -> None:
        """Leave the screen until `reveal`, the hotkey or a second start."""
        self._hidden = True
        self._come_or_go()

    def reveal(self) -> None:
        """Come back on the screen, before a full-screen program, too."""
        self._hidden = False
        self._called_back = self._aside
        self._come_or_go()

    def come_back(self) -> None:
        """Come back to hand, whatever was: on the screen, and no click passes through her."""
        self.set_click_through(False)
        self.reveal()

    def answer_hotkey(self) -> None:
        """Come back when she is away; else let clicks through, or no longer."""
        if self.shown:
            self.set_click_through(not self._click_through)
        else:
            self.come_back()

    def set_click_through(self, on: bool) -> None:
        """Let clicks pass to what is below her, or no longer; some kinds of surface cannot, see `click_through`."""
        if on:
            self._touch.let_go()
        able = self._surface.set_click_through(on)
        self._click_through = on and able

    def set_scale(self, scale: float) -> None:
        """Have this size, standing on the same feet; remembered for these monitors."""
        self._wanted_scale = clamp_scale(scale)
        self._later("resize", _GROW_MS, self._resize)

    def reopen(self) -> None:
        """Take a new surface: the one she is on is lost, or another kind suits the desktop now."""
        self._touch.let_go()
        self._surface.close()
        self._surface, self._touch = self._open()
        self.show(self._frame)

    def close(self) -> None:
        """Leave the desktop for good; what is to be remembered is."""
        self._touch.let_go()
        if "remember" in self._timers:
            self._stand.remember()
        for timer in self._timers.values():
            self._root.after_cancel(timer)
        self._timers.clear()
        self._surface.close()

    # --- what the mouse does to her (touch.Touched) ---------------------------------------------

    def poke(self) -> None:
        self._reactions.on_poke()

    def ask_for_words(self) -> None:
        self._reactions.on_type()

    def open_menu(self, x: int, y: int) -> None:
        self._reactions.on_menu(x, y)

    def grow(self, notches: int) -> None:
        if not self._dragging:
            self.set_scale(scaled_by(self._wanted_scale, notches))

    def drag_to(self, x: int, y: int) -> None:
        if not self._dragging:
            self._dragging = True
            self._reactions.on_drag(True)
        self._stand.drag_to(x, y)
        self._move()

    def drop(self) -> None:
        self._dragging = False
        self._stand.drop(self._settings.snap_pixels)
        self._move()
        self._reactions.on_drag(False)

    # --- how -------------------------------------------------------------------------------------

    def _open(self) -> tuple[Surface, Touch]:
        surface = self._open_surface(self.place.size)
        if self._settings.opacity < 1:
            surface.set_opacity(self._settings.opacity)
        if self._click_through:
            self._click_through = surface.set_click_through(True)
        surface.window.geometry(_at(self.place))
        self._stale = True
        return surface, Touch(surface.window, self)

    def _come_or_go(self) -> None:
        if self.shown == self._shown:
            return
        self._shown = self.shown
        if self._shown:
            self._settle()
            self._surface.window.lift()
        else:
            self._touch.let_go()
            self._surface.window.withdraw()
        self._reactions.on_show(self._shown)

    def _resize(self) -> None:
        if self._wanted_scale != self._stand.scale:
            self._stand.resize(self._wanted_scale)
            self._settle()
            self._later("remember", _REMEMBER_MS, self._stand.remember)

    def _settle(self) -> None:
        """Show her in the size and at the place that she has now."""
        self._surface.resize(*self.place.size)
        self._move()
        self._stale = True
        self.show(self._frame)

    def _move(self) -> None:
        self._surface.window.geometry(_at(self.place))
        self._reactions.on_move(self.place)

    def _size_at(self, scale: float) -> tuple[int, int]:
        return self._composer_at(scale).size

    def _composer_at(self, scale: float) -> Composer:
        """Return the composer for this size; only the one that was asked for last is kept."""
        if self._composer is None or scale != self._composed_scale:
            self._composer, self._composed_scale = self._compose(scale), scale
        return self._composer

    # --- what she does by herself ----------------------------------------------------------------

    def _look_around(self) -> None:
        """See whether monitors, her surface's ground or a full-screen program on her monitor came or went."""
        self._later("look around", LOOK_AROUND_MS, self._look_around)
        if self._surface.lost:
            self.reopen()
        if not self._dragging and self._stand.rearrange(self._desktop.monitors()):
            self._wanted_scale = self._stand.scale
            self._settle()
        aside = self._settings.hide_for_fullscreen and self._full_screen.in_front(self._stand.monitor.area)
        if aside != self._aside:
            self._aside, self._called_back = aside, False
            self._come_or_go()

    def _look_at_pointer(self) -> None:
        now = time.monotonic()
        before = self._gaze
        if self.shown and not self._dragging:
            self._gaze = self._pointer.look(self._root.winfo_pointerxy(), self.place, now)
        self._later("pointer", round(self._pointer.next_look(now) * 1000), self._look_at_pointer)
        if self._gaze != before:
            self._reactions.on_gaze(self._gaze)

    def _later(self, what: str, milliseconds: int, then: Callable[[], None]) -> None:
        """Do that later, once; what was to be done under this name before is no longer."""
        if what in self._timers:
            self._root.after_cancel(self._timers[what])
        self._timers[what] = self._root.after(milliseconds, self._now, what, then)

    def _now(self, what: str, then: Callable[[], None]) -> None:
        del self._timers[what]
        then()


def _at(place: Rect) -> str:
    """Return a place as Tk takes it: +-5 is five pixels to the left of the screen's edge."""
    return f"+{place.x}+{place.y}"
