"""Rates change without changing the sound: in clips, in streams, and in frames that must not be late."""

from __future__ import annotations

import numpy as np
import pytest

from voice.audio.clips import Clip, Samples
from voice.audio.rates import FRAMES_PER_SECOND, FrameResampler, Resampler, resampled


def sine(frequency: float, rate: int, seconds: float = 1.0) -> Samples:
    """A tone."""
    return np.sin(2 * np.pi * frequency * np.arange(int(seconds * rate)) / rate).astype(np.float32)


def framed(resampler: FrameResampler, samples: Samples) -> Samples:
    """All of it, frame by frame."""
    size = resampler.source_frame
    return np.concatenate([resampler.feed(samples[i : i + size]) for i in range(0, len(samples), size)])


@pytest.mark.parametrize(
    ("source", "rate"), [(48000, 16000), (44100, 16000), (96000, 16000), (48000, 44100), (16000, 48000), (8000, 16000)]
)
def test_a_tone_stays_a_tone(source: int, rate: int) -> None:
    """Frames of 10 ms become frames of 10 ms; the tone is the same, later by the delay that is told (at most 2 ms)."""
    resampler = FrameResampler(source, rate)
    out = framed(resampler, sine(440, source))
    assert len(out) == rate
    assert resampler.delay_seconds <= 0.0021
    expected = np.sin(2 * np.pi * 440 * (np.arange(rate) / rate - resampler.delay_seconds))
    assert out[rate // 10 :] == pytest.approx(expected[rate // 10 :], abs=1e-3)


@pytest.mark.parametrize("source", [44100, 48000, 96000])
def test_what_is_too_high_is_not_heard(source: int) -> None:
    """A tone above what 16 kHz can hold leaves no alias: 80 dB down."""
    out = framed(FrameResampler(source, 16000), sine(9500, source))
    assert np.abs(out[1600:]).max() < 1e-4


def test_the_same_rate_changes_nothing() -> None:
    """No work where there is none to do."""
    frame = sine(440, 16000, 0.01)
    assert FrameResampler(16000, 16000).feed(frame) is frame
    assert Resampler(16000, 16000).feed(frame) is frame
    assert resampled(Clip(frame, 16000), 16000).samples is frame


def test_a_stream_has_no_seam() -> None:
    """In odd pieces or in one, the same comes out, none missing; then the stream begins anew."""
    tone, whole = sine(1000, 22050), resampled(Clip(sine(1000, 22050), 22050), 48000).samples
    resampler = Resampler(22050, 48000)
    for _ in range(2):
        pieces = [resampler.feed(tone[i : i + 777], last=i + 777 >= len(tone)) for i in range(0, len(tone), 777)]
        assert np.concatenate(pieces) == pytest.approx(whole, abs=1e-4)
    assert resampled(Clip(np.zeros(0, np.float32), 8000), 16000).rate == 16000


def test_frames_are_ten_milliseconds() -> None:
    """A hundred of them a second."""
    assert FRAMES_PER_SECOND == 100
    assert (FrameResampler(44100, 16000).source_frame, FrameResampler(44100, 16000).frame) == (441, 160)
