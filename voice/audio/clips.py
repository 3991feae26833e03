"""A piece of sound as a value, and WAV files that hold one.

Everywhere in `voice` sound is mono: float32 in -1..1. A file with more channels is mixed down. What is
spoken in it is not known here.
"""

from __future__ import annotations

import struct
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from alisa.runtime.errors import AlisaError, MissingError

Samples: TypeAlias = NDArray[np.float32]
"""One channel of sound, shape (n,), in -1..1"""

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE  # format tags of a WAV file (mmreg.h)
_INT16_MAX = 32767.0


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A piece of sound."""

    samples: Samples
    rate: int
    """samples per second"""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate


def silence(seconds: float, rate: int) -> Clip:
    """Return a clip of nothing."""
    return Clip(np.zeros(round(seconds * rate), np.float32), rate)


def read_wav(path: Path | str) -> Clip:
    """Read a WAV file: PCM of 8 to 32 bits or floating point, any rate, any number of channels.

    Raises MissingError (there is no such file) or AlisaError `not_a_wav`.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingError(
            "file_missing", f"{path} cannot be read: {error.strerror}.", "Check the name of the file."
        ) from error
    try:
        return _parse(data)
    except (ValueError, struct.error) as error:
        raise AlisaError(
            "not_a_wav",
            f"{path.name} is not a WAV file that can be read: {error}.",
            f"Convert it first: ffmpeg -i {path.name} speech.wav",
        ) from error


def write_wav(path: Path | str, clip: Clip) -> None:
    """Write a WAV file: 16 bits, one channel. What is louder than full scale is cut."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate)
        file.writeframes(to_int16(clip.samples))


def to_int16(samples: Samples) -> bytes:
    """Return the samples as 16-bit little-endian PCM."""
    return (np.clip(samples, -1.0, 1.0) * _INT16_MAX).round().astype("<i2").tobytes()


def from_int16(data: bytes) -> Samples:
    """Return 16-bit little-endian PCM as samples."""
    return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32768.0)


def _parse(data: bytes) -> Clip:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError("it does not begin as one")
    layout: tuple[int, int, int, int] | None = None
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]  # a file that was cut off, or streamed, is read as far as it goes
        if name == b"fmt ":
            layout = _layout(body)
        elif name == b"data" and layout is not None:
            return _decode(body, *layout)
        at += 8 + size + size % 2
    raise ValueError("it holds no sound")


def _layout(body: bytes) -> tuple[int, int, int, int]:
    """Return format tag, channels, rate and bits of the `fmt ` chunk."""
    tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
    if tag == _EXTENSIBLE:
        (tag,) = struct.unpack_from("<H", body, 24)
    if not channels or not rate:
        raise ValueError("it has no channels or no rate")
    return tag, channels, rate, bits


def _decode(body: bytes, tag: int, channels: int, rate: int, bits: int) -> Clip:
    width = bits // 8 * channels
    if not width:
        raise ValueError("it has no bits")
    body = body[: len(body) // width * width]
    if tag == _PCM and bits == 8:
        samples = (np.frombuffer(body, np.uint8).astype(np.float32) - 128.0) / 128.0
    elif tag == _PCM and bits == 16:
        samples = from_int16(body)
    elif tag == _PCM and bits == 24:
        wide = np.zeros((len(body) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(body, np.uint8).reshape(-1, 3)
        samples = wide.view("<i4")[:, 0].astype(np.float32) / np.float32(2**31)
    elif tag == _PCM and bits == 32:
        samples = np.frombuffer(body, "<i4").astype(np.float32) / np.float32(2**31)
    elif tag == _FLOAT and bits in (32, 64):
        samples = np.frombuffer(body, f"<f{bits // 8}").astype(np.float32)
    else:
        raise ValueError(f"its encoding {tag} with {bits} bits is not known")
    mono = samples.reshape(-1, channels).mean(axis=1, dtype=np.float32) if channels > 1 else samples
    return Clip(np.ascontiguousarray(np.nan_to_num(mono), np.float32), rate)
