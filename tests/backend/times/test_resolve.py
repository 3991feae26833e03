"""A time is what the clock on the wall will show, also where that clock is changed."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reminders.sentences import understand
from backend.reminders.wishes import Remind
from backend.times.pieces import Clock, When
from backend.times.resolve import resolve
from backend.times.wall import moment, wall_time
from tests.faults import needs_posix

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 3, 28, 19, tzinfo=UTC)
"""the evening before the clocks go forward in Berlin"""


def due(said: str, now: datetime, zone: ZoneInfo | None = BERLIN) -> datetime:
    (wish,) = understand(said, now, zone)
    assert isinstance(wish, Remind)
    return wish.due


def test_a_time_that_there_is_not_is_moved_forward() -> None:
    """In the night in which 02:00 to 03:00 are left out, half past two is half past three."""
    assert due("remind me at 02:30 to sleep", EVENING) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert wall_time(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), BERLIN) == datetime(2026, 3, 29, 3, 30)


def test_a_time_that_there_is_twice_is_the_first() -> None:
    """In the night in which 02:00 to 03:00 come twice, half past two is the summer's."""
    now = datetime(2026, 10, 24, 19, tzinfo=UTC)
    assert due("remind me at 02:30 to sleep", now) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_between_the_two_it_is_the_next_day() -> None:
    """When the first half past two is over, the second one is not taken for it."""
    now = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02:45, summer time
    assert due("remind me at 02:30 to sleep", now) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_days_are_days_of_the_wall_and_hours_are_hours() -> None:
    """Over the change, tomorrow at nine is at nine, and in 24 hours is in 24 hours."""
    assert due("remind me tomorrow at 9 to x", EVENING) - EVENING == timedelta(hours=12)  # 20:00 to 9:00
    assert due("remind me in 24 hours to x", EVENING) - EVENING == timedelta(hours=24)
    assert due("remind me in a day to x", EVENING) - EVENING == timedelta(hours=23)


@needs_posix
def test_the_computers_own_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a named zone the system's rules hold, also for a day on the other side of a change."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        now = datetime(2026, 3, 7, 20, tzinfo=UTC)  # the clocks go forward on the 8th
        assert due("remind me on monday at 9 am to x", now, None) == datetime(2026, 3, 9, 13, tzinfo=UTC)
        assert due("remind me at 02:30 to x", now, None) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    finally:
        monkeypatch.setenv("TZ", before) if before else monkeypatch.delenv("TZ")
        time.tzset()


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_a_certain_time_is_the_next_such_one(now: datetime, hour: int, minute: int, name: str) -> None:
    """Never in the past, never more than two days ahead, and the wall shows it then, unless it leaves it out."""
    zone = ZoneInfo(name)
    found = resolve(When(clock=Clock(hour, minute, certain=True)), now, zone)
    assert now < found <= now + timedelta(hours=49)
    wall = wall_time(found, zone)
    shown = wall.replace(hour=hour, minute=minute, second=0, microsecond=0)
    assert moment(shown, zone) == found
