"""The rig itself: what tests see and do on a screen is what happened there."""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rig.fixtures import bare, composited, each_screen, lasting_screens, tk_root
from tests.rig.screen import DESKTOP, Screen, screen

__all__ = ["bare", "composited", "each_screen", "lasting_screens", "tk_root"]

pytestmark = pytest.mark.screen


def test_a_window_is_seen_found_clicked_and_typed_into(each_screen: Screen, tk_root: Callable[[Screen], tk.Tk]) -> None:
    """Pixels, titles, focus, the pointer and the keyboard are real."""
    root = tk_root(each_screen)
    top = tk.Toplevel(root, bg="#c04020")
    top.title("Seen ü")
    top.geometry("300x200+100+100")
    entry = tk.Entry(top)
    entry.place(x=50, y=50, width=200, height=30)
    clicks: list[tuple[int, int]] = []
    top.bind("<Button-1>", lambda event: clicks.append((event.x_root, event.y_root)))
    each_screen.wait(lambda: each_screen.pixel(250, 280) == (192, 64, 32), "its colour", root)
    found = each_screen.find("Seen ü")
    assert found is not None
    assert found.box[2] - found.box[0] == 300
    assert found.viewable
    assert each_screen.pixel(700, 700) == DESKTOP

    x, y = found.box[0] + 60, found.box[1] + 60
    each_screen.click(x, y)
    each_screen.wait(lambda: (x, y) in clicks, "the click", root)
    entry.focus_force()
    each_screen.wait(lambda: each_screen.focused() == "Seen ü", "the focus", root)
    each_screen.type("Hello")
    each_screen.wait(lambda: entry.get() == "Hello", "the typed word", root)


def test_the_compositor_comes_and_goes(composited: Screen) -> None:
    """A test may end the compositor; everybody sees at once that it went."""
    assert composited.is_composited()
    composited.set_compositor(False)
    assert not composited.is_composited()
    composited.set_compositor(True)
    assert composited.is_composited()


def test_the_next_test_finds_the_screen_as_it_should_be(composited: Screen, bare: Screen) -> None:
    """Whatever the test before did."""
    assert composited.is_composited()
    assert not bare.is_composited()
    assert composited.display != bare.display


def test_monitors_are_divided(bare: Screen) -> None:
    """RANDR tells programs of as many monitors as a test wants."""
    root = bare.x.screen().root
    bare.set_monitors((0, 0, 800, 800), (800, 0, 1280, 600))
    seen = [
        (m.x, m.y, m.width_in_pixels, m.height_in_pixels, bool(m.primary)) for m in root.xrandr_get_monitors().monitors
    ]
    assert seen == [(0, 0, 800, 800, True), (800, 0, 480, 600, False)]
    bare.set_monitors()
    assert [(m.width_in_pixels, m.height_in_pixels) for m in root.xrandr_get_monitors().monitors] == [(1280, 800)]


def test_a_program_runs_on_a_screen_of_its_own_and_ends_with_it(tmp_path: Path) -> None:
    """A screen of one's own takes whole programs; nothing is left running."""
    script = tmp_path / "window.py"
    script.write_text(
        "import tkinter as tk; r = tk.Tk(); r.title('Own'); r.geometry('200x100+10+10')\n"
        "r.after(0, lambda: print('up', flush=True)); r.mainloop()",
        "utf-8",
    )
    with screen(window_manager=False, size=(640, 480)) as own:
        with own.run([sys.executable, str(script)]) as program:
            own.wait(lambda: own.find("Own"), "the window")
            own.wait(lambda: program.said() == "up\n", "its word")
        assert program.process.returncode is not None
        own.wait(lambda: own.find("Own") is None, "the window's end")
