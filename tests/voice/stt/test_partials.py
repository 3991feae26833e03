"""What two tries agree on stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.stt.partials import Agreement, worth_a_try

TRIES = st.lists(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=6).map(" ".join), max_size=8)


def test_what_two_tries_share_does_not_change_any_more() -> None:
    """The end of a hypothesis may; its beginning, once confirmed, may not."""
    known = Agreement().after("what")
    assert (known.stable, known.text) == ((), "what")
    known = known.after("What time")
    assert known.stable == ("What",)
    known = known.after("what time is")
    known = known.after("watt time is it")
    assert known.text == "What time is it"


@given(TRIES)
def test_stable_words_never_go(tries: list[str]) -> None:
    """Each state's stable words begin those of the next, and the text shown begins with them."""
    known = Agreement()
    for text in tries:
        later = known.after(text)
        assert later.stable[: len(known.stable)] == known.stable
        assert later.text.split()[: len(later.stable)] == list(later.stable)
        known = later


def test_how_often_another_try_is_worth_it() -> None:
    """Half a second of new sound, and twice as long as the last one took."""
    assert not worth_a_try(0.4, 0.0)
    assert worth_a_try(0.5, 0.1)
    assert not worth_a_try(0.9, 0.5)
    assert worth_a_try(1.0, 0.5)
