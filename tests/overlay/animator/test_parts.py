"""The parts of her movement by themselves: chance without memory, wandering eyes, the body, mouth shapes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overlay.animator import body, gaze
from overlay.animator.chance import Stream, bump, chance, moments, smooth
from overlay.animator.mouth import OPENINGS, pattern, shape
from overlay.animator.ticks import RATE, end_of, tick_of
from overlay.expressions import Viseme

INDICES = st.integers(-(2**70), 2**70)


@given(INDICES, st.sampled_from(Stream), st.lists(INDICES, max_size=3))
def test_chance_is_a_share_and_stays_the_same(seed: int, stream: Stream, indices: list[int]) -> None:
    """Any whole numbers give a number from 0 to below 1, the same each time."""
    drawn = chance(seed, stream, *indices)
    assert 0.0 <= drawn < 1.0
    assert chance(seed, stream, *indices) == drawn


def test_chance_is_spread_evenly_and_streams_do_not_follow_each_other() -> None:
    """A tenth of the numbers in each tenth; two streams agree no more than by chance."""
    blink = [chance(1, Stream.BLINK, index) for index in range(4000)]
    twice = [chance(1, Stream.TWICE, index) for index in range(4000)]
    for tenth in range(10):
        assert 320 <= sum(tenth <= drawn * 10 < tenth + 1 for drawn in blink) <= 480
    assert 1840 <= sum((a < 0.5) == (b < 0.5) for a, b in zip(blink, twice, strict=True)) <= 2160


@given(st.floats(1.0, 200.0), st.lists(st.floats(0.5, 9.0), min_size=1))
def test_moments_fill_their_span_without_a_seam(span: float, intervals: list[float]) -> None:
    """The first is 0, the intervals are never longer than wished, and the last ends where the span does."""
    times = moments(span, lambda index: intervals[index % len(intervals)])
    assert times[0] == 0.0
    gaps = [later - earlier for earlier, later in pairwise([*times, span])]
    assert all(0.0 < gap <= intervals[index % len(intervals)] + 1e-9 for index, gap in enumerate(gaps))


@pytest.mark.parametrize("shape_of", [smooth, bump])
def test_soft_curves_stay_in_range(shape_of: object) -> None:
    """From 0 to 1 and nowhere else, also outside of their stretch."""
    assert callable(shape_of)
    assert all(0.0 <= shape_of(share / 10) <= 1.0 for share in range(-20, 30))


def test_ticks_follow_each_other() -> None:
    """A moment lies in its tick, and a clock that wakes a hair early means the tick that was due."""
    assert tick_of(1000.0) == 1000 * RATE
    assert tick_of(1000.0 - 1e-6) == 1000 * RATE
    assert tick_of(1000.0 - 1e-3) == 1000 * RATE - 1
    assert end_of(tick_of(1000.0)) == 1000.0 + 1 / RATE


@given(st.integers(0, 2**32), st.floats(-100.0, 1e7))
def test_eyes_and_head_stay_in_their_range(seed: int, time: float) -> None:
    """At any time of any seed."""
    assert all(abs(looks) <= 0.65 for looks in gaze.wander(seed, time))
    assert 0.0 <= body.breath(time, 0.5) <= 1.0
    assert -1.0 <= body.sway(time) <= 1.0
    assert 0.0 <= body.bob(time) <= 1.0
    assert all(abs(moved) <= 8.0 for moved in (*body.gesture(seed, time).head, *body.beat(seed, time)))
    assert 0.0 <= pattern(seed, time) <= 1.0


def test_a_mouth_is_as_open_as_it_is_told() -> None:
    """Each opening has shapes of its own size, and more than one of them in a while."""
    for opening, allowed in (
        (0.0, OPENINGS[0][1]),
        (0.2, OPENINGS[1][1]),
        (0.45, OPENINGS[2][1]),
        (1.0, OPENINGS[3][1]),
    ):
        shapes = {shape(opening, 3, time / 10) for time in range(300)}
        assert shapes == set(allowed)
    assert {Viseme.REST, *(each for _, shapes in OPENINGS for each in shapes)} == set(Viseme)
