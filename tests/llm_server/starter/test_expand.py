"""Patterns expand to sentences, and slots keep question and answer together."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_server.starter.grammar.expand import Slots, choose, tidy
from llm_server.starter.grammar.words import draw

WORD = st.text("abc ", min_size=1, max_size=4)
PATTERN = st.recursive(
    WORD,
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda parts: "{" + "|".join(parts) + "}"),
    max_leaves=8,
)


@given(PATTERN, st.integers(0, 99))
def test_a_choice_leaves_no_notation(pattern: str, seed: int) -> None:
    """Whatever is nested, a plain sentence comes out, and the same one under the same seed."""
    chosen = choose(random.Random(seed), pattern)
    assert not set(chosen) & set("{}|")
    assert chosen == choose(random.Random(seed), pattern)


@pytest.mark.parametrize("pattern", ["{a|b", "a}", "{a}} b", "{{a|b}"])
def test_unbalanced_braces_are_refused(pattern: str) -> None:
    """A slip in the data is found, not spoken."""
    with pytest.raises(ValueError, match="unbalanced"):
        choose(random.Random(0), pattern)


def test_equal_slots_get_equal_words() -> None:
    """What the user says about a pet, she says about the same one; a numbered slot is another draw."""
    slots = Slots(random.Random(3), draw)
    first = slots.fill("<pet> <pet>").split()
    assert first[0] == first[1]
    slots.set("pet", "newt")
    assert slots.fill("<pet>") == "newt"


def test_an_unknown_slot_is_refused() -> None:
    """A mistyped slot does not reach the training data."""
    with pytest.raises(KeyError):
        Slots(random.Random(0), draw).fill("<nonsense>")


def test_tidy_makes_a_sentence() -> None:
    """One space between words, none before a comma, and capitals where sentences begin."""
    assert tidy("oh , it's  you.  what now?") == "Oh, it's you. What now?"
