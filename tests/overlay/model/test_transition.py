"""Changes without a jump: whatever is wished while a change is under way begins with what is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overlay.expressions import Expression
from overlay.model.transition import FADE_SECONDS, GLIDE_SECONDS, Fade, Glide, Level

FACES = st.sampled_from(list(Expression))
WISHES = st.lists(st.tuples(st.floats(0.0, 0.4), FACES), max_size=12)


def seen(fade: Fade, now: float) -> dict[Expression, float]:
    under, over, level = fade.seen(now)
    weights = {under: 1.0 - level}
    weights[over] = weights.get(over, 0.0) + level
    return weights


@given(FACES, WISHES)
def test_a_wish_changes_nothing_in_its_own_moment(first: Expression, wishes: list[tuple[float, Expression]]) -> None:
    """Before and after a new wish the same is seen, two faces at most, and the last wish comes true in time."""
    fade, now = Fade.still(first), 0.0
    for wait, face in wishes:
        now += wait
        before = seen(fade, now)
        fade = fade.toward(face, now)
        after = seen(fade, now)
        for each in Expression:
            assert after.get(each, 0.0) == pytest.approx(before.get(each, 0.0), abs=1e-9)
    assert seen(fade, now + 1.5 * FADE_SECONDS + 1e-6).get(fade.target, 0.0) == pytest.approx(1.0)


def test_a_fade_that_is_taken_back_goes_back_from_where_it_was() -> None:
    """Half way to happy and back to calm: no detour."""
    fade = Fade.still(Expression.CALM).toward(Expression.HAPPY, 0.0).toward(Expression.CALM, 0.1)
    assert seen(fade, 0.2)[Expression.CALM] == pytest.approx(1.0)


def test_a_third_face_waits_until_the_nearer_side_is_reached() -> None:
    """Early in a fade it turns round, late in a fade it is finished; then the third face comes."""
    early = Fade.still(Expression.CALM).toward(Expression.HAPPY, 0.0).toward(Expression.SAD, 0.05)
    late = Fade.still(Expression.CALM).toward(Expression.HAPPY, 0.0).toward(Expression.SAD, 0.2)
    assert set(early.seen(0.15)[:2]) == {Expression.CALM, Expression.SAD}
    assert set(late.seen(0.3)[:2]) == {Expression.HAPPY, Expression.SAD}


@given(st.lists(st.tuples(st.floats(0.0, 0.5), st.floats(-1.0, 1.0)), min_size=1, max_size=12))
def test_a_glide_never_jumps_and_arrives(wishes: list[tuple[float, float]]) -> None:
    """Each new goal is approached from where it is just then."""
    glide, now = Glide(0.0, (0.0,), (0.0,)), 0.0
    for wait, goal in wishes:
        now += wait
        before = glide.seen(now)
        glide = glide.toward((goal,), now)
        assert glide.seen(now) == pytest.approx(before)
    assert glide.seen(now + GLIDE_SECONDS + 1e-6) == (wishes[-1][1],)


def test_a_mouth_opens_faster_than_it_closes() -> None:
    """A tenth of a second is enough to open; closing takes longer."""
    opened = Level(0.0, 0.0, 0.0).toward(1.0, 0.0)
    assert opened.seen(0.1) > 0.95
    assert 0.2 < opened.toward(0.0, 1.0).seen(1.1) < 0.4
