"""A window and a monitor, as the eyes see them: values only. How a system is asked for them is not known here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Box: TypeAlias = tuple[int, int, int, int]
"""left, top, width, height, in pixels of the whole desktop"""

LONGEST_TITLE = 20_000
"""A web page may put a book there. What decides whether a window may be looked at needs all that a person wrote."""
TOLD_TITLE = 300
"""No person reads more of a title."""
_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SWITCHES = re.compile(r"\x1b%[/]?[A-Za-z0-9@]")
"""What X11's compound text changes its encoding with, to UTF-8 and back."""
_JOINER = "\u200d"
"""Holds an emoji of several parts together, so it stays."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window of some program."""

    title: str
    app: str
    """the program's name as its maker spells it: `XTerm`, `firefox`, `Code`; empty: unknown"""
    pid: int | None
    box: Box
    fullscreen: bool


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor, or a part of the screen that the system treats as one."""

    box: Box
    primary: bool = False


def tidy_title(title: str) -> str:
    """Return a title on one line, without the marks that turn the reading direction.

    Right-to-left letters and emoji stay as they are; a mark that turns the direction would turn our own words, too.
    """
    shown = "".join(
        " " if mark.isspace() else mark
        for mark in _SWITCHES.sub("", _cut(title, LONGEST_TITLE))
        if mark == _JOINER or mark.isspace() or unicodedata.category(mark) not in _CONTROLS
    )
    return " ".join(shown.split())


def short_title(title: str, longest: int = TOLD_TITLE) -> str:
    """Return a title as it is told to others: its beginning, and its end, where programs put their names."""
    return _cut(title, longest)


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    tail = longest // 3
    return text[: longest - tail - 1].rstrip() + "…" + text[-tail:]


def overlap(one: Box, other: Box) -> int:
    """Return how many pixels two boxes share."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0, width) * max(0, height)


def common(one: Box, other: Box) -> Box | None:
    """Return the part that two boxes share; None: there is none."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    width = min(one[0] + one[2], other[0] + other[2]) - left
    height = min(one[1] + one[3], other[1] + other[3]) - top
    return (left, top, width, height) if width > 0 and height > 0 else None


def monitor_of(box: Box | None, monitors: Sequence[Monitor]) -> Monitor | None:
    """Return the monitor that shows most of a box; without a box, or where none shows it, the primary one."""
    if not monitors:
        return None
    primary = next((monitor for monitor in monitors if monitor.primary), monitors[0])
    if box is None:
        return primary
    best = max(monitors, key=lambda monitor: overlap(box, monitor.box))
    return best if overlap(box, best.box) else primary


def fills(box: Box, monitors: Sequence[Monitor]) -> bool:
    """Does a box cover a whole monitor?"""
    return any(overlap(box, monitor.box) == monitor.box[2] * monitor.box[3] for monitor in monitors)
