"""From what happens in the hub to experiences: when somebody works, in what, how long they are silent.

Working time passes in small steps, each at a sign of life or a tick, and no step counts for more than `LONGEST_STEP`:
a computer that slept or a clock that was set adds nothing. What the experiences become is `model`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from alisa.protocol.tags import Cause, Presence
from alisa.runtime.clock import Clock
from backend.events.bus import Bus
from backend.events.facts import RemarkJudged, SightChanged, TurnEnded, UserSpoke
from backend.habits.model import Habits, named

LONGEST_STEP = timedelta(minutes=5)
IDLE_AFTER_SECONDS = 300
"""Without a key or a movement for so long, nobody works."""
ALIVE_FOR = timedelta(minutes=10)
"""How long a sign of life holds where the system does not tell when the last key was pressed."""
ALIVE_FOR_WATCHED = timedelta(minutes=30)
"""The same where it does: eyes that went away are not believed for ever."""
SETTLED_AFTER = timedelta(minutes=1)
"""A task that lasted less was only passed through."""


class Recorder:
    """Listens to the bus and lets the habits learn. `tick` from time to time lets time pass."""

    def __init__(self, habits: Habits, bus: Bus, clock: Clock) -> None:
        self._habits = habits
        self._clock = clock
        self.dirty = False
        """something was learnt since this was set to False"""
        self._since: datetime | None = None
        self._alive: datetime | None = None
        self._idle_seconds: int | None = None
        self._locked = False
        self._away = False
        self._task = self._app = ""
        self._task_since: datetime | None = None
        self._settled = ""
        self._exchanged: datetime | None = None
        """when the user and she last spoke"""
        self._unsubscribe: tuple[Callable[[], None], ...] = (
            bus.subscribe(self._spoke, UserSpoke),
            bus.subscribe(self._ended, TurnEnded),
            bus.subscribe(self._saw, SightChanged),
            bus.subscribe(self._judged, RemarkJudged),
        )

    def close(self) -> None:
        """Listen no longer."""
        self.tick()
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    def tick(self) -> None:
        """Let the time that has passed count."""
        self._pass_to(self._clock.now())

    # --- facts -------------------------------------------------------------------------------------

    def _spoke(self, _said: UserSpoke) -> None:
        now = self._clock.now()
        self._sign_of_life(now)
        if self._exchanged is not None and now > self._exchanged:
            self._habits.was_silent(self._exchanged, now - self._exchanged)
            self.dirty = True
        self._exchanged = now

    def _ended(self, ended: TurnEnded) -> None:
        if ended.cause is Cause.USER:
            self._exchanged = self._clock.now()

    def _saw(self, seen: SightChanged) -> None:
        now = self._clock.now()
        match seen.eye:
            case "face":
                self._pass_to(now)
                self._away = seen.values.get("presence") == Presence.ABSENT
                if self._away:
                    self._exchanged = None  # the silence of somebody who is away tells nothing
            case "system":
                self._saw_system(seen.values, now)
            case "screen":
                self._saw_screen(seen.values, now)
            case _:
                pass

    def _saw_system(self, values: Mapping[str, Any], now: datetime) -> None:
        self._pass_to(now)
        self._locked = bool(values.get("locked"))
        idle = values.get("idle_seconds")
        self._idle_seconds = idle if isinstance(idle, int) else None
        if self._idle_seconds is not None and self._idle_seconds < IDLE_AFTER_SECONDS and not self._locked:
            self._sign_of_life(now)
        elif self._locked or (self._idle_seconds or 0) >= IDLE_AFTER_SECONDS:
            self._exchanged = None

    def _saw_screen(self, values: Mapping[str, Any], now: datetime) -> None:
        self._sign_of_life(now)
        task, app = named(str(values.get("task", ""))), named(str(values.get("app", "")))
        if task != self._task:
            self._settle(now)
            self._task, self._task_since = task, now
        self._app = app

    def _judged(self, judged: RemarkJudged) -> None:
        self._habits.received(judged.kind, judged.verdict, judged.said_at, judged.app)
        self.dirty = True

    # --- time --------------------------------------------------------------------------------------

    def _sign_of_life(self, now: datetime) -> None:
        self._pass_to(now)
        self._alive = now

    def _pass_to(self, now: datetime) -> None:
        since, self._since = self._since, now
        if since is not None and now > since and self._works(since):
            self._habits.worked(since, min(now, since + LONGEST_STEP), task=self._task, app=self._app)
            self.dirty = True
        if since is not None and not timedelta() <= now - since <= LONGEST_STEP:
            self._settle(since)
            self._exchanged = None  # asleep, or another time: what lies across it is no silence, and no sequence
            self._settled, self._task_since = "", now

    def _works(self, at: datetime) -> bool:
        if self._alive is None or self._locked or self._away:
            return False
        if self._idle_seconds is None:
            return timedelta() <= at - self._alive < ALIVE_FOR
        return self._idle_seconds < IDLE_AFTER_SECONDS and timedelta() <= at - self._alive < ALIVE_FOR_WATCHED

    def _settle(self, now: datetime) -> None:
        """The task that ends now counts as one that was done, where it lasted."""
        if not self._task or self._task_since is None or now - self._task_since < SETTLED_AFTER:
            return
        if self._settled and self._settled != self._task:
            self._habits.switched(self._settled, self._task, self._task_since)
            self.dirty = True
        self._settled = self._task
