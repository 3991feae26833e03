# ruff: noqa: RUF001 (letters of many scripts look alike, and are meant)
"""Words of others become harmless, and are cut and timed as a reader wants them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overlay.bubble.words import (
    LEAST_SECONDS,
    MOST_SECONDS,
    harmless,
    joined,
    one_line,
    pieces,
    reading_seconds,
    split_sentences,
)

EVIL = "\x00\x07\x1b\x7f\x85\u202a\u202e\u2066\u2069\ufeff\u200b\U000e0041\ud800"


@given(st.text(st.sampled_from(EVIL + "ab \n\u0301") | st.characters()))
def test_nothing_commands_the_window(text: str) -> None:
    """Control characters, overrides of direction, invisible and half characters never get through."""
    shown = harmless(text)
    assert not set(shown) & set(EVIL)
    shown.encode("utf-8")
    assert harmless(shown) == shown


def test_scripts_stay_what_they_are() -> None:
    """Accents, Persian joiners, emoji of several parts and wide scripts are left alone."""
    for text in ("déjà vu e\u0301", "می\u200cخواهم", "👩\u200d👩\u200d👧", "こんにちは。", "नमस्ते", "line\nline"):
        assert harmless(text) == text


def test_heaps_of_marks_are_thinned() -> None:
    """A letter carries a few combining marks at most: more would cover the lines above."""
    assert len(harmless("a" + "\u0301" * 500)) <= 4


def test_long_data_shows_both_ends_and_says_what_is_missing() -> None:
    """What is too long for one line loses its middle, counted: nobody approves what was silently left out."""
    line = one_line("start " + "x" * 9_000 + "\nrm end", 100)
    assert line.startswith("start ")
    assert line.endswith("⏎ rm end")
    assert "more characters" in line
    assert len(line) < 140
    assert one_line("a\r\nb\t c", 100) == "a ⏎ b c"


@pytest.mark.parametrize(
    ("text", "sentences", "rest"),
    [
        ("Hello there. How are", ["Hello there."], " How are"),
        ("Version 3.14 is it? Yes", ["Version 3.14 is it?"], " Yes"),
        ('"Really?" she said', ['"Really?"'], " she said"),
        ("Dr. Smith and J. Doe came. So", ["Dr. Smith and J. Doe came."], " So"),
        ("1. bread\n2. milk\n", ["1. bread\n", "2. milk\n"], ""),
        ("好的。我来了。再", ["好的。", "我来了。"], "再"),
        ("Well... maybe", ["Well..."], " maybe"),
        ("no end", [], "no end"),
    ],
)
def test_sentences_are_found_as_they_come(text: str, sentences: list[str], rest: str) -> None:
    """A sentence is complete when what follows shows that it is."""
    assert split_sentences(text) == (sentences, rest)


@given(st.text(st.sampled_from(string.ascii_letters + " .!?\n。」\"'")), st.integers(20, 60))
def test_no_word_is_lost_in_cutting(text: str, most: int) -> None:
    """Sentences and pieces together hold every visible character, in order, and no piece is too long."""
    sentences, rest = split_sentences(text)
    assert "".join(sentences) + rest == text
    cut = [piece for sentence in [*sentences, rest] for piece in pieces(sentence, most)]
    assert all(len(piece.rstrip()) <= most for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_a_word_of_ten_thousand_letters_is_cut() -> None:
    """A word without an end becomes pieces, and emoji of several parts stay whole."""
    assert max(map(len, pieces("x" * 10_000))) <= 220
    family = "👩\u200d👩\u200d👧"
    assert all(piece.count(family) * len(family) == len(piece) for piece in pieces(family * 100, 52))


def test_pieces_join_as_they_were_written() -> None:
    """Sentences have a space between them, where a script has none there is none, and lists keep their lines."""
    assert joined(["Hi.", "You there?"]) == "Hi. You there?"
    assert joined(["好的。", "我来了。"]) == "好的。我来了。"
    assert joined(["1. bread\n", "2. milk\n"]) == "1. bread\n2. milk"


def test_reading_takes_as_long_as_there_are_words() -> None:
    """Three words a second, within bounds; scripts without spaces count by characters."""
    assert reading_seconds("Hi.") == LEAST_SECONDS
    assert reading_seconds("one two three four five six seven eight nine") == pytest.approx(3.0)
    assert reading_seconds("我" * 18) == pytest.approx(3.0, abs=0.5)
    assert reading_seconds("x" * 120) > 6
    assert reading_seconds("word " * 500) == MOST_SECONDS
