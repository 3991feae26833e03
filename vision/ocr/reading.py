"""Reads a picture of the screen: finds the lines, asks the engine for those that are new, puts the text together.

A line that was read before is known by its pixels, wherever it stands now: a terminal that scrolls costs its new
lines alone. What is known lives in memory only and is forgotten when the eye closes.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from vision.ocr import budget
from vision.ocr.layout import in_order
from vision.ocr.lines import Grey, Word, find_lines
from vision.ocr.prepare import bounded, cut, grey, set_line
from vision.ocr.sheet import Placed, compose

MOST_KNOWN = 4000
"""Lines that are remembered."""
MOST_READERS = 2
"""Engines that run side by side; more would be felt by whoever works at this machine."""
LEAST_EACH = 1500
"""Fewer columns are not worth a second engine's start."""


class Ocr(Protocol):
    """Something that reads print. It may be asked from two threads at once."""

    def read(self, picture: Grey) -> list[Placed]:
        """Return the words of a grey picture, dark on light. Raises AlisaError."""

    def close(self) -> None:
        """Let go of what was loaded."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of a picture."""

    text: str
    unread: int
    """so many lines wait for the next look"""


class Reading:
    """One reader's memory of lines, and its speed."""

    def __init__(
        self, ocr: Ocr, *, now: Callable[[], float] = time.perf_counter, seconds: float = budget.SECONDS
    ) -> None:
        self._ocr = ocr
        self._now = now
        self._seconds = seconds
        self._speed = budget.Speed()
        self._known: OrderedDict[bytes, str] = OrderedDict()
        self._readers = min(MOST_READERS, os.cpu_count() or 1)

    def read(self, picture: Grey, *, whole: bool = False) -> Page:
        """Read what fits into the time, or the `whole` picture. Raises AlisaError, what the engine raises."""
        shades = bounded(grey(picture))
        lines = find_lines(shades)
        usual = float(np.median([line.height for line in lines])) if lines else 0.0
        placed: list[tuple[Word, bytes]] = []
        fresh: dict[bytes, Grey] = {}
        for line in lines:
            piece = cut(shades, line)
            key = hashlib.blake2b(piece.tobytes(), digest_size=16, salt=piece.shape[1].to_bytes(4, "big")).digest()
            if key in self._known:
                self._known.move_to_end(key)
            elif key not in fresh:
                prepared = set_line(piece, usual)
                if prepared is None:
                    continue
                fresh[key] = prepared
            placed.append((line, key))
        unread = self._read_lines(list(fresh.items()), whole=whole)
        text = in_order([(line, self._known.get(key, "")) for line, key in placed], shades.shape[1])
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return Page(text, unread)

    def forget(self) -> None:
        """Forget every line."""
        self._known.clear()

    def close(self) -> None:
        """Forget, and let go of the engine."""
        self.forget()
        self._ocr.close()

    def _read_lines(self, fresh: Sequence[tuple[bytes, Grey]], *, whole: bool) -> int:
        """Read the lines that fit; return how many did not."""
        if not fresh:
            return 0
        lines = [line for _, line in fresh]
        room = self._speed.room(self._seconds) * self._readers
        chosen = list(range(len(lines))) if whole else budget.choose(lines, room)
        pixels = sum(lines[at].shape[1] for at in chosen)
        count = max(1, min(self._readers, pixels // LEAST_EACH))
        groups = [[chosen[at] for at in group] for group in budget.shares([lines[at] for at in chosen], count)]
        began = self._now()
        if len(groups) == 1:
            read = [self._read_sheet([lines[at] for at in groups[0]])]
        else:
            with ThreadPoolExecutor(len(groups), thread_name_prefix="ocr") as pool:
                read = list(pool.map(self._read_sheet, [[lines[at] for at in group] for group in groups]))
        self._speed.learn(pixels // len(groups), self._now() - began)
        for group, texts in zip(groups, read, strict=True):
            for at, text in zip(group, texts, strict=True):
                self._known[fresh[at][0]] = text
        return len(lines) - len(chosen)

    def _read_sheet(self, lines: list[Grey]) -> list[str]:
        sheet = compose(lines)
        return sheet.sort(self._ocr.read(sheet.picture))
