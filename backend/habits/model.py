"""What is known of the user's habits, as counts, and how each experience changes them.

Pure: time and the time zone are arguments. What the counts say is asked in `questions`; which facts are
experiences is `recorder`'s business.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from backend.events.facts import Verdict
from backend.habits.fading import Faded

HABIT = timedelta(days=42)
"""Half-life of what the user does."""
TASTE = timedelta(days=60)
"""Half-life of how remarks were received: they are rarer."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS_OF_DAY = ("night", "morning", "afternoon", "evening")
"""Six hours each, from midnight on."""
PRODUCTIVE = frozenset({"coding", "writing", "terminal", "design", "reading"})
SILENCES = (1, 2, 3, 5, 8, 12, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720)
"""The upper ends, in minutes, of the lengths of silence that are told apart."""
MAX_NAME_CHARS = 60
_HOUR = timedelta(hours=1)
_REMEMBERED_HOURS = 72


class Habits:
    """Everything that was learnt. Hours of the week are those of the clock on the wall."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.zone = zone
        self.began: datetime | None = None
        """since when habits are learnt"""
        self.hours = Faded(HABIT, 168)
        """hours of work, by day and hour"""
        self.focus = Faded(HABIT, 168)
        """those in which something was made, by day and hour"""
        self.apps = Faded(HABIT, 60)
        """hours by application"""
        self.tasks = Faded(HABIT, 40)
        """hours by task"""
        self.follows = Faded(HABIT, 400)
        """how often a task (second) followed another (first)"""
        self.silences = Faded(HABIT, 24 * len(SILENCES))
        """how often the user was silent for so long, by hour and length"""
        self.reception = Faded(TASTE, 2000)
        """how remarks were received, by kind, part of the day, application and verdict"""
        self._counted: dict[datetime, float] = {}
        """of the latest hours, how much of each was counted: a clock that is set back counts none twice"""

    @property
    def parts(self) -> dict[str, Faded]:
        """Every kind of count by its name."""
        return {
            "hours": self.hours, "focus": self.focus, "apps": self.apps, "tasks": self.tasks, "follows": self.follows,
            "silences": self.silences, "reception": self.reception,
        }  # fmt: skip

    # --- experiences ---------------------------------------------------------------------------

    def worked(self, begin: datetime, end: datetime, *, task: str = "", app: str = "") -> None:
        """The user worked from then until then; of an hour no more than an hour is ever counted."""
        task, app = named(task), named(app)
        for start, length in _by_hour(begin, end):
            hour = start.replace(minute=0, second=0, microsecond=0)
            known = self._counted.get(hour, 0.0)
            share = min(length / _HOUR, 1.0 - known)
            if share <= 0:
                continue
            self._counted[hour] = known + share
            self._note_beginning(start)
            self.hours.add(cell(start, self.zone), share, start)
            if task in PRODUCTIVE:
                self.focus.add(cell(start, self.zone), share, start)
            if task:
                self.tasks.add((task,), share, start)
            if app:
                self.apps.add((app,), share, start)
        while len(self._counted) > _REMEMBERED_HOURS:
            del self._counted[next(iter(self._counted))]

    def switched(self, before: str, after: str, at: datetime) -> None:
        """One task followed another."""
        before, after = named(before), named(after)
        if before and after and before != after:
            self._note_beginning(at)
            self.follows.add((before, after), 1.0, at)

    def was_silent(self, begin: datetime, length: timedelta) -> None:
        """The user was there and said nothing for so long; more than half a day is absence and tells nothing."""
        minutes = length.total_seconds() / 60
        end = next((end for end in SILENCES if minutes <= end), None)
        if minutes > 0 and end is not None:
            self._note_beginning(begin)
            self.silences.add((hour_of(begin, self.zone), str(end)), 1.0, begin)

    def received(self, kind: str, verdict: Verdict, at: datetime, app: str = "") -> None:
        """Something that she said unasked at that time was received like that."""
        self._note_beginning(at)
        self.reception.add((named(kind), part_of_day(at, self.zone), named(app), verdict.value), 1.0, at)

    def forget(self, *names: str) -> None:
        """Forget these kinds of counts; without names, everything."""
        for name, counts in self.parts.items():
            if not names or name in names:
                counts.clear()
        if not names:
            self.began = None
        if not names or "hours" in names:
            self._counted.clear()

    def _note_beginning(self, at: datetime) -> None:
        if self.began is None or at < self.began:
            self.began = at


def cell(at: datetime, zone: tzinfo | None) -> tuple[str, str]:
    """The day and hour of the week."""
    wall = at.astimezone(zone)
    return DAYS[wall.weekday()], f"{wall.hour:02d}"


def hour_of(at: datetime, zone: tzinfo | None) -> str:
    """The hour of the day, `00` to `23`."""
    return f"{at.astimezone(zone).hour:02d}"


def part_of_day(at: datetime, zone: tzinfo | None) -> str:
    """Which part of the day it is."""
    return PARTS_OF_DAY[at.astimezone(zone).hour // 6]


def named(text: str) -> str:
    """A name as it is kept: one line, lower case, of bounded length."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line.lower()[:MAX_NAME_CHARS].strip()


def _by_hour(begin: datetime, end: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """A span cut where an hour ends; nothing for one that ends before it begins. No span is longer than a day."""
    end = min(end, begin + timedelta(days=1))
    while begin < end:
        until = min(end, begin.replace(minute=0, second=0, microsecond=0) + _HOUR)
        yield begin, until - begin
        begin = until
