"""Where the lines of text are in a picture of the screen. Pure.

Letters have many upright edges close together. Those are found, joined to words, the words to lines: no colours,
no background and no size of type is assumed, so a dark terminal beside a light page is no special case.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vision.desktop.window import Box
from vision.opencv import opencv

cv2 = opencv()

Grey: TypeAlias = NDArray[np.uint8]
"""height x width"""

EDGE = 28
"""So many levels (of 255) from one pixel to the next are an edge: pale grey on white has that, dithering does not."""
WORD_GAP = 7
"""Edges with so few pixels between them belong to one word; the gaps within letters are smaller."""
RULE = 48
"""Edges that are longer, in pixels, are the borders of windows, and rules."""
STROKE = 5
"""Level edges that are shorter are parts of letters, whose upright edges are found already."""
LOWEST, HIGHEST = 5, 90
"""Lines of text are so many pixels high; what is lower is a rule, what is higher a picture."""
NARROWEST = 6
"""What is narrower is a piece of a border."""
LINE_GAP = 1.3
"""Words of one line are closer than so many times its height; columns are not."""
BELOW_PIXELS = 4
"""An underscore stands so much below the letters beside it, at the most."""
BAND = 16
"""Lines are looked for in bands of so many pixels."""
MOST_WORDS = 4000
"""More things that look like words are a photograph."""


@dataclass(frozen=True, slots=True)
class Word:
    """A box around some edges; right and bottom are just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def box(self) -> Box:
        return (self.left, self.top, self.width, self.height)


def find_lines(grey: Grey) -> list[Word]:
    """Return the boxes of the lines of text, the upper ones first. Columns side by side are lines of their own."""
    if grey.shape[1] < NARROWEST or grey.shape[0] < LOWEST:
        return []
    edges = _edges(grey)
    words = _words(edges)
    if not words:
        return []
    pitch = _usual_height(words)
    words = [part for word in words for part in _unstack(word, edges, pitch)]
    lines = [line for line in _join(words) if LOWEST <= line.height <= HIGHEST and line.width >= NARROWEST]
    return sorted(lines, key=lambda line: (line.top, line.left))


def _edges(grey: Grey) -> Grey:
    """Return 255 where a pixel differs from its right neighbour, without the borders of windows."""
    edges = np.zeros_like(grey)
    step = cv2.absdiff(grey[:, 1:], grey[:, :-1])
    edges[:, :-1] = cv2.threshold(step, EDGE, 255, cv2.THRESH_BINARY)[1]
    edges = cv2.bitwise_or(edges, _strokes(grey))
    if grey.shape[0] > RULE:
        borders = cv2.morphologyEx(edges, cv2.MORPH_OPEN, np.ones((RULE, 1), np.uint8))
        edges = cv2.subtract(edges, borders)
    return np.asarray(edges, np.uint8)


def _strokes(grey: Grey) -> Grey:
    """Return 255 below the upper side of level strokes, such as underscores and dashes; rules are longer."""
    strokes = np.zeros_like(grey)
    step = cv2.absdiff(grey[1:], grey[:-1])
    level = cv2.threshold(step, EDGE, 255, cv2.THRESH_BINARY)[1]
    level = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, STROKE), np.uint8))
    if grey.shape[1] > RULE:
        level = cv2.subtract(level, cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, RULE), np.uint8)))
    strokes[1:] = level
    return strokes


def _words(edges: Grey) -> list[Word]:
    joined = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((1, WORD_GAP), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    if count > MOST_WORDS:
        stats = stats[np.argsort(stats[:, cv2.CC_STAT_AREA])[::-1][:MOST_WORDS]]
    found = []
    for left, top, width, height, _area in stats.tolist():
        if (width, height) != (edges.shape[1], edges.shape[0]):
            found.append(Word(left, top, left + width + 1, top + height))
    return found


def _usual_height(words: list[Word]) -> float:
    """Return how high words are here; specks and dashes do not count."""
    heights = [word.height for word in words if LOWEST <= word.height <= HIGHEST and word.width > word.height]
    return float(np.median(heights)) if heights else 12.0


def _unstack(word: Word, edges: Grey, pitch: float) -> list[Word]:
    """Cut what touches the line below it, where fewest edges are."""
    count = round(word.height / max(pitch, LOWEST + 3))
    if count < 2 or word.height < 1.6 * pitch or count > 40:
        return [word]
    rows = (edges[word.top : word.bottom, word.left : word.right] > 0).sum(axis=1)
    cuts, step = [0], word.height / count
    for number in range(1, count):
        low, high = round(number * step - step / 3), round(number * step + step / 3) + 1
        cuts.append(low + int(rows[low:high].argmin()))
    cuts.append(word.height)
    return [
        Word(word.left, word.top + begin, word.right, word.top + end) for begin, end in pairwise(cuts) if end > begin
    ]


def _join(words: list[Word]) -> list[Word]:
    """Join words that stand beside each other. Small things (a full stop, a dash) join what they are beside."""
    tall = sorted((word for word in words if LOWEST <= word.height <= HIGHEST), key=lambda word: word.left)
    small = sorted((word for word in words if word.height < LOWEST), key=lambda word: word.left)
    lines = _Lines()
    for word in (*tall, *small):
        lines.add(word)
    grown = _Lines()  # lines that grew into each other are joined, too
    for line in sorted(lines.boxes(), key=lambda line: (line.left, line.top)):
        grown.add(line)
    return grown.boxes()


class _Lines:
    """Lines that grow word by word; found by the bands of the picture that they reach into."""

    def __init__(self) -> None:
        self._lines: list[list[int]] = []
        self._bands: dict[int, list[list[int]]] = {}

    def boxes(self) -> list[Word]:
        """Return the lines as they are now."""
        return [Word(*line) for line in self._lines]

    def add(self, word: Word) -> None:
        """Add a word to the line whose end it follows most closely, or begin one."""
        best = self._beside(word)
        if best is None and word.height < LOWEST:
            best = self._beside(word, BELOW_PIXELS)  # an underscore
        if best is None:
            if word.height < LOWEST:
                return
            best = [word.left, word.top, word.right, word.bottom]
            self._lines.append(best)
            known: set[int] = set()
        else:
            known = set(_bands(best[1], best[3]))
            best[0], best[1] = min(best[0], word.left), min(best[1], word.top)
            best[2], best[3] = max(best[2], word.right), max(best[3], word.bottom)
        for band in _bands(best[1], best[3]):
            if band not in known:
                self._bands.setdefault(band, []).append(best)

    def _beside(self, word: Word, slack: int = 0) -> list[int] | None:
        """Return the line whose end is closest to a word; with slack, that stands so much above or below it."""
        best, nearest = None, float("inf")
        for band in _bands(word.top - slack, word.bottom + slack):
            for line in self._bands.get(band, ()):
                gap = max(word.left - line[2], line[0] - word.right)
                if gap < nearest and _continues(line, word, gap, slack):
                    best, nearest = line, gap
        return best


def _bands(top: int, bottom: int) -> range:
    return range(top // BAND, bottom // BAND + 1)


def _continues(line: list[int], word: Word, gap: int, slack: int) -> bool:
    """Does a word stand on the same row as a line, and close to its end?"""
    height = line[3] - line[1]
    if gap > LINE_GAP * max(height, word.height) or 2.2 * height < word.height >= LOWEST:
        return False
    shared = min(line[3] + slack, word.bottom) - max(line[1] - slack, word.top)
    return shared >= 0.5 * min(height, word.height)
