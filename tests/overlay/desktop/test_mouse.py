"""What a hand on her means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overlay.desktop.mouse import DRAG_PIXELS, Grip, Wheel


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3))))
def test_a_trembling_hand_does_not_drag(moves: list[tuple[int, int]]) -> None:
    """Below four pixels, it is a poke."""
    grip = Grip((100, 100), (50, 60))
    assert [grip.pull((100 + dx, 100 + dy)) for dx, dy in moves] == [None] * len(moves)
    assert not grip.dragging


def test_a_drag_keeps_the_hand_at_the_same_spot_of_her() -> None:
    """Her corner moves as the pointer does, and follows it back, too."""
    grip = Grip((100, 100), (50, 60))
    assert grip.pull((100 + DRAG_PIXELS, 100)) == (50 + DRAG_PIXELS, 60)
    assert grip.pull((90, 130)) == (40, 90)
    assert grip.pull((100, 100)) == (50, 60)


@given(st.lists(st.integers(1, 500)))
def test_parts_of_a_notch_add_up(deltas: list[int]) -> None:
    """A fine wheel comes as far as a coarse one."""
    wheel = Wheel()
    assert sum(wheel.turn(delta) for delta in deltas) == sum(deltas) // 120


@pytest.mark.parametrize(("system", "delta"), [("win32", 120), ("x11", 120), ("aqua", 1)])
def test_one_notch_is_one_notch_on_every_system(system: str, delta: int) -> None:
    """Tk tells it in other numbers on each."""
    wheel = Wheel.of(system)
    assert [wheel.turn(delta), wheel.turn(-delta), wheel.turn(2 * delta)] == [1, -1, 2]


def test_a_turn_back_starts_anew() -> None:
    """What was left of the turn before does not eat it up."""
    wheel = Wheel()
    assert wheel.turn(119) == 0
    assert wheel.turn(-120) == -1
