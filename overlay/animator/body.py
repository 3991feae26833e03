"""What her body does by itself: she breathes, her hair sways, her head nods and tilts now and then.

Lengths are pixels of the art. Which of it fits to what she is doing is known elsewhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from overlay.animator.chance import Stream, bump, chance, smooth

BREATH_SECONDS = 4.0
"""15 breaths a minute; grown people at rest take 12 to 20."""
SLEEPING_BREATH_SECONDS = 5.5
INHALE_SHARE = 0.42
"""Breathing in is shorter than breathing out."""
SWAY_SECONDS = (8.3, 13.1)
"""Two waves whose sum does not repeat for minutes: air, not a pendulum."""
SWAY_SHARES = (0.6, 0.4)
BOB_SECONDS = 2.0

GESTURE_EVERY_SECONDS = 18.0
GESTURE_CHANCE = 0.65
"""About two small gestures a minute: enough to seem alive, few enough not to distract."""
GESTURE_SECONDS = 1.5
NOD_PIXELS, TILT_PIXELS, GLANCE_PIXELS = 7.0, 8.0, 4.0
GLANCE_GAZE = (0.7, 0.25)

BEAT_EVERY_SECONDS = 1.75
BEAT_CHANCE = 0.7
BEAT_SECONDS = 0.6
BEAT_PIXELS = (2.0, 4.0)
"""Speakers nod with the words that they stress: smaller and oftener than a gesture."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """What a gesture adds at a moment."""

    head: tuple[float, float] = (0.0, 0.0)
    gaze: tuple[float, float] = (0.0, 0.0)
    sparkle: float = 0.0
    """how much of what floats beside a happy face is seen, 0 to 1"""


_STILL = Gesture()


def breath(time: float, sleep: float) -> float:
    """0 breathed out to 1 breathed in; `sleep` (0 to 1) mixes in the slow breath of somebody who sleeps."""
    awake = 0.0 if sleep >= 1.0 else _breath(time / BREATH_SECONDS)
    asleep = 0.0 if sleep <= 0.0 else _breath(time / SLEEPING_BREATH_SECONDS)
    return awake * (1.0 - sleep) + asleep * sleep


def sway(time: float) -> float:
    """Her hair, -1 to 1."""
    return sum(
        share * math.sin(math.tau * time / period) for share, period in zip(SWAY_SHARES, SWAY_SECONDS, strict=True)
    )


def bob(time: float) -> float:
    """The place of what floats beside her in its loop, 0 to 1."""
    return time / BOB_SECONDS % 1.0


def gesture(seed: int, time: float) -> Gesture:
    """The small gesture of an idle moment, most often none: a nod, a tilt of the head, a glance aside or a sparkle."""
    slot, passed = divmod(time, GESTURE_EVERY_SECONDS)
    if chance(seed, Stream.GESTURE, int(slot), 0) >= GESTURE_CHANCE:
        return _STILL
    start = (GESTURE_EVERY_SECONDS - GESTURE_SECONDS) * chance(seed, Stream.GESTURE, int(slot), 1)
    share = (passed - start) / GESTURE_SECONDS
    if not 0.0 < share < 1.0:
        return _STILL
    side = 1.0 if chance(seed, Stream.GESTURE, int(slot), 2) < 0.5 else -1.0
    kind = int(4 * chance(seed, Stream.GESTURE, int(slot), 3))
    if kind == 0:
        dips = bump(share * 2.0) + 0.6 * bump(share * 2.0 - 1.0)
        return Gesture(head=(0.0, NOD_PIXELS * dips))
    there = smooth(share * 4.0) * smooth((1.0 - share) * 4.0)
    if kind == 1:
        return Gesture(head=(side * TILT_PIXELS * there, 0.25 * TILT_PIXELS * there))
    if kind == 2:
        return Gesture(sparkle=there)
    return Gesture((side * GLANCE_PIXELS * there, 0.0), (side * GLANCE_GAZE[0] * there, -GLANCE_GAZE[1] * there))


def beat(seed: int, time: float) -> tuple[float, float]:
    """How far her head moves with her words."""
    slot, passed = divmod(time, BEAT_EVERY_SECONDS)
    if chance(seed, Stream.BEAT, int(slot), 0) >= BEAT_CHANCE:
        return 0.0, 0.0
    start = (BEAT_EVERY_SECONDS - BEAT_SECONDS) * chance(seed, Stream.BEAT, int(slot), 1)
    size = bump((passed - start) / BEAT_SECONDS)
    side = 2.0 * chance(seed, Stream.BEAT, int(slot), 2) - 1.0
    return side * BEAT_PIXELS[0] * size, BEAT_PIXELS[1] * size


def _breath(breaths: float) -> float:
    share = breaths % 1.0
    return (
        smooth(share / INHALE_SHARE)
        if share < INHALE_SHARE
        else 1.0 - smooth((share - INHALE_SHARE) / (1 - INHALE_SHARE))
    )
