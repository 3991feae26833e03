"""How often the webcam is looked through: often while something may be changing, seldom while nothing does; pure.

A look costs a few hundredths of a second of one core. What may be spent is a share of that core, so a slow
machine is looked through less often by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CACHE_SECONDS = 0.5
"""For so long a look answers whoever asks."""
GROWTH = 1.3
"""With each look at which nothing changes, the next one is so much later."""
HURRY = 4.0
"""While something may be changing, so many times the share of a core may be taken: the calm that follows is long."""
LONGEST_SECONDS = 60.0
"""However slow the machine is, one look a minute."""


@dataclass(frozen=True, slots=True)
class Preset:
    """How often and how closely."""

    fastest_seconds: float
    """from one look to the next while something may be changing"""
    slowest_seconds: float
    """and while nothing has changed for long"""
    width: int
    """so many pixels wide is the picture in which faces are looked for"""
    eyes: bool
    """Are the eyes and the head's direction looked for, too? Without them attention is not told."""
    core_share: float
    """what the looks may take of one core"""


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "ultra_light": Preset(2.0, 10.0, 240, eyes=False, core_share=0.01),
        "balanced": Preset(1.0, 4.0, 320, eyes=True, core_share=0.02),
        "enhanced": Preset(0.5, 2.0, 480, eyes=True, core_share=0.08),
    }
)


def interval(preset: Preset, before: float, took: float, *, unsettled: bool) -> float:
    """Return the seconds from the end of one look to the next.

    `before` is the interval before this look, `took` what the look took, in seconds. `unsettled` says that it
    showed something new, or that something is not certain yet.
    """
    wanted = preset.fastest_seconds if unsettled else max(before, preset.fastest_seconds) * GROWTH
    wanted = min(wanted, preset.slowest_seconds)
    affordable = max(took, 0.0) * (1.0 / preset.core_share - 1.0)
    if unsettled:
        affordable /= HURRY
    return min(max(wanted, affordable), LONGEST_SECONDS)


def fresh(taken: float | None, now: float) -> bool:
    """Whether a look at that time still answers; both on one monotonic clock."""
    return taken is not None and 0.0 <= now - taken < CACHE_SECONDS
