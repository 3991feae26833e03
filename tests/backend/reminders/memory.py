"""Reminders in memory, for virtual time: what the repository promises, without its threads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alisa.runtime.errors import StorageError
from backend.storage.reminders import Kind, Reminder, State


class MemoryReminders:
    """`failing`: whatever is asked raises. `said`: the ids that history shows as said."""

    def __init__(self) -> None:
        self.rows: dict[int, Reminder] = {}
        self.failing = False
        self.said: set[int] = set()

    def _look(self) -> None:
        if self.failing:
            raise StorageError("disk_full", "The disk is full.", "Free some space.")

    async def add(self, conversation: str, kind: Kind, text: str, due: datetime, made: datetime) -> Reminder:
        self._look()
        number = len(self.rows) + 1
        self.rows[number] = Reminder(number, conversation, kind, text, due, made)
        return self.rows[number]

    async def open(self) -> list[Reminder]:
        self._look()
        return sorted((row for row in self.rows.values() if row.state is State.OPEN), key=lambda row: (row.due, row.id))

    async def newest(self, limit: int = 100) -> list[Reminder]:
        return sorted(self.rows.values(), key=lambda row: -row.id)[:limit]

    async def ring(self, number: int, at: datetime | None) -> None:
        self._look()
        self.rows[number] = replace(self.rows[number], rung=at)

    async def shift(self, number: int, by: timedelta) -> None:
        row = self.rows[number]
        self.rows[number] = replace(row, due=row.due + by, made=row.made + by)

    async def settle(self, number: int, state: State, at: datetime) -> bool:
        self._look()
        was_open = number in self.rows and self.rows[number].state is State.OPEN
        if was_open:
            self.rows[number] = replace(self.rows[number], state=state, settled=at)
        return was_open

    async def was_said(self, reminder: Reminder) -> bool:
        return reminder.id in self.said
