"""The newest turns of each conversation, kept in memory between two of them: pure.

The window is read again as soon as a turn has ended, so that the next one need not wait for the disk. What is kept
is used only for a question that it answers exactly as the database would. Reading is `history`'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.storage.types import StoredMessage

SPARE_TURNS = 8
"""How many more turns are kept than were asked for: messages that wait for their answer are newer than the window."""

_NO_BOUND = 2**63


@dataclass(frozen=True, slots=True)
class _Kept:
    messages: Sequence[StoredMessage]
    """oldest first"""
    from_turn: int
    """every turn from this one on is here; 0: all of the conversation"""
    below_turn: int = _NO_BOUND
    """turns from this one on changed since"""


class RecentTurns:
    """What is known of the newest turns; every change of history has to be told with `touched` or `forget`."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self.changes = 0
        """grows with every change; what was read while it grew is not to be kept"""

    def keep(self, conversation: str, messages: Sequence[StoredMessage], count: int) -> None:
        """Keep the newest `count` turns that hold a message, all that there are if there are fewer."""
        turns = {message.turn for message in messages}
        self._kept[conversation] = _Kept(messages, min(turns) if len(turns) >= count else 0)

    def window(self, conversation: str, count: int, before_turn: int | None) -> list[StoredMessage] | None:
        """Return the newest `count` turns before this one; None where what is kept does not tell."""
        kept = self._kept.get(conversation)
        bound = _NO_BOUND if before_turn is None else before_turn
        if kept is None or bound > kept.below_turn:
            return None
        turns = sorted({message.turn for message in kept.messages if message.turn < bound})[-count:]
        if kept.from_turn and len(turns) < count:
            return None
        first = turns[0] if turns else bound
        return [message for message in kept.messages if first <= message.turn < bound]

    def touched(self, turn: int, conversation: str | None) -> None:
        """A turn changed; in a conversation that is not known, all of them are taken as changed."""
        self.changes += 1
        for name in [conversation] if conversation is not None else list(self._kept):
            if name in self._kept:
                kept = self._kept[name]
                self._kept[name] = replace(kept, below_turn=min(kept.below_turn, turn))

    def forget(self) -> None:
        """Anything may have changed."""
        self.changes += 1
        self._kept.clear()
