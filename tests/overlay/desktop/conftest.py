"""Her window on a real screen: a plain picture instead of her art, everything else as it is."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from alisa.runtime.paths import Home
from overlay.compose import Picture
from overlay.desktop import window as her_window
from overlay.desktop.geometry import Rect
from overlay.desktop.placement import Placements
from overlay.desktop.system import Desktop, open_desktop
from overlay.desktop.window import AvatarWindow, Reactions
from overlay.frame import Frame
from overlay.settings import OverlaySettings
from overlay.surface import open_surface
from tests.rig.screen import Screen

PINK = (255, 111, 145)
TEAL = (62, 207, 198)


class PlainComposer:
    """One colour all over: pink, teal when her eyes are closed."""

    def __init__(self, scale: float) -> None:
        self.size = (round(256 * scale), round(384 * scale))
        self._last: Frame | None = None

    def draw(self, frame: Frame) -> Picture:
        changed = None if frame == self._last else (0, 0, *self.size)
        self._last = frame
        colour = TEAL if frame.lids else PINK
        return Picture(Image.new("RGBA", self.size, (*colour, 255)).convert("RGBa"), changed)


class Stage:
    """She on a screen, as the program puts her there; what the user did is in `seen`."""

    def __init__(self, screen: Screen, root: tk.Tk, home: Home) -> None:
        self.screen = screen
        self.root = root
        self.home = home
        self.seen: list[object] = []
        self._desktops: list[Desktop] = []
        self._windows: list[AvatarWindow] = []

    def enter(self, **settings: object) -> AvatarWindow:
        """Let her come, with these settings."""
        desktop = open_desktop(self.root)
        self._desktops.append(desktop)
        reactions = Reactions(
            on_poke=lambda: self.seen.append("poke"),
            on_type=lambda: self.seen.append("type"),
            on_menu=lambda x, y: self.seen.append(("menu", x, y)),
            on_drag=lambda on: self.seen.append(("drag", on)),
            on_gaze=lambda gaze: self.seen.append(("gaze", gaze)),
            on_show=lambda on: self.seen.append(("show", on)),
        )
        window = AvatarWindow(
            self.root,
            compose=PlainComposer,
            open_surface=lambda size: open_surface(self.root, size),
            desktop=desktop,
            placements=Placements(self.home),
            settings=OverlaySettings.model_validate({"follow_pointer": False} | settings),
            reactions=reactions,
        )
        self._windows.append(window)
        window.show(Frame())
        self.settled(window)
        return window

    def on_screen(self) -> Rect | None:
        """Where the X server shows her."""
        found = self.screen.find("Alisa")
        return None if found is None else Rect(*found.box[:2], found.box[2] - found.box[0], found.box[3] - found.box[1])

    def settled(self, window: AvatarWindow) -> None:
        """Wait until she is seen where she says that she is."""
        self.screen.wait(lambda: self.on_screen() == window.place, "her window at her place", self.root)
        x, y = window.place.x + window.place.width // 2, window.place.y + window.place.height // 2
        if 0 <= x < self.screen.size[0] and 0 <= y < self.screen.size[1]:
            self.screen.wait(lambda: self.screen.pixel(x, y) in (PINK, TEAL), "her picture", self.root)

    def wait(self, holds: Callable[[], object], what: str) -> None:
        self.screen.wait(holds, what, self.root)

    def leave(self) -> None:
        """Let her go."""
        for window in self._windows:
            window.close()
        for desktop in self._desktops:
            desktop.close()
        self._windows, self._desktops = [], []


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """She looks around twenty times a second, so that nobody waits for her."""
    monkeypatch.setattr(her_window, "LOOK_AROUND_MS", 50)


@pytest.fixture
def stage(composited: Screen, tk_root: Callable[[Screen], tk.Tk], home: Home) -> Iterator[Stage]:
    """A screen with a compositor, for her."""
    made = Stage(composited, tk_root(composited), home)
    yield made
    made.leave()


@pytest.fixture
def bare_stage(bare: Screen, tk_root: Callable[[Screen], tk.Tk], home: Home) -> Iterator[Stage]:
    """A screen without a compositor."""
    made = Stage(bare, tk_root(bare), home)
    yield made
    made.leave()
