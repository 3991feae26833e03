"""The demo shows everything, in order of time, cycle after cycle."""

from __future__ import annotations

from itertools import pairwise

import pytest

from alisa.protocol.messages import Action, ActionResult, Sentence
from overlay import demo
from overlay.animator import Animator
from overlay.expressions import Expression, Viseme
from overlay.frame import Frame
from overlay.model import Avatar, reduce


def played(cycles: int) -> list[Frame]:
    """Her frames, 30 a second, from a clock that began somewhere."""
    avatar, animator, begin, frames = Avatar(), Animator(7), 500.0, []
    for cycle in range(cycles):
        rows = demo.rows(cycle)
        for row, following in pairwise([*rows, rows[-1]]):
            if row.event is not None:
                avatar = reduce(avatar, row.event, begin + row.at)
            numbers = range(int((following.at - row.at) * 30) + 1)
            frames += [animator.frame(avatar, begin + row.at + number / 30) for number in numbers]
        begin += rows[-1].at
    return frames


def test_it_is_in_order_and_ends_before_a_cup_of_tea() -> None:
    """Rows follow each other in time, a cycle takes a minute or two, and its end is a row of its own."""
    rows = demo.rows()
    assert all(earlier.at <= later.at for earlier, later in pairwise(rows))
    assert rows[0].at == 0.0
    assert 30.0 < rows[-1].at < 120.0
    assert sum(bool(row.caption) for row in rows) >= 18


@pytest.mark.parametrize("cycles", [1, 2])
def test_it_shows_every_face_and_every_movement(cycles: int) -> None:
    """Every expression, blinks and shut eyes, looks to all sides, every mouth; the second time as well."""
    frames = played(cycles)[-len(played(1)) :]
    assert {frame.expression for frame in frames if frame.fading_from is None} == set(Expression)
    assert {frame.lids for frame in frames} == {0.0, 0.5, 1.0}
    assert {frame.mouth for frame in frames} == {None, *Viseme}
    assert max(frame.gaze[0] for frame in frames) > 0.8 > -0.8 > min(frame.gaze[0] for frame in frames)
    assert max(frame.gaze[1] for frame in frames) > 0.8 > -0.8 > min(frame.gaze[1] for frame in frames)


def test_it_has_words_for_the_bubble_and_a_question() -> None:
    """Sentences come with every emotion, and a question for consent comes and goes."""
    events = [row.event for row in demo.rows()]
    assert sum(isinstance(event, Sentence) for event in events) >= 8
    asked = next(index for index, event in enumerate(events) if isinstance(event, Action))
    assert any(isinstance(event, ActionResult) for event in events[asked:])
