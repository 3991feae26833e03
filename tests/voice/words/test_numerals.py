"""Numbers as words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.words import units
from voice.words.numerals import cardinal, decade, digits, fraction, ordinal, spoken, year


@pytest.mark.parametrize(
    ("number", "words", "place"),
    [
        (0, "zero", "zeroth"),
        (12, "twelve", "twelfth"),
        (20, "twenty", "twentieth"),
        (99, "ninety-nine", "ninety-ninth"),
        (105, "one hundred five", "one hundred fifth"),
        (1_000_001, "one million one", "one million first"),
        (10**18 - 1, None, None),
    ],
)
def test_how_many_and_which(number: int, words: str | None, place: str | None) -> None:
    """Cardinals and ordinals, up to the last below a quintillion."""
    if words is None:
        assert cardinal(number).startswith("nine hundred ninety-nine quadrillion")
    else:
        assert (cardinal(number), ordinal(number)) == (words, place)


@pytest.mark.parametrize("number", [-1, 10**18])
def test_too_large_or_below_zero_is_refused(number: int) -> None:
    """There are no words for it here."""
    with pytest.raises(ValueError, match="no words"):
        cardinal(number)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1066, "ten sixty-six"), (1900, "nineteen hundred"), (1905, "nineteen oh five"), (2000, "two thousand"),
     (2005, "two thousand five"), (2026, "twenty twenty-six"), (800, "eight hundred")],
)  # fmt: skip
def test_years(number: int, words: str) -> None:
    """Years are said in pairs of digits, but for the first of a millennium."""
    assert year(number) == words


def test_decades_and_fractions() -> None:
    """Their plurals are right."""
    assert [decade(number) for number in (1990, 2000, 80, 1900)] == [
        "nineteen nineties", "two thousands", "eighties", "nineteen hundreds",
    ]  # fmt: skip
    assert [fraction(*part) for part in ((1, 2), (3, 4), (2, 3), (3, 2))] == [
        "one half", "three quarters", "two thirds", "three halves",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="denominator"):
        fraction(1, 0)


@settings(deadline=None)
@given(st.from_regex(r"\A(\d{1,30}|\d{1,3}(,\d{3}){1,6})(\.\d{1,5})?\Z"))
def test_every_numeral_has_words(numeral: str) -> None:
    """Any numeral of a text is read, without a digit left."""
    words = spoken(numeral)
    assert words
    assert not any(map(str.isdigit, words))


@settings(deadline=None)
@given(st.integers(0, 10**18 - 1))
def test_different_numbers_sound_different(number: int) -> None:
    """What is said for a number is said for no neighbour of it."""
    assert cardinal(number) != cardinal(number ^ 1)


def test_digit_by_digit() -> None:
    """Codes are spelled."""
    assert digits("40-7") == "four zero seven"


def test_units_are_told_in_the_singular_and_the_plural() -> None:
    """Also odd plurals, and units over units."""
    named = [units.name(symbol, singular=one) for symbol in ("ft", "km/h", "°C", "Hz") for one in (True, False)]
    assert named == [
        "foot", "feet", "kilometer per hour", "kilometers per hour", "degree Celsius", "degrees Celsius", "hertz",
        "hertz",
    ]  # fmt: skip
