"""What people say about reminders is understood as they mean it, and anything else is left to conversation."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.reminders.errand import MAX_TEXT_CHARS
from backend.reminders.sentences import set_by, understand
from backend.reminders.wishes import Again, Cancel, Listing, Move, Remind, Unclear, Wish
from backend.storage.reminders import Kind
from backend.times.pieces import Clock, Day, When

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)
"""Saturday, 20:14 in Berlin"""


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


SET = [
    # the brief's own
    ("remind me at six to call the dentist", "call the dentist", "2026-11-22 06:00"),
    ("remind me in 20 minutes to take the pizza out", "take the pizza out", "2026-11-21 20:34"),
    ("Remind me tomorrow at 9 to call Mum.", "call Mum", "2026-11-22 09:00"),
    ("remind me on Friday evening to water the plants", "water the plants", "2026-11-27 19:00"),
    ("in half an hour tell me to stretch", "stretch", "2026-11-21 20:44"),
    # the time before, behind and in the middle
    ("remind me to call Mum tomorrow at 9", "call Mum", "2026-11-22 09:00"),
    ("remind me tomorrow to call Mum at 9", "call Mum", "2026-11-22 09:00"),
    ("Hey Alisa, can you remind me to send the report in an hour and a half, please?", "send the report",
     "2026-11-21 21:44"),
    ("remind me at 5 pm to meet him at 6", "meet him at 6", "2026-11-22 17:00"),
    ("remind me to meet him at 6 tomorrow because he asked", "meet him because he asked", "2026-11-22 18:00"),
    ("tell me in ten minutes to turn the roast", "turn the roast", "2026-11-21 20:24"),
    ("at eight o'clock I have to leave for the station, remind me", "leave for the station", "2026-11-22 08:00"),
    ("two hours from now remind me to drink", "drink", "2026-11-21 22:14"),
    ("Good morning! Remind me at 5 p.m. to call Bob. How are you?", "call Bob", "2026-11-22 17:00"),
    # other ways of asking
    ("set a reminder for tomorrow morning: water the plants", "water the plants", "2026-11-22 09:00"),
    ("I need a reminder tonight: take out the trash", "take out the trash", "2026-11-21 21:00"),
    ("don't let me forget to pay the rent on monday", "pay the rent", "2026-11-23 09:00"),
    ("remind me about the meeting at three", "the meeting", "2026-11-22 03:00"),
    ("remind me in five minutes", "", "2026-11-21 20:19"),
    # times of day
    ("remind me at half past six to go", "go", "2026-11-22 06:30"),
    ("remind me at quarter to seven to go", "go", "2026-11-22 06:45"),
    ("remind me at ten past nine to go", "go", "2026-11-21 21:10"),
    ("remind me at six thirty to go", "go", "2026-11-22 06:30"),
    ("remind me at 21:30 to go", "go", "2026-11-21 21:30"),
    ("remind me at 06:30 to go", "go", "2026-11-22 06:30"),
    ("remind me at six p m to go", "go", "2026-11-22 18:00"),
    ("remind me at 12 am to go", "go", "2026-11-22 00:00"),
    ("remind me at 12 pm to go", "go", "2026-11-22 12:00"),
    ("remind me at noon to go", "go", "2026-11-22 12:00"),
    ("remind me at midnight to go", "go", "2026-11-22 00:00"),
    ("remind me at 7 in the morning to go", "go", "2026-11-22 07:00"),
    ("remind me to go at 6 in the evening", "go", "2026-11-22 18:00"),
    ("remind me tonight at 2 to go", "go", "2026-11-22 02:00"),
    ("remind me today at 9 to go", "go", "2026-11-21 21:00"),
    ("remind me on sunday at 2 to go", "go", "2026-11-22 14:00"),
    # days and dates
    ("remind me on saturday at nine to go", "go", "2026-11-21 21:00"),
    ("remind me next saturday to go", "go", "2026-11-28 09:00"),
    ("remind me the day after tomorrow to go", "go", "2026-11-23 09:00"),
    ("remind me on 3 May to go", "go", "2027-05-03 09:00"),
    ("remind me on May 3rd at 10:30 to go", "go", "2027-05-03 10:30"),
    ("remind me on the third of may to go", "go", "2027-05-03 09:00"),
    ("remind me on the 5th to go", "go", "2026-12-05 09:00"),
    ("remind me to go on 24.12. at 18:00", "go", "2026-12-24 18:00"),
    ("remind me on 2026-12-24 at 18:00 to go", "go", "2026-12-24 18:00"),
    ("remind me on February 29 to go", "go", "2028-02-29 09:00"),
    ("remind me in two weeks to go", "go", "2026-12-05 20:14"),
    ("remind me in 2 days at 8 to go", "go", "2026-11-23 08:00"),
    ("remind me in a month to go", "go", "2026-12-21 20:14"),
    ("remind me in 1h30 to go", "go", "2026-11-21 21:44"),
    ("remind me in 1.5 hours to go", "go", "2026-11-21 21:44"),
    ("remind me in three quarters of an hour to go", "go", "2026-11-21 20:59"),
    ("remind me in twenty-five minutes to go", "go", "2026-11-21 20:39"),
    # what people say besides
    ("remind me in a few minutes to go", "go", "2026-11-21 20:17"),
    ("remind me in a couple hours to go", "go", "2026-11-21 22:14"),
    ("remind me in 10", "", "2026-11-21 20:24"),
    ("remind me in ten to go pls", "go", "2026-11-21 20:24"),
    ("remind me in a fortnight to go", "go", "2026-12-05 20:14"),
    ("remind me at 15h to go", "go", "2026-11-22 15:00"),
    ("remind me at 1515 to go", "go", "2026-11-22 15:15"),
    ("remind me at 7ish to go", "go", "2026-11-22 07:00"),
    ("remind me at lunchtime to go", "go", "2026-11-22 12:00"),
    ("remind me tomorrow at 12 to go", "go", "2026-11-22 12:00"),
    ("remind me sat at 9 to go", "go", "2026-11-21 21:00"),
    ("remind me on 12/24 at 5 to go", "go", "2026-12-24 17:00"),
    ("remind me on 24/12/2026 to go", "go", "2026-12-24 09:00"),
    ("remind me on the 1st of next month to go", "go", "2026-12-01 09:00"),
    ("remind me on the 28th of next month to go", "go", "2026-12-28 09:00"),
    ("remind me next month to go", "go", "2026-12-21 09:00"),
    ("remind me Monday next week at 9 to go", "go", "2026-11-23 09:00"),
    ("remind me next week on Friday to go", "go", "2026-11-27 09:00"),
    ("remind me a week from Friday to go", "go", "2026-12-04 09:00"),
    ("remind me a week from today at 9 to go", "go", "2026-11-28 09:00"),
    ("remind me first thing tomorrow to go", "go", "2026-11-22 09:00"),
    ("I'd like a reminder at 7 to eat", "eat", "2026-11-22 07:00"),
    ("I'd like to be reminded at 7 to eat", "eat", "2026-11-22 07:00"),
    ("could I get a reminder at 7 to eat", "eat", "2026-11-22 07:00"),
    ("set a reminder for 7", "", "2026-11-22 07:00"),
    ("I have to leave in ten minutes, please remind me", "leave", "2026-11-21 20:24"),
    ("I need to leave in ten minutes. Can you remind me?", "leave", "2026-11-21 20:24"),
    ("let me know in 10 minutes", "", "2026-11-21 20:24"),
    ("nudge me in 10 minutes to stand up", "stand up", "2026-11-21 20:24"),
    ("remind me in an hour or so to go", "go", "2026-11-21 21:14"),
    ("remind me in roughly 20 minutes to go", "go", "2026-11-21 20:34"),
    ("remind me in 1 1/2 hours to go", "go", "2026-11-21 21:44"),
    ("remind me in 1 hour 30 to go", "go", "2026-11-21 21:44"),
    ("remind me this time tomorrow to go", "go", "2026-11-22 20:14"),
    ("remind me tomorrow at the same time to go", "go", "2026-11-22 20:14"),
    ("remind me 10 minutes", "", "2026-11-21 20:24"),
    ("tell me in 10 minutes", "", "2026-11-21 20:24"),
    ("tell me on Monday to feed the cat", "feed the cat", "2026-11-23 09:00"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "text", "due"), SET)
def test_a_reminder(said: str, text: str, due: str) -> None:
    """It is of that, and due then, by the clock on the wall."""
    assert understand(said, NOW, BERLIN) == [Remind(Kind.REMINDER, text, local(due))]


@pytest.mark.parametrize(
    ("said", "kind", "text", "due"),
    [
        ("set a timer for 12 minutes", Kind.TIMER, "", "2026-11-21 20:26"),
        ("set a 5 minute timer for the eggs", Kind.TIMER, "the eggs", "2026-11-21 20:19"),
        ("timer 90 seconds", Kind.TIMER, "", "2026-11-21 20:15:30"),
        ("start a timer for an hour and 5 minutes", Kind.TIMER, "", "2026-11-21 21:19"),
        ("start a countdown of 5 minutes", Kind.TIMER, "", "2026-11-21 20:19"),
        ("set the timer to 10 minutes", Kind.TIMER, "", "2026-11-21 20:24"),
        ("start a timer, 10 minutes", Kind.TIMER, "", "2026-11-21 20:24"),
        ("can you time 10 minutes", Kind.TIMER, "", "2026-11-21 20:24"),
        ("count 10 minutes for me", Kind.TIMER, "", "2026-11-21 20:24"),
        ("set a pasta timer for 10 minutes", Kind.TIMER, "pasta", "2026-11-21 20:24"),
        ("set a timer for the pasta for 10 minutes", Kind.TIMER, "the pasta", "2026-11-21 20:24"),
        ("may I have a timer for an hour and a half", Kind.TIMER, "", "2026-11-21 21:44"),
        ("3 minute egg timer", Kind.TIMER, "egg", "2026-11-21 20:17"),
        ("set a timer for 1 minute 30", Kind.TIMER, "", "2026-11-21 20:15:30"),
        ("set the alarm to 7", Kind.ALARM, "", "2026-11-22 07:00"),
        ("set my alarm for 6:30", Kind.ALARM, "", "2026-11-22 06:30"),
        ("wake me at 7", Kind.ALARM, "", "2026-11-22 07:00"),
        ("wake me up at half past six, I must go to the station", Kind.ALARM, "go to the station", "2026-11-22 06:30"),
        ("set an alarm for 6:30 tomorrow", Kind.ALARM, "", "2026-11-22 06:30"),
        ("wake me on monday at 5", Kind.ALARM, "", "2026-11-23 05:00"),
        ("wake me in ten minutes", Kind.ALARM, "", "2026-11-21 20:24"),
    ],
)
def test_timers_and_alarms(said: str, kind: Kind, text: str, due: str) -> None:
    """A timer needs no errand; a doubtful hour at which to be woken is in the morning."""
    assert understand(said, NOW, BERLIN) == [Remind(kind, text, local(due))]


@pytest.mark.parametrize(
    "said",
    [
        "remind me what your name is", "can you remind me what I just said?", "remind me of the date",
        "remind me of my youth", "you remind me of somebody", "tell me a story", "tell me about the weather at six",
        "she reminded me at six to call", "forget it", "never mind", "at six I was at the dentist",
        "tomorrow I have to work", "what time is it in Tokyo?", "I set a timer yesterday", "the alarm woke me at 7",
        "cancel the meeting at six", "stop", "how long is the film?", "", "   ", "…", "tell me a story in 10 words",
        "let me know tomorrow", "let me know when you are ready", "don't remind me!", "time flies", "count to ten",
        "I should call mum at 8", "cancel that order", "undo is a nice function", "how long is left in the game?",
    ],
)  # fmt: skip
def test_conversation_stays_conversation(said: str) -> None:
    """What is no request about reminders is hers to answer."""
    assert understand(said, NOW, BERLIN) == []


@pytest.mark.parametrize(
    ("said", "text", "problem"),
    [
        ("remind me to call the dentist", "call the dentist", "does not say when"),
        ("remind me at 25:99 to go", "go", "not know when"),
        ("remind me later to go", "go", "not know when"),
        ("remind me every day at six to go", "go", "repeat"),
        ("remind me on 31 february to go", "go", "no such day"),
        ("remind me on 2020-01-01 to go", "go", "passed"),
        ("remind me today at 8:00 am to go", "go", "passed"),
        ("remind me in 99 years to go", "go", "ten years"),
        ("remind me in 999999 years to go", "go", "no such day"),
        ("set a timer for 3 months", "", "at most a week"),
        ("set a timer", "", "how long"),
        ("set a timer for 5", "", "minutes or hours"),
        ("set a timer for 1:30", "", "minutes or hours"),
        ("remind me later", "", "not know when"),
        ("remind me on 5/6 to go", "go", "not know when"),
        ("wake me up at half 6", "", "not know when"),
        ("remind me yesterday to go", "go", "passed"),
        ("remind me 5 minutes ago to go", "go", "passed"),
        ("every day at 8 remind me to stretch", "stretch", "repeat"),
        ("wake me every day at 7", "", "repeat"),
        ("wake me", "", "when"),
        ("remind me", "", "when"),
    ],
)
def test_what_is_missing_is_said(said: str, text: str, problem: str) -> None:
    """A request that cannot be granted is recognised as one, with the reason."""
    (wish,) = understand(said, NOW, BERLIN)
    assert isinstance(wish, Unclear)
    assert (wish.text, problem in wish.problem) == (text, True), wish


def test_cancelling_and_listing() -> None:
    """By words, by kind, or all."""
    assert understand("cancel my reminders", NOW, BERLIN) == [Cancel(None, everything=True)]
    assert understand("please delete all my timers", NOW, BERLIN) == [Cancel(Kind.TIMER, everything=True)]
    assert understand("cancel the reminder to call the dentist", NOW, BERLIN) == [
        Cancel(Kind.REMINDER, "call the dentist")
    ]
    assert understand("cancel the dentist reminder", NOW, BERLIN) == [Cancel(Kind.REMINDER, "dentist")]
    assert understand("stop the timer", NOW, BERLIN) == [Cancel(Kind.TIMER)]
    assert understand("turn off the alarm", NOW, BERLIN) == [Cancel(Kind.ALARM)]
    for said in ("what reminders do I have?", "show me my reminders", "do I have any reminders", "my reminders"):
        assert understand(said, NOW, BERLIN) == [Listing(None)], said
    assert understand("how long is left on the timer?", NOW, BERLIN) == [Listing(Kind.TIMER)]


@pytest.mark.parametrize(
    ("said", "errands"),
    [
        ("remind me at 9 to eat and at 10 to sleep", {"eat": "21:00", "sleep": "22:00"}),
        ("remind me to call Mum at 9, and also to buy milk at 10 pm", {"call Mum": "21:00", "buy milk": "22:00"}),
        ("remind me at 9pm and 10pm to stand up", {"stand up": "22:00"}),
        ("remind me to call Mum and Dad at 9", {"call Mum and Dad": "21:00"}),
        ("remind me at 9 to go to the shop and to buy milk", {"go to the shop and to buy milk": "21:00"}),
        ("remind me in an hour and 30 minutes to go", {"go": "21:44"}),
    ],
)
def test_two_in_one_sentence(said: str, errands: dict[str, str]) -> None:
    """Where each has its own time; one time is one reminder, whatever it is of."""
    found = understand(said, NOW, BERLIN)
    assert {one.text: f"{one.due.astimezone(BERLIN):%H:%M}" for one in found if isinstance(one, Remind)} == errands


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("cancel reminder number 3", Cancel(Kind.REMINDER, number=3)),
        ("cancel reminder 3", Cancel(Kind.REMINDER, number=3)),
        ("undo the last timer", Cancel(Kind.TIMER, latest=True)),
        ("undo that", Cancel(None, latest=True, gently=True)),
        ("cancel the next reminder", Cancel(Kind.REMINDER, when=When())),
        ("cancel the reminder at six", Cancel(Kind.REMINDER, when=When(clock=Clock(6)))),
        ("cancel tomorrow's reminder", Cancel(Kind.REMINDER, when=When(day=Day(offset=1)))),
        ("cancel the pasta timer", Cancel(Kind.TIMER, "pasta")),
        ("you don't need to remind me about the dentist anymore", Cancel(None, "the dentist", gently=True)),
        ("snooze", Again(NOW + timedelta(minutes=10), gently=True)),
        ("snooze it for 5 minutes", Again(NOW + timedelta(minutes=5), gently=True)),
        ("remind me again in an hour", Again(NOW + timedelta(hours=1))),
        ("move my dentist reminder to 7pm", Move(Cancel(Kind.REMINDER, "dentist"), local("2026-11-22 19:00"))),
        ("change the alarm to 6", Move(Cancel(Kind.ALARM), local("2026-11-22 06:00"))),
        ("postpone the reminder by an hour", Move(Cancel(Kind.REMINDER), later=timedelta(hours=1))),
        ("push the timer back by 2 minutes", Move(Cancel(Kind.TIMER), later=timedelta(minutes=2))),
        ("change the timer to 5 minutes", Move(Cancel(Kind.TIMER), NOW + timedelta(minutes=5))),
        ("when is my next reminder?", Listing(None)),
        ("what timers are running?", Listing(Kind.TIMER)),
        ("how long until my timer goes off?", Listing(Kind.TIMER)),
        ("how much time is left?", Listing(Kind.TIMER, gently=True)),
        ("list reminders", Listing(None)),
    ],
)
def test_what_is_wanted_of_those_that_there_are(said: str, wish: Wish) -> None:
    """By number, words, time or order; moved, put off, repeated, listed."""
    assert understand(said, NOW, BERLIN) == [wish]


def test_words_that_are_known_to_be_a_reminder() -> None:
    """As the command and the HTTP interface take them: without the verb."""
    assert set_by("at six to call the dentist", NOW, BERLIN) == Remind(
        Kind.REMINDER, "call the dentist", local("2026-11-22 06:00")
    )
    assert set_by("call the dentist at six", NOW, BERLIN).text == "call the dentist"
    assert set_by("set a timer for 5 minutes", NOW, BERLIN).kind is Kind.TIMER
    assert isinstance(set_by("call the dentist", NOW, BERLIN), Unclear)


def test_no_text_is_too_much() -> None:
    """What is kept is one line of bounded length; a page that was pasted is no request, and takes no time to refuse."""
    (wish,) = understand("remind me in 5 minutes to " + "x" * 500, NOW, BERLIN)
    assert isinstance(wish, Remind)
    assert len(wish.text) == MAX_TEXT_CHARS
    begun = time.perf_counter()
    for page in ("remind me to " * 10_000, "at six " * 20_000, "in 5 minutes and " * 30, "please, " * 70, "a, " * 190):
        understand(page, NOW, BERLIN)
    assert time.perf_counter() - begun < 5


PIECES = st.sampled_from(
    "remind me to at in on the of six 9 25 5:30 pm half past quarter an hour minutes tomorrow tonight friday may . , "  # noqa: SIM905
    "3rd cancel my reminders timer set a for wake up and next week every day 0 999999 years ( ) \u202e 🎂".split()
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_words_are_taken(said: str) -> None:
    """Nothing that anybody says makes it fail, and whatever is set lies ahead."""
    for wish in understand(said, NOW, BERLIN):
        if isinstance(wish, Remind):
            assert wish.due > NOW
            assert "\n" not in wish.text
