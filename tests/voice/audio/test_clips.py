"""WAV files of every usual kind are read as mono float32; others are refused with what to do."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.runtime.errors import AlisaError, MissingError
from voice.audio.clips import Clip, from_int16, read_wav, silence, to_int16, write_wav

TONE = (0.5 * np.sin(np.arange(1600) * 0.1)).astype(np.float32)


def wav(body: bytes, tag: int, channels: int, bits: int, extra: bytes = b"", rate: int = 16000) -> bytes:
    """A WAV file around samples, with a chunk of odd length before them that nobody knows."""
    width = bits // 8 * channels
    layout = struct.pack("<HHIIHH", tag, channels, rate, rate * width, width, bits) + extra
    chunks = b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for name, data in ((b"LIST", b"odd"), (b"fmt ", layout), (b"data", body))
    )
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


def as_24_bits(samples: np.ndarray) -> bytes:
    """Three bytes a sample."""
    return (samples * (2**31 - 1)).astype("<i4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()


@pytest.mark.parametrize(
    ("body", "tag", "bits", "extra"),
    [
        (((TONE * 127) + 128).round().astype(np.uint8).tobytes(), 1, 8, b""),
        (to_int16(TONE), 1, 16, b""),
        (as_24_bits(TONE), 1, 24, b""),
        ((TONE * (2**31 - 1)).astype("<i4").tobytes(), 1, 32, b""),
        (TONE.astype("<f4").tobytes(), 3, 32, b""),
        (TONE.astype("<f8").tobytes(), 3, 64, b""),
        (as_24_bits(TONE), 0xFFFE, 24, struct.pack("<HHIH14x", 22, 24, 4, 1)),
    ],
)
def test_every_encoding_is_read(tmp_path: Path, body: bytes, tag: int, bits: int, extra: bytes) -> None:
    """8 to 32 bits, floating point and the extensible header give the same tone."""
    path = tmp_path / "tone.wav"
    path.write_bytes(wav(body, tag, 1, bits, extra))
    clip = read_wav(path)
    assert clip.rate == 16000
    assert clip.samples.dtype == np.float32
    assert clip.samples == pytest.approx(TONE, abs=0.01 if bits == 8 else 1e-4)


def test_channels_are_mixed(tmp_path: Path) -> None:
    """Two channels become their mean, and a file that was cut off in a sample is read as far as it goes."""
    path = tmp_path / "stereo.wav"
    path.write_bytes(wav(to_int16(np.stack([TONE, -TONE / 2], axis=1).ravel()) + b"x", 1, 2, 16, rate=44100))
    assert read_wav(path).samples == pytest.approx(TONE / 4, abs=1e-4)
    assert read_wav(path).seconds == pytest.approx(1600 / 44100)


def test_written_is_read_again(tmp_path: Path) -> None:
    """A clip survives a file; what is too loud is cut, not wrapped around."""
    path = tmp_path / "a clip.wav"
    write_wav(path, Clip(TONE * 4, 22050))
    again = read_wav(path)
    assert again.rate == 22050
    assert again.samples == pytest.approx(np.clip(TONE * 4, -1, 1), abs=1e-4)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(MissingError, match=r"nothing\.wav"):
        read_wav(tmp_path / "nothing.wav")


@given(st.binary(max_size=80), st.booleans())
def test_any_bytes_are_a_clip_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, header: bool) -> None:
    """Whatever is in the file, it is read or refused as not a WAV file; nothing else happens."""
    path = tmp_path_factory.getbasetemp() / "fuzz.wav"
    path.write_bytes((b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0" if header else b"") + data)
    try:
        assert read_wav(path).rate > 0
    except AlisaError as error:
        refused = (error.code, "ffmpeg" in error.hint)
    else:
        refused = ("not_a_wav", True)
    assert refused == ("not_a_wav", True)


def test_small_things() -> None:
    """Silence is silent and as long as asked; 16 bits go there and back."""
    assert silence(0.5, 16000).samples.shape == (8000,)
    assert from_int16(to_int16(TONE)) == pytest.approx(TONE, abs=1e-4)
