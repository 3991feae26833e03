"""Clocks: the machine's is aware and goes forward, the tests' stands until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alisa.runtime.clock import Clock, ManualClock, SystemClock


def test_the_system_clock_is_aware_and_goes_forward() -> None:
    """UTC, with its zone; monotonic never goes back."""
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() <= clock.monotonic()


def test_the_manual_clock_moves_only_when_told() -> None:
    """Both of its times move together."""
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    before, started = clock.now(), clock.monotonic()
    clock.advance(1.5)
    assert clock.now() - before == timedelta(seconds=1.5)
    assert clock.monotonic() - started == 1.5
    with pytest.raises(ValueError, match="back"):
        clock.advance(-1)
    with pytest.raises(ValueError, match="aware"):
        ManualClock(datetime(2026, 1, 1))
