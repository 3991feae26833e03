"""How long this speaker pauses inside an utterance, and so how long silence must last to be an end. Pure."""

from __future__ import annotations

import math
from collections import deque

MEMORY = 24
"""pauses that are remembered; as many turns without one make them forgotten"""
PRIOR = 6
"""how many pauses of the usual length a new speaker is believed to have made"""
QUANTILE = 0.85
MARGIN_SECONDS = 0.08
SHORTEST = 0.75
LONGEST = 2.5
"""times the usual delay"""
COUNTED_SECONDS = (0.1, 2.0)
"""shorter is a stop consonant, longer is another thought"""


class Pauses:
    """The delay after which a silence is taken as the end of a turn, learned from the speaker."""

    def __init__(self, usual_seconds: float) -> None:
        """`usual_seconds`: the delay for somebody not heard yet."""
        self._usual = usual_seconds
        self._seen: deque[float] = deque(maxlen=MEMORY)

    def paused(self, seconds: float) -> None:
        """They paused for so long and went on."""
        shortest, longest = COUNTED_SECONDS
        if shortest <= seconds <= longest:
            self._seen.append(seconds)

    def finished(self) -> None:
        """They ended a turn in one go: long pauses are remembered a little less."""
        self._seen.append(self._typical)

    @property
    def delay_seconds(self) -> float:
        """The silence that ends a turn: longer than 85 of 100 of their pauses."""
        pauses = sorted([*self._seen, *[self._typical] * max(0, PRIOR - len(self._seen) // 4)])
        within = pauses[math.ceil(QUANTILE * len(pauses)) - 1] + MARGIN_SECONDS
        return min(max(within, self._usual * SHORTEST), self._usual * LONGEST)

    @property
    def _typical(self) -> float:
        return self._usual - MARGIN_SECONDS
