"""The decisions that were made, so that "why silent?" and "why did you say that?" have an answer.

Pure. Thirty seconds after a refusal the same one is no news: it is counted, not told again; that it now holds back
something else, too, is. What is kept here is lost when the hub ends; what she said is in the database.
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
    held: frozenset[str] = frozenset()
    """what the same gate has held back since it was shut"""

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
        if last is not None and _same(last, decision):
            last.until, last.times = decision.at, last.times + 1
            return False
        shut = last is not None and not last.decision.spoke and last.decision.gate == decision.gate
        before = last.held if last is not None and shut else frozenset()
        self._entries.append(Entry(decision, decision.at, held=before | {decision.kind}))
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


def _same(last: Entry, after: Decision) -> bool:
    """The same answer to the same question: figures in the reason may differ. Where it does not matter what she would
    have said, a kind that was held back before is no news, and neither is that there is nothing to say any more."""
    before = last.decision
    if before.spoke or after.spoke or before.gate != after.gate:
        return False
    if after.gate in _ABOUT_WHAT:
        return before.kind == after.kind
    if after.gate == Gate.OFF.value:  # it says itself whether one kind is meant or all
        return before.reason == after.reason
    return not after.kind or after.kind in last.held


_ABOUT_WHAT = {Gate.ATTENTION.value, Gate.BREAKPOINT.value, Gate.CONTENT.value, Gate.WORTH.value}
"""The gates that look at what would be said."""
