"""Words while they are said, from a recogniser that starts over each time: what two tries agree on stays. PURE.

Local agreement (Liu et al. 2020, "Low-latency sequence-to-sequence speech recognition"): the longest common
prefix of two hypotheses that follow one another is taken as said. Why and when there is a new try is not
decided here, apart from how often it is worth its cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from voice.stt.guards import bare

EVERY_SECONDS = 0.5
"""of new sound at least, before another try"""
_SHARE = 2.0
"""a try may take half of the time at most, so that the last one seldom has to wait for it"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is known after some tries."""

    stable: tuple[str, ...] = ()
    """words that do not change any more"""
    latest: tuple[str, ...] = ()
    """the words of the last try"""

    @property
    def text(self) -> str:
        """What to show: what stays, and what the last try puts after it."""
        return " ".join((*self.stable, *self.latest[len(self.stable) :]))

    def after(self, text: str) -> Agreement:
        """Return what is known after a try that brought this text."""
        words = tuple(text.split())
        agreed = _common(self.latest, words)
        goes_on = _common(self.stable, words) == len(self.stable)
        stable = self.stable + words[len(self.stable) : agreed] if goes_on else self.stable
        return Agreement(stable, words)


def _common(before: Sequence[str], now: Sequence[str]) -> int:
    """Return how many words two hypotheses begin with alike, whatever their commas and capitals."""
    same = (bare(one) == bare(other) for one, other in zip(before, now, strict=False))
    return sum(1 for _ in takewhile(bool, same))


def worth_a_try(new_seconds: float, last_took_seconds: float) -> bool:
    """Return whether so much new sound, in seconds, is worth another try, when the last one took so long."""
    return new_seconds >= max(EVERY_SECONDS, last_took_seconds * _SHARE)
