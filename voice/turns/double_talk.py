"""Whether the microphone hears more than her own voice can explain. Pure.

An echo canceller that is unsure swallows the first syllable of whoever speaks over her. Before it, the level alone
tells: an echo is never louder than what was played shortly before, times what the room lets through (Geigel).

What the room lets through is learned while she speaks, a moment late: a voice that rises gently is for some frames no
louder than an echo might be, and by the time it is believed, it has shown that it is none.
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
NOISE_MARGIN_DB = 4.0
"""nor one that hears so little more than the room's own noise"""
NOISE_AT_FIRST_DB = -45.0
"""it is hardly louder: what is, may be her echo"""
NOISE_RISES_DB_PER_SECOND = 2.0
"""slower than her pauses, in which the noise alone is heard"""
LOUDEST_COUPLING_DB = 6.0
QUIETEST_COUPLING_DB = -60.0
SUDDEN_FRAMES = 2
"""a single frame of 10 ms is a click"""
SOMEBODY_DB = 5.0
"""so much more than the echo could be is not learned as echo"""
DOUBT_SECONDS = 0.25
"""nor is what came so shortly before or after it: how somebody begins, and how their words fade away"""
USUAL_DB = 10.0
"""only while she is about as loud as usual: lowered, or between two words, whatever is heard seems a loud echo"""


class DoubleTalk:
    """Learns how loud she comes back into the microphone. Feed it each frame of 10 ms, before echo cancellation."""

    def __init__(self) -> None:
        self._played: deque[tuple[float, float]] = deque()
        self._excess: deque[float] = deque([0.0] * SUDDEN_FRAMES, maxlen=SUDDEN_FRAMES)
        self._coupling = QUIETEST_COUPLING_DB
        self._lessons: deque[tuple[float, float]] = deque()
        """what seemed to be her echo lately, and is not believed yet: when, and how loud"""
        self._somebody_at = float("-inf")
        self._noise = NOISE_AT_FIRST_DB
        self._usual = AUDIBLE_DB
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
        self._noise = min(microphone, self._noise + NOISE_RISES_DB_PER_SECOND * step)
        loudest = self._loudest(at, played)
        self._usual = max(loudest, self._usual - FORGET_DB_PER_SECOND * step)
        if loudest < AUDIBLE_DB:
            self._excess.append(0.0)
            return 0.0
        quiet = max(QUIET_DB, self._noise + NOISE_MARGIN_DB)
        excess = microphone - max(loudest + self._coupling, quiet)
        known = self._heard_seconds >= SETTLE_SECONDS
        self._heard_seconds += step
        seen = microphone - loudest if microphone > quiet else QUIETEST_COUPLING_DB
        if not known:
            self._learn(step, seen)
        elif excess < SOMEBODY_DB:
            self._doubt(at, step, seen, usual=loudest >= self._usual - USUAL_DB)
        else:
            self._somebody_at = at
            self._lessons.clear()
            self._coupling += 0.5 * FORGET_DB_PER_SECOND * step  # a louder room is learned in the end
        self._excess.append(excess if known else 0.0)
        return min(self._excess)

    def _loudest(self, at: float, played: float) -> float:
        """The loudest that may still come back."""
        self._played.append((at, played))
        while at - self._played[0][0] > ROOM_SECONDS:
            self._played.popleft()
        return max(level for _, level in self._played)

    def _doubt(self, at: float, step: float, seen: float, *, usual: bool) -> None:
        """Take it for an echo once nobody was heard for a while before and after it."""
        if usual and at - self._somebody_at > DOUBT_SECONDS:
            self._lessons.append((at, seen))
        believed = QUIETEST_COUPLING_DB
        while self._lessons and at - self._lessons[0][0] > DOUBT_SECONDS:
            believed = max(believed, self._lessons.popleft()[1])
        self._learn(step, believed)

    def _learn(self, step: float, seen: float) -> None:
        faded = max(self._coupling - FORGET_DB_PER_SECOND * step, QUIETEST_COUPLING_DB)
        self._coupling = min(max(faded, seen), LOUDEST_COUPLING_DB)
