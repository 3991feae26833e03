"""What her eyes see of the pointer."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from overlay.desktop.geometry import Rect
from overlay.desktop.pointer import BORED_SECONDS, LOOK_SECONDS, REST_SECONDS, PointerWatch, gaze_at

HER = Rect(1000, 400, 256, 384)
EYES = (1128, 561)


def test_she_looks_where_the_pointer_is() -> None:
    """Right and down are positive, far away is 1."""
    assert gaze_at((9000, EYES[1]), HER)[0] == 1.0
    assert gaze_at((0, EYES[1]), HER)[0] == -1.0
    assert gaze_at((EYES[0], 9000), HER)[1] == 1.0
    x, y = gaze_at((EYES[0] + 100, EYES[1]), HER)
    assert 0.1 < x < 0.4
    assert abs(y) < 0.01


@given(st.integers(-9999, 9999), st.integers(-9999, 9999))
def test_her_eyes_never_turn_farther_than_they_can(x: int, y: int) -> None:
    """In no direction."""
    assert math.hypot(*gaze_at((x, y), HER)) <= 1.001


def test_a_pointer_that_moves_is_followed_until_it_rests() -> None:
    """One that nobody touches is not stared at."""
    watch = PointerWatch()
    assert watch.look((5, 5), HER, 0.0) is None
    assert watch.look((5, 5), HER, 0.3) is None
    assert watch.look((9, 5), HER, 1.0) is not None
    assert watch.look((9, 5), HER, 1.0 + BORED_SECONDS - 0.1) is not None
    assert watch.look((9, 5), HER, 1.0 + BORED_SECONDS) is None


def test_a_pointer_that_rests_is_looked_for_less_often() -> None:
    """Ten times a second while it moves, never more."""
    watch = PointerWatch()
    watch.look((5, 5), HER, 0.0)
    assert watch.next_look(0.0) == REST_SECONDS
    watch.look((6, 5), HER, 1.0)
    assert watch.next_look(1.0) == LOOK_SECONDS >= 0.1
    assert watch.next_look(1.0 + BORED_SECONDS) == REST_SECONDS
