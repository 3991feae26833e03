"""Loudness in dBFS, and the newest half second."""

from __future__ import annotations

import numpy as np
import pytest

from voice.audio.levels import FLOOR_DBFS, amplitude, dbfs
from voice.audio.preroll import PreRoll


def test_levels() -> None:
    """Full scale is 0 dBFS, a tenth of it -20, silence and nothing the floor."""
    assert dbfs(np.ones(160, np.float32)) == pytest.approx(0.0)
    assert dbfs(np.full(160, 0.1, np.float32)) == pytest.approx(-20.0, abs=0.001)
    assert dbfs(np.zeros(160, np.float32)) == dbfs(np.zeros(0, np.float32)) == FLOOR_DBFS
    assert amplitude(-20.0) == pytest.approx(0.1)


def test_the_past_is_kept_in_order_and_bounded() -> None:
    """The newest frames in one piece, as many as asked for and kept."""
    past = PreRoll(5)
    assert past.newest(3).shape == (0,)
    assert past.level == FLOOR_DBFS
    for number in range(8):
        past.add(np.full(160, number, np.float32))
    assert list(past.newest(3)[::160]) == [5, 6, 7]
    assert list(past.newest(50)[::160]) == [3, 4, 5, 6, 7]
    assert past.newest(0).shape == (0,)
    past.forget()
    assert past.level == FLOOR_DBFS
