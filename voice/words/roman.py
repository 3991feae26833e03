# ruff: noqa: SIM905 (a table of words reads best as words)
"""Roman numerals, where a word before them shows that they are some: "World War II", "Chapter IX", "Louis XIV". Pure.

One letter alone is a numeral only after a word that is numbered: "Act V" is one, "Malcolm X" and "Vitamin C" are none.
"""

from __future__ import annotations

import re

from voice.words.aligned import Replacement, in_order, rule
from voice.words.numerals import cardinal, ordinal

_NUMBERED = (
    "Chapter Part Act Scene Volume Book Section Phase Level Class Type Stage Episode Season War Article Appendix Title "
    "Table Figure Step Round Grade Mark Category"
).split()
_REIGNED = (
    "Elizabeth Henry Louis George Charles Edward William Richard James Paul Benedict Pius Napoleon Catherine Wilhelm "
    "Philip Felipe Nicholas Alexander Ivan Peter Frederick Friedrich Leo Mary Francis Gregory Urban Innocent Clement "
    "Ramesses Ramses Cleopatra Ptolemy Carl Christian Gustav Harald Otto Leopold Albert Juan Pedro Alfonso Umberto"
).split()
"""Who bears a number is called "the second", not "two"."""
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN = r"X{0,3}(?:IX|IV|V?I{0,3})"
_MANY = rf"(?=[IVX]{{2}})(?!XX\b|XXX\b){_ROMAN}"


def value(numeral: str) -> int:
    """What a Roman numeral of the letters I, V, X and L counts."""
    total = 0
    for letter, following in zip(numeral, [*numeral[1:], ""], strict=True):
        here = _VALUES[letter]
        total += -here if following and _VALUES[following] > here else here
    return total


def _counted(match: re.Match[str]) -> Replacement:
    return [1, cardinal(value(match[2]))]


def _named(match: re.Match[str]) -> Replacement:
    number = value(match[2])
    return [1, f"the {ordinal(number)}" if match[1].strip() in _REIGNED else cardinal(number)]


roman = in_order(
    rule(rf"\b((?:{'|'.join(_NUMBERED)})s?\s)((?=[IVX]){_ROMAN})(?![\w'\u2019-])(?!\s[a-z])", _counted),
    rule(rf"\b([A-Z][a-z]+\s)({_MANY})(?![\w-])", _named),
)
"""The numerals become words, the words before them stay."""
