"""What is too steady is no speech, and distrust ends."""

from __future__ import annotations

import numpy as np

from voice.turns.noise import Distrust, Steadiness


def test_a_fan_is_steady_and_syllables_are_not() -> None:
    """Told by the level alone, after two seconds and a half."""
    random = np.random.default_rng(0)
    fan, voice = Steadiness(), Steadiness()
    times = np.arange(0, 4, 0.032)
    assert next(at for at in times if fan.feed(at, -40 + random.normal(0, 1))) < 2.5
    assert not any(voice.feed(at, -30 + 10 * np.sin(2 * np.pi * 4 * at)) for at in times)
    assert fan.level is not None
    assert abs(fan.level + 40) < 1


def test_distrust_ends_with_calm_or_with_something_louder() -> None:
    """The VAD is believed again after 0.3 s without speech; at once, where it is 6 dB above the noise."""
    distrust = Distrust()
    assert distrust.believes(0.0, True, -40.0)
    distrust.begin(-40.0)
    assert not distrust.believes(1.0, True, -39.0)
    assert distrust.believes(1.1, True, -30.0)
    assert not distrust.believes(2.0, False, -39.0)
    assert not distrust.believes(2.2, True, -39.0)
    distrust.believes(3.0, False, -60.0)
    distrust.believes(3.4, False, -60.0)
    assert distrust.believes(3.5, True, -39.0)
