"""What systems tell about monitors."""

from __future__ import annotations

from overlay.desktop.geometry import Rect
from overlay.desktop.monitors import Strut, turned_over, within, without_panels

LEFT = Rect(0, 0, 1280, 800)
RIGHT = Rect(1280, 0, 1920, 1080)
SCREEN = (3200, 1080)


def test_a_panel_takes_its_room_on_its_own_monitor_only() -> None:
    """The top panel of the left monitor is none of the right one."""
    panel = Strut(top=28, top_start=0, top_end=1279)
    assert without_panels(LEFT, SCREEN, [panel]) == Rect(0, 28, 1280, 772)
    assert without_panels(RIGHT, SCREEN, [panel]) == RIGHT


def test_panels_at_every_edge() -> None:
    """Each cuts its edge; below, the room is measured from the edge of the whole screen."""
    panels = [
        Strut(right=40, right_start=0, right_end=1079),
        Strut(bottom=30, bottom_start=1280, bottom_end=3199),
        Strut(top=20, top_start=1280, top_end=3199),
    ]
    assert without_panels(RIGHT, SCREEN, panels) == Rect(1280, 20, 1880, 1030)
    low = Strut(bottom=280 + 36, bottom_start=0, bottom_end=1279)
    assert without_panels(LEFT, SCREEN, [low]).bottom == 764


def test_a_panel_between_two_monitors_does_not_swallow_the_one_before() -> None:
    """Its strut begins at the edge of the whole screen; that is not meant for the left monitor."""
    panel = Strut(left=1280 + 50, left_start=0, left_end=1079)
    assert without_panels(LEFT, SCREEN, [panel]) == LEFT
    assert without_panels(RIGHT, SCREEN, [panel]) == Rect(1330, 0, 1870, 1080)


def test_the_work_area_of_a_monitor_is_the_one_on_it() -> None:
    """GNOME tells one for each monitor, in an order of its own; a wrong one is not taken."""
    works = [Rect(1280, 32, 1920, 1048), Rect(0, 32, 1280, 768)]
    assert within(LEFT, works) == works[1]
    assert within(RIGHT, works) == works[0]
    assert within(LEFT, []) == LEFT
    assert within(LEFT, [Rect(5000, 0, 10, 10)]) == LEFT


def test_macos_measures_upwards() -> None:
    """AppKit's origin is the first screen's lower left corner."""
    assert turned_over(0, 70, 1440, 805, 900) == Rect(0, 25, 1440, 805)
    assert turned_over(1440, -180, 1920, 1080, 900) == Rect(1440, 0, 1920, 1080)
