"""Has the screen changed enough to be read again? A cheap perceptual difference; pure.

Pictures are compared on a grid of tiles. A tile has changed when several of its sampled pixels have, and a
picture when the changed tiles cover more than a text cursor that blinks: that, and a spinner, is no news.
What is compared with is the picture that was read last, so small changes add up until they are seen.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
"""height x width x 3 (BGR), or x 4 where the system gives a filler byte"""

STEP = 2
"""Every second pixel of every second row is looked at: strokes of letters are wider, or there are more of them."""
TILE = 8
"""A tile is so many samples wide and high: 16 x 16 pixels."""
LEVELS = 24
"""A sample has changed when it is so much lighter or darker (of 255): compression and dithering change it less."""
SAMPLES = 3
"""A tile has changed when so many of its 64 samples have."""
CURSOR_TILES = (3, 3)
"""Changes within so many tiles in width and height are a cursor's."""


def thumbnail(picture: Picture) -> Picture:
    """Return the samples that are compared: the green channel, which carries most of the brightness."""
    return np.ascontiguousarray(picture[::STEP, ::STEP, 1])


def changed_tiles(before: Picture, after: Picture) -> NDArray[np.bool_]:
    """Return which tiles differ between two thumbnails of one size."""
    height, width = (side // TILE * TILE for side in before.shape)
    one, other = before[:height, :width], after[:height, :width]
    differs = (np.maximum(one, other) - np.minimum(one, other)) > LEVELS
    if not differs.any():
        return np.zeros((height // TILE, width // TILE), np.bool_)
    counts = np.add.reduceat(differs, np.arange(0, height, TILE), axis=0, dtype=np.uint8)
    tiles: NDArray[np.bool_] = np.add.reduceat(counts, np.arange(0, width, TILE), axis=1, dtype=np.uint8) >= SAMPLES
    return tiles


def difference(before: Picture, after: Picture) -> float:
    """Return the share of tiles (0 to 1) that differ between two thumbnails; 1 where their sizes do."""
    if before.shape != after.shape:
        return 1.0
    tiles = changed_tiles(before, after)
    return float(tiles.mean()) if tiles.size else float(not np.array_equal(before, after))


def is_news(before: Picture, after: Picture) -> bool:
    """Do two thumbnails differ by more than a cursor?"""
    if before.shape != after.shape:
        return True
    tiles = changed_tiles(before, after)
    if not tiles.size:
        return not np.array_equal(before, after)
    return _extent(tiles.any(axis=1)) > CURSOR_TILES[1] or _extent(tiles.any(axis=0)) > CURSOR_TILES[0]


def _extent(line: Any) -> int:
    """Return how many places lie from the first to the last that is true."""
    places = np.flatnonzero(line)
    return int(places[-1] - places[0] + 1) if places.size else 0


class Changes:
    """Remembers the picture that was read last, as a thumbnail, and the one that was seen last."""

    def __init__(self) -> None:
        self._read: Picture | None = None
        self._seen: Picture | None = None
        self._fresh: Picture | None = None

    def look(self, picture: Picture) -> bool:
        """Is this picture news, compared with the one that was read last?"""
        self._seen, self._fresh = self._fresh, thumbnail(picture)
        return self._read is None or is_news(self._read, self._fresh)

    @property
    def still(self) -> bool:
        """Do the last two pictures agree? Then what changed has come to rest."""
        return self._seen is not None and self._fresh is not None and not is_news(self._seen, self._fresh)

    def mark_read(self) -> None:
        """The last picture has been read."""
        self._read = self._fresh

    def forget(self) -> None:
        """The next picture is news, whatever it is."""
        self._read = self._seen = self._fresh = None
