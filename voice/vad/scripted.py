"""A VAD that does as told, for tests: a list of probabilities, or simply "loud is speech"."""

from __future__ import annotations

from collections.abc import Iterable

from voice.audio.clips import Samples
from voice.audio.levels import dbfs
from voice.vad.engines import Vad

LOUD_DBFS = -40.0


class Scripted:
    """Gives the probabilities in their order; without any, or after the last, a frame above -40 dBFS is speech."""

    def __init__(self, probabilities: Iterable[float] = ()) -> None:
        self._probabilities = iter(probabilities)
        self.resets = 0

    def probability(self, frame: Samples) -> float:
        """Return what the script says of this frame."""
        return next(self._probabilities, 1.0 if dbfs(frame) > LOUD_DBFS else 0.0)

    def reset(self) -> None:
        """Count it: a script has no memory."""
        self.resets += 1


def create() -> Vad:
    """Loud is speech."""
    return Scripted()
