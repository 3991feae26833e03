"""Lines set one below the other on one sheet of paper, so that an engine is asked once for all of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vision.ocr.lines import Grey
from vision.ocr.prepare import MARGIN_PIXELS

LEADING = 9
"""Blank rows between two lines."""
WHITE = 255


@dataclass(frozen=True, slots=True)
class Placed:
    """Words that an engine found, and where their middle is on the sheet."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture, dark on light, and how far down each line reaches."""

    picture: Grey
    ends: tuple[int, ...]

    def sort(self, found: Sequence[Placed]) -> list[str]:
        """Return the words of each line, as the engine found them on the sheet; "" where it found none."""
        rows: list[list[Placed]] = [[] for _ in self.ends]
        for placed in found:
            row = int(np.searchsorted(self.ends, placed.y))
            if row < len(rows):
                rows[row].append(placed)
        return [" ".join(placed.text for placed in sorted(row, key=lambda placed: placed.x)) for row in rows]


def compose(lines: Sequence[Grey]) -> Sheet:
    """Set the lines on a sheet."""
    width = max((line.shape[1] for line in lines), default=0) + 2 * MARGIN_PIXELS
    height = sum(line.shape[0] + LEADING for line in lines) + 2 * MARGIN_PIXELS
    picture = np.full((height, width), WHITE, np.uint8)
    top, ends = MARGIN_PIXELS, []
    for line in lines:
        picture[top : top + line.shape[0], MARGIN_PIXELS : MARGIN_PIXELS + line.shape[1]] = line
        top += line.shape[0] + LEADING
        ends.append(top - LEADING // 2)
    return Sheet(picture, tuple(ends))


def rows_of(picture: Grey) -> list[tuple[int, int]]:
    """Return from where to where the lines of a sheet reach: blank rows stand between them."""
    inked = np.concatenate(([False], (picture < 128).any(axis=1), [False])).astype(np.int8)
    turns = np.flatnonzero(np.diff(inked))
    rows: list[tuple[int, int]] = []
    for top, bottom in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
        if rows and top - rows[-1][1] < 4:  # the dot of an i stands apart from it
            rows[-1] = (rows[-1][0], bottom)
        else:
            rows.append((top, bottom))
    return [(max(0, top - 3), bottom + 3) for top, bottom in rows]
