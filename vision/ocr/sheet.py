"""Lines set one below the other on one sheet of paper, so that an engine is asked once for all of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from vision.ocr.lines import Grey
from vision.ocr.prepare import MARGIN_PIXELS

LEADING = 9
"""Blank rows between two lines."""
WHITE = 255
_AFTER_WHICH, _BEFORE_WHICH, _BRACKETS = ".:/\\_-@", ".:/\\_)]", "([{<\"'"


@dataclass(frozen=True, slots=True)
class Placed:
    """A word, or several, that an engine found, and where on the sheet; engines give them in reading order."""

    text: str
    left: float
    right: float
    y: float
    """of their middle"""


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
        gaps = [after.left - before.right for row in rows for before, after in pairwise(row)]
        usual = float(np.median([gap for gap in gaps if gap > 0] or [0.0]))
        return [_line(row, usual) for row in rows]


def _line(row: Sequence[Placed], usual: float) -> str:
    """Return the words of a row. `usual` is how wide a blank is on this sheet."""
    text = row[0].text if row else ""
    for before, after in pairwise(row):
        narrow = after.left - before.right < usual * _least_blank(before.text, after.text)
        text += after.text if narrow else f" {after.text}"
    return text


def _least_blank(before: str, after: str) -> float:
    """Return how wide the gap between two words must be, in usual blanks, to be one.

    In a typewriter's face a full stop or a colon stands in the middle of much room, which is taken for a blank.
    """
    if before[-1:] in _AFTER_WHICH or after[:1] in _BEFORE_WHICH:
        return 0.9
    return 0.68 if after[:1] in _BRACKETS or before[-1:] in _BRACKETS else 0.0


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
