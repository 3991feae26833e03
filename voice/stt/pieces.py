"""A long recording in pieces that a recogniser takes at once, cut where nobody speaks. PURE."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from voice.audio.clips import Samples
from voice.stt.loudness import frame_levels

RATE = 16000
_FRAMES_PER_SECOND = 50
SHORTEST_SECONDS = 4.0
LONGEST_SECONDS = 20.0
_PAUSE_FRAMES = 15
"""0.3 s, as between two sentences"""


def pieces(samples: Samples) -> Iterator[tuple[int, int]]:
    """Yield begin and end (in samples) of pieces of at most 20 s that follow one another without a gap.

    Each ends in the quietest 0.3 s between 4 s after its beginning and 20 s after it.
    """
    levels = frame_levels(samples)
    frame = RATE // _FRAMES_PER_SECOND
    begin = 0
    while len(samples) - begin > LONGEST_SECONDS * RATE:
        first = begin // frame + int(SHORTEST_SECONDS * _FRAMES_PER_SECOND)
        last = begin // frame + int(LONGEST_SECONDS * _FRAMES_PER_SECOND)
        loud = np.convolve(levels[first:last], np.ones(_PAUSE_FRAMES) / _PAUSE_FRAMES, "valid")
        end = (first + int(np.argmin(loud)) + _PAUSE_FRAMES // 2) * frame
        yield begin, end
        begin = end
    if begin < len(samples) or not len(samples):
        yield begin, len(samples)
