"""The grid of moments at which she may change: 32 a second, all exact in binary, so that frames compare equal.

A frame shows how she is at the end of its tick: what happens within a tick is seen in it at once.
"""

from __future__ import annotations

import math

RATE = 32
"""a second; a little above the 30 that a talking mouth wants"""
TICK = 1 / RATE
BODY_RATE = 8
"""Breath and hair are slow: eight pictures a second of them look smooth, and each of these costs a whole picture."""
_EARLY = 1e-4
"""of a tick: a clock that rounds wakes her up a hair before a tick, and means that tick"""


def tick_of(now: float) -> int:
    """The number of the tick that this moment lies in."""
    return math.floor(now * RATE + _EARLY)


def end_of(tick: int) -> float:
    """When the tick ends, in seconds."""
    return (tick + 1) / RATE


def held(time: float, rate: int) -> float:
    """The time of the last of `rate` moments a second: what is sampled there changes no oftener than that."""
    return math.floor(time * rate) / rate


def on_beat(time: float) -> float:
    """The nearest beat: what begins by itself does so where her body moves anyway, and costs no picture of its own."""
    return round(time * BODY_RATE) / BODY_RATE


def stepped(value: float, steps: int) -> float:
    """The value in whole steps, `steps` of them to a unit; changes that nobody can see are no changes."""
    return math.floor(value * steps + 0.5) / steps
