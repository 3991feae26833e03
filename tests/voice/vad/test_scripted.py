"""The scripted VAD does as told."""

from __future__ import annotations

import numpy as np

from voice.vad.scripted import Scripted


def test_it_follows_its_script_then_the_loudness() -> None:
    """First what was written, then loud is speech."""
    vad = Scripted([0.2, 0.9])
    loud, quiet = np.full(512, 0.1, np.float32), np.full(512, 0.001, np.float32)
    assert [vad.probability(frame) for frame in (loud, quiet, loud, quiet)] == [0.2, 0.9, 1.0, 0.0]
