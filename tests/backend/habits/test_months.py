"""Over months of generated days she learns who works when, in what, and what they like: and forgets what is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alisa.protocol.tags import Presence
from backend.events.facts import SightChanged, Verdict
from backend.habits import questions
from backend.habits.model import Habits, cell
from backend.habits.summary import summary
from tests.backend.habits.days import MONDAY, Days, workdays


@pytest.fixture(scope="module")
def quarter() -> Days:
    """Three months of a steady life."""
    days = Days()
    workdays(days, 13)
    return days


def test_when_they_work(quarter: Days) -> None:
    """By day and hour; the weekend and the night stay empty."""
    habits, now = quarter.habits, quarter.now
    monday_ten = MONDAY + timedelta(weeks=13, hours=10)
    assert 0.85 < questions.works(habits, monday_ten) <= 1
    assert questions.works(habits, monday_ten + timedelta(hours=12)) == 0
    assert questions.works(habits, monday_ten + timedelta(days=5)) == 0
    told = summary(habits, now)
    assert set(told["days"]) == {"monday", "tuesday", "wednesday", "thursday", "friday"}
    assert all(6.5 < hours < 8.8 for hours in told["days"].values()), told["days"]


def test_in_what_and_what_follows(quarter: Days) -> None:
    """The tasks and applications by their share, and the order in which they come."""
    habits, now = quarter.habits, quarter.now
    told = summary(habits, now)
    assert [app["name"] for app in told["apps"]] == ["writer", "code", "firefox"]
    assert questions.next_task(habits, "coding", now) == "browsing"
    assert questions.next_task(habits, "Browsing", now) == "writing"
    assert questions.next_task(habits, "gaming", now) is None
    assert told["productive_hours"] == [9, 10, 11, 13, 14, 15, 16]


def test_moments_for_quiet(quarter: Days) -> None:
    """In an hour in which they never are there she keeps quiet; in the middle of deep work a moment is worse."""
    habits = quarter.habits
    day = MONDAY + timedelta(weeks=13)
    assert questions.quiet_now(habits, day + timedelta(hours=3))
    assert not questions.quiet_now(habits, day + timedelta(hours=10))
    in_work = questions.good_moment(habits, day + timedelta(hours=10), "coding")
    between = questions.good_moment(habits, day + timedelta(hours=12), "")
    in_a_meeting = questions.good_moment(habits, day + timedelta(hours=10), "meeting")
    assert 0 <= in_a_meeting < in_work < between <= 1


def test_silence_is_as_long_as_it_usually_is(quarter: Days) -> None:
    """Somebody who talks every hour or so is not silent after ten minutes; at night nobody knows better."""
    habits = quarter.habits
    at_ten = questions.usual_silence(habits, MONDAY + timedelta(weeks=13, hours=10))
    assert timedelta(minutes=20) < at_ten < timedelta(minutes=120)
    assert questions.usual_silence(Habits(UTC), MONDAY) == timedelta(minutes=10)


def test_a_new_life_takes_over() -> None:
    """Who begins to work in the evening is known for that within weeks, and months later for nothing else."""
    days = Days()
    workdays(days, 8)
    start = days.now
    for day in range(90):
        days.skip_to(start.replace(hour=20, minute=0) + timedelta(days=day + 1))
        days.system(0)
        days.sees("gaming", "steam")
        for _ in range(6):
            days.step(20)
            days.system(0)
    by_hour = questions.works_by_hour(days.habits, days.now)
    assert by_hour[20] > 0.6
    assert by_hour[10] < 0.25
    assert summary(days.habits, days.now)["apps"][0]["name"] == "steam"


def test_tastes() -> None:
    """Remarks about breaks are welcome in the evening and waved away in the morning, at that in the editor."""
    days = Days()
    for day in range(40):
        days.skip_to(MONDAY + timedelta(days=day, hours=9))
        days.judged("break", Verdict.DISMISSED)
        days.skip_to(MONDAY + timedelta(days=day, hours=19))
        days.judged("break", Verdict.WELCOME, app="firefox")
    now = days.now

    def worth(hour: int, app: str = "", kind: str = "break") -> float:
        return questions.worth(days.habits, kind, now.replace(hour=hour), app)

    assert worth(9) < 0.2 < 0.8 < worth(20)
    assert worth(9, "code") < worth(9) < worth(9, "firefox")
    assert 0.3 < worth(14) < 0.7, "in a part of the day of which nothing is known, the kind as a whole tells"
    assert worth(9, kind="silence") == 0.5
    assert questions.quiet_now(days.habits, now.replace(hour=9))


def test_absence_and_sleep_are_no_work() -> None:
    """Who is away, locked the screen or sleeps is not at work, and their silence is none."""
    days = Days()
    days.system(0)
    days.sees("coding", "code")
    days.says()
    days.step(10)
    days.bus.publish(SightChanged("main", "face", {"presence": Presence.ABSENT}))
    days.step(120)
    days.bus.publish(SightChanged("main", "face", {"presence": Presence.PRESENT}))
    days.system(0, locked=True)
    days.step(60)
    days.says()
    assert days.habits.hours.total(days.now) == pytest.approx(10 / 60, rel=0.01)
    assert len(days.habits.silences) == 0


def test_eyes_that_went_away_are_not_believed_for_ever() -> None:
    """The last that was heard of them was that somebody types: that holds for half an hour."""
    days = Days()
    days.system(0)
    days.step(600)
    assert days.habits.hours.total(days.now) == pytest.approx(0.5, abs=0.05)


def test_without_eyes_words_are_signs_of_life() -> None:
    """Ten minutes each."""
    days = Days()
    days.says()
    days.step(60)
    assert days.habits.hours.total(days.now) == pytest.approx(1 / 6, abs=0.02)


def test_suspend_counts_nothing() -> None:
    """A computer that slept over the weekend has not worked over the weekend."""
    days = Days()
    days.system(0)
    days.step(5)
    days.skip_to(days.now + timedelta(days=2))
    days.step(5)
    assert days.habits.hours.total(days.now) < 0.3


def test_a_clock_that_is_set_back_counts_no_hour_twice() -> None:
    """The same hour lived again is still one hour; nothing is corrupt, and learning goes on."""
    days = Days(start=MONDAY + timedelta(hours=9))
    for _ in range(3):
        days.skip_to(MONDAY + timedelta(hours=9))
        days.system(0)
        for _ in range(6):
            days.step(10)
            days.system(0)
    assert days.habits.hours.get(("monday", "09"), days.now) <= 1.0
    assert days.habits.hours.total(days.now) == pytest.approx(1.0, abs=0.1)
    days.skip_to(MONDAY - timedelta(days=4000))
    days.system(0)
    days.step(30)
    assert questions.works(days.habits, days.now) > 0
    assert 0 <= questions.worth(days.habits, "x", days.now, "") <= 1


def test_hours_are_those_on_the_wall() -> None:
    """Nine o'clock is nine o'clock before and after the clocks are changed, and the hour that comes twice is real."""
    berlin = ZoneInfo("Europe/Berlin")
    winter = datetime(2026, 3, 27, 8, 30, tzinfo=UTC)
    summer = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)
    assert cell(winter, berlin)[1] == cell(summer, berlin)[1] == "09"
    days = Days(berlin, datetime(2026, 10, 25, 0, tzinfo=UTC))  # 02:00, and an hour later again 02:00
    days.system(0)
    for _ in range(8):
        days.step(15)
        days.system(0)
    assert days.habits.hours.get(("sunday", "02"), days.now) == pytest.approx(2.0, abs=0.1)


def test_passing_through_is_no_sequence() -> None:
    """A window that was looked at for a moment is not what follows."""
    days = Days()
    for _ in range(5):
        days.sees("coding", "code")
        days.step(10)
        days.sees("chat", "slack")
        days.step(0.5)
        days.sees("browsing", "firefox")
        days.step(10)
    assert questions.next_task(days.habits, "coding", days.now) == "browsing"
    assert ("coding", "chat") not in dict(days.habits.follows.items(days.now))
