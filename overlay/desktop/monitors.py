"""What systems tell about monitors, turned into ours: panels cut away, coordinates turned the right way up.

Pure: who asked the system, and how, stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from overlay.desktop.geometry import Rect


@dataclass(frozen=True, slots=True)
class Strut:
    """Room that a panel keeps free at an edge of the whole X screen (EWMH, `_NET_WM_STRUT_PARTIAL`).

    Each pair of a start and an end says along which part of that edge; both belong to it.
    """

    left: int = 0
    right: int = 0
    top: int = 0
    bottom: int = 0
    left_start: int = 0
    left_end: int = 0
    right_start: int = 0
    right_end: int = 0
    top_start: int = 0
    top_end: int = 0
    bottom_start: int = 0
    bottom_end: int = 0


def without_panels(area: Rect, screen: tuple[int, int], struts: Iterable[Strut]) -> Rect:
    """Return what the panels leave of a monitor; `screen` is the size of the whole X screen.

    A strut reaches from the edge of the whole screen, so that of a panel between two monitors swallows the
    one before it: what would take all of a monitor is not meant for it.
    """
    width, height = screen
    for strut in struts:
        reserved = (
            Rect(0, strut.left_start, strut.left, strut.left_end + 1 - strut.left_start),
            Rect(width - strut.right, strut.right_start, strut.right, strut.right_end + 1 - strut.right_start),
            Rect(strut.top_start, 0, strut.top_end + 1 - strut.top_start, strut.top),
            Rect(strut.bottom_start, height - strut.bottom, strut.bottom_end + 1 - strut.bottom_start, strut.bottom),
        )
        for edge, panel in zip(("left", "right", "top", "bottom"), reserved, strict=True):
            if area.shares(panel):
                area = _cut(area, edge, panel)
    return area


def within(area: Rect, works: Sequence[Rect]) -> Rect:
    """Return what one of the work areas leaves of a monitor: that which shares most with it, if any does."""
    best = max((area.overlap(work) for work in works), key=lambda common: common.width * common.height, default=area)
    return best if best.width and best.height else area


def turned_over(x: float, y: float, width: float, height: float, primary_height: float) -> Rect:
    """Return a rectangle of macOS's AppKit as ours: it measures upwards, from the first screen's lower left corner."""
    return Rect(round(x), round(primary_height - y - height), round(width), round(height))


def _cut(area: Rect, edge: str, panel: Rect) -> Rect:
    x, y, right, bottom = area.x, area.y, area.right, area.bottom
    if edge == "left":
        x = panel.right
    elif edge == "right":
        right = panel.x
    elif edge == "top":
        y = panel.bottom
    else:
        bottom = panel.y
    return Rect(x, y, right - x, bottom - y) if right > x and bottom > y else area
