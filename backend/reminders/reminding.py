"""Reminders in the hub: what the user says is heard, kept, confirmed and rung for.

A wish is read from the user's words in the moment in which they are stored: before their turn is begun, so that
she is told in that turn what was done and her answer can confirm it. Because a small model may answer anything, every
client is told the same in the hub's own words, as the status `reminder_note`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from alisa.protocol.tags import EndReason
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError, MissingError, UsageError
from alisa.runtime.logs import get_logger
from backend.conversation.context import ContextNote
from backend.events.bus import Bus
from backend.events.commands import Command
from backend.events.facts import ReminderDue, StatusChanged, TurnBegan, TurnEnded, UserSpoke
from backend.reminders import words
from backend.reminders.bell import Bell
from backend.reminders.matching import meant
from backend.reminders.sentences import set_by, understand
from backend.reminders.wishes import Again, Cancel, Listing, Move, Remind, Unclear, Wish
from backend.storage.reminders import Kind, Reminder, ReminderRecords, State

MAX_OPEN = 500
NOTE_SECONDS = 30.0
"""How long the status holds a note: for the clients that are there, not for those that come later."""
TOLD_LATELY = timedelta(hours=1)
"""So long after a reminder "again" and "snooze" are about it."""
_IMPORTANT = 100
_REMEMBERED_TURNS = 64

_log = get_logger(__name__)


class Reminders:
    """Everything about reminders. Made before the driver, which asks `notes`; then used as `async with ringing(…)`."""

    def __init__(self, records: ReminderRecords, bus: Bus, clock: Clock, zone: tzinfo | None = None) -> None:
        self._records = records
        self._bus = bus
        self._clock = clock
        self._zone = zone
        self._known: list[Reminder] = []
        """those that are open, as last read"""
        self._notes: dict[int, list[ContextNote]] = {}
        """what she is to be told, by the turn in which it was asked for"""
        self._current: dict[str, int] = {}
        self._owed: dict[str, list[ContextNote]] = {}
        """what she was to be told in turns that failed"""
        self._just_set: set[str] = set()
        """conversations in which the user's last words set one: "undo" is about it"""
        self._told_last: dict[str, tuple[Reminder, datetime]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._bell: Bell | None = None
        self._note_ends: asyncio.TimerHandle | None = None

    @contextlib.asynccontextmanager
    async def ringing(
        self, submit: Callable[[Command], Awaitable[None]], hears: Callable[[str], bool] = lambda _conversation: True
    ) -> AsyncIterator[None]:
        """Listen and ring while the block runs; ring only where somebody `hears` the conversation."""
        bus = self._bus
        unsubscribe = (
            bus.subscribe(self._heard, UserSpoke),
            bus.subscribe(self._note_began, TurnBegan),
            bus.subscribe(self._note_ended, TurnEnded),
            bus.subscribe(self._note_due, ReminderDue),
        )
        bell = self._bell = Bell(self._records, submit, bus, self._clock, self._zone, self._tell, hears)
        with contextlib.suppress(AlisaError):  # the bell tries again, and says so
            self._known = await self._records.open()
        ringing = asyncio.create_task(bell.run(), name="reminders")
        try:
            yield
        finally:
            for end in unsubscribe:
                end()
            bell.close()
            self._bell = None
            ringing.cancel()
            await asyncio.gather(ringing, *self._tasks, return_exceptions=True)
            if self._note_ends is not None:
                self._note_ends.cancel()

    # --- for the routes ------------------------------------------------------------------------

    async def listed(self, *, everything: bool = False) -> list[Reminder]:
        """Those that are open, the next one first; or the newest hundred, whatever became of them."""
        return await (self._records.newest() if everything else self._records.open())

    async def set(self, text: str, conversation: str) -> Reminder:
        """Keep what these words describe. Raises UsageError `reminder_unclear`, `too_many_reminders`."""
        made = await keep(self._records, text, conversation, self._clock.now(), self._zone)
        await self._changed()
        return made

    async def cancel(self, number: int) -> Reminder:
        """Cancel one that is open. Raises MissingError `no_such_reminder`."""
        cancelled = await drop(self._records, number, self._clock.now())
        await self._changed()
        return cancelled

    # --- for the driver --------------------------------------------------------------------------

    def notes(self, conversation: str, now: datetime) -> Sequence[ContextNote]:
        """What she is told in the turn that runs now: what became of the wishes in the user's words."""
        del now
        turn = self._current.get(conversation)
        mine = self._notes.get(turn, []) if turn is not None else []
        return [*self._owed.get(conversation, ()), *mine]

    def _note_began(self, began: TurnBegan) -> None:
        self._current[began.conversation] = began.turn

    def _note_ended(self, ended: TurnEnded) -> None:
        told = self._notes.pop(ended.turn, [])
        if ended.reason is not EndReason.ERROR:
            self._owed.pop(ended.conversation, None)
        elif told:
            self._owed[ended.conversation] = [*self._owed.get(ended.conversation, ()), *told][-8:]

    # --- what the user says ------------------------------------------------------------------------

    def _note_due(self, due: ReminderDue) -> None:
        for reminder in self._known:
            if reminder.id == due.reminder:
                self._told_last[due.conversation] = (reminder, self._clock.now())

    def _heard(self, said: UserSpoke) -> None:
        wishes = understand(said.text, said.at, self._zone)
        notes = [note for wish in wishes if (note := self._grant(wish, said)) is not None]
        self._just_set.discard(said.conversation)
        if any(isinstance(wish, Remind | Again | Move) for wish in wishes):
            self._just_set.add(said.conversation)
        if notes:
            self._notes[said.turn] = notes
        while len(self._notes) > _REMEMBERED_TURNS:
            del self._notes[next(iter(self._notes))]

    def _grant(self, wish: Wish, said: UserSpoke) -> ContextNote | None:
        """Begin to do what is wished; return what she is told of it."""
        match wish:
            case Remind():
                return self._remind(Reminder(0, said.conversation, wish.kind, wish.text, wish.due, said.at))
            case Again():
                return self._remind_again(wish, said)
            case Unclear():
                ask = "Say how long." if wish.kind is Kind.TIMER else "Say when, too."
                self._tell(f"{wish.kind.value.capitalize()} not set: {wish.problem} {ask}")
                return _note("reminder not set", f"{wish.problem} Ask the user for the time.")
            case Cancel():
                return self._cancel(wish, said)
            case Move():
                return self._move(wish, said)
            case Listing():
                return self._list(wish, said.at)
            case _:
                raise TypeError(type(wish))

    def _remind(self, reminder: Reminder, instead: Sequence[Reminder] = ()) -> ContextNote:
        """Keep one, `instead` of others."""
        if len(self._known) >= MAX_OPEN:
            self._tell(f"{_too_many().message} {_too_many().hint}")
            return _note("reminder not set", _too_many().message)
        self._start(self._keep(reminder, instead))
        return _note("reminder set", words.note(reminder, reminder.made, self._zone))

    def _remind_again(self, wish: Again, said: UserSpoke) -> ContextNote | None:
        last, told_at = self._told_last.get(said.conversation, (None, said.at))
        if last is None or said.at - told_at > TOLD_LATELY:
            if wish.gently:
                return None
            return self._remind(Reminder(0, said.conversation, Kind.REMINDER, "", wish.due, said.at))
        return self._remind(Reminder(0, said.conversation, last.kind, last.text, wish.due, said.at))

    def _found(self, wish: Cancel, said: UserSpoke) -> tuple[list[Reminder], ContextNote | None]:
        """Which ones are meant; none and why, where that is not clear, or nothing at all where nothing was meant."""
        if wish.gently and wish.latest and said.conversation not in self._just_set:
            return [], None
        found = meant(wish, self._known, said.at, self._zone)
        if len(found) > 1 and not wish.everything:
            told = words.listed(found, said.at, self._zone)
            self._tell(f"Several could be meant, nothing was changed: {told}")
            return [], _note("reminders", f"several could be meant, nothing was changed yet: {told}. Ask which one.")
        if not found and not wish.gently:
            self._tell("There is no such reminder.")
            return [], _note("reminders", "there is none that could be meant")
        return found, None

    def _cancel(self, wish: Cancel, said: UserSpoke) -> ContextNote | None:
        found, problem = self._found(wish, said)
        if not found:
            return problem
        told = words.listed(found, said.at, self._zone)
        gone = {reminder.id for reminder in found}
        self._known = [reminder for reminder in self._known if reminder.id not in gone]
        self._start(self._drop(found, f"Cancelled: {told}"))
        return _note("reminder cancelled", told)

    def _move(self, wish: Move, said: UserSpoke) -> ContextNote | None:
        found, problem = self._found(wish.which, said)
        if not found:
            return problem
        due = wish.to or found[0].due + wish.later
        moved = Reminder(0, found[0].conversation, found[0].kind, found[0].text, due, said.at)
        return self._remind(moved, instead=found)

    def _list(self, wish: Listing, now: datetime) -> ContextNote | None:
        found = [one for one in self._known if wish.kind in (None, one.kind)]
        if wish.gently and not found:
            return None
        told = words.listed(found, now, self._zone)
        self._tell(f"Reminders: {told}")
        return _note("reminders", told)

    async def _keep(self, wished: Reminder, instead: Sequence[Reminder]) -> None:
        made = await self._records.add(wished.conversation, wished.kind, wished.text, wished.due, wished.made)
        for reminder in instead:
            await self._records.settle(reminder.id, State.CANCELLED, self._clock.now())
        self._tell(words.confirmation(made, made.made, self._zone))
        await self._changed()

    async def _drop(self, found: Sequence[Reminder], told: str) -> None:
        for reminder in found:
            await self._records.settle(reminder.id, State.CANCELLED, self._clock.now())
        self._tell(told)
        await self._changed()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._done(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _done(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except AlisaError as error:
            _log.warning("a reminder could not be changed", code=error.code, error=error.message)
            self._tell(f"The reminder could not be kept or changed. {error}")

    async def _changed(self) -> None:
        if self._bell is not None:
            self._bell.look()
        self._known = await self._records.open()

    def _tell(self, text: str) -> None:
        """Show every client a line, for a while."""
        self._bus.publish(StatusChanged("", {"reminder_note": text}))
        if self._note_ends is not None:
            self._note_ends.cancel()
        quiet = StatusChanged("", {"reminder_note": ""})
        self._note_ends = asyncio.get_running_loop().call_later(NOTE_SECONDS, self._bus.publish, quiet)


async def keep(records: ReminderRecords, text: str, conversation: str, now: datetime, zone: tzinfo | None) -> Reminder:
    """Keep what these words describe. Raises UsageError `reminder_unclear`, `too_many_reminders`."""
    wish = set_by(text, now, zone)
    if isinstance(wish, Unclear):
        raise UsageError(
            "reminder_unclear",
            wish.problem,
            'Say it such as "at six to call the dentist", "in 20 minutes", "tomorrow at 9".',
        )
    if len(await records.open()) >= MAX_OPEN:
        raise _too_many()
    return await records.add(conversation, wish.kind, wish.text, wish.due, now)


async def drop(records: ReminderRecords, number: int, now: datetime) -> Reminder:
    """Cancel one that is open. Raises MissingError `no_such_reminder`."""
    found = next((reminder for reminder in await records.open() if reminder.id == number), None)
    if found is None or not await records.settle(number, State.CANCELLED, now):
        raise MissingError("no_such_reminder", f"There is no open reminder {number}.", "`alisa reminders` lists them.")
    return replace(found, state=State.CANCELLED, settled=now)


def _too_many() -> UsageError:
    return UsageError(
        "too_many_reminders", f"There are {MAX_OPEN} reminders already.", "Cancel some: `alisa reminders`."
    )


def _note(source: str, text: str) -> ContextNote:
    return ContextNote(source, text, _IMPORTANT)
