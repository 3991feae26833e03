"""Focused or distracted, from what a face shows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alisa.protocol.tags import Attention
from vision import attention
from vision.attention import glance
from vision.detectors.faces import Face
from vision.steady import Steady


def face(**known: Any) -> Face:
    """A face in the middle."""
    return Face(0.4, 0.3, known.pop("width", 0.25), 0.3, **known)


HERE, ASIDE, DOWN = face(eyes=2, turned=0.0), face(turned=1.0), face(eyes=0)
GLANCES = st.sampled_from([HERE, ASIDE, DOWN, None])


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (HERE, Attention.FOCUSED),
        (face(eyes=1), Attention.FOCUSED),
        (face(eyes=2, turned=0.9), Attention.DISTRACTED),
        (ASIDE, Attention.DISTRACTED),
        (DOWN, Attention.DISTRACTED),
        (face(turned=0.1), Attention.FOCUSED),
        (face(eyes=0, width=0.1), None),
        (face(width=0.1, turned=1.0), Attention.DISTRACTED),
        (face(), None),
        (None, None),
    ],
)
def test_what_one_look_tells(seen: Face | None, told: Attention | None) -> None:
    """A head in profile and eyes that are not seen look away; small faces, and none, tell nothing."""
    assert glance(seen) is told


def after(seen: list[Face | None], value: Attention | None = None, every: float = 1.0) -> Attention | None:
    """What counts after such looks."""
    steady: Steady[Attention | None] = Steady(value)
    for number, each in enumerate(seen):
        steady = attention.look(steady, each, number * every)
    return steady.value


def test_a_glance_at_the_window_is_no_distraction() -> None:
    """Some seconds aside are nothing, more are."""
    assert after([HERE]) is Attention.FOCUSED
    assert after([ASIDE] * 5, Attention.FOCUSED) is Attention.FOCUSED
    assert after([ASIDE] * 6, Attention.FOCUSED) is Attention.DISTRACTED
    assert after([ASIDE, DOWN, ASIDE, DOWN, DOWN, ASIDE], Attention.FOCUSED) is Attention.DISTRACTED


def test_who_looks_here_again_is_back_soon() -> None:
    """A second is enough."""
    assert after([HERE] * 2, Attention.DISTRACTED) is Attention.FOCUSED


def test_what_cannot_be_told_is_left_as_it_was_and_then_not_told() -> None:
    """A face that is not seen for a moment says nothing new; after a while nothing is said of it."""
    assert after([None] * 9, Attention.FOCUSED) is Attention.FOCUSED
    assert after([None] * 11, Attention.FOCUSED) is None


@settings(deadline=None)
@given(st.lists(GLANCES, max_size=80), st.floats(0.2, 5.0))
def test_one_look_never_distracts(seen: list[Face | None], every: float) -> None:
    """Whatever is seen, a change to distracted had five seconds of looking away before it."""
    steady: Steady[Attention | None] = Steady(None)
    away_since: float | None = None
    for number, each in enumerate(seen):
        at, before = number * every, steady.value
        looks_away = glance(each) is Attention.DISTRACTED
        away_since = (at if away_since is None else away_since) if looks_away else None
        steady = attention.look(steady, each, at)
        if steady.value is Attention.DISTRACTED and before is not Attention.DISTRACTED:
            assert away_since is not None
            assert at - away_since >= attention.HOLDS[Attention.DISTRACTED].seconds
