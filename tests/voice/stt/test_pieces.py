"""Long recordings are cut where nobody speaks."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.stt.sounds import noise
from voice.stt.pieces import pieces


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 25 * 16000), st.sampled_from([0.0, 1e-4, 0.1])), max_size=6), st.booleans())
def test_pieces_cover_all_of_it_and_are_no_longer_than_20_seconds(
    stretches: list[tuple[int, float]], pauses: bool
) -> None:
    """One after the other without a gap, whatever is in there."""
    sound = np.concatenate([np.zeros(0, np.float32), *(noise(length, level) for length, level in stretches)])
    count = len(sound)
    found = list(pieces(sound, 0.7 if pauses else None))
    assert found[0][0] == 0
    assert found[-1][1] == count
    assert all(end == begin for (_, end), (begin, _) in itertools.pairwise(found))
    assert all(end - begin <= 20 * 16000 for begin, end in found)


def test_the_cut_is_in_the_pause() -> None:
    """Between two sentences, not in one."""
    sound = noise(30 * 16000, 0.1)
    sound[12 * 16000 : 13 * 16000] = 0
    (_, cut), _ = pieces(sound)
    assert 12 * 16000 <= cut <= 13 * 16000


def test_each_pause_ends_a_piece_where_that_is_wanted() -> None:
    """A little after the words; silence before the first and after the last words is no pause."""
    sound = noise(10 * 16000, 1e-4)
    for second in (1, 4, 7):
        sound[second * 16000 : (second + 1) * 16000] = noise(16000, 0.1)
    ends = [round(end / 16000, 1) for _, end in pieces(sound, 0.7)]
    assert ends == [2.4, 5.4, 10.0]
