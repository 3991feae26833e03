# ruff: noqa: RUF001, SIM905 (punctuation of prose is what is read; a table of words reads best as words)
"""Days, years and times of the day: from how they are written to how they are said in English.

A numeral is taken for a year only where its neighbours say so. Other numbers are not known here.
"""

from __future__ import annotations

import re

from voice.words.aligned import Replacement, in_order, rule
from voice.words.numerals import cardinal, decade, ordinal, year

_MONTHS = (
    "January February March April May June July August September October November December"
).split()  # fmt: skip
_MONTH = (
    r"(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(3[01]|[12]\d|0?[1-9])"
_YEAR = r"([12]\d{3})"
_HALF = r"(?:\s?(?P<half>[aApP])(?:\.\s?[mM]\.|[mM]\b))"
_YEAR_CUES = (
    r"(?:in|since|by|of|from|until|till|to|before|after|during|around|circa|year|early|late|mid|spring|summer|autumn|fall"
    r"|winter|January|February|March|April|May|June|July|August|September|October|November|December|©)"
)


def _day(number: str) -> str:
    return ordinal(int(number))


def _month(name: str) -> str:
    return next(month for month in _MONTHS if month.startswith(name.rstrip(".")[:3]))


def _iso(match: re.Match[str]) -> Replacement:
    return _date(match[1], int(match[2]), int(match[3]))


def _date(written_year: str, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{_MONTHS[month - 1]} {ordinal(day)}, {year(int(written_year))}"


def _dotted(match: re.Match[str]) -> Replacement:
    return _date(match[3], int(match[2]), int(match[1]))


def _slashed(match: re.Match[str]) -> Replacement:
    """Nobody knows which is the month, unless one of them can be none; else they are read as they stand."""
    first, second = int(match[1]), int(match[2])
    if first > 12 >= second:
        return _date(match[3], second, first)
    if second > 12 >= first:
        return _date(match[3], first, second)
    return f"{cardinal(first)} {cardinal(second)} {year(int(match[3]))}"


def _month_first(match: re.Match[str]) -> Replacement:
    following = f", {year(int(match[3]))}" if match[3] else ""
    return f"{_month(match[1])} {_day(match[2])}{following}"


def _day_first(match: re.Match[str]) -> Replacement:
    article = "" if match[1] else "the "
    following = f", {year(int(match[4]))}" if match[4] else ""
    return f"{match[1] or ''}{article}{_day(match[2])} of {_month(match[3])}{following}"


def _clock(match: re.Match[str]) -> Replacement:
    hour, minute, second = int(match["hour"]), int(match["minute"]), match["second"]
    if minute:
        words = f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    elif match["half"]:
        words = cardinal(hour)
    elif 1 <= hour <= 12:
        words = f"{cardinal(hour)} o'clock"
    else:
        words = f"{cardinal(hour)} hundred" if hour else "midnight"
    if second:
        words += f" and {cardinal(int(second))} second{'' if int(second) == 1 else 's'}"
    return words + _half_of_day(match)


def _hour(match: re.Match[str]) -> Replacement:
    return cardinal(int(match["hour"])) + _half_of_day(match)


def _half_of_day(match: re.Match[str]) -> str:
    """The letters one by one ("A M": as one word it is another); the sentence ends where its last full stop stood."""
    if not match["half"]:
        return ""
    rest = match.string[match.end() : match.end() + 2]
    ends = match[0].endswith(".") and (not rest.strip() or rest.lstrip()[:1].isupper())
    return f" {match['half'].upper()} M{'.' if ends else ''}"


def _between_years(match: re.Match[str]) -> Replacement:
    return f"{year(int(match[1]))} to {year(int(match[2]))}"


def _cued_year(match: re.Match[str]) -> Replacement:
    return [1, year(int(match[2]))]


def _likely_year(match: re.Match[str]) -> Replacement:
    return year(int(match[0]))


def _decade(match: re.Match[str]) -> Replacement:
    return decade(int(match[1]))


dates = in_order(
    rule(r"(?<![\w.-])(\d{4})-(\d\d)-(\d\d)(?=T\d|(?![\w-]))T?", lambda m: _spaced(m, _iso(m))),
    rule(rf"(?<![\w.]){_DAY}\.(1[0-2]|0?[1-9])\.{_YEAR}(?!\w)", _dotted),
    rule(rf"(?<![\w/])(\d\d?)/(\d\d?)/{_YEAR}(?![\w/])", _slashed),
    rule(rf"\b{_MONTH}\s{_DAY}(?:st|nd|rd|th)?\b(?!:\d)(?:,?\s{_YEAR}\b(?!:\d))?", _month_first),
    rule(rf"\b([Tt]he\s)?{_DAY}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s{_YEAR}\b(?!:\d))?", _day_first),
)
"""Every way to write a day."""
times = in_order(
    rule(r"(?<=\d:\d\d)\s?[-–—]\s?(?=\d{1,2}:\d\d)", " to "),
    rule(rf"(?<![\w:.,-])(1[0-2]|[1-9])\s?[-–—]\s?(?=(?:1[0-2]|[1-9]){_HALF})", [1, " to "]),
    rule(
        r"(?<![\w:.])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?(?![\d:])"
        rf"(?:Z\b)?{_HALF}?",
        _clock,
    ),
    rule(rf"(?<![\w:.,])(?P<hour>1[0-2]|0?[1-9]){_HALF}", _hour),
)
"""Times of the day, on a clock of twelve or twenty-four hours."""
years = in_order(
    rule(r"(?<![\w.,])(1[1-9]\d\d|20\d\d)\s?[-–—]\s?(1[1-9]\d\d|20\d\d)(?![\w-]|[.,]\d)", _between_years),
    rule(r"(?<![\w.,])((?:1[1-9]|20)\d0)['’]?s\b", _decade),
    rule(r"(?<!\w)['’]([2-9]0)s\b", _decade),
    rule(r"(?<=\bthe\s)([2-9]0)s\b", _decade),
    rule(
        rf"\b({_YEAR_CUES}\s)(1\d{{3}}|20\d\d)(?!\w|[.,:/]\d|\s?[%°$€£]|\s[a-z]+s\b)",
        _cued_year,
        re.IGNORECASE,
    ),
    rule(r"(?<![\w.,$€£#:/+-])(?<![$€£]\s)(?:19|20)\d\d(?=[.,;:!?)\"']*(?:\s+[A-Z(]|\s*$))(?![.,]\d)", _likely_year),
)
"""Numerals that are years: beside another, as a decade, after a word such as "since", or by themselves."""


def _spaced(match: re.Match[str], words: Replacement) -> Replacement:
    """A day that is joined to its time by a T gets a space after it."""
    return f"{words} " if isinstance(words, str) and match[0].endswith("T") else words
