"""Whether the microphone hears more than her own voice can explain. Pure.

An echo canceller that is unsure swallows the first syllable of whoever speaks over her. Before it, the level alone
tells: an echo is never louder than what was played shortly before, times what the room lets through (Geigel).
"""

from __future__ import annotations

from collections import deque

ROOM_SECONDS = 0.3
"""how long what was played may still come back: the device's delay and the room"""
SETTLE_SECONDS = 0.3
"""of her voice, before the room is known"""
AUDIBLE_DB = -45.0
"""what she plays counts from here on"""
FORGET_DB_PER_SECOND = 1.5
QUIET_DB = -58.0
"""a microphone that hears less than this hears nothing of her"""
LOUDEST_COUPLING_DB = 6.0
QUIETEST_COUPLING_DB = -60.0
SUDDEN_FRAMES = 2
"""a single frame of 10 ms is a click"""
SOMEBODY_DB = 5.0
"""so much more than the echo could be is not learned as echo"""


class DoubleTalk:
    """Learns how loud she comes back into the microphone. Feed it each frame of 10 ms, before echo cancellation."""

    def __init__(self) -> None:
        self._played: deque[tuple[float, float]] = deque()
        self._excess: deque[float] = deque([0.0] * SUDDEN_FRAMES, maxlen=SUDDEN_FRAMES)
        self._coupling = QUIETEST_COUPLING_DB
        self._heard_seconds = 0.0
        self._last_at: float | None = None

    @property
    def coupling_db(self) -> float | None:
        """How much less loud she is in the microphone than when played; None while that is not known."""
        return self._coupling if self._heard_seconds >= SETTLE_SECONDS else None

    def feed(self, at: float, microphone: float, played: float) -> float:
        """Take both levels in dB at that second. Return by how many dB the last two frames were above any echo.

        While the room is not known, or she is silent, that is 0: nothing can be said.
        """
        step = min(max(at - self._last_at, 0.0), 0.1) if self._last_at is not None else 0.01
        self._last_at = at
        self._played.append((at, played))
        while at - self._played[0][0] > ROOM_SECONDS:
            self._played.popleft()
        loudest = max(level for _, level in self._played)
        if loudest < AUDIBLE_DB:
            self._excess.append(0.0)
            return 0.0
        excess = microphone - max(loudest + self._coupling, QUIET_DB)
        known = self._heard_seconds >= SETTLE_SECONDS
        self._heard_seconds += step
        if not known or excess < SOMEBODY_DB:
            seen = microphone - loudest if microphone > QUIET_DB else QUIETEST_COUPLING_DB
            faded = max(self._coupling - FORGET_DB_PER_SECOND * step, QUIETEST_COUPLING_DB)
            self._coupling = min(max(faded, seen), LOUDEST_COUPLING_DB)
        else:
            self._coupling += 0.5 * FORGET_DB_PER_SECOND * step  # a louder room is learned in the end
        self._excess.append(excess if known else 0.0)
        return min(self._excess)
