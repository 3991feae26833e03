"""The last moments of a stream of frames, so that the beginning of a word recognised late is not lost. Pure."""

from __future__ import annotations

from collections import deque

import numpy as np

from voice.audio.clips import Samples
from voice.audio.levels import FLOOR_DBFS, dbfs

_METER_FRAMES = 5
"""a meter that looks at 50 ms is quick, and does not tremble with each period of a voice"""


class PreRoll:
    """A ring of the newest frames."""

    def __init__(self, frames: int = 50) -> None:
        self._frames: deque[Samples] = deque(maxlen=frames)

    def add(self, frame: Samples) -> None:
        """Remember one more frame, and forget the oldest when there are too many."""
        self._frames.append(frame)

    def newest(self, frames: int) -> Samples:
        """Return the newest frames in one piece, oldest sample first; fewer when there are fewer."""
        kept = list(self._frames)[-frames:] if frames > 0 else []
        return np.concatenate(kept) if kept else np.zeros(0, np.float32)

    @property
    def level(self) -> float:
        """How loud the last 50 ms were, in dBFS."""
        return dbfs(self.newest(_METER_FRAMES)) if self._frames else FLOOR_DBFS

    def forget(self) -> None:
        """Forget all."""
        self._frames.clear()
