"""What a real X server and a real window manager tell."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import pytest
from Xlib import Xatom

from overlay.desktop.geometry import Rect
from overlay.desktop.system import PlainDesktop, open_desktop
from overlay.desktop.x11 import X11Desktop
from tests.rig.screen import Screen

pytestmark = pytest.mark.screen


def test_monitors_are_those_of_randr(bare: Screen) -> None:
    """Names, areas, and which is the first."""
    desktop = X11Desktop(bare.display)
    assert [monitor.area for monitor in desktop.monitors()] == [Rect(0, 0, 1280, 800)]
    bare.set_monitors((0, 0, 700, 800), (700, 0, 1280, 600))
    monitors = desktop.monitors()
    assert [monitor.area for monitor in monitors] == [Rect(0, 0, 700, 800), Rect(700, 0, 580, 600)]
    assert [monitor.primary for monitor in monitors] == [True, False]
    assert len({monitor.name for monitor in monitors}) == 2
    desktop.close()


def test_a_panel_is_left_free(bare: Screen, tk_root: Callable[[Screen], tk.Tk]) -> None:
    """As soon as the window manager knows of it, and no longer than it is there."""
    root = tk_root(bare)
    desktop = open_desktop(root)
    assert desktop.monitors()[0].work == Rect(0, 0, 1280, 800)
    panel = tk.Toplevel(root)
    panel.attributes("-type", "dock")
    panel.geometry("1280x40+0+760")
    panel.update()
    outer = bare.x.create_resource_object("window", panel.winfo_id()).query_tree().parent
    strut = [0, 0, 0, 40, 0, 0, 0, 0, 0, 0, 0, 1279]
    outer.change_property(bare.x.intern_atom("_NET_WM_STRUT_PARTIAL"), Xatom.CARDINAL, 32, strut)
    bare.x.sync()
    bare.wait(lambda: desktop.monitors()[0].work == Rect(0, 0, 1280, 760), "room for the panel", root)
    bare.set_monitors((0, 0, 700, 800), (700, 0, 1280, 600))
    assert [monitor.work for monitor in desktop.monitors()] == [Rect(0, 0, 700, 760), Rect(700, 0, 580, 600)]
    bare.set_monitors()
    panel.destroy()
    bare.wait(lambda: desktop.monitors()[0].work == Rect(0, 0, 1280, 800), "the panel's end", root)
    desktop.close()


def test_windows_that_come_and_go_are_no_error(bare: Screen) -> None:
    """A number that no window has is none."""
    desktop = X11Desktop(bare.display)
    assert desktop.program(0x7FFFFFF) is None
    assert desktop.program(0) is None
    desktop.close()
    assert desktop.active() is None
    assert desktop.program(5) is None
    assert desktop.monitors()


def test_where_nothing_answers_tk_knows_the_size(bare: Screen, tk_root: Callable[[Screen], tk.Tk]) -> None:
    """One screen, without knowledge of others."""
    desktop = PlainDesktop(tk_root(bare))
    assert [monitor.area for monitor in desktop.monitors()] == [Rect(0, 0, 1280, 800)]
    assert desktop.active() is None
    desktop.close()
