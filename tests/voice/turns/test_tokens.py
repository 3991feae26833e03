"""Words are compared without what does not matter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.turns.tokens import distance, phrase_set, words_of


def test_words() -> None:
    """Lower case, no marks, apostrophes and hyphens kept."""
    assert words_of("Uh-huh, I\u2019m OK!  3.5 %") == ["uh-huh", "i'm", "ok", "3", "5"]
    assert phrase_set("be quiet; hush") == {("be", "quiet"), ("hush",)}


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance(one: str, other: str) -> None:
    """Zero only for the same, the same both ways, and never more than the longer one."""
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
    assert (distance(one, other) == 0) == (one == other)
