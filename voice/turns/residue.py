"""How much of her own voice is left in the microphone after echo cancellation. Pure.

Where nothing is left, a faint sound may already be the user; where much is left, only what rises clearly above it.
"""

from __future__ import annotations

UNKNOWN_DB = -42.0
"""the residue before any was heard: a poor room"""
LEAST_DB = -62.0
"""no lower than this: a quiet room has noises of its own"""
FALL_DB_PER_SECOND = 8.0
"""slower than her pauses between words, so that the next word is no surprise"""
SETTLE_SECONDS = 0.4
"""of her speech, before the level alone can say anything"""
DOUBT = 0.15
"""added to the threshold by each false alarm"""
MOST_DOUBT = 0.45
DOUBT_HALVES_SECONDS = 20.0


class Residue:
    """Follows the upper edge of the level while only she speaks, and how often that was mistaken for somebody."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Another room, another device: all is unknown."""
        self.db = UNKNOWN_DB
        self.doubt = 0.0
        self._heard_seconds = 0.0

    @property
    def settled(self) -> bool:
        """Whether enough of it was heard to know it."""
        return self._heard_seconds >= SETTLE_SECONDS

    def feed(self, step: float, level: float) -> None:
        """So many seconds of this level in dB are hers alone."""
        self.doubt *= 0.5 ** (step / DOUBT_HALVES_SECONDS)
        fall = FALL_DB_PER_SECOND * (1 if self.settled else 6) * step
        self._heard_seconds += step
        self.db = max(level, self.db - fall, LEAST_DB)

    def mistaken(self, level: float) -> None:
        """What was taken for somebody, this loud at its loudest, was nobody."""
        self.doubt = min(self.doubt + DOUBT, MOST_DOUBT)
        self.db = max(self.db, min(level, UNKNOWN_DB))
