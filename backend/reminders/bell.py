"""When a reminder is due it is announced, and she says it: once, however often that has to be tried.

What keeps her from saying it (the user speaks, the model is away) only delays it. What was due while the hub was down
or the computer slept is said late, all of it in one turn: nobody comes back to a backlog; only what a small model left
out of it is said by itself. Waiting is done in short pieces, because a computer that wakes or a clock that is set tells
nobody; a timer runs for as long as it was set for, also when the clock is set back meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta, tzinfo

from alisa.protocol.tags import Cause, EndReason
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from backend.events.bus import Bus
from backend.events.commands import Command, Muse
from backend.events.facts import ReminderDue, TurnBegan, TurnEnded
from backend.reminders import words
from backend.storage.reminders import Kind, Reminder, ReminderRecords, State

LONGEST_WAIT_SECONDS = 15.0
"""How late a reminder is at the most when the clock was set or the computer slept."""
FIRST_RETRY_SECONDS = 2.0
LONGEST_RETRY_SECONDS = 60.0
UNHEARD_SECONDS = 1.0
"""Between looks whether somebody has come who can hear what is due."""
BEGIN_SECONDS = 10.0
"""A turn that was accepted begins at once; one that did not was dropped because somebody speaks."""
MOST_AT_ONCE = 5
"""late ones in one turn"""
SET_BACK = timedelta(seconds=5)
"""a clock that lags by more was set; by less, it was corrected"""
GIVE_UP_AFTER = timedelta(hours=12)
"""A model that is away for longer has her tell nothing any more: it was announced."""

_log = get_logger(__name__)


class Bell:
    """Rings for all that is open. `run` it as a task; `look` has it look again at once; `tell` shows a line at once.

    What is due waits until somebody `hears` its conversation: after a start, clients need a moment to come.
    """

    def __init__(
        self,
        records: ReminderRecords,
        submit: Callable[[Command], Awaitable[None]],
        bus: Bus,
        clock: Clock,
        zone: tzinfo | None,
        tell: Callable[[str], None],
        hears: Callable[[str], bool],
    ) -> None:
        self._records = records
        self._submit = submit
        self._bus = bus
        self._clock = clock
        self._zone = zone
        self._tell = tell
        self._hears = hears
        self._look = asyncio.Event()
        self._announced: set[int] = set()
        self._alone: set[int] = set()
        """what she left out when she was to tell several at once"""
        self._began: asyncio.Future[TurnBegan] | None = None
        self._ended: asyncio.Future[TurnEnded] | None = None
        self._asked: Reminder | None = None
        self._last_look = (clock.now(), clock.monotonic())
        self._unsubscribe = (bus.subscribe(self._note_began, TurnBegan), bus.subscribe(self._note_ended, TurnEnded))

    def look(self) -> None:
        """Something was set or cancelled."""
        self._look.set()

    def close(self) -> None:
        """Listen no longer."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    async def run(self) -> None:
        """Ring, for ever. What cannot be read or written now is tried again."""
        retry = FIRST_RETRY_SECONDS
        settled_before = False
        while True:
            self._look.clear()
            pause = LONGEST_WAIT_SECONDS
            try:
                if not settled_before:
                    await self._settle_what_was_said()
                    settled_before = True
                await self._mind_the_clock()
                if due := await self._due():
                    told = await self._ring(due)
                    retry = FIRST_RETRY_SECONDS if told else min(2 * retry, LONGEST_RETRY_SECONDS)
                    pause = 0.0 if told else retry
                else:
                    retry = FIRST_RETRY_SECONDS
                    pause = await self._until_next()
            except AlisaError as error:
                _log.warning("reminders have to wait", code=error.code, error=error.message)
                retry = min(2 * retry, LONGEST_RETRY_SECONDS)
                pause = retry
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._look.wait()

    async def _settle_what_was_said(self) -> None:
        """A hub that was killed while she said one, or just after, does not have her say it again."""
        for reminder in await self._records.open():
            if reminder.rung is not None and await self._records.was_said(reminder):
                await self._records.settle(reminder.id, State.SAID, self._clock.now())

    async def _mind_the_clock(self) -> None:
        """A clock that was set back takes its timers with it."""
        before, passed_from = self._last_look
        now, steady = self._last_look = (self._clock.now(), self._clock.monotonic())
        drift = (now - before) - timedelta(seconds=steady - passed_from)
        if drift >= -SET_BACK:
            return
        for reminder in await self._records.open():
            if reminder.kind is Kind.TIMER:
                await self._records.shift(reminder.id, drift)

    async def _due(self) -> list[Reminder]:
        """What is to be said now: the first that is due, and where that one is late, all in its conversation that are.

        All that are due are announced at once.
        """
        now = self._clock.now()
        due = [
            reminder
            for reminder in await self._records.open()
            if reminder.due <= now and self._hears(reminder.conversation)
        ]
        self._announce(due, now)
        waiting = [each for each in due if each.rung is None or now - each.rung < GIVE_UP_AFTER]
        for reminder in due:
            if reminder not in waiting:
                await self._records.settle(reminder.id, State.SAID, now)
        if not waiting or waiting[0].id in self._alone or not words.is_late(waiting[0], now):
            return waiting[:1]
        here = [each for each in waiting if each.conversation == waiting[0].conversation and each.id not in self._alone]
        return [each for each in here if words.is_late(each, now)][:MOST_AT_ONCE]

    async def _until_next(self) -> float:
        now = self._clock.now()
        waits = [(reminder.due - now).total_seconds() for reminder in await self._records.open()]
        return min([LONGEST_WAIT_SECONDS, *(max(wait, 0.0) or UNHEARD_SECONDS for wait in waits)])

    def _announce(self, due: Sequence[Reminder], now: datetime) -> None:
        fresh = [reminder for reminder in due if reminder.id not in self._announced]
        for reminder in fresh:
            self._announced.add(reminder.id)
            self._bus.publish(ReminderDue(reminder.conversation, reminder.id, reminder.text, reminder.due))
        if fresh:
            self._tell("; ".join(words.announcement(reminder, now, self._zone) for reminder in fresh))

    async def _ring(self, due: Sequence[Reminder]) -> bool:
        """Have her say it; did she? From the moment on at which she was asked, a hub that dies finds her turn."""
        now, first = self._clock.now(), due[0]
        for reminder in due:
            if reminder.rung is None:
                await self._records.ring(reminder.id, now)
        loop = asyncio.get_running_loop()
        self._asked, self._began, self._ended = first, loop.create_future(), loop.create_future()
        try:
            cue = words.cue(due, now, self._zone)
            await self._submit(Muse(first.conversation, Cause.REMINDER, cue))
            async with asyncio.timeout(BEGIN_SECONDS):
                await self._began
            ended = await self._ended
        except TimeoutError:
            return False
        finally:
            self._asked = self._began = self._ended = None
        if ended.reason is EndReason.ERROR or not ended.text.strip():
            return False
        for reminder in due:
            if len(due) > 1 and not words.mentions(ended.text, reminder):
                self._alone.add(reminder.id)
                await self._records.ring(reminder.id, None)
                continue
            await self._records.settle(reminder.id, State.SAID, self._clock.now())
            self._announced.discard(reminder.id)
        return True

    def _note_began(self, began: TurnBegan) -> None:
        asked, waiting = self._asked, self._began
        if asked is None or waiting is None or waiting.done():
            return
        if began.cause is Cause.REMINDER and began.conversation == asked.conversation:
            waiting.set_result(began)

    def _note_ended(self, ended: TurnEnded) -> None:
        began, over = self._began, self._ended
        if began is None or over is None or over.done() or not began.done() or began.cancelled():
            return
        if began.result().turn == ended.turn:
            over.set_result(ended)
