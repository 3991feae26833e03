"""The decisions that were made, so that "why silent?" and "why did you say that?" have an answer.

Pure. Thirty seconds after a refusal the same one is no news: it is counted, not told again. What is kept here is lost
when the hub ends; what she said is in the database.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from backend.idle.policy import Decision, Gate

KEPT = 300


@dataclass(slots=True)
class Entry:
    """One decision, and for how long it was made again and again."""

    decision: Decision
    until: datetime
    times: int = 1
    turn: int | None = None
    """the turn in which she spoke"""

    def as_json(self) -> dict[str, Any]:
        """For a client."""
        decision = self.decision
        return {
            "at": decision.at.isoformat(),
            "until": self.until.isoformat(),
            "times": self.times,
            "spoke": decision.spoke,
            "kind": decision.kind,
            "gate": decision.gate,
            "reason": decision.reason,
            "channel": channel_name(decision) if decision.spoke else None,
            "turn": self.turn,
        }


class Decisions:
    """The latest decisions, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)

    def add(self, decision: Decision) -> bool:
        """Keep it; False when it is the same refusal as the last one."""
        last = self._entries[-1] if self._entries else None
        if last is not None and not decision.spoke and _same(last.decision, decision):
            last.until, last.times = decision.at, last.times + 1
            return False
        self._entries.append(Entry(decision, decision.at))
        return True

    def take_back(self, decision: Decision) -> Decision:
        """She wanted to speak and did not come to it: the refusal that stands now."""
        refusal = replace(
            decision,
            spoke=False,
            gate=Gate.SPEAKING.value,
            reason="Somebody else spoke first.",
            channel=None,
            worth=None,
        )
        for entry in reversed(self._entries):
            if entry.decision is decision:
                entry.decision = refusal
        return refusal

    def note_turn(self, turn: int) -> None:
        """The latest decision to speak became this turn."""
        for entry in reversed(self._entries):
            if entry.decision.spoke:
                entry.turn = turn
                return

    def latest(self, count: int) -> list[Entry]:
        """The latest, newest first."""
        return list(self._entries)[::-1][:count]

    @property
    def last_refusal(self) -> Entry | None:
        """The latest decision, if it was to be silent."""
        last = self._entries[-1] if self._entries else None
        return last if last is not None and not last.decision.spoke else None


def channel_name(decision: Decision) -> str:
    """`badge`, `toast` or `voice`."""
    return decision.channel.value if decision.channel is not None else "voice"


def _same(before: Decision, after: Decision) -> bool:
    """The same answer to the same question: figures in the reason may differ, and what she would have said, too, where
    it does not matter."""
    if before.spoke or before.gate != after.gate:
        return False
    return after.gate not in _ABOUT_WHAT or before.kind == after.kind


_ABOUT_WHAT = {Gate.ATTENTION.value, Gate.BREAKPOINT.value, Gate.CONTENT.value, Gate.WORTH.value}
"""The gates that look at what would be said."""
