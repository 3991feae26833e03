"""How often help is offered."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol.sight import SightScreen
from vision.offers import APART_SECONDS, FORGET_SECONDS, Offers

ERROR = SightScreen(
    error_kind="python", error_message="KeyError: 'tea'", error_file="shop.py", error_line=4, offer="help with it"
)


def test_once_for_each_error() -> None:
    """Not again while it stays, nor when it is shown again an hour later by and by."""
    offers = Offers()
    assert offers.may_offer(ERROR, 0.0)
    assert not any(offers.may_offer(ERROR, float(now)) for now in range(2, 9000, 300))


def test_five_minutes_apart() -> None:
    """Another error waits for its turn, and gets it when it is still there."""
    offers, other = Offers(), replace(ERROR, error_line=9)
    assert offers.may_offer(ERROR, 0.0)
    assert not offers.may_offer(other, APART_SECONDS - 1)
    assert offers.may_offer(other, APART_SECONDS)


def test_a_number_in_the_message_makes_no_new_error() -> None:
    """A port or an address differs from run to run."""
    offers = Offers()
    assert offers.may_offer(replace(ERROR, error_message="port 8000 is taken"), 0.0)
    assert not offers.may_offer(replace(ERROR, error_message="port 8001 is taken"), 999.0)


def test_an_error_of_long_ago_is_a_new_one() -> None:
    """After an hour out of sight."""
    offers = Offers()
    assert offers.may_offer(ERROR, 0.0)
    assert offers.may_offer(ERROR, FORGET_SECONDS)


def test_no_error_and_no_words_are_no_offer() -> None:
    """Nothing to offer, nothing counted."""
    offers = Offers()
    assert not offers.may_offer(SightScreen(offer="help"), 0.0)
    assert not offers.may_offer(replace(ERROR, offer=""), 0.0)
    assert offers.may_offer(ERROR, 0.0)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 5)), max_size=60))
def test_never_two_within_five_minutes(steps: list[tuple[int, int]]) -> None:
    """Whatever errors come and go."""
    offers, now, given_at = Offers(), 0.0, []
    for wait, line in steps:
        now += wait
        if offers.may_offer(replace(ERROR, error_line=line), now):
            given_at.append(now)
    assert all(later - earlier >= APART_SECONDS for earlier, later in pairwise(given_at))
