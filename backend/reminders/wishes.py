"""What somebody may want of reminders, as values. How it is said stands in `sentences` and `changes`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.storage.reminders import Kind
from backend.times.pieces import When


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants."""


@dataclass(frozen=True, slots=True)
class Remind(Wish):
    """To be told this then."""

    kind: Kind
    text: str
    """the user's own words; may be empty"""
    due: datetime


@dataclass(frozen=True, slots=True)
class Unclear(Wish):
    """To be told this, but the time was not said, or there is none such."""

    kind: Kind
    text: str
    problem: str
    """in words for the user"""


@dataclass(frozen=True, slots=True)
class Cancel(Wish):
    """To be told of something no more."""

    kind: Kind | None
    """None: whatever it is"""
    what: str = ""
    """words of it; empty: the one that there is"""
    everything: bool = False
    number: int | None = None
    """as `alisa reminders` shows it"""
    when: When | None = None
    """the one that is due then"""
    latest: bool = False
    """the one that was set last"""
    gently: bool = False
    """where there is none, nothing was meant: it was conversation"""


@dataclass(frozen=True, slots=True)
class Move(Wish):
    """To be told of something at another time: `to` then, or so much later."""

    which: Cancel
    """which one, said as for cancelling it"""
    to: datetime | None = None
    later: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Again(Wish):
    """To be told once more, then, what was told a moment ago."""

    due: datetime
    gently: bool = False


@dataclass(frozen=True, slots=True)
class Listing(Wish):
    """To hear what there is."""

    kind: Kind | None
    gently: bool = False
