"""A text breaks into lines of a width without losing a character."""

from hypothesis import given
from hypothesis import strategies as st

from overlay.bubble.lines import wrap


def test_words_stay_whole_where_they_can() -> None:
    """Lines break between words; a word that is wider than a line is broken; wide scripts break anywhere."""
    assert wrap("the quick brown fox", 10, len) == ["the quick", "brown fox"]
    assert wrap("see https://x.example/abcdefgh ok", 10, len) == ["see", "https://x.", "example/ab", "cdefgh ok"]
    assert wrap("こんにちは、世界。", 5, len) == ["こんにち", "は、世界。"]
    assert wrap("a\n\nb", 10, len) == ["a", "", "b"]


@given(st.text(max_size=300), st.integers(1, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    """Every line fits, unless one visible character does not, and all that can be seen is there."""
    lines = wrap(text, width, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    plain = text.isascii()
    assert not plain or all(len(line) <= width for line in lines)
