"""She speaks up by herself: seldom, at a good moment, for a reason that she can name; and not when she should not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alisa.protocol.sight import SightSystem
from alisa.protocol.tags import Cause, Channel
from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from backend.conversation.context import ContextNote
from backend.events.facts import (
    FeedbackGiven,
    ReminderDue,
    SentenceReady,
    StatusChanged,
    TurnBegan,
    TurnEnded,
    Verdict,
)
from backend.idle.kinds import Kind
from backend.idle.notes import held_notes
from backend.storage.thoughts import StoredThought
from tests.flow.thinking import ABSENT, BROWSING, CODING, PRESENT, STUCK, MemoryThoughts, thinking

pytestmark = pytest.mark.looptime
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def test_she_greets_after_a_real_absence(home: Home) -> None:
    """Somebody who was away for twenty minutes is greeted, aloud, within a moment; the reason is told."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.wait(5)
        day.see(ABSENT)
        await day.wait(20)
        assert not day.remarks
        day.see(PRESENT)
        await day.wait(0.1)
        [greeting] = day.remarks
        assert (greeting.cause, greeting.channel) == (Cause.VISION, None)
        assert day.talk.last_words() == "(The user has just come back.)"
        spoke = day.decisions[-1]
        assert (spoke.spoke, spoke.kind, spoke.gate) == (True, "back", "")
        assert spoke.reason == "Because you came back after 20 minutes."
        [thought] = day.store.thoughts
        assert (thought.kind, thought.trigger) == ("back", {"away_minutes": 20})


async def test_nobody_is_made_to_feel_guilty(home: Home) -> None:
    """Whatever the model writes of its own accord: a reproach never reaches the user; an answer is left as it is."""
    reproach = ["<emotion=sad>", " Did you for", "get about me? You left me alone."]
    async with thinking(home, reproach, reproach) as day:
        day.see(PRESENT)
        await day.wait(1)
        day.see(ABSENT)
        await day.wait(20)
        day.see(PRESENT)
        await day.wait(0.1)
        [greeting] = day.talk.all(TurnEnded)
        assert greeting.text == "I'm here if you need anything."
        await day.talk.say("Say something sad.")
        await day.talk.until(TurnEnded, 2)
        assert day.talk.all(TurnEnded)[-1].text == "Did you forget about me? You left me alone."


async def test_a_short_absence_is_none(home: Home) -> None:
    """Nobody is greeted for having fetched a coffee."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.wait(3)
        day.see(ABSENT)
        await day.wait(4)
        day.see(PRESENT)
        await day.wait(3)
        assert not day.remarks


async def test_who_only_looks_elsewhere_and_types_was_not_away(home: Home) -> None:
    """A face that is not seen is no absence while the keyboard is used."""
    async with thinking(home) as day:
        day.see(PRESENT, SightSystem())
        await day.wait(3)
        day.see(ABSENT)
        await day.wait(20)
        day.see(PRESENT)
        await day.wait(0.1)
        assert not day.remarks
        day.see(ABSENT)
        await day.wait(1)
        day.see(SightSystem(idle_seconds=60))
        await day.wait(20)
        day.see(SightSystem(), PRESENT)
        await day.wait(0.1)
        assert len(day.remarks) == 1


async def test_an_error_that_stays_brings_one_offer_of_help(home: Home) -> None:
    """It names the file and the line, and is not made again."""
    async with thinking(home) as day:
        day.see(PRESENT, CODING)
        await day.wait(5)
        day.see(STUCK)
        await day.wait(0.5)
        assert not day.remarks, "an error that has only just appeared is seen by its author, too"
        await day.wait(1.5)
        assert [began.cause for began in day.remarks] == [Cause.VISION]
        assert day.talk.last_words() == "(An error shows on the screen: main.py, line 42. Offer the user your help.)"
        await day.talk.say("yes please")
        await day.wait(25)
        assert len(day.remarks) == 1
        assert day.judged[0].verdict is Verdict.WELCOME


async def test_an_offer_of_help_names_file_and_line_whatever_the_model_writes(home: Home) -> None:
    """A model that forgets or garbles them is helped out with a sentence, which is spoken, shown and stored."""
    replies = [
        ["<emotion=calm>", " Something broke in main.py, line 4."],
        ["<emotion=calm>", " Line 42 of main.py, oh my."],
    ]
    for reply, told in zip(replies, (" The error is in main.py, line 42.", ""), strict=True):
        async with thinking(home, reply) as day:
            day.see(PRESENT, STUCK)
            await day.wait(4)
            [began] = day.remarks
            said = reply[1].strip() + told
            assert day.talk.text(began.turn).strip() == said
            assert " ".join(piece.text for piece in day.talk.all(SentenceReady, began.turn)) == said
            assert day.talk.all(TurnEnded, began.turn)[0].text == said


async def test_quiet_hours_keep_her_silent_over_midnight(home: Home) -> None:
    """From 22:00 to 8:00 nothing is said, whatever happens."""
    async with thinking(home, start=datetime(2026, 11, 23, 22, 30, tzinfo=UTC), tick_seconds=300) as day:
        day.see(PRESENT)
        for _ in range(9):
            day.see(ABSENT)
            await day.wait(30)
            day.see(PRESENT, STUCK)
            await day.wait(30)
        assert not day.remarks
        assert set(day.gates) == {"quiet_hours"}
        assert len(day.decisions) < 40, "the same refusal is told once"


async def test_clock_changes_do_not_move_the_quiet_hours(home: Home) -> None:
    """On the day on which clocks go forward, quiet hours end at eight by the wall, not an hour later."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30 in Berlin; at 2:00 it becomes 3:00
    async with thinking(home, start=start, zone=berlin, tick_seconds=60) as day:
        day.see(ABSENT)
        await day.wait(5 * 60 + 20)
        assert day.clock.now().astimezone(berlin).strftime("%H:%M") == "07:50"
        day.see(PRESENT)
        await day.wait(1)
        assert not day.remarks
        assert day.gates[-1] == "quiet_hours"
        day.see(ABSENT)
        await day.wait(15)
        day.see(PRESENT)
        await day.wait(1)
        assert len(day.remarks) == 1, "it is 8:06 now"


@pytest.mark.parametrize("system", ["fullscreen", "call", "presentation", "locked", "do_not_disturb"])
async def test_she_does_not_disturb_whoever_is_busy(home: Home, system: str) -> None:
    """A call, a film, a presentation: the reason is told."""
    async with thinking(home) as day:
        day.see(PRESENT, SightSystem(**{system: True}))  # type: ignore[arg-type]
        await day.work(60)
        assert not day.remarks
        assert "busy" in day.gates


async def test_silence_is_broken_at_a_breakpoint_and_in_writing(home: Home) -> None:
    """She waits until the user changes to something else, and then only shows it."""
    async with thinking(home, start=datetime(2026, 11, 23, 18, 0, tzinfo=UTC)) as day:
        day.see(PRESENT, CODING)
        await day.wait(20)
        assert not day.remarks
        assert day.gates[-1] == "breakpoint"
        day.see(BROWSING)
        await day.wait(0.1)
        assert [(began.cause, began.channel) for began in day.remarks] == [(Cause.IDLE, Channel.TOAST)]


async def test_she_does_not_repeat_herself_to_somebody_who_does_not_answer(home: Home) -> None:
    """One remark without an answer, and she waits for the user."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.work(6 * 60)
        assert len(day.remarks) == 1
        assert [judged.verdict for judged in day.judged] == [Verdict.IGNORED]
        assert "budget" in day.gates


async def test_not_now_is_heard(home: Home) -> None:
    """Said after a remark it waves it away: quiet for an hour, and nothing for four."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.work(14)
        assert len(day.remarks) == 1
        await day.talk.say("Not now, please.")
        await day.wait(1)
        assert [judged.verdict for judged in day.judged] == [Verdict.DISMISSED]
        assert day.initiative.mind.snoozed_until is not None
        await day.work(4 * 60 - 10)
        assert len(day.remarks) == 1
        assert "snoozed" in day.gates


async def test_quiet_is_asked_for_in_words(home: Home) -> None:
    """At any time, for as long as is said, and it is confirmed; without a length for an hour."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.talk.say("Please be quiet for three hours.")
        notes = [fact.values["initiative_note"] for fact in day.talk.all(StatusChanged)]
        assert notes == ["She does not speak up by herself until Monday 12:00. `alisa quiet off` ends it."]
        await day.work(179)
        assert not day.remarks
        assert set(day.gates) <= {"speaking", "snoozed"}
        day.snooze(0)
        assert day.talk.all(StatusChanged)[-1].values == {"initiative_note": ""}, "it does not stand there any more"
        await day.talk.say("leave me alone")
        assert day.initiative.mind.snoozed_until == day.clock.now() + timedelta(hours=1)


async def test_a_thumb_down_counts_however_late(home: Home) -> None:
    """A mark that is opened and waved away after ten minutes was not merely passed over; so does "not now"."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.work(16)
        [remark] = day.remarks
        await day.wait(6)
        assert [judged.verdict for judged in day.judged] == [Verdict.IGNORED]
        day.talk.bus.publish(FeedbackGiven("main", remark.turn, -1))
        day.talk.bus.publish(FeedbackGiven("main", remark.turn, -1))
        assert [judged.verdict for judged in day.judged] == [Verdict.IGNORED, Verdict.DISMISSED]
        await day.wait(0.1)
        assert day.store.thoughts[0].verdict == "dismissed"
        await day.talk.say("Hello!")
        await day.work(200)
        assert len(day.remarks) == 1, "waved away, she keeps quiet for four hours"


async def test_not_now_after_other_words_is_heard(home: Home) -> None:
    """Who asks for the time and then says "not now" has not welcomed the remark."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.work(14)
        await day.talk.say("What time is it?")
        await day.talk.say("Not now.")
        assert [judged.verdict for judged in day.judged] == [Verdict.WELCOME, Verdict.DISMISSED]
        day.talk.bus.publish(FeedbackGiven("main", day.remarks[0].turn, 1))
        await day.wait(0.1)
        assert day.store.thoughts[0].verdict == "welcome", "a thumb is the last word"


async def test_a_goodbye_outlives_the_hub(home: Home) -> None:
    """A hub that is started again has not brought the user back; a night later it is over."""
    store = MemoryThoughts()
    async with thinking(home, store=store, start=MORNING) as day:
        await day.talk.say("Bye!")
        await day.talk.until(TurnEnded)
    async with thinking(home, store=store, start=MORNING + timedelta(hours=1)) as day:
        await day.wait(60)
        assert day.gates[-1] == "snoozed"
        assert not day.remarks
    async with thinking(home, store=store, start=MORNING + timedelta(hours=9)) as day:
        await day.wait(60)
        assert len(day.remarks) == 1
        await day.talk.say("Bye!")
        await day.talk.say("One more thing: how are you?")
        await day.talk.until(TurnEnded, 3)
    assert "goodbye" not in store.kept


async def test_what_is_waved_away_three_times_is_given_up_and_said_once(home: Home) -> None:
    """She tells that she stops, and how it comes back; brought back, it is said again."""
    async with thinking(home, start=datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) as day:

        async def come_back(hours: float) -> None:
            day.see(ABSENT)
            await day.wait(60 * hours)
            day.see(PRESENT)
            await day.wait(1)

        for count in (1, 2, 3):
            await come_back(4.5)
            assert len(day.remarks) == count
            day.talk.bus.publish(FeedbackGiven("main", None, -1))
        notes = [fact.values["initiative_note"] for fact in day.talk.all(StatusChanged)]
        assert len(notes) == 1
        assert "alisa quiet --kind back on" in notes[0]
        await come_back(16)
        assert day.store.kept == {"off:back": "learnt"}
        assert len(day.remarks) == 3
        assert day.gates[-1] == "off"
        async with thinking(home, store=day.store, start=day.clock.now()) as later:
            assert later.initiative.situation().given_up == {"back"}, "a start does not bring it back"
        day.initiative.turn_kind(Kind.BACK, on=True)
        await come_back(5)
        assert len(day.remarks) == 4


async def test_a_goodbye_ends_it_until_the_user_is_back(home: Home) -> None:
    """After "bye" nothing is said; who comes back is greeted."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.talk.say("Bye, see you tomorrow!")
        await day.talk.until(TurnEnded)
        await day.work(60)
        assert not day.remarks
        assert day.gates[-1] == "snoozed"
        day.see(ABSENT)
        await day.wait(60)
        day.see(PRESENT)
        await day.wait(1)
        assert len(day.remarks) == 1


async def test_what_came_while_the_user_was_away_is_told_once_on_return(home: Home) -> None:
    """One digest, as a note with the greeting."""
    async with thinking(home) as day:
        day.see(PRESENT, STUCK)
        await day.wait(0.5)
        day.see(ABSENT)
        await day.wait(10)
        day.talk.bus.publish(ReminderDue("main", 3, "call the dentist", day.clock.now()))
        await day.wait(10)
        assert not day.remarks
        assert "absent" in day.gates
        told: list[ContextNote] = []
        notes = held_notes(lambda: day.initiative.digest)
        day.talk.bus.subscribe(lambda _: told.extend(notes("main", day.clock.now())), TurnBegan)
        day.see(PRESENT)
        await day.wait(0.2)
        assert len(day.remarks) == 1
        assert [note.source for note in told] == ["while the user was away"]
        assert "an error in main.py, line 42" in told[0].text
        assert "a reminder was due: call the dentist" in told[0].text
        assert day.initiative.digest == (), "and only once"


async def test_who_comes_back_and_speaks_first_is_told_in_the_answer(home: Home) -> None:
    """The digest is of this absence: told once with whatever she says first, and let go where the computer slept."""
    async with thinking(home) as day:
        notes = held_notes(lambda: day.initiative.digest)
        told: list[int] = []
        day.talk.bus.subscribe(lambda _: told.append(len(notes("main", day.clock.now()))), TurnBegan)
        for count, slept in ((1, 0), (2, 0), (3, 8)):
            day.see(PRESENT, SightSystem())
            await day.wait(3)
            day.see(ABSENT, SightSystem(idle_seconds=90))
            await day.wait(2)
            if count != 2:
                day.talk.bus.publish(ReminderDue("main", count, "call the dentist", day.clock.now()))
            day.clock.offset += timedelta(hours=slept)
            await day.wait(3)
            await day.talk.say("I'm back.")
            await day.talk.until(TurnEnded, count)
        assert told == [1, 0, 0]
        assert not day.remarks


async def test_what_was_held_in_a_short_absence_is_old_in_the_next(home: Home) -> None:
    """The user has been back since, and has seen for themselves."""
    async with thinking(home) as day:
        notes = held_notes(lambda: day.initiative.digest)
        told: list[int] = []
        day.talk.bus.subscribe(lambda _: told.append(len(notes("main", day.clock.now()))), TurnBegan)
        for minutes in (4, 20):
            day.see(PRESENT)
            await day.wait(3)
            day.see(ABSENT)
            if minutes == 4:
                day.talk.bus.publish(ReminderDue("main", 1, "call the dentist", day.clock.now()))
            await day.wait(minutes)
        day.see(PRESENT)
        await day.wait(0.1)
        assert told == [0]


@pytest.mark.parametrize("slept", [timedelta(hours=5), timedelta(minutes=10)])
async def test_sleep_leaves_no_backlog(home: Home, slept: timedelta) -> None:
    """A computer that wakes after a night, or a moment, is not met with what had gathered."""
    async with thinking(home) as day:
        day.see(PRESENT, CODING)
        await day.wait(1)
        day.see(STUCK)
        await day.wait(0.4)
        day.clock.offset += slept
        await day.wait(4)
        day.see(BROWSING)
        await day.wait(1)
        assert not day.remarks
        assert "speaking" in day.gates


async def test_a_night_in_which_the_computer_slept_is_a_night(home: Home) -> None:
    """A remark that found no answer in the evening does not keep her silent on the next day, whatever is seen first."""
    async with thinking(home, start=datetime(2026, 11, 23, 18, 0, tzinfo=UTC)) as day:
        day.see(PRESENT)
        await day.work(40)
        assert len(day.remarks) == 1
        day.clock.offset += timedelta(hours=14)
        await day.wait(1)
        await day.work(40)
        assert len(day.remarks) == 2


async def test_a_clock_that_is_set_back_does_not_undo_the_caps(home: Home) -> None:
    """Twenty minutes stay twenty minutes."""
    async with thinking(home) as day:
        day.see(PRESENT)
        await day.work(20)
        assert len(day.remarks) == 1
        await day.talk.say("I like that.")
        day.clock.offset -= timedelta(days=1)
        await day.work(10)
        assert len(day.remarks) == 1
        await day.work(60)
        assert len(day.remarks) >= 2, "and not a day more"


async def test_a_thought_that_fails_is_not_tried_again_at_once(home: Home) -> None:
    """A model that is away is left alone for a while, and nothing is counted as said."""
    failing = EngineError("llm_unreachable", "She is away.", "Wait.")
    async with thinking(home, *([failing] * 20)) as day:
        day.see(PRESENT)
        await day.work(30)
        assert 1 <= len(day.remarks) <= 2
        assert day.store.thoughts == []


async def test_nothing_is_said_to_nobody(home: Home) -> None:
    """Without a client that could show it, a remark would be lost."""
    async with thinking(home, listening=lambda _: False) as day:
        await day.wait(60)
        assert not day.remarks
        assert day.gates[-1] == "absent"


async def test_caps_and_snooze_outlive_the_hub(home: Home) -> None:
    """What was said before a restart counts, and so does what the user wished."""
    store = MemoryThoughts()
    async with thinking(home, store=store) as day:
        day.see(PRESENT)
        await day.work(20)
        assert len(day.remarks) == 1
        day.snooze(300)
        await day.wait(0.1)
    async with thinking(home, store=store, start=MORNING + timedelta(minutes=21)) as day:
        day.see(PRESENT)
        await day.work(60)
        assert not day.remarks
        assert "snoozed" in day.gates
        day.snooze(0)
        await day.work(30)
        assert not day.remarks, "the first remark of this hub would be the second without an answer"
        assert "budget" in day.gates


@pytest.mark.parametrize(("days_ago", "said"), [(13, 0), (15, 1)])
async def test_what_was_said_before_a_restart_is_not_said_again(home: Home, days_ago: int, said: int) -> None:
    """Within a fortnight, however often the hub was started since."""
    store = MemoryThoughts()
    at = MORNING - timedelta(days=days_ago)
    key = "stuck:python:main.py, line 42"
    store.thoughts.append(StoredThought("main", 1, "stuck", key, "Because.", "voice", "Editor", at, {}, "welcome"))
    async with thinking(home, store=store) as day:
        day.see(PRESENT, STUCK)
        await day.wait(4)
        assert len(day.remarks) == said
        assert said or day.gates[-1] == "content"


async def test_the_cap_of_the_day_outlives_the_hub(home: Home) -> None:
    """Eight remarks within 24 hours, then none, whatever happens; the day after there is room again."""
    store = MemoryThoughts()
    for number in range(8):
        at = MORNING - timedelta(hours=20 - 2 * number)
        thought = StoredThought("main", number, "silence", f"s{number}", "Because.", "toast", "", at, {}, "welcome")
        store.thoughts.append(thought)
    async with thinking(home, store=store) as day:
        day.see(PRESENT)
        await day.work(200)
        assert not day.remarks
        assert "budget" in day.gates
        assert any(decision.reason == "She has spoken up 8 times within a day." for decision in day.decisions)
        await day.work(120)
        assert len(day.remarks) == 1


async def test_turned_off_is_off(home: Home) -> None:
    """And says so."""
    async with thinking(home, enabled=False) as day:
        await day.work(60)
        assert not day.remarks
        assert day.gates == ["off"]


async def test_without_eyes_a_long_silence_is_all_she_knows(home: Home) -> None:
    """No camera, no screen: she still speaks, seldom, and within the caps."""
    async with thinking(home, start=datetime(2026, 11, 23, 18, 0, tzinfo=UTC)) as day:
        await day.wait(120)
        assert len(day.remarks) == 1


async def test_a_fortnight_of_days(home: Home) -> None:
    """Fourteen days of somebody who answers: within every cap, never at night, and every decision has its reason."""
    async with thinking(home, tick_seconds=240) as day:
        for number in range(14):
            day.see(PRESENT, CODING)
            await day.work(11 * 60, every=7)
            if number % 2:
                await day.talk.say("How are you?")
            day.see(ABSENT)
            await day.wait(13 * 60)
        said = [began.at for began in day.remarks]
        assert 10 <= len(said) <= 8 * 14
        assert all(8 <= at.hour < 22 for at in said)
        for place, at in enumerate(said):
            assert place == 0 or at - said[place - 1] >= timedelta(minutes=20)
            assert sum(timedelta() <= at - other < timedelta(hours=1) for other in said) <= 3
            assert sum(timedelta() <= at - other < timedelta(days=1) for other in said) <= 8
        assert all(decision.reason for decision in day.decisions)
        keys = [thought.key for thought in day.store.thoughts]
        assert len(keys) == len(set(keys))
        assert replace(day.store.thoughts[0]).reason.startswith("Because ")
