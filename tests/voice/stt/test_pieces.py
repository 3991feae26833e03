"""Long recordings are cut where nobody speaks."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.stt.sounds import noise
from voice.stt.pieces import pieces


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 90 * 16000), st.integers(0, 9))
def test_pieces_cover_all_of_it_and_are_no_longer_than_20_seconds(count: int, seed: int) -> None:
    """One after the other without a gap, whatever is in there."""
    sound = np.random.default_rng(seed).normal(0, 0.1, count).astype(np.float32)
    found = list(pieces(sound))
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
