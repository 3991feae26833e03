# ruff: noqa: SIM905 (a table of words reads best as words)
"""Numbers as English words: how many, which in a row, a year, digit by digit.

American style, without "and" ("one hundred five"), as the engines' own normalisers speak. Which of these a
numeral in a text wants is not known here. (The library for this, num2words, is LGPL and far larger than the need.)
"""

from __future__ import annotations

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion")
_LARGEST = 10 ** (3 * len(_SCALES))
_ODD_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_COUNTED_DIGITS = 9
"""A longer numeral without separators is a code (an account, a serial number): it is read digit by digit."""
LONGEST_READ = 24
"""Nobody listens to more digits than this; a card number has 16, an IBAN up to 32 letters and digits."""


def cardinal(number: int) -> str:
    """How many: 342 → "three hundred forty-two". Raises ValueError below zero and from 10**18 on."""
    if not 0 <= number < _LARGEST:
        raise ValueError(f"no words for {number}")
    if number == 0:
        return _ONES[0]
    words: list[str] = []
    for scale in reversed(range(len(_SCALES))):
        group = number // 1000**scale % 1000
        if group:
            words += [_below_thousand(group), _SCALES[scale]]
    return " ".join(word for word in words if word)


def ordinal(number: int) -> str:
    """Which in a row: 21 → "twenty-first". Raises ValueError as `cardinal` does."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    return words[:cut] + _ordinal_word(words[cut:])


def fraction(numerator: int, denominator: int) -> str:
    """A part of a whole: 3, 4 → "three quarters". Denominators below two raise ValueError."""
    if denominator < 2:
        raise ValueError(f"no fraction has the denominator {denominator}")
    part = {2: "half", 4: "quarter"}.get(denominator) or ordinal(denominator)
    if numerator != 1:
        part = "halves" if part == "half" else part + "s"
    return f"{cardinal(numerator)} {part}"


def digits(numeral: str) -> str:
    """Digit by digit: "407" → "four zero seven". Other characters are left out."""
    return " ".join(_ONES[int(digit)] for digit in numeral if digit.isdecimal())


def year(number: int) -> str:
    """A year as it is said: 1984 → "nineteen eighty-four", 2005 → "two thousand five"."""
    century, rest = divmod(number, 100)
    if not 1000 <= number <= 9999 or number % 1000 < 10:
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def decade(number: int) -> str:
    """The years that share all but the last digit: 1990 → "nineteen nineties", 80 → "eighties"."""
    words = year(number) if number >= 1000 else cardinal(number)
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


def spoken(numeral: str) -> str:
    """A numeral as it stands in a text: "1,234.5", "007", ".5", "20000". ASCII digits, commas, at most one point."""
    whole, point, after = numeral.replace(",", "").partition(".")
    if len(whole) + len(after) > LONGEST_READ:
        return "a long number"
    words = _whole(whole, grouped="," in numeral)
    return f"{words} point {digits(after)}".strip() if point and after else words


def is_one(numeral: str) -> bool:
    """Whether what is counted stands in the singular: "1", not "1.0" and not "0"."""
    return numeral == "1"


def _whole(numeral: str, *, grouped: bool) -> str:
    if not numeral:
        return ""
    if len(numeral) > 1 and numeral[0] == "0":
        return digits(numeral)
    if (len(numeral) > _COUNTED_DIGITS and not grouped) or int(numeral) >= _LARGEST:
        return digits(numeral)
    return cardinal(int(numeral))


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal_word(word: str) -> str:
    if word in _ODD_ORDINALS:
        return _ODD_ORDINALS[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"
