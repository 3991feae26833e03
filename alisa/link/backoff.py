"""How long to wait before each further try to reach the hub. Pure: chance is passed in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """The first try at once, then after waits that grow from `least_seconds` to `most_seconds`.

    A growth of 1.3 means that a hub that took t seconds to come back is met again within about 1.3 t.
    Each wait is shortened by up to `jitter`, so that many clients do not come all at once.
    """

    least_seconds: float = 0.1
    most_seconds: float = 5.0
    growth: float = 1.3
    jitter: float = 0.2

    def delays(self, chance: random.Random) -> Iterator[float]:
        """Seconds to wait before the first try, the second and so on, without end."""
        yield 0.0
        wait = self.least_seconds
        while True:
            yield wait * (1.0 - self.jitter * chance.random())
            wait = min(wait * self.growth, self.most_seconds)
