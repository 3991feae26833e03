"""One picture of her, as values: what the animator says and the composer draws."""

from __future__ import annotations

from dataclasses import dataclass

from overlay.expressions import Expression, Viseme


@dataclass(frozen=True, slots=True)
class Frame:
    """How she looks at one moment. Lengths are in pixels of the art (twice her usual size): the composer scales."""

    expression: Expression = Expression.NEUTRAL
    fading_from: Expression | None = None
    """the face before, while it fades; None when only `expression` is seen"""
    fade: float = 1.0
    """how much of `expression` is seen over `fading_from`, 0 to 1"""
    lids: float = 0.0
    """0 as open as the expression has them, 1 closed"""
    gaze: tuple[float, float] = (0.0, 0.0)
    """where she looks, -1 to 1 each: right and down are positive, as on the screen"""
    mouth: Viseme | None = None
    """None: the mouth of the expression"""
    breath: float = 0.0
    """0 breathed out, 1 breathed in"""
    sway: float = 0.0
    """her hair, -1 (left) to 1 (right)"""
    head: tuple[float, float] = (0.0, 0.0)
    """how far her head has moved from its rest: x, y"""
    sparkle: float = 0.0
    """how much of what floats beside a happy face is seen beside this one, 0 to 1: a thought of hers"""
    bob: float = 0.0
    """what floats beside her (tears, sparkles, dots): its place in its loop, 0 to 1"""
    watching: bool = False
    """one of her eyes, the webcam or the screen, is open: a mark says so"""
