"""Habits in the hub: read at the start, learnt from what happens, kept now and then, forgotten on demand.

A document that cannot be read is no misfortune: the habits are learnt anew from history, and that is said.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta, tzinfo

from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError, StorageError, UsageError
from alisa.runtime.logs import get_logger
from backend.events.bus import Bus
from backend.habits import questions
from backend.habits.document import from_json, to_json
from backend.habits.model import Habits
from backend.habits.rebuilding import MOMENTS, learn_anew
from backend.habits.recorder import Recorder
from backend.habits.summary import summary
from backend.storage.habits import HabitRecords

TICK_SECONDS = 60.0
SAVE_EVERY = timedelta(minutes=5)
PARTS = {"hours": ("hours", "focus"), "apps": ("apps",), "tasks": ("tasks", "follows"), "silences": ("silences",),
         "remarks": ("reception",)}  # fmt: skip
"""What can be forgotten, and which counts that is."""

_log = get_logger(__name__)


class Learning:
    """The user's habits, as the hub keeps them. Use it as `async with learning.running()`."""

    def __init__(
        self,
        records: HabitRecords,
        bus: Bus,
        clock: Clock,
        zone: tzinfo | None = None,
        *,
        enabled: bool = True,
        notice: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self.habits = Habits(zone)
        self._records = records
        self._bus = bus
        self._clock = clock
        self._enabled = enabled
        self._notice = notice
        self._recorder: Recorder | None = None
        self._may_save = False
        self._rebuilt = False
        self._saved_at: float | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Know, and learn where that is wanted, while the block runs."""
        await self._load()
        if not self._enabled:
            yield
            return
        recorder = self._recorder = Recorder(self.habits, self._bus, self._clock)
        recorder.dirty = self._rebuilt
        ticking = asyncio.create_task(self._tick(), name="habits")
        try:
            yield
        finally:
            ticking.cancel()
            await asyncio.gather(ticking, return_exceptions=True)
            recorder.close()
            await self._save_if_changed()
            self._recorder = None

    # --- for initiative ----------------------------------------------------------------------------

    def worth(self, kind: str, at: datetime, app: str) -> float:
        """How likely a remark of this kind is welcome at such a time in this application, 0 to 1."""
        return questions.worth(self.habits, kind, at, app)

    def usual_silence(self, at: datetime) -> timedelta:
        """How long silence is normal at such a time."""
        return questions.usual_silence(self.habits, at)

    def good_moment(self, at: datetime, task: str) -> float:
        """How good such a time is for speaking up, 0 to 1; 0.5: it is not known."""
        return questions.good_moment(self.habits, at, task)

    def next_task(self, task: str) -> str | None:
        """What usually follows this task."""
        return questions.next_task(self.habits, task, self._clock.now())

    def quiet_now(self, at: datetime) -> bool:
        """Whether the user does not want to be spoken to at such a time, as far as was learnt."""
        return questions.quiet_now(self.habits, at)

    # --- for the routes ----------------------------------------------------------------------------

    def summary(self) -> dict[str, object]:
        """What is known, in a few numbers, and whether more is being learnt."""
        return {**summary(self.habits, self._clock.now()), "learning": self._recorder is not None}

    def exported(self) -> str:
        """The habits as JSON."""
        return to_json(self.habits, indent=2)

    async def forget(self, what: str | None = None) -> None:
        """Forget a part of the habits, or all. Raises UsageError `unknown_habits`, StorageError."""
        forget(self.habits, what)
        await self._records.save_for_good(to_json(self.habits), self._clock.now())
        self._may_save = True

    async def imported(self, text: str) -> None:
        """Take over habits instead of those that are there. Raises UsageError, StorageError; then nothing changed."""
        fresh = Habits(self.habits.zone)
        from_json(text, fresh)
        await self._records.save(to_json(fresh), self._clock.now())
        from_json(text, self.habits)
        self._may_save = True

    # --- keeping -----------------------------------------------------------------------------------

    async def _load(self) -> None:
        try:
            kept = await self._records.load()
            self._may_save = True
        except StorageError as error:
            self._notice(f"Your habits could not be read; they are left as they are. {error}")
            return
        try:
            if kept is None:
                learn_anew(self.habits, await self._records.moments(MOMENTS))
                self._rebuilt = self.habits.began is not None
            else:
                from_json(kept, self.habits)
        except UsageError as error:
            _log.warning("the kept habits cannot be read", code=error.code, error=error.message)
            await self._learn_anew(error)
        except StorageError as error:
            self._notice(f"Your habits could not be learnt from history. {error}")

    async def _learn_anew(self, error: UsageError) -> None:
        if error.code == "habits_newer":
            self._may_save = False
            self._notice(f"{error} Until then your habits are left as they are.")
            return
        try:
            learn_anew(self.habits, await self._records.moments(MOMENTS))
            self._rebuilt = True
        except StorageError as unread:
            self._notice(f"What was learnt of your habits is lost, and history could not be read. {unread}")
            return
        self._notice(
            "What was learnt of your habits could not be read. When you usually are there was learnt anew from "
            "history; the rest comes back with time."
        )

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            if self._recorder is not None:
                self._recorder.tick()
            now = self._clock.monotonic()
            if self._saved_at is None or now - self._saved_at >= SAVE_EVERY.total_seconds():
                self._saved_at = now
                await self._save_if_changed()

    async def _save_if_changed(self) -> None:
        recorder = self._recorder
        if recorder is None or not recorder.dirty or not self._may_save:
            return
        recorder.dirty = False
        try:
            await self._records.save(to_json(self.habits), self._clock.now())
        except AlisaError as error:
            recorder.dirty = True
            _log.warning("habits could not be kept", code=error.code, error=error.message)


def forget(habits: Habits, what: str | None) -> None:
    """Forget a part of the habits, or all. Raises UsageError `unknown_habits`."""
    if what is not None and what not in PARTS:
        raise UsageError("unknown_habits", f"There are no habits named {what[:40]!r}.", f"One of: {', '.join(PARTS)}.")
    habits.forget(*(PARTS[what] if what is not None else ()))
