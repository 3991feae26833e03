# ruff: noqa: SIM905 (a table of words reads best as words)
"""Capitals that shout, letters that are stretched or stammered: an engine would spell "SO HAPPY" and "H-hey".

What is an acronym stays one: engines know how to say those. Signs and numbers are not known here.
"""

from __future__ import annotations

import re

from voice.words.aligned import Replacement, in_order, rule

_SHOUTED = frozenset(
    "am an and are at be but by can do for from get go got had has have he help her him his how if in is it just let "
    "like look love me more much my never no not now of oh ok on one or our out really she so some stop such that the "
    "them then they this to too up us very wait was way we well were what when where who why will with wow yay "
    "yes you your"
    .split()
) - {"us", "it", "am"}  # the country, the trade, and the half of a day  # fmt: skip
"""words that are short enough to be taken for acronyms"""
_ACRONYMS = frozenset(
    "ASCII HTTPS HTTP NVIDIA UNESCO UNICEF OPEC FIFA JSON HTML YAML TOML BIOS CMOS CUDA LASER RADAR SCUBA SWAT NATO "
    "NASA POSIX SQLITE UTF PDFS GPUS CPUS LLMS APIS USAID ASEAN SQL XML SVG MPEG JPEG WIFI".split()
)
_SHORTEST_WORD = 5
"""A word in capitals of so many letters, with a vowel among them, is rather shouted than an acronym."""
_RUN = 3
"""so many words in capitals in a row are shouted, whatever they are"""


def _run(match: re.Match[str]) -> Replacement:
    words = match[0].split(" ")
    return match[0].lower() if any(word.lower() in _SHOUTED or _is_long(word) for word in words) else None


def _word(match: re.Match[str]) -> Replacement:
    word = match[0]
    return word.lower() if word.lower() in _SHOUTED or _is_long(word) else None


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word not in _ACRONYMS and bool(set(word) & set("AEIOUY"))


shouting = in_order(
    rule(r"([^\W\d_])\1{3,}", lambda match: match[1] * 3),
    rule(r"(?<![\w'-])([A-Za-z]|[TtSsCcWw]h)-(?:\1-){0,4}(?=\1[a-z])", "", re.IGNORECASE),
    rule(
        rf"(?<![\w'-])[A-Z]{{1,20}}(?:'[A-Z]{{1,2}})?(?: [A-Z]{{1,20}}(?:'[A-Z]{{1,2}})?){{{_RUN - 1},}}(?![\w'-])",
        _run,
    ),
    rule(r"(?<![\w'-])[A-Z]{2,}(?![\w'-])", _word),
    rule(r"(?<![\w'-])[A-Z]{2,20}'(?:[A-Z]{1,2})(?![\w'-])", lambda match: match[0].lower()),
    rule(r"(?<![\w'])(?:I'|i')(M|LL|VE|D)(?!\w)", lambda match: "I'" + match[1].lower()),
    rule(r"(?<![\w'-])i(?=\s|'(?:m|ll|ve|d)\b|\Z)", "I"),
)
"""Shouted words in lower case, stretched ones at most three letters long, stammered ones said once."""
