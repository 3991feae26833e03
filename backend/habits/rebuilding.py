"""Habits learnt anew from history: when the user spoke tells when they were there, and how long they were silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from backend.habits.model import Habits
from backend.habits.recorder import ALIVE_FOR

MOMENTS = 50_000
"""More than a few months of talk; what lies further back has faded."""


def learn_anew(habits: Habits, moments: Iterable[datetime]) -> None:
    """Let habits learn from the times at which the user said something, oldest first."""
    habits.forget()
    before: datetime | None = None
    for at in moments:
        if before is not None and at > before:
            habits.worked(before, min(at, before + ALIVE_FOR))
            habits.was_silent(before, at - before)
        before = at
    if before is not None:
        habits.worked(before, before + ALIVE_FOR)
