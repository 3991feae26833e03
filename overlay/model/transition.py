"""Going from one look to another without a jump: faces that fade, numbers that glide, a mouth that follows a level.

All are values with a moment in them: what is seen at a later moment is computed, never remembered. A new wish
in the middle of a change starts from what is seen just then. Why a change is wished is not known here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from overlay.expressions import Expression

FADE_SECONDS = 0.25
"""A change of face: people move a face in 0.25 to 0.5 s; the lower end, since she should seem quick."""
GLIDE_SECONDS = 0.3
"""Eyes that begin to follow the pointer, lids that fall: about as long as a smooth pursuit takes to catch up."""
ATTACK_SECONDS = 0.03
"""A mouth opens about three times as fast as it closes: the time constants of its two directions."""
RELEASE_SECONDS = 0.08


@dataclass(frozen=True, slots=True)
class Fade:
    """The face at a moment and the face that is wished. Only two faces are ever seen together.

    A third wish in the middle of a fade first ends that fade at its nearer side, at the same pace: at most half
    of FADE_SECONDS later the wished face begins to show, and nothing jumps.
    """

    at: float
    under: Expression
    over: Expression
    level: float
    """how much of `over` is seen at `at`, 0 to 1"""
    target: Expression

    @classmethod
    def still(cls, face: Expression, at: float = 0.0) -> Fade:
        """One face and no change."""
        return cls(at, face, face, 1.0, face)

    def seen(self, now: float) -> tuple[Expression, Expression, float]:
        """The face below, the face above it, and how much of that is seen, 0 to 1."""
        passed = max(0.0, now - self.at) / FADE_SECONDS
        if self.target is self.over:
            return self.under, self.over, min(1.0, self.level + passed)
        forward = self.level >= 0.5
        rest = 1.0 - self.level if forward else self.level
        if passed < rest:
            return self.under, self.over, self.level + (passed if forward else -passed)
        return self.over if forward else self.under, self.target, min(1.0, passed - rest)

    def toward(self, face: Expression, now: float) -> Fade:
        """The same moment with another wish."""
        if face is self.target:
            return self
        under, over, level = self.seen(now)
        if face is under:
            return Fade(now, over, under, 1.0 - level, face)
        return Fade(now, under, over, level, face)


@dataclass(frozen=True, slots=True)
class Glide:
    """Numbers on their way to a goal: fast at first, then slower."""

    at: float
    start: tuple[float, ...]
    goal: tuple[float, ...]

    def seen(self, now: float) -> tuple[float, ...]:
        """Where the numbers are at this moment."""
        left = 1.0 - (now - self.at) / GLIDE_SECONDS
        if left <= 0.0:
            return self.goal
        left = min(1.0, left) ** 2
        return tuple(goal + (start - goal) * left for start, goal in zip(self.start, self.goal, strict=True))

    def toward(self, goal: tuple[float, ...], now: float) -> Glide:
        """The same moment with another goal."""
        return self if goal == self.goal else Glide(now, self.seen(now), goal)


@dataclass(frozen=True, slots=True)
class Level:
    """How far the mouth is open, 0 to 1, following what it is told: quick to open, slower to close."""

    at: float
    start: float
    goal: float

    def seen(self, now: float) -> float:
        """The opening at this moment."""
        constant = ATTACK_SECONDS if self.goal > self.start else RELEASE_SECONDS
        return self.goal + (self.start - self.goal) * math.exp(-max(0.0, now - self.at) / constant)

    def toward(self, goal: float, now: float) -> Level:
        """The same moment with another opening to reach."""
        return Level(now, self.seen(now), goal)
