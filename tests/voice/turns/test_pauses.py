"""The delay follows the speaker, within bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.turns.pauses import LONGEST, SHORTEST, Pauses


def test_a_new_speaker_has_the_usual_delay() -> None:
    """Nothing learned, nothing changed."""
    assert abs(Pauses(0.45).delay_seconds - 0.45) < 1e-9


def test_one_long_pause_changes_little() -> None:
    """Once is no habit; often is."""
    pauses = Pauses(0.45)
    pauses.paused(0.9)
    assert pauses.delay_seconds < 0.5
    for _ in range(6):
        pauses.paused(0.9)
    assert pauses.delay_seconds > 0.9


def test_it_is_forgotten() -> None:
    """After as many turns in one go, the delay is the usual one again."""
    pauses = Pauses(0.45)
    for _ in range(10):
        pauses.paused(0.8)
    slow = pauses.delay_seconds
    for _ in range(24):
        pauses.finished()
    assert slow > 0.8 > pauses.delay_seconds
    assert abs(pauses.delay_seconds - 0.45) < 1e-9


def test_short_pauses_make_it_shorter() -> None:
    """Who hardly pauses is answered sooner."""
    pauses = Pauses(0.45)
    for _ in range(24):
        pauses.paused(0.15)
    assert pauses.delay_seconds < 0.4


@given(st.floats(0.1, 2.0), st.lists(st.one_of(st.none(), st.floats(0, 10))))
def test_within_bounds(usual: float, events: list[float | None]) -> None:
    """Whatever was heard."""
    pauses = Pauses(usual)
    for seconds in events:
        pauses.finished() if seconds is None else pauses.paused(seconds)
    assert usual * SHORTEST - 1e-9 <= pauses.delay_seconds <= usual * LONGEST + 1e-9
