"""Until when something is to last: `2h`, `1h30`, `half an hour`, `until 6pm`, `tomorrow`, `today`. Pure."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, tzinfo

from backend.times.pieces import LAPSE, Day, lapse, when_at
from backend.times.resolve import FURTHEST, ImpossibleTimeError, resolve
from backend.times.wall import moment, wall_time

_I = re.IGNORECASE
_SHORT = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,5})(?:min|m)?)?", re.ASCII | _I)
_LONG = re.compile(rf"(?:for\s+)?(?:the\s+next\s+|another\s+)?(?P<lapse>{LAPSE})", _I)
_NEXT_ONE = re.compile(r"(?:for\s+)?(?:the\s+next\s+)?(?P<unit>minute|hour|day|week)", _I)
_TODAY = re.compile(
    r"(?:for\s+)?(?:the\s+(?:rest\s+of\s+the\s+)?day|today|tonight|this\s+evening|(?:the\s+)?rest\s+of\s+today)", _I
)
_UNTIL = re.compile(r"(?:until|till?|up\s+to)\s+", _I)
_LATER_WORDS = re.compile(r"(?:until|till?)\s+(?:midnight|the\s+end\s+of\s+the\s+day)", _I)


def until(text: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    """The end, later than now, in UTC; None where these words name none.

    A number alone is minutes. A day alone lasts until its morning, this one until midnight.
    """
    words = " ".join(text.split()).strip(" .!")
    if span := _span(words):
        return now + span if span < FURTHEST else None
    if _TODAY.fullmatch(words) or _LATER_WORDS.fullmatch(words):
        return _midnight(now, zone)
    begun = _UNTIL.match(words)
    start = begun.end() if begun else 0
    found = when_at(words, start, bare=begun is not None)
    if found is None or found[1] != len(words) or found[0].lapse is not None:
        return None
    if found[0].day == Day(offset=0) and not found[0].exact:
        return _midnight(now, zone)
    try:
        return resolve(found[0], now, zone)
    except ImpossibleTimeError:
        return None


def _span(words: str) -> timedelta | None:
    short = _SHORT.fullmatch(words.replace(" ", ""))
    if short and words:
        days, hours, minutes = (int(part or 0) for part in short.groups())
        return timedelta(days=days, hours=hours, minutes=minutes)
    if one := _NEXT_ONE.fullmatch(words):
        words = f"a {one['unit']}"
    long = _LONG.fullmatch(words)
    found = lapse(long["lapse"]) if long else None
    return timedelta(days=found.days + 30 * found.months, seconds=found.seconds) if found else None


def _midnight(now: datetime, zone: tzinfo | None) -> datetime:
    wall = wall_time(now, zone)
    return moment(datetime.combine(wall.date() + timedelta(days=1), time(0)), zone)
