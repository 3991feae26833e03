"""When the screen is looked at and read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vision.looks import PATIENCE_SECONDS, REST_SECONDS, SETTLE_SECONDS, SHARE, Looks


def test_what_changed_is_read_when_it_rests() -> None:
    """Not while a page still loads."""
    looks = Looks()
    assert not looks.should_read(changed=True, still=False, now=0.0)
    assert looks.pause() == SETTLE_SECONDS
    assert looks.should_read(changed=True, still=True, now=0.4)


def test_what_never_rests_is_read_at_last() -> None:
    """A log that runs by hides nothing for ever."""
    looks = Looks()
    assert not looks.should_read(changed=True, still=False, now=0.0)
    assert looks.should_read(changed=True, still=False, now=PATIENCE_SECONDS)


def test_a_still_screen_is_looked_at_ever_more_seldom() -> None:
    """Down to once in four seconds."""
    looks = Looks()
    pauses = []
    for now in range(20):
        assert not looks.should_read(changed=False, still=True, now=float(now))
        pauses.append(looks.pause())
    assert pauses == sorted(pauses)
    assert pauses[-1] == REST_SECONDS


def test_another_window_is_read_at_once() -> None:
    """Although the one before took long to read."""
    looks = Looks()
    looks.should_read(changed=True, still=True, now=0.0)
    looks.did_read(1.0, 0.0)
    assert not looks.should_read(changed=True, still=True, now=1.0)
    looks.switched()
    assert looks.should_read(changed=True, still=True, now=1.1)


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0.05, 2.0)), min_size=50, max_size=200))
def test_reading_takes_a_small_share_of_the_time(looked: list[tuple[bool, bool, float]]) -> None:
    """However much the screen moves, and however slow the reader is."""
    looks, now, spent = Looks(), 0.0, 0.0
    for changed, still, seconds in looked:
        if looks.should_read(changed=changed, still=still, now=now):
            looks.did_read(seconds, now)
            spent += seconds
        now += looks.pause()
    assert spent <= SHARE * now + 4.0
