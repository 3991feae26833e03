# ruff: noqa: RUF001 (punctuation and letters that look alike are what is told apart here)
"""Numbers with what stands beside them: money, units, ranges, fractions, telephone numbers, versions, signs.

After `quantities` no digit is left. Days and times of the day were taken before; they are not known here.
"""

from __future__ import annotations

import re

from voice.words import units
from voice.words.aligned import Replacement, in_order, rule
from voice.words.numerals import LONGEST_READ, cardinal, digits, fraction, is_one, ordinal, spoken

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_SCALES = {
    "k": "thousand", "K": "thousand", "thousand": "thousand", "m": "million", "M": "million", "mn": "million",
    "million": "million", "bn": "billion", "B": "billion", "billion": "billion", "tn": "trillion",
    "trillion": "trillion",
}  # fmt: skip
_SCALE = r"(?:\s?(thousand|million|billion|trillion|mn|bn|tn|[kKmMB])\b)?"
_CURRENCIES = {
    "$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny"), "¥": ("yen", ""), "₹": ("rupee", "paisa"),
    "₩": ("won", ""), "₽": ("ruble", "kopek"), "USD": ("dollar", "cent"), "EUR": ("euro", "cent"),
    "GBP": ("pound", "penny"), "JPY": ("yen", ""), "CHF": ("franc", "centime"),
}  # fmt: skip
_ODD_PLURALS = {"penny": "pence", "yen": "yen", "won": "won", "paisa": "paise"}
_CURRENCY = r"(?:US\$|[$€£¥₹₩₽])"
_CODE = r"(?:USD|EUR|GBP|JPY|CHF)"
_FRACTIONS = frozenset({2, 3, 4, 5, 6, 8})
_OUT_OF = frozenset({10, 20, 50, 100})
"""what marks are given out of"""
_VULGAR = {"¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}
_EVERY = {
    "h": "hour", "hr": "hour", "hour": "hour", "day": "day", "night": "night", "week": "week", "wk": "week",
    "month": "month", "mo": "month", "year": "year", "yr": "year", "person": "person", "user": "user", "kg": "kilogram",
    "lb": "pound", "l": "liter",
}  # fmt: skip
"""what prices are for"""
_SHORT_VERSION = 4
"""A part of a version with more digits than this is the number of a build: read digit by digit."""


def _money(amount: str, scale: str | None, sign: str) -> str:
    unit, minor = _CURRENCIES["$" if sign == "US$" else sign]
    if scale:
        return f"{spoken(amount)} {_SCALES[scale]} {_plural(unit)}"
    whole, _, after = amount.replace(",", "").partition(".")
    if len(after) != 2 or not minor or len(whole) > LONGEST_READ:
        return f"{spoken(amount)} {unit if is_one(amount) else _plural(unit)}"
    parts = [f"{spoken(whole)} {unit if is_one(whole) else _plural(unit)}"] if whole.strip("0") else []
    if int(after):
        parts.append(f"{cardinal(int(after))} {minor if int(after) == 1 else _plural(minor)}")
    return " and ".join(parts) or f"zero {_plural(unit)}"


def _plural(unit: str) -> str:
    return _ODD_PLURALS.get(unit, unit + "s")


def _money_before(match: re.Match[str]) -> Replacement:
    return ("minus " if match[1] else "") + _money(match[3], match[4], match[2])


def _range(match: re.Match[str]) -> Replacement:
    """What both ends share is said once, after the second."""
    sign = match[3] or match[1]
    return f"{match[2]} to {sign}{match[4]}" if sign else [2, " to ", 4]


def _money_after(match: re.Match[str]) -> Replacement:
    return _money(match[1], match[2], match[3])


def _measure(match: re.Match[str]) -> Replacement:
    attribute = match[2] == "-"
    return f"{spoken(match[1])} {units.name(match[3], singular=attribute or is_one(match[1]))}"


def _fraction(match: re.Match[str]) -> Replacement:
    if max(len(match[2]), len(match[3])) > _SHORT_VERSION:
        return [1, spoken(match[2]), " over ", spoken(match[3])]
    above, below = int(match[2]), int(match[3])
    if (above, below) == (24, 7):
        return [1, "twenty-four seven"]
    if above == below == 50:
        return [1, "fifty-fifty"]
    if below in _FRACTIONS and 0 < above < below:
        words = fraction(above, below)
        return f"{spoken(match[1].strip())} and {words.replace('one half', 'a half')}" if match[1] else words
    joint = " out of " if below in _OUT_OF and above <= below else " over "
    return [1, spoken(match[2]), joint, spoken(match[3])]


def _telephone(match: re.Match[str]) -> Replacement:
    groups = re.findall(r"\d+", match[0])
    return ("plus " if match[0][0] == "+" else "") + ", ".join(map(digits, groups))


def _dotted(match: re.Match[str]) -> Replacement:
    """A version or an address: every part a number, a long part digit by digit."""
    parts = match[2].split(".")
    joint = " dot " if len(parts) == 4 else " point "
    words = joint.join(spoken(part) if len(part) <= _SHORT_VERSION else digits(part[:LONGEST_READ]) for part in parts)
    return f"version {words}" if match[1] else words


def _ordinal(match: re.Match[str]) -> Replacement:
    numeral = match[1].replace(",", "")
    return ordinal(int(numeral)) if len(numeral) < 16 else spoken(numeral)


def _scaled(match: re.Match[str]) -> Replacement:
    return f"{spoken(match[1])} {_SCALES[match[2]]}"


def _feet(match: re.Match[str]) -> Replacement:
    return f"{spoken(match[1])} foot {spoken(match[2])}"


def _grouped(match: re.Match[str]) -> Replacement:
    """Thousands parted by spaces, as in much of the world."""
    return re.sub(r"\s", ",", match[0])


def _scientific(match: re.Match[str]) -> Replacement:
    sign = "minus " if match[2] == "-" else ""
    return f"{spoken(match[1])} times ten to the {sign}{cardinal(int(match[3]))}"


def _numeral(match: re.Match[str]) -> Replacement:
    text, start, end = match.string, match.start(), match.end()
    before = " " if start and (text[start - 1].isalpha() or text[start - 1] == "'") else ""
    after = " " if end < len(text) and text[end].isalpha() else ""
    return before + spoken(match[0]) + after


quantities = in_order(
    rule(
        rf"(?<![\w.,-])(?<!\d\s)[1-9]\d{{0,2}}(?:\s\d{{3}})+(?=(?:,\d\d?)?\s?(?:{_CURRENCY}|{units.PATTERN}|[a-z]{{3}}))(?!\d)",
        _grouped,
    ),
    rule(r"(?<![\w.])(\d(?:\.\d{1,12})?)[eE]([+-]?)(\d{1,3})(?![\w.])", _scientific),
    rule("[" + "".join(_VULGAR) + "]", lambda match: f" {_VULGAR[match[0]]}"),
    rule(rf"\d{{{LONGEST_READ + 1},}}", " a long number "),
    rule(r"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])", " a long code "),
    rule(r"(?<!\w)(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{16,}(?!\w)", " a long code "),
    rule(r"(?<=\b[vV]ersion\s)[vV](?=\d)", ""),
    rule(
        r"(?<![\w.+-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]?\d{2,4}){1,5}"
        r"|(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[.-]\d{4}|\d{3}-\d{4})(?![\w-]|[.,]\d)",
        _telephone,
    ),
    rule(r"(?<![\w.-])\d{1,12}(?:-\d{1,12}){2,8}(?![\w-]|[.,]\d)", _telephone),
    rule(r"(?<![\w.])([vV])(\d+(?:\.\d+){0,5})(?![\w-]|\.\d)", _dotted),
    rule(r"(?<![\w.,])()(\d+(?:\.\d+){2,5})(?!\w|\.\d)", _dotted),
    rule(r"(?<![\w.])(\d{1,2})\s?['′’]\s?(\d{1,2})(?:\"|″|”|'')", _feet),
    rule(
        rf"(?<![\w.,-])({_CURRENCY}?)({_NUMBER})\s?%?(?:\s?[–—]\s?|-)({_CURRENCY}?)({_NUMBER})(?!-?\d)",
        _range,
    ),
    rule(
        rf"(?<![\w.])({_CURRENCY}\s?{_NUMBER}{_SCALE}|{_NUMBER}\s?{_CURRENCY})/({'|'.join(_EVERY)})(?!\w)",
        lambda match: [1, f" per {_EVERY[match[3]]}"],
    ),
    rule(r"(?<!\w)pp?\.\s?(?=\d)", lambda match: "pages " if match[0][1] == "p" else "page "),
    rule(rf"(?<![\w.])([-−]\s?)?({_CURRENCY})\s?({_NUMBER}){_SCALE}", _money_before),
    rule(rf"(?<![\w.])({_NUMBER}){_SCALE}\s?({_CURRENCY}|{_CODE}\b)", _money_after),
    rule(rf"(?<![\w)\]])[-−–](?={_NUMBER})", "minus "),
    rule(rf"(?<![\w.,])({_NUMBER})(\s|-)?({units.PATTERN})", _measure),
    rule(rf"(?<![\w.,])({_NUMBER})([kM]|\s?bn)\b", lambda m: f"{spoken(m[1])} {_SCALES[m[2].strip()]}"),
    rule(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th|ST|ND|RD|TH)\b", _ordinal),
    rule(r"(?<![\w.,/])(\d+\s)?(\d+)[/⁄](\d+)(?![\w/]|[.,]\d)", _fraction),
    rule(rf"(?<![\w.,])({_NUMBER})\s?[x×]\s?(?={_NUMBER}(?:\s?{units.PATTERN}|(?!\w)))", [1, " by "]),
    rule(rf"(?<![\w.,])({_NUMBER})[x×](?!\w)", [1, " times"]),
    rule(rf"(?<!\w)(?:#|№\s?|[Nn][Oo]\.\s?)(?={_NUMBER})", "number "),
    rule(rf"(?<!\w)[~≈]\s?(?={_NUMBER})", "about "),
    rule(rf"(?<!\w)(?:\+/-|±)\s?(?={_NUMBER})", "plus or minus "),
    rule(r"(?<=\d)\s?\^\s?2(?!\w)", " squared"),
    rule(r"(?<=\d)\s?\^\s?3(?!\w)", " cubed"),
    rule(r"(?<=\d)\s?\*\s?(?=\d)", " times "),
    rule(r"(?<=\d):(?=\d)", " to "),
    rule(r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\w)\.\d+)", _numeral),
)
"""Every number that is left becomes words."""
