"""Numbers as people write and say them: `12`, `twenty-five`, `a couple of`, `the third`."""

from __future__ import annotations

import re

_SMALL = (  # noqa: SIM905 - a list of words reads best as a sentence
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
         "ninety": 90}  # fmt: skip
_ORDINALS = (  # noqa: SIM905
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def _cardinals() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_SMALL)}
    for ten, value in _TENS.items():
        found[ten] = value
        found |= {f"{ten} {_SMALL[unit]}": value + unit for unit in range(1, 10)}
    return found


def _ordinals() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_ORDINALS, 1)}
    found |= {f"twenty {_ORDINALS[unit - 1]}": 20 + unit for unit in range(1, 10)}
    return found | {"thirtieth": 30, "thirty first": 31}


CARDINALS = _cardinals()
ORDINALS = _ordinals()


def _pattern(words: dict[str, int]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace(" ", r"[\s-]") for word in longest_first)


WORD = rf"(?:{_pattern(CARDINALS)})\b"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:{_pattern(ORDINALS)}))\b"
COUNT = (
    rf"(?:\d{{1,3}}\s+1/2|\d{{1,6}}(?:[.,]\d{{1,3}})?|{WORD}|half\s+an?\b|an?\s+couple(?:\s+of)?\b|an?\s+few\b|an?\b)"
)
"""How many of something: a pattern, read by `count`."""


def number(text: str) -> int:
    """The whole number that this is: digits, or a word of `WORD`."""
    return int(text) if text.isdecimal() else CARDINALS[_words(text)]


def ordinal(text: str) -> int:
    """Which one this is: `3rd`, `third`."""
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else ORDINALS[_words(text)]


def count(text: str) -> float:
    """How many this is: what `COUNT` matches."""
    words = _words(text)
    if words in ("a", "an"):
        return 1
    if words in ("half a", "half an"):
        return 0.5
    if words.endswith(" 1/2"):
        return int(words.removesuffix(" 1/2")) + 0.5
    if words.endswith(("couple of", "couple")):
        return 2
    if words.endswith("few"):
        return 3
    return CARDINALS[words] if words in CARDINALS else float(words.replace(",", "."))


def _words(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").split())
