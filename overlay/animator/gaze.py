"""Where her eyes wander: they rest on a point, and jump to the next.

Looking at nothing in particular, eyes rest for 0.3 s to some seconds and jump within 0.03 to 0.1 s (saccades);
whoever looks at you returns to your face again and again. What holds her eyes is known elsewhere.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import lru_cache

from overlay.animator.chance import Stream, chance, moments, smooth
from overlay.animator.ticks import TICK, on_beat

SPAN_SECONDS = 48.0
SHORTEST_REST_SECONDS, LONGEST_REST_SECONDS = 0.9, 4.4
SACCADE_SECONDS = 4 * TICK
"""The slow end of what eyes do: drawn eyes that jump faster look like a fault of the film."""
HOME_CHANCE = 0.55
"""how often the next point is the user's face again"""
HOME_REACH = (0.12, 0.08)
AWAY_REACH = (0.65, 0.4)
"""Eyes range wider than high."""

Point = tuple[float, float]


def wander(seed: int, time: float) -> Point:
    """Where she looks at this time when nothing holds her eyes, -1 to 1 each."""
    span = math.floor(time / SPAN_SECONDS)
    passed = time - span * SPAN_SECONDS
    starts, points = _rests(seed, span)
    index = bisect_right(starts, passed) - 1
    before = points[index - 1] if index else _rests(seed, span - 1)[1][-1]
    share = smooth((passed - starts[index] + TICK) / SACCADE_SECONDS)
    (from_x, from_y), (to_x, to_y) = before, points[index]
    return from_x + (to_x - from_x) * share, from_y + (to_y - from_y) * share


@lru_cache(maxsize=16)
def _rests(seed: int, span: int) -> tuple[tuple[float, ...], tuple[Point, ...]]:
    """When each rest of a span begins, on beats from its beginning, and the points she looks at."""

    def interval(index: int) -> float:
        share = chance(seed, Stream.REST, span, index)
        return SHORTEST_REST_SECONDS + (LONGEST_REST_SECONDS - SHORTEST_REST_SECONDS) * share * math.sqrt(share)

    starts = tuple(on_beat(start) for start in moments(SPAN_SECONDS, interval))
    return starts, tuple(_point(seed, span, index) for index in range(len(starts)))


def _point(seed: int, span: int, index: int) -> Point:
    home = chance(seed, Stream.AIM, span, index) < HOME_CHANCE
    reach_x, reach_y = HOME_REACH if home else AWAY_REACH
    return (
        reach_x * (2.0 * chance(seed, Stream.ASIDE, span, index, 0) - 1.0),
        reach_y * (2.0 * chance(seed, Stream.ASIDE, span, index, 1) - 1.0),
    )
