"""Generated days of somebody with known habits, as the facts that the hub would publish."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.clock import ManualClock
from backend.events.bus import Bus
from backend.events.facts import RemarkJudged, SightChanged, TurnEnded, UserSpoke, Verdict
from backend.habits.model import Habits
from backend.habits.recorder import Recorder

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
DAY = ((9, 3, "coding", "code"), (12, 1, "browsing", "firefox"), (13, 4, "writing", "writer"))
"""When it begins, how many hours it takes, and what it is."""


class SetClock(ManualClock):
    """A clock that may be put anywhere."""

    def put(self, at: datetime) -> None:
        self._now = at


class Days:
    """Somebody's days, told to a recorder: `step` lets time pass as the hub would, a minute at a time."""

    def __init__(self, zone: tzinfo | None = UTC, start: datetime = MONDAY) -> None:
        self.clock = SetClock(start)
        self.bus = Bus()
        self.habits = Habits(zone)
        self.recorder = Recorder(self.habits, self.bus, self.clock)
        self.turn = 0

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def step(self, minutes: float) -> None:
        """Let time pass."""
        while minutes > 0:
            self.clock.advance(60 * min(1.0, minutes))
            minutes -= 1
            self.recorder.tick()

    def skip_to(self, at: datetime) -> None:
        """The hub is not there meanwhile."""
        self.clock.put(at)
        self.recorder.tick()

    def says(self) -> None:
        """An exchange."""
        self.turn += 1
        self.bus.publish(UserSpoke("main", self.turn, "hi", Source.TYPED, "chat", self.now))
        self.bus.publish(TurnEnded("main", self.turn, Cause.USER, EndReason.STOP, "Hm.", Emotion.CALM, self.now))

    def sees(self, task: str, app: str) -> None:
        """The screen shows something else."""
        self.bus.publish(SightChanged("main", "screen", {"task": task, "app": app}))

    def system(self, idle_seconds: int = 0, *, locked: bool = False) -> None:
        self.bus.publish(SightChanged("main", "system", {"idle_seconds": idle_seconds, "locked": locked}))

    def judged(self, kind: str, verdict: Verdict, app: str = "code") -> None:
        self.bus.publish(RemarkJudged("main", kind, 1, self.now, app, verdict))


def workdays(days: Days, weeks: int, seed: int = 7) -> None:
    """Somebody who codes from 9 to 12, browses at noon, writes from 13 to 17, on weekdays, talking now and then."""
    dice = random.Random(seed)
    start = days.now
    for day in _dates(start, 7 * weeks):
        if day.weekday() >= 5:
            continue
        for hour, length, task, app in (
            (9, 3, "coding", "code"),
            (12, 1, "browsing", "firefox"),
            (13, 4, "writing", "writer"),
        ):
            days.skip_to(day + timedelta(hours=hour))
            days.system(0)
            days.sees(task, app)
            for _ in range(length * 4):
                if dice.random() < 0.3:
                    days.says()
                days.step(15)
                days.system(0)
        days.system(300)


def _dates(start: datetime, count: int) -> Iterator[datetime]:
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=day) for day in range(count))
