"""Chance without memory: a number for each seed, name and index, and lists of moments made from such numbers.

Anything drawn here for a moment long ago or far ahead is the same each time it is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import IntEnum
from itertools import count

_MASK = (1 << 64) - 1


class Stream(IntEnum):
    """What is drawn; each name has numbers of its own."""

    BLINK = 1
    TWICE = 2
    REST = 3
    AIM = 4
    ASIDE = 5
    GESTURE = 6
    BEAT = 7
    SYLLABLE = 8
    SHAPE = 9


def chance(seed: int, stream: Stream, *indices: int) -> float:
    """A number from 0 (included) to 1 (excluded), evenly spread: splitmix64 (Steele, Lea and Flood 2014)."""
    state = _mixed(seed & _MASK)
    for index in (stream, *indices):
        state = _mixed(state ^ (index & _MASK))
    return (state >> 11) / (1 << 53)


def moments(span: float, interval: Callable[[int], float]) -> tuple[float, ...]:
    """Moments within a span of seconds, beginning with 0, with such intervals between them.

    The intervals are shortened a little, all alike, so that one ends exactly where the span does: spans follow each
    other without a seam.
    """
    times = [0.0]
    for index in count():
        times.append(times[-1] + interval(index))
        if times[-1] >= span:
            break
    shrink = span / times[-1]
    return tuple(time * shrink for time in times[:-1])


def smooth(share: float) -> float:
    """From 0 to 1 with a soft beginning and end; shares outside are held to the range."""
    share = min(1.0, max(0.0, share))
    return share * share * (3.0 - 2.0 * share)


def bump(share: float) -> float:
    """Up from 0 to 1 and down again, softly, while the share goes from 0 to 1; 0 outside."""
    return math.sin(math.pi * share) ** 2 if 0.0 < share < 1.0 else 0.0


def _mixed(state: int) -> int:
    state = (state + 0x9E3779B97F4A7C15) & _MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
    return state ^ (state >> 31)
