"""Which lines are read in one look, so that a look stays short: the newest, which stand lowest, first. Pure.

How fast this machine reads is learnt from what was read. What does not fit waits for the next look; lines that
were read before cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from vision.ocr.lines import Grey

SECONDS = 0.32
"""So long may reading take in one look; finding the lines, grabbing and understanding come on top."""
START_SECONDS = 0.08
"""What an engine needs before its first line."""
FIRST_PIXELS_PER_SECOND = 22_000.0
"""Columns of a line, before anything is known of this machine: Tesseract on one core of a small server."""
SLOWEST, FASTEST = 2_000.0, 400_000.0
_LEARN = 0.3
"""How much one look counts."""


class Speed:
    """How many columns of a line are read in a second."""

    def __init__(self) -> None:
        self.pixels_per_second = FIRST_PIXELS_PER_SECOND

    def learn(self, pixels: int, seconds: float) -> None:
        """So many were read in this time."""
        if pixels < 500:  # the start of the program, not its speed
            return
        seen = pixels / max(seconds - START_SECONDS, 0.02)
        speed = self.pixels_per_second + _LEARN * (seen - self.pixels_per_second)
        self.pixels_per_second = min(FASTEST, max(SLOWEST, speed))

    def room(self, seconds: float = SECONDS) -> int:
        """Return how many columns fit into this time."""
        return round(self.pixels_per_second * max(0.05, seconds - START_SECONDS))


def choose(lines: Sequence[Grey], room: int) -> list[int]:
    """Return which lines to read now, the lowest first; at least one, so that a slow machine gets on, too."""
    chosen: list[int] = []
    for at in reversed(range(len(lines))):
        room -= lines[at].shape[1]
        if room < 0 and chosen:
            break
        chosen.append(at)
    return sorted(chosen)


def shares(lines: Sequence[Grey], count: int) -> list[list[int]]:
    """Return the lines in `count` groups of about the same length, none of them empty."""
    total, groups, so_far = sum(line.shape[1] for line in lines), [list[int]()], 0
    for at, line in enumerate(lines):
        if groups[-1] and so_far >= total * len(groups) / count:
            groups.append([])
        groups[-1].append(at)
        so_far += line.shape[1]
    return [group for group in groups if group]
