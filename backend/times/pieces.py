"""The pieces of which people make a time, found in a sentence: `tomorrow`, `at half past six`, `in 20 minutes`.

Pure. What moment they mean together is decided in `resolve`; what the sentence is about is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from backend.times.numbers import COUNT, ORDINAL, WORD, count, number, ordinal


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Lapse:
    """So much later than now."""

    seconds: int = 0
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. Not `certain`: it may be twelve hours later as well."""

    hour: int
    minute: int = 0
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day: so many from today, a weekday (0 is Monday; `after_today`: not today; `next_week`: the one of the week
    that begins next Monday), or a date, which may lack its year and its month (`next_month`: not this one).
    `weeks_later`: so many weeks after that."""

    offset: int | None = None
    weekday: int | None = None
    after_today: bool = False
    next_week: bool = False
    next_month: bool = False
    weeks_later: int = 0
    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class When:
    """All that was said about a time."""

    lapse: Lapse | None = None
    clock: Clock | None = None
    part: Part | None = None
    day: Day | None = None

    @property
    def exact(self) -> bool:
        """Does it say more than which day?"""
        return self.lapse is not None or self.clock is not None or self.part is not None

    def joined(self, other: When) -> When | None:
        """Both together; None where they speak of the same."""
        names = ("lapse", "clock", "part", "day")
        if any(getattr(self, name) is not None and getattr(other, name) is not None for name in names):
            return None
        return replace(self, **{name: getattr(other, name) for name in names if getattr(other, name) is not None})


_FLAGS = re.IGNORECASE
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|fortnights?|months?|years?)\b"
_AMOUNT = rf"(?:{COUNT})(?:\s+and\s+a\s+half)?\s*-?(?:{_UNIT})(?:\s+and\s+a\s+half\b)?"
_QUARTER = r"(?:a|three)\s+quarters?\s+(?:of\s+an\s+)?hours?\b"
LAPSE = rf"(?:{_QUARTER}|{_AMOUNT}(?:\s*,?\s*(?:and\s+)?{_AMOUNT})*|\d{{1,2}}h\d{{2}}\b)"
"""How long something takes: a pattern, read by `lapse`."""
_ONE_AMOUNT = re.compile(rf"({COUNT})(\s+and\s+a\s+half)?\s*-?({_UNIT})(\s+and\s+a\s+half\b)?", _FLAGS)

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in _MONTHS)}|sept)\b\.?"
_YEAR = r"(?:,?\s+(?P<year>\d{4})\b)?"
_HALF = r"(?P<half>[ap]\.?\s?m\b\.?)"
_AT = r"(?:at|by|around|@)\s*(?:about\s+)?"
_HOUR = rf"(?P<hour>\d{{1,2}}|{WORD})"
_MINUTES = rf"(?P<minute>\d{{2}}|(?:o|oh|zero)\s+{WORD}|{WORD})"


def lapse(text: str) -> Lapse | None:
    """How long this is: what `LAPSE` matches; None for what is no length."""
    words = " ".join(text.lower().split())
    if short := re.fullmatch(r"(\d{1,2})h(\d{2})", words):
        return Lapse(3600 * int(short[1]) + 60 * int(short[2]))
    if "quarter" in words:
        return Lapse(2700 if words.startswith("three") else 900)
    seconds = days = months = 0.0
    for amount, half_before, unit, half_after in _ONE_AMOUNT.findall(words):
        many = count(amount) + (0.5 if half_before or half_after else 0)
        match unit[:2]:
            case "mo":
                months += many
            case "ye" | "y":
                months += 12 * many
            case "d" | "da":
                days += many
            case "we" | "w":
                days += 7 * many
            case "fo":
                days += 14 * many
            case _:
                seconds += many * _SECONDS[unit[0]]
    seconds += (days % 1) * 86400
    found = Lapse(round(seconds), int(days), int(months))
    return found if found != Lapse() else None


# --- one function for each kind of piece: from a match to what it says -----------------------------


def _after(match: re.Match[str]) -> When | None:
    found = lapse(match["lapse"])
    return When(lapse=found) if found else None


def _clock(match: re.Match[str]) -> When | None:
    groups = match.groupdict()
    hour_text, half = match["hour"], (groups.get("half") or "").lower()
    hour = number(hour_text)
    minute_text = groups.get("minute")
    minute = 0
    if minute_text:
        minute = number(re.sub(r"^(?:o|oh|zero)\s+", "", minute_text.lower()))
    written_out = len(hour_text) == 2 and hour_text.startswith("0")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if half and 1 <= hour <= 12:
        return When(clock=Clock(hour % 12 + (12 if half.startswith("p") else 0), minute, certain=True))
    return When(clock=Clock(hour, minute, certain=hour >= 12 or hour == 0 or written_out))


def _past(match: re.Match[str]) -> When | None:
    hour, many = number(match["hour"]), match["many"].lower()
    minutes = {"half": 30, "quarter": 15, "a quarter": 15}.get(" ".join(many.split()))
    if minutes is None:
        minutes = number(many)
    if not (hour <= 24 and minutes < 60):
        return None
    total = hour * 60 + (minutes if match["side"].lower() in ("past", "after") else -minutes)
    half = (match["half"] or "").lower()
    if half and 1 <= hour <= 12:
        total = total % 720 + (720 if half.startswith("p") else 0)
    total %= 1440
    return When(clock=Clock(total // 60, total % 60, certain=bool(half) or total >= 720))


def _named(match: re.Match[str]) -> When:
    return When(clock=Clock(0 if match["named"].lower() == "midnight" else 12, 0, certain=True))


def _part(match: re.Match[str]) -> When:
    return When(part=Part(match["part"].lower()))


def _this_part(match: re.Match[str]) -> When:
    return When(day=Day(offset=0), part=Part(match["part"].lower()))


def _weekday(match: re.Match[str]) -> When:
    name = match["weekday"].lower()
    which = _WEEKDAYS.index(name) if name in _WEEKDAYS else _SHORT[name]
    return When(day=Day(weekday=which, after_today=(match["which"] or "").lower() in ("next", "coming")))


def _next_weekday(match: re.Match[str]) -> When:
    return When(day=Day(weekday=_WEEKDAYS.index(match["weekday"].lower()), next_week=True))


def _week_later(match: re.Match[str]) -> When:
    name = match["day"].lower()
    offset = {"today": 0, "tomorrow": 1}.get(name)
    return When(day=Day(offset, None if offset is not None else _WEEKDAYS.index(name), weeks_later=1))


def _minutes(match: re.Match[str]) -> When:
    return When(lapse=Lapse(60 * number(match["many"])))


def _iso(match: re.Match[str]) -> When:
    year, month, day = (int(part) for part in match["date"].split("-"))
    return When(day=Day(year=year, month=month, day=day))


def _date(match: re.Match[str]) -> When:
    month = next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower()[:3]))
    text = match["day"]
    day = int(text) if text.isdecimal() else ordinal(text)
    return When(day=Day(year=int(match["year"]) if match["year"] else None, month=month, day=day))


def _dotted(match: re.Match[str]) -> When:
    year = int(match["year"]) if match["year"] else None
    return When(day=Day(year=year, month=int(match["month"]), day=int(match["day"])))


def _slashed(match: re.Match[str]) -> When | None:
    """`24/12` and `12/24`; what could be both is neither."""
    first, second = int(match["first"]), int(match["second"])
    if first != second and (first <= 12) == (second <= 12):
        return None
    day, month = (first, second) if first > 12 else (second, first)
    return When(day=Day(year=int(match["year"]) if match["year"] else None, month=month, day=day))


def _of_month(match: re.Match[str]) -> When:
    return When(day=Day(day=ordinal(match["day"]), next_month=match["next"] is not None))


def _says(when: When) -> Callable[[re.Match[str]], When | None]:
    return lambda _match: when


_Reader = Callable[[re.Match[str]], "When | None"]
_PARTS = "|".join(Part)
_BEFORE_PART = r"(?=\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night|tonight|tomorrow)\b)"
_OCLOCK = r"o['’]?\s?clock\b"  # noqa: RUF001 - as a telephone writes it
_NAMES = "|".join(_WEEKDAYS)
_SOME = r"(?:(?:about|around|roughly|approximately|maybe|like|say|just)\s+)?"
_MANY = rf"(?P<many>half|(?:a\s+)?quarter|(?:\d{{1,2}}|{WORD}))"
_SIDE = r"(?P<side>past|after|to|before)"
_RULES: tuple[tuple[str, _Reader], ...] = (
    (rf"(?:in|after)\s+{_SOME}(?P<lapse>{LAPSE})(?:\s+or\s+so\b)?(?:\s+from\s+now\b)?", _after),
    (r"(?:at\s+)?(?:this|(?:the\s+)?same)\s+time\s+tomorrow\b", _says(When(lapse=Lapse(days=1)))),
    (r"tomorrow,?\s+(?:at\s+)?(?:this|(?:the\s+)?same)\s+time\b", _says(When(lapse=Lapse(days=1)))),
    (rf"(?P<lapse>{LAPSE})\s+from\s+now\b", _after),
    (rf"{LAPSE}\s+ago\b|yesterday\b", _says(When(day=Day(offset=-1)))),  # said to have passed, whenever it was
    (rf"(?:in|after)\s+(?P<many>\d{{1,3}}|{WORD})(?=\s+to\s|\s*[,;!?]|\s*\.?\s*$)", _minutes),
    (r"(?:on\s+)?(?P<date>\d{4}-\d{2}-\d{2})\b", _iso),
    (rf"(?:on\s+)?(?:the\s+)?(?P<day>{ORDINAL}|\d{{1,2}})(?:\s+of)?\s+{_MONTH}{_YEAR}", _date),
    (rf"(?:on\s+)?{_MONTH}\s+(?:the\s+)?(?P<day>{ORDINAL}|\d{{1,2}}\b(?![:.]\d)){_YEAR}", _date),
    (r"(?:on\s+)?(?:the\s+)?(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})?(?!\d)", _dotted),
    (r"(?:on\s+)?(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}))?(?![/\d])", _slashed),
    (rf"on\s+the\s+(?P<day>{ORDINAL})(?:\s+of\s+(?:(?P<next>next)|this|the)\s+month\b)?", _of_month),
    (r"(?:on\s+)?the\s+day\s+after\s+tomorrow\b", _says(When(day=Day(offset=2)))),
    (rf"(?:an?|one)\s+week\s+(?:from|on)\s+(?P<day>today|tomorrow|{_NAMES})\b", _week_later),
    (r"first\s+thing\s+tomorrow(?:\s+morning)?\b", _says(When(day=Day(offset=1), part=Part.MORNING))),
    (r"first\s+thing\s+in\s+the\s+morning\b", _says(When(part=Part.MORNING))),
    (r"tomorrow\b", _says(When(day=Day(offset=1)))),
    (r"tonight\b", _says(When(day=Day(offset=0), part=Part.NIGHT))),
    (rf"this\s+(?P<part>{_PARTS})\b", _this_part),
    (r"(?:later\s+)?today\b", _says(When(day=Day(offset=0)))),
    (r"(?:at|on|this)\s+(?:the\s+)?weekend\b", _says(When(day=Day(weekday=5)))),
    (rf"(?:on\s+)?(?P<weekday>{_NAMES})\s+(?:of\s+)?next\s+week\b", _next_weekday),
    (rf"next\s+week\s+(?:on\s+)?(?P<weekday>{_NAMES})\b", _next_weekday),
    (r"next\s+week\b", _says(When(day=Day(offset=7)))),
    (r"next\s+month\b", _says(When(lapse=Lapse(months=1), part=Part.MORNING))),
    (rf"(?:on\s+)?(?:(?P<which>this|next|coming)\s+)?(?P<weekday>{_NAMES})\b", _weekday),
    (rf"(?:on\s+|(?P<which>this|next|coming)\s+)(?P<weekday>{'|'.join(_SHORT)})\b\.?", _weekday),
    (rf"(?P<which>(?!))?(?P<weekday>{'|'.join(_SHORT)})\b\.?(?=\s+(?:at\s|\d|(?:{_PARTS})\b))", _weekday),
    (rf"(?:{_AT})?{_MANY}(?:\s+minutes?)?\s+{_SIDE}\s+{_HOUR}(?:\s*{_HALF}|\s+{_OCLOCK})?", _past),
    (rf"(?:{_AT})?(?P<named>noon|midday|midnight)\b", _named),
    (rf"{_AT}(?P<named>lunch(?:\s?time)?)\b", _named),
    (rf"(?:{_AT})?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?!\d)(?:\s*{_HALF})?", _clock),
    (rf"{_AT}(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?![\d:.])(?:\s*(?:hours|h)\b)?", _clock),
    (rf"{_AT}(?P<hour>\d{{1,2}})\s?h\b", _clock),
    (rf"{_AT}(?P<hour>\d{{1,2}})[.h](?P<minute>\d{{2}})(?!\d|\.\d)(?:\s*{_HALF})?", _clock),
    (rf"(?:{_AT})?(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})\s*{_HALF}", _clock),
    (rf"(?:{_AT})?{_HOUR}\s+{_MINUTES}\s*{_HALF}", _clock),
    (rf"(?:{_AT})?{_HOUR}\s*(?:{_HALF}|{_OCLOCK})", _clock),
    (rf"{_AT}{_HOUR}\s+{_MINUTES}(?!\s*(?:{_UNIT}))(?=\s|[,.!?]|$)", _clock),
    (rf"{_AT}{_HOUR}(?:-?ish\b)?(?![\w:])(?!\s*(?:{_UNIT}|percent|%))", _clock),
    (rf"{_HOUR}{_BEFORE_PART}", _clock),
    (r"in\s+the\s+(?P<part>morning|afternoon|evening|night)\b", _part),
    (r"at\s+(?P<part>night)\b", _part),
    (rf"(?P<part>{_PARTS})\b", _part),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, _FLAGS), read) for pattern, read in _RULES)
_LONE_PART = len(_COMPILED) - 1
"""`morning` alone: only after a day"""
_BARE_CLOCK = re.compile(rf"(?:for\s+)?{_HOUR}(?:\s+{_MINUTES})?(?=\s|[,.!?]|$)", _FLAGS)
_BETWEEN = re.compile(r"\s*,?\s*(?:and\s+)?(?:for\s+)?", _FLAGS)


def when_at(text: str, start: int, *, bare: bool = False) -> tuple[When, int] | None:
    """The time that is named from here on, and where it ends; None where none is.

    `bare`: a number alone is a time of day, as in `wake me at 7 or `alarm for 7`.
    """
    found, position = When(), start
    while True:
        at = position if position == start else _BETWEEN.match(text, position).end()  # type: ignore[union-attr]
        piece = _piece(text, at, after_day=found.day is not None, bare=bare)
        joined = found.joined(piece[0]) if piece else None
        if piece is None or joined is None:
            break
        found, position = joined, piece[1]
    return (found, position) if position > start else None


def _piece(text: str, at: int, *, after_day: bool, bare: bool) -> tuple[When, int] | None:
    for place, (pattern, read) in enumerate(_COMPILED):
        if place == _LONE_PART and not after_day:
            continue
        match = pattern.match(text, at)
        if match and (said := read(match)):
            return said, match.end()
    match = _BARE_CLOCK.match(text, at) if bare else None
    if match and (said := _clock(match)):
        return said, match.end()
    return None
