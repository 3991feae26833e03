"""Until when: as people write it, by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.times.until import until

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)
"""Saturday, 20:14 in Berlin"""


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2h", "2026-11-21 22:14"),
        ("45m", "2026-11-21 20:59"),
        ("90", "2026-11-21 21:44"),
        ("1h30", "2026-11-21 21:44"),
        ("1h 30m", "2026-11-21 21:44"),
        ("1d", "2026-11-22 20:14"),
        ("an hour", "2026-11-21 21:14"),
        ("for half an hour", "2026-11-21 20:44"),
        ("two hours and 15 minutes", "2026-11-21 22:29"),
        ("for the next hour", "2026-11-21 21:14"),
        ("the next 2 hours", "2026-11-21 22:14"),
        ("until 11pm", "2026-11-21 23:00"),
        ("until 9", "2026-11-21 21:00"),
        ("till six", "2026-11-22 06:00"),
        ("until tomorrow", "2026-11-22 09:00"),
        ("tomorrow", "2026-11-22 09:00"),
        ("until tomorrow at noon", "2026-11-22 12:00"),
        ("until Monday", "2026-11-23 09:00"),
        ("until midnight", "2026-11-22 00:00"),
        ("today", "2026-11-22 00:00"),
        ("tonight", "2026-11-22 00:00"),
        ("the rest of the day", "2026-11-22 00:00"),
    ],
)
def test_an_end(text: str, end: str) -> None:
    """A length, a time of day, a day."""
    assert until(text, NOW, BERLIN) == datetime.fromisoformat(end).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "2x", "-1h", "h", "until", "until then", "until 25:99", "yesterday", "off", "999999 years"]
)
def test_none(text: str) -> None:
    """What names no end is not guessed at."""
    assert until(text, NOW, BERLIN) is None


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24"])
def test_a_day_ends_at_midnight_also_when_clocks_change(day: str) -> None:
    """The day after has 23 or 25 hours; its morning is the one that the wall shows."""
    evening = datetime.fromisoformat(f"{day} 20:00").replace(tzinfo=BERLIN)
    for text, hour in (("today", 0), ("tomorrow", 9)):
        end = until(text, evening.astimezone(UTC), BERLIN)
        assert end is not None
        assert (end.astimezone(BERLIN).hour, end.astimezone(BERLIN).day) == (hour, evening.day + 1)


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Nothing that can be typed makes it stumble, and no end lies in the past."""
    found = until(text, NOW, BERLIN)
    assert found is None or found >= NOW
