"""What sounds like speech to the VAD and is not: steady noise. Pure.

Speech rises and falls with its syllables, four times a second; a fan, a hum or a held note does not.
"""

from __future__ import annotations

from collections import deque

WINDOW_SECONDS = 2.5
STEADY_DB = 5.0
"""between the quieter and the louder frames (10th and 90th of 100) of the window; speech has 15 and more"""
LOUDER_DB = 6.0
"""so much above a noise that was found, somebody may be speaking over it"""
CALM_SECONDS = 0.3
"""the VAD must have been sure of no speech for so long before it is believed again"""


class Steadiness:
    """Watches the level while the VAD says that somebody speaks."""

    def __init__(self) -> None:
        self._levels: deque[tuple[float, float]] = deque()

    def reset(self) -> None:
        """Speech begins anew."""
        self._levels.clear()

    def feed(self, at: float, level: float) -> bool:
        """Take the level in dB at that second. Return whether it has been too steady for speech."""
        self._levels.append((at, level))
        while at - self._levels[0][0] > WINDOW_SECONDS:
            self._levels.popleft()
        if at - self._levels[0][0] < WINDOW_SECONDS * 0.9:
            return False
        levels = sorted(level for _, level in self._levels)
        tenth = len(levels) // 10
        return levels[-1 - tenth] - levels[tenth] < STEADY_DB

    @property
    def level(self) -> float | None:
        """The usual level of the window in dB, if there was any."""
        return sorted(level for _, level in self._levels)[len(self._levels) // 2] if self._levels else None


class Distrust:
    """After the VAD was wrong: it is believed again once it has been calm, or something is louder than the noise."""

    def __init__(self) -> None:
        self._noise: float | None = None
        self._since: float | None = None
        self.active = False

    def begin(self, noise_level: float | None) -> None:
        """The VAD took something of this level for speech that was none."""
        self.active, self._noise, self._since = True, noise_level, None

    def believes(self, at: float, speech: bool, level: float | None) -> bool:
        """Return whether what the VAD says at that second may count."""
        if not self.active:
            return True
        if not speech:
            self._since = at if self._since is None else self._since
            self.active = at - self._since < CALM_SECONDS
        else:
            self._since = None
            if level is not None and self._noise is not None and level > self._noise + LOUDER_DB:
                return True
        return not self.active
