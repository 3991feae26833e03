"""What services send as speech, as 16-bit mono samples while it arrives: raw, WAV or MP3, told by its first bytes.

Where it comes from is not known here. Only MP3 needs a library (PyAV), and only when some comes.
"""

from __future__ import annotations

import array
import sys
from typing import Any, Protocol

from alisa.runtime.errors import EngineError
from voice.tts.speech import Output

_SNIFF_BYTES = 4
_PCM, _EXTENSIBLE = 1, 0xFFFE


class _Reader(Protocol):
    def feed(self, data: bytes) -> None:
        """Take the next bytes."""

    def finish(self) -> None:
        """There are no more."""


class Sound:
    """Bytes of speech in, samples out into `out`. Raises EngineError `unknown_sound`."""

    def __init__(self, out: Output, raw_rate: int) -> None:
        self._out = out
        self._raw_rate = raw_rate
        self._begun = b""
        self._reader: _Reader | None = None

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        if self._reader is None:
            self._begun += data
            if len(self._begun) < _SNIFF_BYTES:
                return
            self._reader, data, self._begun = self._fitting(self._begun), self._begun, b""
        self._reader.feed(data)

    def finish(self) -> None:
        """There are no more."""
        if self._reader is not None:
            self._reader.finish()

    def _fitting(self, head: bytes) -> _Reader:
        if head.startswith(b"RIFF"):
            return WavReader(self._out)
        if head.startswith(b"ID3") or _begins_mp3(head):
            return Mp3Reader(self._out)
        if head.startswith((b"OggS", b"fLaC", b"{", b"<")):
            raise _unknown()
        return RawReader(self._out, self._raw_rate)


class RawReader:
    """Samples as they are wanted."""

    def __init__(self, out: Output, rate: int) -> None:
        self._out = out
        out.format(rate)

    def feed(self, data: bytes) -> None:
        self._out.pcm(data)

    def finish(self) -> None:
        return


class WavReader:
    """A WAV file with 16-bit samples, of one or more channels. Its length may be a lie: it is streamed."""

    def __init__(self, out: Output) -> None:
        self._out = out
        self._waiting = b""
        self._channels = 0
        self._in_data = False

    def feed(self, data: bytes) -> None:
        self._waiting += data
        if not self._in_data:
            self._head()
        if self._in_data:
            whole = len(self._waiting) - len(self._waiting) % (2 * self._channels)
            self._out.pcm(_first_channel(self._waiting[:whole], self._channels))
            self._waiting = self._waiting[whole:]

    def finish(self) -> None:
        if not self._in_data:
            raise _unknown()

    def _head(self) -> None:
        place = 12  # RIFF, length, WAVE
        while len(self._waiting) >= place + 8:
            name, length = (
                self._waiting[place : place + 4],
                int.from_bytes(self._waiting[place + 4 : place + 8], "little"),
            )
            body = place + 8
            if name == b"data" and self._channels:
                self._waiting, self._in_data = self._waiting[body:], True
                return
            if len(self._waiting) < body + length:
                return
            if name == b"fmt ":
                self._format(self._waiting[body : body + length])
            place = body + length + length % 2

    def _format(self, fields: bytes) -> None:
        kind, channels, rate = (int.from_bytes(fields[a:b], "little") for a, b in ((0, 2), (2, 4), (4, 8)))
        bits = int.from_bytes(fields[14:16], "little")
        if kind not in (_PCM, _EXTENSIBLE) or bits != 16 or not 1 <= channels <= 8:
            raise _unknown()
        self._channels = channels
        self._out.format(rate)


class Mp3Reader:
    """MP3, frame by frame."""

    def __init__(self, out: Output) -> None:
        import av

        self._out = out
        self._av: Any = av
        self._codec: Any = av.CodecContext.create("mp3", "r")
        self._resampler: Any = None

    def feed(self, data: bytes) -> None:
        self._decode(self._codec.parse(data))

    def finish(self) -> None:
        self._decode([*self._codec.parse(b""), None])

    def _decode(self, packets: list[Any]) -> None:
        try:
            for packet in packets:
                for frame in self._codec.decode(packet):
                    if self._resampler is None:
                        self._resampler = self._av.AudioResampler("s16", "mono", frame.sample_rate)
                        self._out.format(frame.sample_rate)
                    for plain in self._resampler.resample(frame):
                        self._out.pcm(bytes(plain.planes[0])[: plain.samples * 2])
        except self._av.FFmpegError as error:
            raise _unknown() from error


def _begins_mp3(head: bytes) -> bool:
    """Whether this is the head of a frame of layer III with a bit rate and a sample rate; raw samples seldom are."""
    synchronised = head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return synchronised and head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C


def _first_channel(data: bytes, channels: int) -> bytes:
    if channels == 1:
        return data
    samples = array.array("h", data)
    if sys.byteorder == "big":
        samples.byteswap()
    samples = samples[::channels]
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def _unknown() -> EngineError:
    return EngineError(
        "unknown_sound",
        "The voice service sent something that is no sound she can play.",
        "It should send PCM, WAV (16 bits) or MP3.",
    )
