"""The line between writer and device: positions, silence, fading, loudness; for any order of events."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.audio.clips import Samples
from voice.audio.playback import Playback

RATE = 48000
BLOCK = 480


def ramp(count: int, first: int = 1) -> Samples:
    """Samples that say which they are."""
    return (np.arange(first, first + count) / 100000).astype(np.float32)


def take(playback: Playback, at: float, size: int = BLOCK) -> Samples:
    """A block for a device."""
    out = np.full(size, 9.0, np.float32)
    playback.take(out, at)
    return out


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("write"), st.integers(0, 2000)),
            st.tuples(st.just("take"), st.just(0)),
            st.tuples(st.just("clear"), st.integers(0, 20)),
            st.tuples(st.just("cut"), st.integers(0, 40)),
        ),
        max_size=40,
    )
)
def test_positions_always_agree(events: list[tuple[str, int]]) -> None:
    """Whatever happens, what was heard grows, never beyond what was written, and all is heard in the end."""
    playback, now, written, heard = Playback(RATE), 0.0, 0, 0
    for what, number in events:
        if what == "write":
            assert playback.write(ramp(number)) == written
            written += number
        elif what == "take":
            take(playback, now + 0.03)
            now += 0.01
        elif what == "clear":
            written = playback.clear(number / 1000)
        else:
            written = playback.cut(now + number / 1000)
        assert heard <= playback.played(now) <= written
        heard = playback.played(now)
        assert playback.pending(now) == written - heard
    while not playback.empty:
        take(playback, now + 0.03)
        now += 0.01
    assert playback.played(now + 1.0) == written
    assert not take(playback, now).any()


def test_the_position_follows_the_clock() -> None:
    """A block counts from when it is heard, not from when the device took it; silence does not count."""
    playback = Playback(RATE)
    playback.write(ramp(BLOCK + 100))
    for number in range(3):
        take(playback, 10.0 + number / 100)
    assert playback.played(9.9) == 0
    assert playback.played(10.005) == 240
    assert playback.played(10.02) == BLOCK + 100
    playback.write(ramp(BLOCK))
    take(playback, 11.0)
    assert playback.played(10.5) == BLOCK + 100
    assert playback.played(11.005) == BLOCK + 100 + 240


def test_cleared_it_fades() -> None:
    """10 ms fade to nothing; what was written after is heard after the fade."""
    playback = Playback(RATE)
    playback.write(np.ones(5000, np.float32))
    take(playback, 0.0)
    assert playback.clear(0.005) == BLOCK + 240
    assert playback.write(np.ones(10, np.float32)) == BLOCK + 240
    block = take(playback, 0.01)
    assert (np.diff(block[:240]) < 0).all()
    assert block[239] == 0
    assert (block[240:250] == 1).all()
    assert not block[250:].any()


def test_cut_takes_back_what_the_device_holds() -> None:
    """Blocks that are not heard yet never were."""
    playback = Playback(RATE)
    playback.write(ramp(BLOCK * 10))
    for number in range(5):
        take(playback, 1.0 + number / 100)
    assert playback.cut(1.025) == BLOCK * 2 + 240
    assert playback.empty
    assert playback.played(2.0) == BLOCK * 2 + 240


def test_loudness_goes_evenly_and_is_never_too_much() -> None:
    """A gain arrives after its time, in steps too small to hear, also when silence passes meanwhile."""
    playback = Playback(RATE)
    playback.write(np.ones(BLOCK * 10, np.float32))
    playback.gain(0.0, 0.02)
    faded = np.concatenate([take(playback, 0.0) for _ in range(3)])
    assert faded[0] == pytest.approx(1.0, abs=0.01)
    assert faded[BLOCK] == pytest.approx(0.5, abs=0.01)
    assert not faded[2 * BLOCK :].any()
    playback.gain(2.0, 0.01)
    playback.pass_by(BLOCK // 2)
    assert take(playback, 0.0, 10)[0] == pytest.approx(1.0, abs=0.01)
    playback.pass_by(BLOCK)
    assert (take(playback, 0.0) == 1.0).all()
    playback.gain(0.5, 0.0)
    assert (take(playback, 0.0)[1:] == 0.5).all()
