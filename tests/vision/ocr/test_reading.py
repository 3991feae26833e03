"""What is read once is known; what does not fit waits; what nobody can read with is said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vision.scenes import TRACEBACK, written
from vision.ocr.budget import FASTEST, FIRST_PIXELS_PER_SECOND, SLOWEST, Speed, choose, shares
from vision.ocr.lines import Grey
from vision.ocr.reading import Reading
from vision.ocr.sheet import Placed

widths = st.lists(st.integers(4, 3000), min_size=1, max_size=80)


def sized(width: int) -> Grey:
    return np.zeros((2, width), np.uint8)


class Counting:
    """Reads "word" off each line, and knows how many it was shown."""

    def __init__(self) -> None:
        self.rows = 0

    def read(self, picture: Grey) -> list[Placed]:
        inked = (picture < 128).any(axis=1)
        starts = [row for row in range(1, len(inked)) if inked[row] and not inked[max(0, row - 5) : row].any()]
        self.rows += len(starts)
        return [Placed("word", 10.0, 50.0, row + 8.0) for row in starts]

    def close(self) -> None:
        pass


def test_a_line_is_read_once() -> None:
    """Wherever it stands: what scrolls costs its new lines alone."""
    engine = Counting()
    reading = Reading(engine)
    first = written(TRACEBACK, points=20)
    assert len(reading.read(first, whole=True).text.split()) >= len(TRACEBACK)
    before = engine.rows
    reading.read(first, whole=True)
    reading.read(np.roll(first, 40, axis=0), whole=True)
    assert engine.rows == before
    reading.forget()
    reading.read(first, whole=True)
    assert engine.rows > before


def test_what_does_not_fit_waits_for_the_next_look() -> None:
    """The newest lines, which stand lowest, are read first; in the end all are."""
    picture = written(tuple(f"line number {n} " + "x" * 60 for n in range(14)), points=16, size=(900, 340))
    reading = Reading(Counting(), seconds=0.1)
    unread = [reading.read(picture).unread]
    while unread[-1]:
        unread.append(reading.read(picture).unread)
        assert unread[-1] < unread[-2]
    assert len(unread) > 1


@given(widths, st.integers(-100, 100_000))
def test_the_lowest_lines_are_chosen(lines: list[int], room: int) -> None:
    """At least one; together no more than fit, unless it is one."""
    chosen = choose([sized(width) for width in lines], room)
    assert chosen == list(range(len(lines) - len(chosen), len(lines)))
    assert chosen
    assert len(chosen) == 1 or sum(lines[at] for at in chosen) <= room


@given(widths, st.integers(1, 4))
def test_shares_are_all_lines_in_order(lines: list[int], count: int) -> None:
    """In no more groups than asked for, none of them empty."""
    groups = shares([sized(width) for width in lines], count)
    assert [at for group in groups for at in group] == list(range(len(lines)))
    assert 1 <= len(groups) <= count
    assert all(groups)


@given(st.lists(st.tuples(st.integers(0, 10**7), st.floats(0, 1000))))
def test_speed_is_learnt_within_bounds(looks: list[tuple[int, float]]) -> None:
    """From nonsense, too."""
    speed = Speed()
    assert speed.pixels_per_second == FIRST_PIXELS_PER_SECOND
    for pixels, seconds in looks:
        speed.learn(pixels, seconds)
        assert SLOWEST <= speed.pixels_per_second <= FASTEST
        assert speed.room() > 0


def test_a_slow_machine_reads_less() -> None:
    """And a fast one more."""
    slow, fast = Speed(), Speed()
    for _ in range(10):
        slow.learn(10_000, 3.0)
        fast.learn(10_000, 0.2)
    assert slow.room() < Speed().room() < fast.room()


def test_a_readers_failure_is_the_readers() -> None:
    """It comes through as it is."""

    class Broken(Counting):
        def read(self, picture: Grey) -> list[Placed]:
            raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        Reading(Broken()).read(written(TRACEBACK))
