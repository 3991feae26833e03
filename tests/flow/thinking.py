"""A hub that may speak up by itself: the driver and her initiative in virtual time, and eyes that the test plays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from alisa.protocol.sight import SightFace, SightScreen, SightSystem
from alisa.protocol.tags import Presence
from alisa.runtime.paths import Home
from alisa.runtime.sections import QuietSettings
from backend.events.facts import DecisionMade, RemarkJudged, SightChanged, Snoozed, TurnBegan
from backend.idle.habits import Habits, NoHabits
from backend.idle.loop import Initiative
from backend.settings import InitiativeSettings
from backend.storage.thoughts import StoredThought
from tests.flow.talking import Talk, talking

PRESENT, ABSENT = SightFace(Presence.PRESENT), SightFace(Presence.ABSENT)
CODING = SightScreen(task="coding", app="Editor", window="main.py - Editor")
BROWSING = SightScreen(task="browsing", app="Firefox", window="News - Firefox")
STUCK = replace(CODING, error_kind="python", error_file="main.py", error_line=42, error_message="NameError")


class DayClock:
    """The loop's virtual clock, from a moment on. `offset` is what the wall clock was set by, `slept` by suspending."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.offset = timedelta()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.monotonic()) + self.offset

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()


class MemoryThoughts:
    """What is kept of thoughts, in memory."""

    def __init__(self) -> None:
        self.thoughts: list[StoredThought] = []
        self.kept: dict[str, str] = {}

    async def keep(self, thought: StoredThought) -> None:
        self.thoughts.append(thought)

    async def judge(self, turn: int, verdict: str) -> None:
        self.thoughts = [replace(each, verdict=verdict) if each.turn == turn else each for each in self.thoughts]

    async def drop(self, turn: int) -> None:
        self.thoughts = [each for each in self.thoughts if each.turn != turn]

    async def forget(self, conversation: str = "") -> None:
        self.thoughts = [each for each in self.thoughts if conversation not in ("", each.conversation)]

    async def since(self, moment: datetime) -> list[StoredThought]:
        return [each for each in self.thoughts if each.said_at > moment]

    async def wishes(self) -> dict[str, str]:
        return dict(self.kept)

    async def wish(self, name: str, value: str | None) -> None:
        self.kept.pop(name, None)
        if value is not None:
            self.kept[name] = value


class Day:
    """A talk in which she may begin."""

    def __init__(self, talk: Talk, initiative: Initiative, clock: DayClock, store: MemoryThoughts) -> None:
        self.talk = talk
        self.initiative = initiative
        self.clock = clock
        self.store = store

    def see(self, *messages: SightFace | SightScreen | SightSystem) -> None:
        """The eyes report this."""
        for message in messages:
            eye = type(message).__name__.removeprefix("Sight").lower()
            self.talk.bus.publish(SightChanged("main", eye, asdict(message)))

    async def work(self, minutes: float, *, every: float = 4.0) -> None:
        """The user goes on, and changes between two applications every few minutes."""
        end = self.clock.monotonic() + 60 * minutes
        turn = 0
        while self.clock.monotonic() < end:
            turn += 1
            self.see(BROWSING if turn % 2 else CODING)
            await asyncio.sleep(min(60 * every, max(0.001, end - self.clock.monotonic())))

    async def wait(self, minutes: float) -> None:
        await asyncio.sleep(60 * minutes)

    @property
    def remarks(self) -> list[TurnBegan]:
        """The turns that she began."""
        return [began for began in self.talk.all(TurnBegan) if began.cause != "user"]

    @property
    def decisions(self) -> list[DecisionMade]:
        return self.talk.all(DecisionMade)

    @property
    def gates(self) -> list[str]:
        """Why she was silent, in order."""
        return [decision.gate for decision in self.decisions if not decision.spoke]

    @property
    def judged(self) -> list[RemarkJudged]:
        return self.talk.all(RemarkJudged)

    def snooze(self, minutes: int) -> None:
        self.talk.bus.publish(Snoozed("main", self.clock.now() + timedelta(minutes=minutes)))


@asynccontextmanager
async def thinking(
    home: Home,
    *script: Any,
    start: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    zone: tzinfo | None = UTC,
    habits: Habits | None = None,
    store: MemoryThoughts | None = None,
    listening: Callable[[str], bool] = lambda _: True,
    quiet: QuietSettings | None = None,
    tick_seconds: float = 30.0,
    **settings: Any,
) -> AsyncIterator[Day]:
    """A hub in which she may speak up, while the block runs."""
    clock = DayClock(start)
    store = store or MemoryThoughts()
    async with talking(home, *(script or (["<emotion=calm>", " It is quiet."],) * 400), clock=clock) as talk:
        initiative = Initiative(
            bus=talk.bus,
            clock=clock,
            submit=talk.driver.submit,
            settings=InitiativeSettings(**settings),
            quiet=quiet or QuietSettings(),
            habits=habits or NoHabits(),
            store=store,
            listeners=listening,
            mode=lambda conversation: talk.driver.state(conversation).mode,
            zone=zone,
            tick_seconds=tick_seconds,
        )
        async with initiative:
            yield Day(talk, initiative, clock, store)
