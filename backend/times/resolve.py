"""Which moment a time means that somebody named, seen from now.

Pure. A time of day that may be morning or evening is the next of the two; on another day it is the one at which
people are awake.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta, tzinfo

from backend.times.pieces import Clock, Day, Lapse, Part, When
from backend.times.wall import moment, wall_time

FURTHEST = timedelta(days=3660)
_USUAL = {Part.MORNING: time(9), Part.AFTERNOON: time(15), Part.EVENING: time(19), Part.NIGHT: time(21)}
_ENDS = {Part.MORNING: time(12), Part.AFTERNOON: time(18), Part.EVENING: time(23), Part.NIGHT: time(23, 59)}
_HOURS = {Part.MORNING: range(4, 12), Part.AFTERNOON: range(12, 18), Part.EVENING: range(17, 24),
          Part.NIGHT: (*range(19, 24), *range(5))}  # fmt: skip
_ABOUT = timedelta(minutes=2)
_ON_A_DAY = time(9)
_LATER_TODAY = time(18)
_FIRST_AWAKE = 7
"""From this hour on a time without am or pm is in the morning, on a day that is not today."""
_NIGHT_ENDS = 5
"""`tonight at two` is after midnight."""


class ImpossibleTimeError(ValueError):
    """There is no such moment; the message says why, in words for the user."""


def resolve(when: When, now: datetime, zone: tzinfo | None, *, early: bool = False) -> datetime:
    """The moment, in UTC, later than now. `early`: to be woken, so a doubtful hour of another day is in the morning.

    Raises ImpossibleTimeError.
    """
    try:
        found = _resolved(when, now, zone, early=early)
    except (ValueError, OverflowError) as error:
        if isinstance(error, ImpossibleTimeError):
            raise
        raise ImpossibleTimeError("There is no such day.") from error
    if found <= now:
        raise ImpossibleTimeError("That time has passed already.")
    if found - now > FURTHEST:
        raise ImpossibleTimeError("That is more than ten years away.")
    return found


def falls(when: When, at: datetime, now: datetime, zone: tzinfo | None) -> bool:
    """Whether a moment is one that somebody means who names this time now: `the reminder at six`, `tomorrow's`."""
    wall = wall_time(at, zone)
    if when.lapse is not None and abs(_later(When(lapse=when.lapse), when.lapse, now, zone) - at) > _ABOUT:
        return False
    if when.clock is not None:
        around = 24 if when.clock.certain else 12
        if (wall.hour % around, wall.minute) != (when.clock.hour % around, when.clock.minute):
            return False
    if when.day is not None and wall.date() not in _days(when.day, wall_time(now, zone).date())[:1]:
        return False
    return when.part is None or wall.hour in _HOURS[when.part]


def _resolved(when: When, now: datetime, zone: tzinfo | None, *, early: bool) -> datetime:
    wall = wall_time(now, zone)
    if when.lapse is not None:
        return _later(when, when.lapse, now, zone)
    if when.day is None:
        return _next_time(when, wall, now, zone)
    candidates = _days(when.day, wall.date())
    for day in candidates:
        for chosen in _times(when, day, wall, early=early):
            found = moment(chosen, zone)
            if found > now:
                return found
    raise ImpossibleTimeError("That time has passed already.")


def _later(when: When, lapse: Lapse, now: datetime, zone: tzinfo | None) -> datetime:
    if lapse.seconds and (when.clock or when.day or when.part):
        raise ImpossibleTimeError("Those are two different times.")
    if not lapse.days and not lapse.months:
        return now + timedelta(seconds=lapse.seconds)
    if when.day is not None:
        raise ImpossibleTimeError("Those are two different days.")
    wall = wall_time(now, zone)
    day = _months_later(wall.date(), lapse.months) + timedelta(days=lapse.days)
    chosen = datetime.combine(day, wall.time())
    if when.clock or when.part:
        chosen = next(iter(_times(When(clock=when.clock, part=when.part), day, wall, early=False)))
    return moment(chosen, zone) + timedelta(seconds=lapse.seconds)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _next_time(when: When, wall: datetime, now: datetime, zone: tzinfo | None) -> datetime:
    """No day was named: the next such time."""
    for days in range(3):
        day = wall.date() + timedelta(days=days)
        if when.clock is None:
            assert when.part is not None  # noqa: S101 - something was named
            found = [datetime.combine(day, _USUAL[when.part])]
        else:
            found = [_at(day, hour, when.clock.minute) for hour in _hours(when.clock, when.part)]
        for chosen in sorted(found):
            if moment(chosen, zone) > now:
                return moment(chosen, zone)
    raise ImpossibleTimeError("There is no such time.")


def _days(day: Day, today: date) -> list[date]:
    """The days that it may be, the nearest first."""
    return [each + timedelta(weeks=day.weeks_later) for each in _near(day, today)]


def _near(day: Day, today: date) -> list[date]:
    if day.offset is not None:
        return [today + timedelta(days=day.offset)]
    if day.weekday is not None and day.next_week:
        return [today + timedelta(days=7 - today.weekday() + day.weekday)]
    if day.weekday is not None:
        ahead = (day.weekday - today.weekday()) % 7
        first = today + timedelta(days=7 if ahead == 0 and day.after_today else ahead)
        return [first, first + timedelta(days=7)]
    assert day.day is not None  # noqa: S101 - a date has a day
    if day.month is None:
        months = [_months_later(today.replace(day=1), later) for later in range(int(day.next_month), 13)]
        return [
            month.replace(day=day.day) for month in months if day.day <= calendar.monthrange(month.year, month.month)[1]
        ][:3]
    if day.year is not None:
        return [date(day.year, day.month, day.day)]
    years = range(today.year, today.year + 9)  # 29 February may be eight years away
    found = [date(year, day.month, day.day) for year in years if _exists(year, day.month, day.day)]
    if not found:
        raise ImpossibleTimeError("There is no such day.")
    return found[:2]


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _times(when: When, day: date, wall: datetime, *, early: bool) -> list[datetime]:
    """The wall times that it may be on this day, in the order in which they are to be tried."""
    today = day == wall.date()
    if when.clock is not None:
        hours = _hours(when.clock, when.part)
        if not today and len(hours) > 1:
            awake = early or hours[0] >= _FIRST_AWAKE
            hours = [hours[0] if awake else hours[1]]
        late = when.part is Part.NIGHT or (today and when.part is Part.EVENING)
        after_midnight = late and hours[0] < _NIGHT_ENDS and len(hours) == 1 and not (today and wall.hour < _NIGHT_ENDS)
        return [_at(day + timedelta(days=after_midnight), hour, when.clock.minute) for hour in hours]
    if when.part is not None:
        usual = datetime.combine(day, _USUAL[when.part])
        soon = wall + timedelta(hours=1)
        if today and usual <= wall and wall.time() < _ENDS[when.part]:
            return [min(soon, datetime.combine(day, time(23, 59))) if soon.date() == day else soon]
        return [usual]
    if today:
        return [datetime.combine(day, _LATER_TODAY), wall + timedelta(hours=1)]
    return [datetime.combine(day, _ON_A_DAY)]


def _hours(clock: Clock, part: Part | None) -> list[int]:
    """The hours that it may be, earliest first; 24 is the next midnight."""
    hour = clock.hour
    if clock.certain and not (part in (Part.EVENING, Part.NIGHT) and hour in (0, 12)):
        return [24 if hour == 24 else hour]
    match part:
        case None:
            return [hour % 12, hour % 12 + 12]
        case Part.MORNING:
            return [hour % 12]
        case Part.AFTERNOON:
            return [hour % 12 + 12]
        case _ if hour in (0, 12):
            return [24]
        case Part.NIGHT if hour < _NIGHT_ENDS:
            return [hour]
        case _:
            return [hour % 12 + 12]


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour % 24, minute)) + timedelta(days=hour // 24)
