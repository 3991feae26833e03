"""What she kept to herself while the user was away, told once, with her greeting.

Pure. A digest is of one absence: what was held before the last one, or before the computer slept, is let go.
"""

from __future__ import annotations

MOST_HELD = 8


class Held:
    """What is held, and what is being told of it now."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}
        self.digest: tuple[str, ...] = ()
        """what she is told in the turn in which she greets the user"""

    def hold(self, key: str, words: str) -> None:
        """Keep this for the user's return."""
        if key in self._held or len(self._held) < MOST_HELD:
            self._held[key] = words

    def begin_to_tell(self) -> None:
        """She greets the user now."""
        self.digest, self._held = tuple(self._held.values()), {}

    def was_told(self) -> None:
        """The turn is over."""
        self.digest = ()

    def let_go(self) -> None:
        """It is too late for what is held."""
        self._held = {}
