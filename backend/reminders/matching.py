"""Which of the reminders that there are somebody means. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from backend.reminders import words
from backend.reminders.wishes import Cancel
from backend.storage.reminders import Kind, Reminder
from backend.times.numbers import CARDINALS
from backend.times.pieces import LAPSE, When, lapse
from backend.times.resolve import falls

_SAME = timedelta(seconds=1)
_SMALL_WORDS = frozenset(("the", "a", "an", "my", "your", "to", "about", "for", "of", "1"))


def meant(wish: Cancel, known: Sequence[Reminder], now: datetime, zone: tzinfo | None) -> list[Reminder]:
    """Those that fit; without a word about which one, all of its kind. Where no reminder fits, one that rings may."""
    if wish.number is not None:
        return [one for one in known if one.id == wish.number]
    of_kind = [one for one in known if wish.kind in (None, one.kind)]
    found = _fitting(wish, of_kind, now, zone)
    return _fitting(wish, known, now, zone) if wish.kind is Kind.REMINDER and not found else found


def _fitting(wish: Cancel, known: Sequence[Reminder], now: datetime, zone: tzinfo | None) -> list[Reminder]:
    if wish.latest:
        return sorted(known, key=lambda one: one.id)[-1:]
    if wish.when == When():
        return sorted(known, key=lambda one: (one.due, one.id))[:1]
    if wish.when is not None:
        return [one for one in known if falls(wish.when, one.due, now, zone)]
    if long := _length(wish.what):
        return [one for one in known if one.kind is Kind.TIMER and abs(one.due - one.made - long) < _SAME]
    if wish.what:
        wanted = _plain(wish.what)
        return [one for one in known if wanted and wanted <= _plain(f"{one.text} {words.errand(one)}")]
    return list(known)


def _length(what: str) -> timedelta | None:
    """The length that these words are, all of them: the `90 second` timer."""
    found = lapse(what) if re.fullmatch(LAPSE, what, re.IGNORECASE) else None
    return timedelta(days=found.days, seconds=found.seconds) if found else None


def _plain(text: str) -> set[str]:
    """The words that count, in the singular, numbers in digits."""
    found = (str(CARDINALS.get(word, word)) for word in re.findall(r"[\w'’]+", text.lower()))  # noqa: RUF001
    return {word.removesuffix("s") or word for word in found} - _SMALL_WORDS
