"""Somebody is there, or not, without flicker."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from alisa.protocol.tags import Presence
from vision import presence
from vision.presence import Watch

LOOKS = st.lists(st.tuples(st.floats(0.1, 30.0), st.integers(0, 3)), max_size=80)
"""how long after the last look, and how many faces"""


def after(faces: Sequence[int], every: float = 1.0, watch: Watch | None = None, begin: float = 0.0) -> Watch:
    """What is known after such looks."""
    watch = watch or Watch()
    for number, count in enumerate(faces):
        watch = presence.look(watch, count, begin + number * every)
    return watch


def test_a_face_is_somebody_at_the_second_look() -> None:
    """One look greets nobody: it may be a pattern on the wall."""
    assert after([1]).presence.value is None
    assert after([1, 1]).presence.value is Presence.PRESENT


def test_nobody_leaves_by_bending_down() -> None:
    """Some seconds without a face are nothing; a while is an absence."""
    there = after([1] * 5)
    assert after([0] * 7, watch=there, begin=5).presence.value is Presence.PRESENT
    assert after([0] * 7 + [1] + [0] * 7, watch=there, begin=5).presence.value is Presence.PRESENT
    assert after([0] * 9, watch=there, begin=5).presence.value is Presence.ABSENT


def test_an_empty_room_is_known_after_a_moment() -> None:
    """At the beginning nothing is told until it is known."""
    assert after([0, 0]).presence.value is None
    assert after([0] * 4).presence.value is Presence.ABSENT


def test_more_people_count_soon_and_fewer_late() -> None:
    """Somebody who looks over a shoulder is seen; a face that is missed for a look has not left."""
    one = after([1] * 3)
    assert one.faces.value == 1
    two = after([2] * 2, watch=one, begin=3)
    assert two.faces.value == 2
    assert after([1] * 3, watch=two, begin=5).faces.value == 2
    assert after([1] * 7, watch=two, begin=5).faces.value == 1


def test_a_night_asleep_is_no_evidence() -> None:
    """The machine slept after a look without a face: the next one does not make an absence of eight hours."""
    bent = after([1, 1, 1, 0, 0])
    assert presence.look(bent, 0, 8 * 3600.0).presence.value is Presence.PRESENT
    assert presence.look(bent, 1, 8 * 3600.0).presence.value is Presence.PRESENT


def test_a_crowd_fits_on_the_wire() -> None:
    """A hall full of faces is a hundred."""
    assert after([5000] * 3).faces.value == presence.MOST_FACES


@settings(deadline=None)
@given(LOOKS)
def test_a_single_look_never_changes_what_counts(looks: list[tuple[float, int]]) -> None:
    """Whatever was seen: what the last look alone showed is not what counts, unless it did before."""
    watch, at = Watch(), 0.0
    for gap, faces in looks:
        before, at = watch, at + gap
        watch = presence.look(watch, faces, at)
        if watch.presence.value is not before.presence.value:
            assert before.presence.unsettled
            assert (watch.presence.value is Presence.PRESENT) == bool(faces)
        assert (watch.faces.value > 0) == (watch.presence.value is Presence.PRESENT)


@settings(deadline=None)
@given(LOOKS)
def test_absences_are_never_shorter_than_a_while(looks: list[tuple[float, int]]) -> None:
    """Who was present is told absent only when no face was seen for the whole time that it takes."""
    watch, at, last_face = Watch(), 0.0, 0.0
    for gap, faces in looks:
        before, at = watch.presence.value, at + gap
        watch = presence.look(watch, faces, at)
        if faces:
            last_face = at
        if before is Presence.PRESENT and watch.presence.value is Presence.ABSENT:
            assert at - last_face >= presence.LEAVES.seconds


@settings(deadline=None)
@given(LOOKS, st.booleans(), st.floats(0.3, 30.0))
def test_whatever_was_before_it_settles(looks: list[tuple[float, int]], there: bool, every: float) -> None:
    """A room in which nothing changes any more is known rightly after a minute or five looks, and stays so."""
    watch, at = Watch(), 0.0
    for gap, faces in looks:
        at += gap
        watch = presence.look(watch, faces, at)
    for _ in range(max(6, int(60 / every))):
        at += every
        watch = presence.look(watch, int(there), at)
    assert watch.presence.value is (Presence.PRESENT if there else Presence.ABSENT)
    assert not watch.unsettled
