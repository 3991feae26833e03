"""From one sample rate to another: whole clips, and streams without a seam."""

from __future__ import annotations

import numpy as np
import soxr

from voice.audio.clips import Clip, Samples

FRAMES_PER_SECOND = 100
_HALF_SECONDS = 0.002
"""half the length of the filter between frames"""


def resampled(clip: Clip, rate: int) -> Clip:
    """Return the same sound at another rate."""
    if clip.rate == rate or not len(clip.samples):
        return Clip(clip.samples, rate)
    return Clip(np.asarray(soxr.resample(clip.samples, clip.rate, rate), np.float32), rate)


class Resampler:
    """A stream from one rate to another.

    What comes out lags behind what went in by the filter's own length (some ms); `last=True` brings the
    rest, after which the stream begins anew. Not for two threads at once.
    """

    def __init__(self, source_rate: int, rate: int, quality: str = "HQ") -> None:
        self.source_rate = source_rate
        self.rate = rate
        self._quality = quality
        self._stream = self._begin()

    def _begin(self) -> soxr.ResampleStream | None:
        if self.source_rate == self.rate:
            return None
        return soxr.ResampleStream(self.source_rate, self.rate, 1, dtype="float32", quality=self._quality)

    def feed(self, samples: Samples, *, last: bool = False) -> Samples:
        """Return what can be said at the new rate so far; possibly nothing."""
        if self._stream is None:
            return samples
        out = np.asarray(self._stream.resample_chunk(samples, last=last), np.float32)
        if last:
            self._stream = self._begin()
        return out

    @property
    def delay_seconds(self) -> float:
        """How far what came out lags behind what went in."""
        return 0.0 if self._stream is None else float(self._stream.delay()) / self.rate


class FrameResampler:
    """Frames of 10 ms from one rate to another, with 2 ms of delay where soxr's stream waits for 30.

    A windowed sinc (Kaiser, β = 8: aliases 80 dB down), cut off at 0.46 of the lower rate. Both rates
    are multiples of 100, as those of all devices are. Not for two threads at once.
    """

    def __init__(self, source_rate: int, rate: int) -> None:
        self.source_frame = source_rate // FRAMES_PER_SECOND
        self.frame = rate // FRAMES_PER_SECOND
        half = round(source_rate * _HALF_SECONDS)
        self.delay_seconds = 0.0 if source_rate == rate else half / source_rate
        self._same = source_rate == rate
        self._line = np.zeros(2 * half + self.source_frame, np.float32)
        places = np.arange(self.frame) * (source_rate / rate) + half
        first = np.floor(places).astype(np.int64) - half + 1
        self._index = first[:, None] + np.arange(2 * half)
        distance = self._index - places[:, None]
        cutoff = 2 * 0.46 * min(rate, source_rate) / source_rate
        window = np.i0(8.0 * np.sqrt(np.clip(1.0 - (distance / half) ** 2, 0.0, 1.0))) / np.i0(8.0)
        kernel = np.sinc(distance * cutoff) * window
        self._kernel = (kernel / kernel.sum(axis=1, keepdims=True)).astype(np.float32)
        step = source_rate // rate if source_rate % rate == 0 else 0
        windows = np.lib.stride_tricks.sliding_window_view(self._line, 2 * half)
        self._windows = windows[first[0] :: step][: self.frame] if step else None

    def feed(self, frame: Samples) -> Samples:
        """Turn exactly 10 ms at the one rate into 10 ms at the other."""
        if self._same:
            return frame
        size = self.source_frame
        self._line[:-size] = self._line[size:]
        self._line[-size:] = frame
        if self._windows is not None:  # all places between samples are the same
            return np.asarray(self._windows @ self._kernel[0], np.float32)
        return np.asarray(np.einsum("ij,ij->i", self._line[self._index], self._kernel), np.float32)
