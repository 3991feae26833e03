# ruff: noqa: RUF001 (punctuation of many languages is what is tested)
"""Chunking: speakable pieces, the first one early, and nothing of the text lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.conversation.chunking import LONGEST_CHARS, Chunker


def chunks(*pieces: str) -> list[str]:
    chunker = Chunker()
    return [out for piece in pieces for out in chunker.feed(piece)] + chunker.finish()


CASES: list[list[str]] = [
    ["Hello there. ", "How are you?"],
    ["Hm! ", "You again?! ", "Fine."],
    ["It costs 3.14 euros, ", "or 1,000.50 at alisa.example.org, you know. ", "Right."],
    ["Dr. Smith met J. R. Tolkien at St. Mary. ", "They talked."],
    ["Use a tool, e.g. a hammer, ", "in the U.S. of A. Really."],
    ["Well... maybe not. ", "Hmm… ", "I see."],
    ["Wait... ", "What?"],
    ['"Really?" she said. ', '"Yes." ', "He left."],
    ["He said (quietly.) ", "And left."],
    ["**Bold claim.** ", "Yes."],
    ["First, you open the box, ", "then, slowly, you close it. ", "And then, at last, you rest."],
    ["I would rather not — ", "but since it is you, fine."],
    ["I would rather not—", "but since it is you, fine."],
    ["From 1990–1995 it was mine."],
    ["Sure, I can."],
    ["Here is a list of things:\n", "- one\n", "- two\n", "1. first\n", "2. second. ", "Good?\n", "Done."],
    ["A title\n", "\nA paragraph."],
    ["Look at this.\n", "```python\nprint('a. b')  # Yes. No.\n\nx = 1\n```\n", "Nice, is it not?"],
    ["~~~\nA. B. C.\n```\n~~~\n", "Done."],
    ["```\nnever closed. Never.\nSo."],
    ["こんにちは。", "元気ですか？", "「はい。」", "よかった！"],
    ["今日はとてもいい天気ですね，", "散歩に行きましょう。", "いい？"],
    ["क्या हाल है। ", "ठीक।"],
    ["... ! Yes. ", "😀"],
    ["Happy birthday! ", "🎉 It is today. ", "Yay"],
    ["I asked: why. ", "Nobody knew."],
]


@pytest.mark.parametrize("expected", CASES, ids=lambda case: case[0][:24])
def test_text_falls_into_pieces(expected: list[str]) -> None:
    """Each example, joined and read again, comes out cut as it is written here, however it streams."""
    text = "".join(expected)
    assert chunks(text) == expected
    assert chunks(*text) == expected


def test_the_first_clause_is_not_too_short() -> None:
    """A clause of a few characters is no reason to begin; after the first piece clauses are not cut off."""
    assert chunks("Well, yes, I think so, more or less, I do.") == [
        "Well, yes, I think so, ",
        "more or less, I do.",
    ]
    assert chunks("Oh, no, I do.") == ["Oh, no, I do."]


def test_a_long_sentence_is_cut_at_a_pause() -> None:
    """At a comma where there is one, else between words, else anywhere; never longer than the limit."""
    words = "word " * 200
    assert all(len(piece) <= LONGEST_CHARS and piece.endswith(" ") for piece in chunks(words))
    commas = ("some words without end, " * 30).strip()
    assert all(piece.endswith(", ") for piece in chunks(commas)[:-1])
    assert max(map(len, chunks("x" * 5000))) <= LONGEST_CHARS


def test_a_character_is_not_cut_in_two() -> None:
    """Combining marks and joined emoji stay whole where a piece must be cut between characters."""
    for unit in ("e\u0301", "👩\u200d💻", "❤\ufe0f"):
        for piece in chunks("x" + unit * 400):
            assert piece[0] not in "\u0301\u200d\ufe0f"
            assert not piece.endswith("\u200d")


PARTS = st.sampled_from([
    ". ", "? ", "! ", ", ", "… ", "...", "\n", "```\n", "~~~", '"', ")", "。", "，", "—", " - ", "word", "Word", "3.14",
    "1.", "Mr.", "😀", " ", "\t", "e\u0301", "a" * 100, "e.g.", "\n\n", "`",
])  # fmt: skip
TEXT = st.one_of(st.lists(PARTS, max_size=30).map("".join), st.text(max_size=60))


@given(TEXT)
def test_the_pieces_are_the_text(text: str) -> None:
    """Joined, the pieces are the text, to the character."""
    assert "".join(chunks(text)) == text


@given(TEXT, st.data())
def test_the_cut_does_not_matter(text: str, data: st.DataObject) -> None:
    """However the text streams, the same pieces come out."""
    cut = data.draw(st.integers(0, len(text)))
    assert chunks(text[:cut], text[cut:]) == chunks(text)


@given(st.text(alphabet="ab ,.!?\n—。", max_size=2000))
def test_every_piece_can_be_spoken(text: str) -> None:
    """Each piece but the last has a letter or a digit, and none is too long to be spoken in one breath."""
    pieces = chunks(text)
    assert all(any(char.isalnum() for char in piece) for piece in pieces[:-1])
    lengths = [len(piece.strip()) for piece in pieces]
    assert max(lengths, default=0) <= LONGEST_CHARS or not any(char.isalnum() for char in text)
