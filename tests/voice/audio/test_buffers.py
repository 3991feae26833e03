"""The loudspeaker's buffer: small, larger where it crackles, small again in the end."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from voice.audio import speaker
from voice.audio.buffers import CALM_SECONDS, TWICE_SECONDS, Buffer, Growing
from voice.audio.devices import Device

BLOCK = 0.01
SMALL, MIDDLE, LARGE = Buffer(0.03, 0.02), Buffer(0.04, 0.03), Buffer(0.06, 0.05)


class Machine:
    """A loudspeaker that plays, now and then not in time."""

    def __init__(self) -> None:
        self.growing = Growing((SMALL, MIDDLE, LARGE))
        self.growing.began()

    def plays(self, seconds: float) -> int:
        """So much without a gap. Returns how often another buffer was wanted."""
        return sum(self.growing.sounded(BLOCK, dry=False) for _ in range(round(seconds / BLOCK)))

    def stumbles(self) -> bool:
        """Once it is too late."""
        return self.growing.sounded(BLOCK, dry=True)


def test_one_gap_is_an_accident() -> None:
    """Neither one, nor one every minute, makes her later; nor what happens as a stream begins."""
    machine = Machine()
    assert not any(machine.stumbles() for _ in range(10))
    for _ in range(5):
        machine.plays(TWICE_SECONDS + 1)
        assert not machine.stumbles()
    assert machine.growing.buffer == SMALL


def test_where_it_crackles_more_waits() -> None:
    """Two gaps within half a minute: a larger one, up to the largest."""
    machine = Machine()
    machine.plays(1)
    for wanted in (MIDDLE, LARGE, LARGE):
        largest = machine.growing.buffer == LARGE
        machine.stumbles()
        machine.plays(2)
        assert machine.stumbles() is not largest
        assert machine.growing.buffer == wanted


def test_after_a_long_time_less_is_tried_and_then_longer_waited() -> None:
    """Two minutes of sound without a gap: a smaller one. Was it too small, the next attempt comes later."""
    machine = Machine()
    machine.plays(1)
    machine.stumbles()
    assert machine.stumbles()
    assert machine.plays(CALM_SECONDS + 1) == 1
    assert machine.growing.buffer == SMALL
    machine.stumbles()
    assert machine.stumbles()
    assert machine.plays(CALM_SECONDS + 1) == 0
    assert machine.plays(CALM_SECONDS) == 1
    assert machine.growing.buffer == SMALL


def test_the_loudspeaker_is_opened_anew_in_the_next_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """While she speaks it stays as it is: what crackles is not also interrupted."""
    anew: list[bool] = []
    monkeypatch.setattr(speaker, "_growing", Growing((SMALL, MIDDLE)))
    device = speaker.Speaker()
    monkeypatch.setattr(device._keeper, "open_anew", lambda: anew.append(True))
    callback = device._opened(Device("any", "output", 48000, True, "ALSA"), 48000, 1)["callback"]
    times = SimpleNamespace(outputBufferDacTime=1.0, currentTime=1.0)

    def called(blocks: int, *, dry: bool = False) -> None:
        for _ in range(blocks):
            out: Any = np.zeros((480, 1), np.float32)
            callback(out, 480, times, SimpleNamespace(output_underflow=dry))

    device.write(np.full(48000 * 3, 0.1, np.float32))
    called(100)
    called(3, dry=True)
    called(190)
    assert anew == []
    called(100)
    assert anew == [True]
    called(500)
    assert anew == [True]
