"""How reminders are put into words: when one is due, what the model is told, what a client shows.

Pure. The words that the model is told have the shape that the starter model is trained on
(`llm_server/starter/grammar/cues.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from backend.storage.reminders import Kind, Reminder
from backend.times.wall import wall_time

LATE = timedelta(minutes=2)
"""What is said later than this is said with the time at which it was due."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_MAX_LISTED = 5
_MAX_LISTED_CHARS = 60
_YOURS = {"i": "you", "i'm": "you're", "i've": "you've", "i'll": "you'll", "i'd": "you'd", "my": "your", "me": "you",
          "mine": "yours", "myself": "yourself", "am": "are"}  # fmt: skip
_WORD = re.compile(r"\w+")
_SMALL = 3
_MINE = re.compile(r"\b(?:i['’](?:m|ve|ll|d)|i am|i|my|me|mine|myself)(?![\w'’])", re.IGNORECASE)  # noqa: RUF001


def when_due(due: datetime, now: datetime, zone: tzinfo | None) -> str:
    """`today, 18:00`, `tomorrow, 09:00`, `on Friday, 19:00`, `on 3 May, 09:00`; `in 30 seconds` when so soon."""
    if now <= due < now + timedelta(seconds=90):
        seconds = max(1, round((due - now).total_seconds()))
        return f"in {seconds} second{'s' if seconds > 1 else ''}"
    wall, today = wall_time(due, zone), wall_time(now, zone).date()
    days = (wall.date() - today).days
    clock = f"{wall:%H:%M}"
    if days in (-1, 0, 1):
        return f"{('yesterday', 'today', 'tomorrow')[days + 1]}, {clock}"
    if 1 < days < 7:
        return f"on {_DAYS[wall.weekday()]}, {clock}"
    year = f" {wall.year}" if wall.year != today.year else ""
    return f"on {wall.day} {_MONTHS[wall.month - 1]}{year}, {clock}"


def how_long(span: timedelta) -> str:
    """`12 minutes`, `an hour and 30 minutes`."""
    seconds = round(span.total_seconds())
    parts: list[str] = []
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        many, seconds = divmod(seconds, size)
        if many:
            one = "an hour" if unit == "hour" else f"a {unit}"
            parts.append(one if many == 1 else f"{many} {unit}s")
    return " and ".join(parts[:2]) or "no time"


def errand(reminder: Reminder) -> str:
    """What the user is to be told, in the second person: `call your sister`, `the timer of 12 minutes is over`."""
    if reminder.text:
        return to_you(reminder.text)
    if reminder.kind is Kind.TIMER:
        return f"the timer of {how_long(reminder.due - reminder.made)} is over"
    return "wake up" if reminder.kind is Kind.ALARM else "you wanted to be reminded now"


def to_you(text: str) -> str:
    """The user's words as she would say them: `call my sister` becomes `call your sister`."""

    def turned(match: re.Match[str]) -> str:
        word = match[0].lower().replace("’", "'")  # noqa: RUF001
        return "you are" if word == "i am" else _YOURS[word]

    return _MINE.sub(turned, text)


def is_late(reminder: Reminder, now: datetime) -> bool:
    """Whether it has to be said when it was due."""
    return now - reminder.due > LATE


def cue(due: Sequence[Reminder], now: datetime, zone: tzinfo | None) -> str:
    """What the model is told when one is due, or several were. The user's words cannot leave the sentence that holds
    them."""
    told = []
    for reminder in due:
        late = f", that was due {_at(reminder.due, now, zone)}" if is_late(reminder, now) else ""
        told.append(_tame(errand(reminder)) + late)
    return f"(A reminder is due: {'; and '.join(told)}. Tell the user.)"


def mentions(said: str, reminder: Reminder) -> bool:
    """Whether what she said is about this one, as far as its words tell: at least half of those that are not small."""
    heard = set(_WORD.findall(said.lower()))
    named = set(_WORD.findall(errand(reminder).lower()))
    large = {word for word in named if len(word) > _SMALL} or named
    return 2 * len(large & heard) >= len(large)


def announcement(reminder: Reminder, now: datetime, zone: tzinfo | None) -> str:
    """What a client shows when one is due, whatever she makes of it."""
    late = f" (due {_at(reminder.due, now, zone)})" if is_late(reminder, now) else ""
    return f"{_name(reminder.kind)}: {errand(reminder)}{late}"


def confirmation(reminder: Reminder, now: datetime, zone: tzinfo | None) -> str:
    """What a client shows when one was set."""
    due = when_due(reminder.due, now, zone)
    text = f" — {to_you(reminder.text)}" if reminder.text else ""
    return f"{_name(reminder.kind)} set: {due}{text}"


def note(reminder: Reminder, now: datetime, zone: tzinfo | None) -> str:
    """What the model is told in the turn in which one was set, after `reminder set: `."""
    return f"{when_due(reminder.due, now, zone)}, {_tame(errand(reminder))}"


def listed(reminders: Sequence[Reminder], now: datetime, zone: tzinfo | None) -> str:
    """All that are open, in one line."""
    if not reminders:
        return "there are none"
    told = [f"{_when_listed(item, now, zone)}: {_short(_tame(errand(item)))}" for item in reminders[:_MAX_LISTED]]
    more = len(reminders) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _when_listed(reminder: Reminder, now: datetime, zone: tzinfo | None) -> str:
    """Of a timer, how much is left."""
    left = reminder.due - now
    if reminder.kind is Kind.TIMER and timedelta() < left < timedelta(days=1):
        return f"in {how_long(left)}"
    return when_due(reminder.due, now, zone)


def _at(due: datetime, now: datetime, zone: tzinfo | None) -> str:
    told = when_due(due, now, zone)
    return f"at {told.removeprefix('today, ')}" if told.startswith("today, ") else told


def _name(kind: Kind) -> str:
    return kind.value.capitalize()


def _tame(text: str) -> str:
    """One line without the brackets in which cues and the context block stand."""
    return " ".join(text.translate(str.maketrans("()[]<>", "      ")).split()).rstrip(".")


def _short(text: str) -> str:
    return text if len(text) <= _MAX_LISTED_CHARS else text[: _MAX_LISTED_CHARS - 1] + "…"
