"""How much sound waits between here and a device: as little as the machine bears.

What waits in front of the loudspeaker makes her late, and late to fall silent. So at first it is little, and more
where it runs dry, which is heard as a crackle; after a long time without one, less is tried again. What waits behind
the microphone makes nothing late, but how much of it is handed over at once does. Pure.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Buffer:
    """What a stream asks for. Both are seconds."""

    size: float | Literal["low"]
    """of what waits at most"""
    piece: float = 0.0
    """of what is handed over at once; 0: what the system likes"""


MICROPHONE = Buffer(0.1, 0.01) if sys.platform == "linux" else Buffer("low")
"""ALSA's threads are ordinary ones, which wait for their turn while a language model has every core: then 20 ms are
lost easily."""
SPEAKER = (Buffer(0.03, 0.02), Buffer(0.04, 0.03), Buffer(0.06, 0.05)) if sys.platform == "linux" else (Buffer("low"),)
"""the smallest first; elsewhere the system has threads that go before others, and knows best"""
FIRST_SECONDS = 0.5
"""A stream that has just begun may stumble, whatever waits for it."""
TWICE_SECONDS = 30.0
"""One gap is an accident; another one within so much sound is not."""
CALM_SECONDS = 120.0
"""of sound without a gap, before less is tried; twice as long each time that it was too little"""


class Growing:
    """Tells which buffer the loudspeaker should have. One for the process: what was learned outlives a device."""

    def __init__(self, buffers: tuple[Buffer, ...] = SPEAKER) -> None:
        self._buffers = buffers
        self._place = 0
        self._sounded = 0.0
        """all that was played so far, in seconds"""
        self._began_at = 0.0
        self._changed_at = 0.0
        self._gap_at = float("-inf")
        self._calm = CALM_SECONDS

    @property
    def buffer(self) -> Buffer:
        """The one to open the next stream with."""
        return self._buffers[self._place]

    def began(self) -> None:
        """A stream begins."""
        self._began_at = self._sounded

    def sounded(self, seconds: float, *, dry: bool) -> bool:
        """So much more was played; `dry`: the next was not there in time, and a gap was heard.

        Returns whether another buffer is wanted now.
        """
        self._sounded += seconds
        if dry and self._sounded - self._began_at >= FIRST_SECONDS:
            since, self._gap_at = self._sounded - self._gap_at, self._sounded
            return since <= TWICE_SECONDS and self._place < len(self._buffers) - 1 and self._go(1)
        calm = self._sounded - max(self._gap_at, self._changed_at)
        return self._place > 0 and calm >= self._calm and self._go(-1)

    def _go(self, step: int) -> bool:
        if step > 0 and self._changed_at:
            self._calm *= 2
        self._place += step
        self._changed_at, self._gap_at = self._sounded, float("-inf")
        return True
