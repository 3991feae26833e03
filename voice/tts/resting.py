"""Which voices are left alone for a while because they failed. Pure: time is an argument, in seconds.

A worker that died or hung was replaced and is tried again at once, but not for ever: the second failure in
a row makes it rest. A service that is away or refuses rests from the first, so that no sentence waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping

REPLACED = frozenset({"speech_died", "speech_hung", "speech_garbled"})
"""The worker failed, and a fresh one is already there."""
_FORGIVEN_ONCE = REPLACED | {"no_speech"}
"""So is a sentence that it made nothing of."""
FIRST_REST_SECONDS = 15.0
LONGEST_REST_SECONDS = 300.0


class Resting:
    """Who rests, until when, and after how many failures in a row."""

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def failed(self, engine: str, code: str, at: float) -> None:
        """It failed, with an error of that code."""
        failures = self._failures.get(engine, 0) + 1
        self._failures[engine] = failures
        strikes = failures - 1 if code in _FORGIVEN_ONCE else failures
        if strikes > 0:
            self._until[engine] = at + min(FIRST_REST_SECONDS * 2 ** min(strikes - 1, 10), LONGEST_REST_SECONDS)

    def spoke(self, engine: str) -> None:
        """It spoke a sentence to its end: all is forgiven."""
        self._failures.pop(engine, None)
        self._until.pop(engine, None)

    def rests(self, engine: str, at: float) -> bool:
        """Is it to be left alone now?"""
        return at < self._until.get(engine, at)

    def until(self) -> Mapping[str, float]:
        """Until when who rests."""
        return dict(self._until)
