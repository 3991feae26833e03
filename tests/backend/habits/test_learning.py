"""Habits in the hub: kept, found again, rebuilt, forgotten; off when the user wants it so."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alisa.protocol.tags import Source
from alisa.runtime.errors import StorageError, UsageError
from backend.events.bus import Bus
from backend.events.facts import RemarkJudged, SightChanged, UserSpoke, Verdict
from backend.habits import questions
from backend.habits.learning import Learning
from tests.flow.talking import START, LoopClock

pytestmark = pytest.mark.looptime


class MemoryRecords:
    """What the repository promises, without its threads."""

    def __init__(self, document: str | None = None, moments: list[datetime] | None = None) -> None:
        self.document = document
        self.said = moments or []
        self.saves: list[float] = []
        self.failing = False
        self.for_good = 0

    async def load(self) -> str | None:
        if self.failing:
            raise StorageError("database_damaged", "The history is damaged.", "Restart.")
        return self.document

    async def save(self, document: str, at: datetime) -> None:
        if self.failing:
            raise StorageError("disk_full", "The disk is full.", "Free some space.")
        self.document = document
        self.saves.append(asyncio.get_running_loop().time())

    async def save_for_good(self, document: str, at: datetime) -> None:
        await self.save(document, at)
        self.for_good += 1

    async def moments(self, limit: int) -> list[datetime]:
        return self.said[-limit:]


class Room:
    """Learning over those records."""

    def __init__(self, records: MemoryRecords, **options: Any) -> None:
        self.bus = Bus()
        self.notices: list[str] = []
        self.learning = Learning(records, self.bus, LoopClock(), UTC, notice=self.notices.append, **options)  # type: ignore[arg-type]

    def works(self) -> None:
        self.bus.publish(SightChanged("main", "system", {"idle_seconds": 0}))
        self.bus.publish(SightChanged("main", "screen", {"task": "coding", "app": "Code"}))

    def judged(self, verdict: Verdict, at: datetime) -> None:
        self.bus.publish(RemarkJudged("main", "break", 1, at, "code", verdict))


async def test_what_was_learnt_is_there_at_the_next_start() -> None:
    """Saved at most every five minutes, and at the end."""
    records = MemoryRecords()
    room = Room(records)
    async with room.learning.running():
        for _ in range(6):
            room.works()
            room.judged(Verdict.WELCOME, START)
            await asyncio.sleep(600)
    assert all(after - before >= 300 for before, after in zip(records.saves[:-1], records.saves[1:-1], strict=False))
    room = Room(records)
    async with room.learning.running():
        told = room.learning.summary()
        assert told["apps"] == [{"name": "code", "hours": pytest.approx(1.0, abs=0.05)}]
        assert room.learning.worth("break", START, "code") > 0.8
        assert room.notices == []


async def test_a_first_start_learns_from_history() -> None:
    """Somebody who has talked for months is not a stranger after an update."""
    said = [START - timedelta(days=day, minutes=5 * n) for day in range(30, 0, -1) for n in range(6, 0, -1)]
    room = Room(MemoryRecords(moments=said))
    async with room.learning.running():
        assert questions.works(room.learning.habits, START - timedelta(minutes=20)) > 0.1
        assert room.notices == []


@pytest.mark.parametrize("document", ["", "{", '{"format": "alisa-habits", "version": 1, "hours": 5}', "\x00\x01"])
async def test_corrupt_habits_are_learnt_anew(document: str) -> None:
    """From when the user spoke, with a notice; at the end they are whole again."""
    records = MemoryRecords(document, [START - timedelta(hours=hours) for hours in (50, 26, 2)])
    room = Room(records)
    async with room.learning.running():
        assert room.learning.habits.hours.total(START) > 0.3
    assert len(room.notices) == 1
    assert "learnt anew" in room.notices[0]
    again = Room(records)
    async with again.learning.running():
        assert again.learning.habits.hours.total(START) > 0.3
    assert again.notices == []


async def test_newer_habits_are_left_alone() -> None:
    """An older Alisa does not write over what a newer one learnt."""
    newer = '{"format": "alisa-habits", "version": 9}'
    records = MemoryRecords(newer)
    room = Room(records)
    async with room.learning.running():
        room.works()
        await asyncio.sleep(1000)
    assert records.document == newer
    assert "newer" in room.notices[0]


async def test_a_database_that_cannot_be_read() -> None:
    """She starts all the same, says so, and writes over nothing."""
    records = MemoryRecords("precious")
    records.failing = True
    room = Room(records)
    async with room.learning.running():
        records.failing = False
        room.works()
        await asyncio.sleep(1000)
    assert records.document == "precious"
    assert "could not be read" in room.notices[0]


async def test_a_full_disk_costs_nothing_but_time() -> None:
    """What could not be kept is kept when it can be."""
    records = MemoryRecords()
    room = Room(records)
    async with room.learning.running():
        records.failing = True
        room.works()
        await asyncio.sleep(700)
        assert records.document is None
        records.failing = False
        await asyncio.sleep(400)
        assert records.document is not None


async def test_forgetting() -> None:
    """A part or all, at once and for good; an unknown word forgets nothing."""
    records = MemoryRecords()
    room = Room(records)
    async with room.learning.running():
        room.works()
        room.judged(Verdict.DISMISSED, START)
        await asyncio.sleep(300)
        with pytest.raises(UsageError) as refused:
            await room.learning.forget("everything else")
        assert "remarks" in refused.value.hint
        await room.learning.forget("remarks")
        assert room.learning.worth("break", START, "code") == 0.5
        assert room.learning.summary()["apps"]
        await room.learning.forget()
        assert room.learning.summary()["apps"] == []
        assert records.for_good == 2
    room = Room(records)
    records.said = [START - timedelta(days=1)]
    async with room.learning.running():
        assert room.learning.habits.hours.total(START) < 0.1, "what was forgotten is not learnt from history again"


async def test_import() -> None:
    """Another computer's habits take the place of these; bad ones change nothing."""
    room = Room(MemoryRecords())
    async with room.learning.running():
        room.works()
        await asyncio.sleep(600)
        text = room.learning.exported()
    records = MemoryRecords()
    other = Room(records)
    async with other.learning.running():
        with pytest.raises(UsageError):
            await other.learning.imported(text[:-20])
        assert other.learning.summary()["apps"] == []
        await other.learning.imported(text)
        assert other.learning.exported() == text
        assert records.document is not None


async def test_learning_can_be_turned_off() -> None:
    """Then what is known stays as it is, and nothing is added."""
    records = MemoryRecords()
    room = Room(records, enabled=False)
    async with room.learning.running():
        room.works()
        room.bus.publish(UserSpoke("main", 1, "hi", Source.TYPED, "chat", START))
        await asyncio.sleep(1000)
        assert room.learning.summary()["learning"] is False
    assert records.document is None
