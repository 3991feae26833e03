"""Whole conversations with reminders, in virtual time: asked for, confirmed, kept, and said once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alisa.protocol.tags import Cause, EndReason
from alisa.runtime.errors import MissingError, UsageError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.conversation.driver import Driver
from backend.events.bus import Bus
from backend.events.facts import ReminderDue, StatusChanged, TurnEnded
from backend.llm.scripted import STALL, ScriptedModel
from backend.reminders.reminding import MAX_OPEN, Reminders
from backend.settings import ConversationSettings
from backend.storage.reminders import Kind, State
from tests.backend.reminders.memory import MemoryReminders
from tests.flow.memory import MemoryHistory
from tests.flow.talking import START, LoopClock, Talk

pytestmark = pytest.mark.looptime


class Reminded(Talk):
    """A conversation with reminders."""

    records: MemoryReminders
    reminders: Reminders

    def shown(self) -> list[str]:
        """The lines that clients were shown."""
        told = [fact.values["reminder_note"] for fact in self.all(StatusChanged) if "reminder_note" in fact.values]
        return [line for line in told if line]

    def context(self, request: int = -1) -> list[str]:
        """What she was told about reminders."""
        return [line for line in self.prompt(request)[-1][1].splitlines() if line.startswith("reminder")]

    async def until_said(self, count: int = 1) -> list[str]:
        """Wait until she has said so many; return the cues."""

        def enough() -> TurnEnded | None:
            ended = [f for f in self.all(TurnEnded) if f.cause is Cause.REMINDER and f.reason is EndReason.STOP]
            return ended[count - 1] if len(ended) >= count else None

        await self.when(enough)
        await asyncio.sleep(0.5)
        words = (self.last_words(place) for place in range(len(self.model.requests)))
        return [said for said in words if said.startswith("(A reminder")]


@asynccontextmanager
async def reminded(
    home: Home, *script: Any, records: MemoryReminders | None = None, clock: Any = None
) -> AsyncIterator[Reminded]:
    records = records or MemoryReminders()
    clock = clock or LoopClock()
    model, history, bus = ScriptedModel(script), MemoryHistory(), Bus()
    reminders = Reminders(records, bus, clock, UTC)  # type: ignore[arg-type]
    driver = Driver(
        history=history,  # type: ignore[arg-type]
        model=model,
        bus=bus,
        clock=clock,
        home=home,
        settings=ConversationSettings(),
        llm_settings=LlmSettings(),
        contributors=(reminders.notes,),
        zone=UTC,
    )
    talk = Reminded(driver, model, history, bus)
    talk.records, talk.reminders = records, reminders
    async with driver, reminders.ringing(driver.submit):
        yield talk


async def test_she_is_asked_and_reminds(home: Home) -> None:
    """Her answer can confirm, clients are told for certain, and at the time she says it, once."""
    async with reminded(home) as talk:
        await talk.say("remind me in 20 minutes to call my sister")
        await talk.until(TurnEnded)
        assert talk.context() == ["reminder set: today, 20:34, call your sister"]
        assert talk.shown() == ["Reminder set: today, 20:34 — call your sister"]
        await asyncio.sleep(1190)
        assert talk.all(ReminderDue) == []
        assert await talk.until_said() == ["(A reminder is due: call your sister. Tell the user.)"]
        assert abs(asyncio.get_running_loop().time() - 1200) < 2
        assert talk.shown()[-1] == "Reminder: call your sister"
        (due,) = talk.all(ReminderDue)
        assert (due.text, due.due) == ("call my sister", START + timedelta(minutes=20))
        await asyncio.sleep(7200)
        assert len(await talk.until_said()) == 1
        assert talk.records.rows[1].state is State.SAID


async def test_the_note_is_for_its_own_turn(home: Home) -> None:
    """The next answer is not told of it again, and a late client is not shown it."""
    async with reminded(home) as talk:
        await talk.say("remind me tomorrow at 9 to leave")
        await talk.say("hello")
        await talk.until(TurnEnded, 2)
        assert talk.context(0) == ["reminder set: tomorrow, 09:00, leave"]
        assert talk.context(1) == []
        await asyncio.sleep(60)
        assert talk.all(StatusChanged)[-1].values == {"reminder_note": ""}


async def test_what_she_could_not_answer_she_confirms_later(home: Home) -> None:
    """The model was away when the reminder was asked for: it is kept all the same, and the next answer knows."""
    async with reminded(home) as talk:
        talk.model.state = "down"
        await talk.say("set a timer for 12 minutes")
        await talk.until(TurnEnded)
        assert talk.shown() == ["Timer set: today, 20:26"]
        talk.model.state = "ready"
        await talk.driver.model_returned()
        await talk.until(TurnEnded, 2)
        assert talk.context() == ["reminder set: today, 20:26, the timer of 12 minutes is over"]
        assert len(talk.records.rows) == 1


async def test_the_model_is_away_when_one_is_due(home: Home) -> None:
    """Clients are told at once; she says it when she can, with the time at which it was due."""
    async with reminded(home) as talk:
        await talk.reminders.set("in 5 minutes to leave", "main")
        talk.model.state = "down"
        await talk.until(ReminderDue)
        assert talk.shown()[-1] == "Reminder: leave"
        await asyncio.sleep(600)
        talk.model.state = "ready"
        said = await talk.until_said()
        assert said[-1] == "(A reminder is due: leave, that was due at 20:19. Tell the user.)"
        assert len(talk.all(ReminderDue)) == 1
        assert talk.shown().count("Reminder: leave") == 1


async def test_while_somebody_speaks_it_waits(home: Home) -> None:
    """The user's words go first; a reminder that they cut off before its first word is said after all."""
    script = [["One", 400.0, "."], [20.0, "Never heard."], ["Yes."], ["Leave!"]]
    async with reminded(home, *script) as talk:
        await talk.reminders.set("in 5 minutes to leave", "main")
        await talk.say("a long story")  # runs over the moment
        await talk.until(TurnEnded)
        while not any(f.cause is Cause.REMINDER for f in talk.facts if hasattr(f, "cause")):
            await asyncio.sleep(1)
        await talk.say("wait")
        await talk.until_said()
        texts = [(f.cause, f.reason, f.text) for f in talk.all(TurnEnded)]
        assert texts == [
            (Cause.USER, EndReason.STOP, "One."),
            (Cause.REMINDER, EndReason.INTERRUPTED, ""),
            (Cause.USER, EndReason.STOP, "Yes."),
            (Cause.REMINDER, EndReason.STOP, "Leave!"),
        ]


async def test_after_a_night_asleep(home: Home) -> None:
    """The computer slept, or the clock was set: noticed within seconds, said once and late, no backlog."""

    class Wall(LoopClock):
        slept = timedelta()

        def now(self) -> datetime:
            return super().now() + self.slept

    clock = Wall()
    async with reminded(home, clock=clock) as talk:
        await talk.reminders.set("in 3 hours to sleep", "main")
        await asyncio.sleep(60)
        clock.slept = timedelta(hours=10)
        assert await talk.until_said() == ["(A reminder is due: sleep, that was due yesterday, 23:14. Tell the user.)"]
        assert asyncio.get_running_loop().time() < 80
        await asyncio.sleep(3600)
        assert len(await talk.until_said()) == 1


async def test_a_clock_that_is_set_back_says_nothing_twice(home: Home) -> None:
    """What was said stays said, whatever the clock shows."""

    class Wall(LoopClock):
        back = timedelta()

        def now(self) -> datetime:
            return super().now() - self.back

    clock = Wall()
    async with reminded(home, clock=clock) as talk:
        await talk.reminders.set("in 1 minute to go", "main")
        await talk.until_said()
        clock.back = timedelta(hours=2)
        await asyncio.sleep(9000)
        assert len(await talk.until_said()) == 1


async def test_a_timer_is_no_longer_for_a_clock_that_is_set_back(home: Home) -> None:
    """Ten minutes are ten minutes; a reminder for a time of day waits for the clock to show it."""

    class Wall(LoopClock):
        back = timedelta()

        def now(self) -> datetime:
            return super().now() - self.back

    clock = Wall()
    async with reminded(home, clock=clock) as talk:
        await talk.reminders.set("timer for 10 minutes", "main")
        await talk.reminders.set("at 20:30 to go", "main")
        await asyncio.sleep(300)
        clock.back = timedelta(hours=1)
        assert await talk.until_said() == ["(A reminder is due: the timer of 10 minutes is over. Tell the user.)"]
        assert abs(asyncio.get_running_loop().time() - 600) < 2
        await asyncio.sleep(3600)
        assert len(talk.all(ReminderDue)) == 1
        assert len(await talk.until_said(2)) == 2


async def test_the_hub_was_down(home: Home) -> None:
    """What came due meanwhile is said at the start in one turn, in order, and shown in one line: no backlog. What she
    had said before the kill is not said again, and what she leaves out is said by itself."""
    records = MemoryReminders()
    for hours, text in ((3, "first"), (2, "second"), (1, "said before the kill")):
        await records.add("main", Kind.REMINDER, text, START - timedelta(hours=hours), START - timedelta(days=1))
    await records.ring(3, START - timedelta(hours=1))
    records.said.add(3)
    async with reminded(home, ["The first and the second thing!"], records=records) as talk:
        assert await talk.until_said() == [
            "(A reminder is due: first, that was due at 17:14; and second, that was due at 18:14. Tell the user.)"
        ]
        assert talk.shown() == ["Reminder: first (due at 17:14); Reminder: second (due at 18:14)"]
        assert len(talk.all(ReminderDue)) == 2
        await asyncio.sleep(100)
        assert len(await talk.until_said()) == 1
        assert {row.state for row in records.rows.values()} == {State.SAID}


async def test_a_small_model_that_leaves_some_out(home: Home) -> None:
    """Of three she names one: the other two are said one by one, whatever she makes of them."""
    records = MemoryReminders()
    for minutes, text in ((30, "call Mum"), (20, "water the plants"), (10, "feed the cat")):
        await records.add("main", Kind.REMINDER, text, START - timedelta(minutes=minutes), START - timedelta(days=1))
    async with reminded(home, ["Your plants want water!"], ["Hm."], ["Meow."], records=records) as talk:
        cues = await talk.until_said(3)
        assert [cue.count("; and") for cue in cues] == [2, 0, 0]
        assert ["call Mum" in cues[1], "feed the cat" in cues[2]] == [True, True]
        await asyncio.sleep(100)
        assert {row.state for row in records.rows.values()} == {State.SAID}
        assert len(await talk.until_said(3)) == 3


async def test_stopped_in_the_middle(home: Home) -> None:
    """A hub that is stopped while she speaks leaves the reminder open, for the next start."""
    records = MemoryReminders()
    async with reminded(home, ["Lea", STALL], records=records) as talk:
        await talk.reminders.set("in 1 minute to leave", "main")
        await talk.until(ReminderDue)
        await asyncio.sleep(1)
    assert records.rows[1].rung is not None
    async with reminded(home, records=records) as talk:
        assert len(await talk.until_said()) == 1


async def test_cancelling(home: Home) -> None:
    """By words, or the only one; where several could be meant she asks, and nothing is cancelled."""
    async with reminded(home) as talk:
        for wish in ("in 1 hour to call the dentist", "in 2 hours to buy milk"):
            await talk.reminders.set(wish, "main")
        await talk.say("cancel the reminder")
        await talk.until(TurnEnded)
        assert "several could be meant" in talk.context()[0]
        assert len(await talk.reminders.listed()) == 2
        await talk.say("cancel the dentist reminder")
        await talk.until(TurnEnded, 2)
        assert talk.context() == ["reminder cancelled: today, 21:14: call the dentist"]
        assert [one.text for one in await talk.reminders.listed()] == ["buy milk"]
        await talk.say("what reminders do I have?")
        await talk.until(TurnEnded, 3)
        assert talk.context() == ["reminders: today, 22:14: buy milk"]
        assert talk.shown()[-1] == "Reminders: today, 22:14: buy milk"
        await talk.say("cancel all my reminders")
        await talk.until(TurnEnded, 4)
        await talk.say("cancel the timer")
        await talk.until(TurnEnded, 5)
        assert talk.shown()[-1] == "There is no such reminder."
        await asyncio.sleep(9000)
        assert talk.all(ReminderDue) == []


async def test_the_one_that_is_meant(home: Home) -> None:
    """By its number, its length, its time, or because it was set just now; what was no wish is left to her."""
    async with reminded(home) as talk:
        wishes = ("in 1 hour to call Mum", "tomorrow at 9 to call Tom", "set a timer for 5 minutes", "wake me at 7")
        for wish in wishes:
            await talk.reminders.set(wish, "main")

        async def left(said: str) -> list[int]:
            count = len(talk.all(TurnEnded))
            await talk.say(said)
            await talk.until(TurnEnded, count + 1)
            await asyncio.sleep(0.1)
            return [one.id for one in await talk.reminders.listed()]

        assert await left("undo that") == [3, 1, 4, 2], "nothing was set just now"
        assert talk.context() == []
        assert await left("stop reminding me about the cat") == [3, 1, 4, 2]
        assert await left("how much time is left?") == [3, 1, 4, 2]
        assert talk.shown()[-1].startswith("Reminders: in 4 minutes and ")
        assert await left("cancel the 6 minute timer") == [3, 1, 4, 2]
        assert await left("cancel the 300 second timer") == [1, 4, 2]
        assert await left("cancel the 7 o'clock alarm") == [1, 2]
        assert await left("cancel tomorrow's reminder") == [1]
        assert await left("remind me in 2 hours to feed the cat") == [1, 5]
        assert await left("Cancel that!") == [1]
        assert talk.context() == ["reminder cancelled: today, 22:14: feed the cat"]
        assert await left("you don't have to remind me to call mum") == []


async def test_another_time(home: Home) -> None:
    """Moved, it is said then and not before; put off after it was said, it is said again."""
    async with reminded(home) as talk:
        await talk.reminders.set("in 5 minutes to call Mum", "main")
        await talk.say("postpone the reminder by 20 minutes")
        await talk.until(TurnEnded)
        assert talk.shown()[-1] == "Reminder set: today, 20:39 — call Mum"
        assert [row.state for row in talk.records.rows.values()] == [State.CANCELLED, State.OPEN]
        cue = "(A reminder is due: call Mum. Tell the user.)"
        await asyncio.sleep(1400)
        assert talk.all(ReminderDue) == []
        assert await talk.until_said() == [cue]
        await talk.say("remind me again in 8 minutes")
        assert await talk.until_said(2) == [cue, cue]
        await asyncio.sleep(3700)
        await talk.say("snooze")
        await asyncio.sleep(1200)
        assert len(await talk.until_said(2)) == 2, "that was too long ago to be about it"


async def test_without_a_time(home: Home) -> None:
    """She is told to ask, and the user is told that nothing was set."""
    async with reminded(home) as talk:
        await talk.say("remind me to call the dentist")
        await talk.until(TurnEnded)
        assert talk.context() == ["reminder not set: It does not say when. Ask the user for the time."]
        assert talk.shown() == ["Reminder not set: It does not say when. Say when, too."]
        assert talk.records.rows == {}


async def test_a_full_disk_is_said(home: Home) -> None:
    """A reminder that could not be kept is not confirmed in silence; the bell goes on when the disk does."""
    async with reminded(home) as talk:
        talk.records.failing = True
        await talk.say("remind me in 5 minutes to leave")
        await talk.until(TurnEnded)
        assert talk.shown() == ["The reminder could not be kept or changed. The disk is full. Free some space."]
        await asyncio.sleep(300)
        talk.records.failing = False
        await talk.reminders.set("in 5 minutes to leave", "main")
        assert len(await talk.until_said()) == 1


async def test_refusals(home: Home) -> None:
    """What is not clear, not there or too much is refused with what to do."""
    async with reminded(home) as talk:
        with pytest.raises(UsageError) as unclear:
            await talk.reminders.set("call the dentist", "main")
        assert unclear.value.code == "reminder_unclear"
        with pytest.raises(MissingError) as missing:
            await talk.reminders.cancel(7)
        assert missing.value.code == "no_such_reminder"
        for _ in range(MAX_OPEN):
            await talk.records.add("main", Kind.REMINDER, "x", START + timedelta(days=1), START)
        with pytest.raises(UsageError) as many:
            await talk.reminders.set("in 5 minutes to leave", "main")
        assert many.value.code == "too_many_reminders"
