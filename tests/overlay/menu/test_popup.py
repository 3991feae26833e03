"""The menu on a real screen: opened with a real right click, chosen from with a real click."""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from overlay.menu import Menu, MenuState, popup
from overlay.menu.entries import Entry, Kind
from tests.overlay.bubble.conftest import OTHER
from tests.rig.screen import Screen

pytestmark = pytest.mark.screen


class Deeds:
    """The avatar, as far as the menu knows it."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.now = MenuState(True, "teasing", ("calm", "teasing"), True, None, 1.0, False, "ctrl+alt+a")

    def state(self) -> MenuState:
        return self.now

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: self.done.append((name, *arguments))


class Place:
    """A borderless window that opens the menu when it is clicked, as hers does."""

    def __init__(self, screen: Screen, root: tk.Tk) -> None:
        self.screen, self.root, self.deeds = screen, root, Deeds()
        self.menu = Menu(root, self.deeds)
        her = tk.Toplevel(root, bg="#6d5bd0")
        her.overrideredirect(True)
        her.geometry("256x384+300+200")
        her.bind("<Button-3>", lambda event: self.menu.popup(event.x_root, event.y_root))
        self.wait(lambda: screen.pixel(400, 400) == (109, 91, 208), "her window")

    def wait(self, holds: Callable[[], object], what: str) -> None:
        self.screen.wait(holds, what, self.root)

    def open(self) -> None:
        self.screen.click(400, 400, 3)
        self.wait(lambda: self.menu.is_open, "the menu")

    def closed(self) -> None:
        self.wait(lambda: not self.menu.is_open, "no menu")

    def entry(self, label: str, of: str | None = None) -> tuple[int, int]:
        """Where an entry is on the screen."""
        menu = self.menu._menu
        assert menu is not None
        if of is not None:
            menu = menu.nametowidget(menu.entrycget(_index(menu, of), "menu"))
            self.wait(lambda: menu.winfo_viewable(), f"the entries of {of}")
        return menu.winfo_rootx() + 40, menu.winfo_rooty() + menu.yposition(_index(menu, label)) + 8


def _index(menu: tk.Menu, label: str) -> int:
    last = menu.index("end")
    assert last is not None
    rows = [row for row in range(last + 1) if menu.type(row) != "separator"]
    return next(row for row in rows if menu.entrycget(row, "label").startswith(label))


@pytest.fixture
def place(each_screen: Screen, tk_root: Callable[[Screen], tk.Tk]) -> Iterator[Place]:
    """Her window and the menu, with and without a compositor."""
    made = Place(each_screen, tk_root(each_screen))
    yield made
    made.menu.destroy()
    made.root.update()


def test_a_click_on_an_entry_does_it(place: Place) -> None:
    """A right click opens the menu at the pointer, a click on an entry does what it says and closes it."""
    place.open()
    menu = place.menu._menu
    assert menu is not None
    assert abs(menu.winfo_rootx() - 400) < 8
    assert abs(menu.winfo_rooty() - 400) < 8
    place.screen.click(*place.entry("Mute"))
    place.wait(lambda: place.deeds.done, "the deed")
    assert place.deeds.done == [("set_muted", False)]
    place.closed()


def test_an_entry_of_a_submenu(place: Place) -> None:
    """The pointer opens what is below an entry, and a click there does it."""
    place.open()
    place.screen.move(*place.entry("Mode"))
    place.screen.click(*place.entry("Calm", of="Mode"))
    place.wait(lambda: place.deeds.done, "the deed")
    assert place.deeds.done == [("set_mode", "calm")]
    place.closed()


def test_all_labels_begin_at_one_line(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those with a tick stand no further right than those without."""
    kinds = [kind for kind in Kind if kind is not Kind.LINE]
    monkeypatch.setattr(popup, "entries", lambda *_: tuple(Entry(kind, "Her") for kind in kinds))
    place.open()
    menu = place.menu._menu
    assert menu is not None
    left, top, height = menu.winfo_rootx(), menu.winfo_rooty(), menu.winfo_height()
    rows = [menu.yposition(row) for row in range(len(kinds))]

    def begins() -> list[int]:
        """How far from the left the first letter of each label begins, past the column of the ticks."""
        seen = np.asarray(place.screen.grab((left, top, left + 80, top + height)).convert("L")).astype(int)
        inked = [abs(seen[row + 4 : row + 20, 30:] - seen[row + 1, 30]).max(0) > 60 for row in rows]
        return [int(columns.argmax()) for columns in inked if columns.any()]

    place.wait(lambda: len(begins()) == len(kinds), "every label")
    assert len(set(begins())) == 1, begins()


def test_escape_and_a_click_elsewhere_close_it(place: Place) -> None:
    """It closes without a deed, and the pointer is free again."""
    with place.screen.run([sys.executable, "-c", OTHER]):
        place.wait(lambda: place.screen.focused() == "other", "the other program")
        place.open()
        place.screen.key("Escape")
        place.closed()
        place.wait(lambda: place.screen.focused() == "other", "the keyboard is given back")
        place.open()
        place.screen.click(1000, 100)
        place.closed()
        place.wait(lambda: place.screen.focused() == "other", "the keyboard is given back")
    assert place.deeds.done == []


def test_the_keyboard_chooses(place: Place) -> None:
    """The arrow keys and Enter choose."""
    place.open()
    place.wait(lambda: place.screen.focused(), "the keyboard")
    place.screen.key("Down", "Return")
    place.wait(lambda: place.deeds.done, "the deed")
    assert place.deeds.done == [("talk",)]


def test_another_program_that_holds_the_pointer_is_no_trouble(place: Place) -> None:
    """While another menu is open on the desktop ours does not open, and later it does."""
    place.screen.click(900, 300, 3)  # openbox's own menu
    place.wait(lambda: place.screen.pixel(905, 310) != (59, 95, 127), "the desktop's menu")
    place.menu.popup(400, 400)
    assert not place.menu.is_open
    place.screen.key("Escape")
    place.wait(lambda: place.screen.pixel(905, 310) == (59, 95, 127), "no menu on the desktop")
    place.open()


def test_at_the_corner_it_stays_on_the_screen(place: Place) -> None:
    """Opened at the lower right corner, the whole menu is seen."""
    place.menu.popup(1275, 795)
    place.wait(lambda: place.menu.is_open, "the menu")
    menu = place.menu._menu
    assert menu is not None
    place.wait(lambda: menu.winfo_rootx() + menu.winfo_width() <= 1280, "its width on the screen")
    assert menu.winfo_rooty() + menu.winfo_height() <= 800
    place.menu.close()
    place.closed()
