"""A long recording in pieces that a recogniser takes at once, cut where nobody speaks. PURE."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from voice.audio.clips import Samples
from voice.stt.loudness import frame_levels

RATE = 16000
_FRAMES_PER_SECOND = 50
_FRAME = RATE // _FRAMES_PER_SECOND
SHORTEST_SECONDS = 4.0
LONGEST_SECONDS = 20.0
_PAUSE_FRAMES = 15
"""0.3 s, as between two sentences"""
_TAIL_FRAMES = 20
"""0.4 s of silence stay with the words before it"""
_BELOW_SPEECH_DB = 30.0
_ABOVE_ROOM_DB = 8.0


def pieces(samples: Samples, pause_seconds: float | None = None) -> Iterator[tuple[int, int]]:
    """Yield begin and end (in samples) of pieces that follow one another without a gap.

    Each ends 0.4 s into a silence of at least `pause_seconds`, where that is given; and a longer one than 20 s in
    its quietest 0.3 s after the first 4 s.
    """
    levels = frame_levels(samples)
    begin = 0
    for end in (*_pauses(levels, pause_seconds), len(samples)):
        while end - begin > LONGEST_SECONDS * RATE:
            cut = _quietest(levels, begin)
            yield begin, cut
            begin = cut
        if end > begin or not len(samples):
            yield begin, end
            begin = end


def _pauses(levels: NDArray[np.float64], pause_seconds: float | None) -> list[int]:
    """Return where (in samples) the words before each pause end, and a little later."""
    if pause_seconds is None or not len(levels):
        return []
    room, speech = np.percentile(levels, [10, 95])
    quiet = levels < max(room + _ABOVE_ROOM_DB, speech - _BELOW_SPEECH_DB)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    shortest = max(_TAIL_FRAMES, round(pause_seconds * _FRAMES_PER_SECOND))
    runs = edges.reshape(-1, 2)
    long = runs[(runs[:, 1] - runs[:, 0] >= shortest) & (runs[:, 0] > 0) & (runs[:, 1] < len(levels))]
    return [int(start + _TAIL_FRAMES) * _FRAME for start, _ in long]


def _quietest(levels: NDArray[np.float64], begin: int) -> int:
    first = begin // _FRAME + int(SHORTEST_SECONDS * _FRAMES_PER_SECOND)
    last = begin // _FRAME + int(LONGEST_SECONDS * _FRAMES_PER_SECOND)
    loud = np.convolve(levels[first:last], np.ones(_PAUSE_FRAMES) / _PAUSE_FRAMES, "valid")
    return (first + int(np.argmin(loud)) + _PAUSE_FRAMES // 2) * _FRAME
