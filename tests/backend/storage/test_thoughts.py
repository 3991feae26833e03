"""What she said unasked is kept with its trigger, and so is what the user wished."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alisa.runtime.clock import ManualClock
from backend.storage.database import Database
from backend.storage.history import History
from backend.storage.thoughts import StoredThought, ThoughtRecords
from tests.backend.storage.steps import NOW, talk

THOUGHT = StoredThought(
    "main", 7, "stuck", "stuck:python:main.py, line 42", "an error had been on the screen", "voice", "Terminal", NOW,
    {"where": "main.py, line 42"},
)  # fmt: skip


async def test_a_thought_is_kept_with_its_trigger_and_its_reception(database: Database) -> None:
    """Why she said it, and how it was received, can be asked for later."""
    records = ThoughtRecords(database)
    await records.keep(THOUGHT)
    await records.keep(replace(THOUGHT, turn=8, said_at=NOW + timedelta(minutes=30)))
    await records.judge(7, "welcome")
    assert await records.since(NOW - timedelta(days=1)) == [
        replace(THOUGHT, verdict="welcome"),
        replace(THOUGHT, turn=8, said_at=NOW + timedelta(minutes=30)),
    ]
    assert await records.latest("main", 7) == replace(THOUGHT, verdict="welcome")
    assert (await records.latest("main")) == replace(THOUGHT, turn=8, said_at=NOW + timedelta(minutes=30))
    assert await records.latest("other") is None
    await records.drop(8)
    assert len(await records.since(NOW - timedelta(days=1))) == 1
    await records.forget("other")
    assert await records.latest("main") is not None
    await records.forget()
    assert await records.latest("main") is None


async def test_what_is_forgotten_with_history_still_counts_for_a_day(
    database: Database, history: History, clock: ManualClock
) -> None:
    """A cleared history and a restart do not let the limits begin anew; what it was about is gone from the file."""
    records = ThoughtRecords(database)
    await talk(history, ("hi", "Hm."))
    await records.keep(replace(THOUGHT, turn=6, said_at=clock.now() - timedelta(days=2)))
    await records.keep(replace(THOUGHT, said_at=clock.now(), verdict="dismissed"))
    await history.clear()
    [left] = await records.since(clock.now() - timedelta(days=14))
    assert (left.turn, left.kind, left.verdict, left.said_at) == (7, "stuck", "dismissed", clock.now())
    assert (left.key, left.reason, left.app, left.trigger) == ("", "", "", {})
    assert await records.latest("main") is None


async def test_wishes_are_kept_and_taken_back(database: Database) -> None:
    """A snooze outlives the hub."""
    records = ThoughtRecords(database)
    await records.wish("snoozed_until", "soon")
    await records.wish("snoozed_until", "later")
    await records.wish("off:silence", "you")
    assert await records.wishes() == {"snoozed_until": "later", "off:silence": "you"}
    await records.wish("snoozed_until", None)
    assert await records.wishes() == {"off:silence": "you"}
