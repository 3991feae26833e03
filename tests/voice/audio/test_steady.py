"""Times that tremble become steady ones that are right."""

from __future__ import annotations

import numpy as np
import pytest

from voice.audio.steady import SteadyClock


def run(clock: SteadyClock, times: list[tuple[float, float, float]]) -> np.ndarray:
    """The clock's times."""
    return np.array([clock.at(*row) for row in times])


def test_late_calls_do_not_matter() -> None:
    """A call that is late says nothing about when the block is heard; the other clock's zero does not matter."""
    late = np.random.default_rng(3).uniform(0, 0.02, 300) * (np.arange(300) % 3 > 0)
    rows = [(1000 + i / 100 + late[i], i / 100, i / 100 + 0.03) for i in range(300)]
    assert run(SteadyClock(0.01), rows) == pytest.approx(1000.03 + np.arange(300) / 100, abs=1e-6)


def test_bursts_become_even() -> None:
    """Times that saw up and down by 30 ms become steps of 10 ms that never go back."""
    saw = [0.03 - 0.01 * (i % 3) for i in range(1000)]
    rows = [(i / 100, i / 100, i / 100 - saw[i]) for i in range(1000)]
    steps = np.diff(run(SteadyClock(0.01, 0.1, 0.003), rows))
    assert (steps >= 0).all()
    assert steps[300:] == pytest.approx(0.01, abs=0.0005)


def test_an_interruption_is_followed_at_once() -> None:
    """A stream that stood still for a second goes on at its new time; so does one whose clock was set."""
    rows = [(i / 100, i / 100, i / 100 + 0.03) for i in range(100)]
    rows += [(2 + i / 100, 2 + i / 100, 2 + i / 100 + 0.03) for i in range(100)]
    rows += [(3 + i / 100, 5000 + i / 100, 5000 + i / 100 + 0.03) for i in range(10)]
    times = run(SteadyClock(0.01), rows)
    assert times[100] == pytest.approx(2.03)
    assert times[200] == pytest.approx(3.03, abs=0.001)
    clock = SteadyClock(0.01)
    run(clock, rows[:100])
    clock.restart()
    assert clock.at(1.0, 1.0, 1.035) == pytest.approx(1.035, abs=0.001)


def test_drift_is_followed() -> None:
    """A device that runs 200 ppm too fast stays within a millisecond after a minute."""
    rows = [(i * 0.009998, i * 0.009998, i * 0.009998 + 0.03) for i in range(6000)]
    assert run(SteadyClock(0.01), rows)[-1] == pytest.approx(5999 * 0.009998 + 0.03, abs=0.001)
