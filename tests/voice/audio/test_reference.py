"""What was played can be asked for by time, whatever the rate, over gaps and trembling clocks."""

from __future__ import annotations

import numpy as np
import pytest

from voice.audio.reference import Reference

TONE = np.sin(2 * np.pi * 440 * np.arange(48000) / 48000).astype(np.float32)


def played(reference: Reference, begin: float, seconds: float) -> np.ndarray:
    """All that was played from a time on, asked for in frames."""
    return np.concatenate([reference.played_at(begin + i / 100, 160) for i in range(round(seconds * 100))])


@pytest.mark.parametrize("tremble", [0.0, 0.0009])
def test_it_is_found_at_its_time(tremble: float) -> None:
    """A tone that leaves at 5.0 s is there from 5.0 s on, without a seam though the times tremble by a millisecond."""
    reference, random = Reference(48000), np.random.default_rng(1)
    for number in range(100):
        at = 5.0 + number / 100 + tremble * random.uniform(-1, 1) * (number > 0)
        reference.add(TONE[number * 480 : (number + 1) * 480], at)
    heard = played(reference, 4.9, 1.0)
    assert not heard[:1550].any()
    expected = np.sin(2 * np.pi * 440 * np.arange(14400) / 16000)
    assert heard[1700:16000] == pytest.approx(expected[100:14400], abs=0.01)


def test_gaps_are_silent() -> None:
    """Between two sounds, before, and long after there is nothing."""
    reference = Reference(48000)
    for at in (1.0, 1.5):
        reference.add(np.ones(480, np.float32), at)
        reference.add(np.zeros(480, np.float32), at + 0.01)
    heard = played(reference, 0.9, 1.0)
    assert heard[1700:1740] == pytest.approx(1.0, abs=0.1)
    assert np.abs(heard[2000:9500]).max() < 1e-6
    assert heard[9700:9740] == pytest.approx(1.0, abs=0.1)
    assert not played(reference, 30.0, 0.1).any()
    reference.add(np.ones(480, np.float32), 40.0)
    assert np.abs(played(reference, 39.5, 0.4)).max() < 1e-6


def test_it_knows_since_when_it_is_silent() -> None:
    """The last sound counts; a sink that nobody drives is asked first."""
    asked = []
    reference = Reference(48000, refresh=lambda: asked.append(1))
    assert not reference.sounded_since(-1e9)
    reference.add(np.ones(480, np.float32), 3.0)
    assert reference.sounded_since(3.0)
    assert not reference.sounded_since(3.01)
    assert len(asked) == 3
