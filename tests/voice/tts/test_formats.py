"""Raw samples, WAV and MP3, in any portions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.runtime.errors import EngineError
from tests.voice.tts.edge_service import mp3
from tests.voice.tts.voice_server import RATE, pcm, tone, wav
from voice.tts.formats import Sound


class Out:
    """Takes samples."""

    def __init__(self) -> None:
        self.rate, self.data = 0, b""

    def format(self, rate: int) -> None:
        self.rate = rate

    def pcm(self, data: bytes) -> None:
        assert self.rate
        self.data += data


def through(data: bytes, portions: list[int]) -> Out:
    out = Out()
    sound, place, turn = Sound(out, RATE), 0, 0  # type: ignore[arg-type]
    while place < len(data):
        size = portions[turn % len(portions)]
        sound.feed(data[place : place + size])
        place, turn = place + size, turn + 1
    sound.finish()
    return out


PORTIONS = st.lists(st.integers(1, 5000), min_size=1, max_size=5)


@given(PORTIONS, st.sampled_from([1, 2]))
def test_the_same_samples_come_out(portions: list[int], channels: int) -> None:
    """Of a WAV with one channel or two, and of raw samples."""
    assert through(wav(channels), portions).data == pcm()
    assert through(pcm(), portions).data == pcm()


def test_mp3_sounds_as_it_should() -> None:
    """Decoded frame by frame: about as long, and the same tone."""
    out = through(mp3(tone(), RATE), [700])
    samples = np.frombuffer(out.data, "<i2") / 32768
    assert out.rate == RATE
    assert len(samples) / RATE == pytest.approx(0.8, abs=0.1)
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) * RATE / len(samples) == pytest.approx(300, abs=3)


@pytest.mark.parametrize("first", [b"\xff\xff\xff\xff", b"\xff\xfb\xff\xff", b"\xff\xfb\x00\x00", b"\xfe\xff\x01\x00"])
def test_quiet_raw_samples_are_not_taken_for_mp3(first: bytes) -> None:
    """Small negative samples begin with the byte that MP3 frames begin with."""
    assert through(first + bytes(400), [50]).data == first + bytes(400)


@pytest.mark.parametrize("data", [b"<html>no</html>", b'{"error": 1}', b"OggS" * 9, b"RIFF" + bytes(200), wav()[:30]])
def test_what_is_none_of_these_is_refused(data: bytes) -> None:
    """A page, an error in JSON, another format, a WAV without sound."""
    with pytest.raises(EngineError) as caught:
        through(data, [1000])
    assert caught.value.code == "unknown_sound"
