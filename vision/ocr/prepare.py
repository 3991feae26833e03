"""A line of text made ready to be read: grey, dark on light, full contrast, and of the size that is read best. Pure.

What was found by trying (see FINDINGS): engines read type best when its capitals are some fifteen pixels high, and
dark on light. Larger type costs time and gains nothing, so large type is made smaller. Each line is prepared by
itself: a dark terminal on a light page needs no decision for the whole.
"""

from __future__ import annotations

import numpy as np

from vision.ocr.lines import Grey, Word
from vision.opencv import opencv

cv2 = opencv()

TYPE_PIXELS = 21
"""How high a line is made, from the lowest descender to the highest ascender."""
SQUEEZE = 0.9
"""Lines are made a little narrower: time goes with their width, and characters are told apart as well."""
MARGIN_PIXELS = 6
"""Blank paper on each side."""
EDGE_PIXELS = 3
"""So much around a line's box still belongs to its letters: their upper and lower strokes have no upright edges."""
MOST_PIXELS = 12_000_000
"""A larger picture, beyond a whole 4K screen, is made smaller first."""
LEAST_CONTRAST = 16
"""What varies by fewer levels (of 255) holds no words."""


def grey(picture: Grey) -> Grey:
    """Return a BGR or BGRX picture in grey."""
    if picture.ndim == 2:
        return picture
    code = cv2.COLOR_BGRA2GRAY if picture.shape[2] == 4 else cv2.COLOR_BGR2GRAY
    return np.asarray(cv2.cvtColor(picture, code), np.uint8)


def bounded(whole: Grey) -> Grey:
    """Return the picture, made smaller if it is very large."""
    if whole.size <= MOST_PIXELS:
        return whole
    scale = (MOST_PIXELS / whole.size) ** 0.5
    return np.asarray(cv2.resize(whole, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def cut(whole: Grey, line: Word) -> Grey:
    """Return the pixels of a line, with a little room around it."""
    height, width = whole.shape[:2]
    top, bottom = max(0, line.top - 1), min(height, line.bottom + 1)
    left, right = max(0, line.left - EDGE_PIXELS), min(width, line.right + EDGE_PIXELS)
    return whole[top:bottom, left:right]


def set_line(piece: Grey, usual: float) -> Grey | None:
    """Return the line as it is read best; None: there is nothing on it.

    `usual` is how high lines are around it: one without descenders is not to be made larger than its neighbours.
    """
    upright = _dark_on_light(piece)
    if upright is None:
        return None
    height = piece.shape[0] - 2
    measure = usual if 0.5 * usual <= height <= 1.4 * usual else height
    scale = TYPE_PIXELS / max(measure, 1)
    size = (max(4, round(piece.shape[1] * scale * SQUEEZE)), max(4, round(piece.shape[0] * scale)))
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(upright, size, interpolation=how), np.uint8)


def _dark_on_light(piece: Grey) -> Grey | None:
    """Return the piece with its background white and its letters black; most of a line is background."""
    levels = np.bincount(piece.ravel(), minlength=256)
    background = int(levels.argmax())
    total, share = int(levels.sum()), levels.cumsum()
    lowest, highest = (int(np.searchsorted(share, total * at)) for at in (0.005, 0.995))
    letters = lowest if background - lowest >= highest - background else highest
    if abs(background - letters) < LEAST_CONTRAST:
        return None
    table = np.clip((np.arange(256) - letters) * (255 / (background - letters)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(piece, table), np.uint8)
