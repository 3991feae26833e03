"""When she blinks, and how far her lids are down at a time.

People at rest blink some 17 times a minute (Bentivoglio et al. 1997), at intervals that are spread log-normally;
a blink takes 0.1 to 0.4 s, falls faster than it rises, and is sometimes followed by a second one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from overlay.animator.chance import Stream, chance, moments
from overlay.animator.ticks import TICK, on_beat

SPAN_SECONDS = 96.0
TWICE_CHANCE = 0.12
TWICE_AFTER_SECONDS = 0.375
HALF, SHUT = 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and how slowly."""

    median_seconds: float
    spread: float
    """of the logarithm of the intervals"""
    shortest_seconds: float
    longest_seconds: float
    ticks: int
    """how many ticks the lids take to fall; they are shut twice as long and rise twice as long"""


AWAKE = Pace(3.7, 0.4, 2.2, 8.0, 1)
SLEEPY = Pace(4.5, 0.3, 3.0, 9.0, 3)
"""Heavy lids: the blinks of tired people last three times as long (Schleicher et al. 2008)."""


def lids(seed: int, pace: Pace, time: float) -> float:
    """How far the lids are down: 0, HALF or SHUT. `time` is the end of a tick."""
    span = math.floor(time / SPAN_SECONDS)
    begun = time - span * SPAN_SECONDS
    fall = pace.ticks * TICK
    for start in _blinks(seed, pace, span):
        passed = begun - start
        if 0.0 <= passed < 5 * fall:
            return SHUT if fall <= passed < 3 * fall else HALF
    return 0.0


@lru_cache(maxsize=16)
def _blinks(seed: int, pace: Pace, span: int) -> tuple[float, ...]:
    """The beginnings of the blinks in a span, on beats, seconds from the span's beginning."""

    def interval(index: int) -> float:
        deviation = NormalDist().inv_cdf(max(1e-9, chance(seed, Stream.BLINK, span, index)))
        return min(
            pace.longest_seconds,
            max(pace.shortest_seconds, pace.median_seconds * math.exp(pace.spread * deviation)),
        )

    starts = moments(SPAN_SECONDS, interval)
    second = 5 * pace.ticks * TICK + TWICE_AFTER_SECONDS
    twice = [
        start + second
        for index, start in enumerate(starts)
        if chance(seed, Stream.TWICE, span, index) < TWICE_CHANCE and start + 2 * second < SPAN_SECONDS
    ]
    return tuple(sorted(on_beat(start) for start in (*starts, *twice)))
