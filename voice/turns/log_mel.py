"""The log-mel spectrogram that Whisper's encoder, and so Smart Turn, looks at. Pure.

Constants from Whisper (Radford et al., 2022): 25 ms windows every 10 ms, 80 Slaney mel bands up to 8 kHz.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from voice.audio.clips import Samples

RATE = 16_000
WINDOW = 400
HOP = 160
BANDS = 80
DYNAMIC_RANGE = 8.0
"""in powers of ten, below the loudest"""
_LINEAR_HZ = 200.0 / 3.0
_BREAK_HZ = 1000.0
_LOG_STEP = np.log(6.4) / 27.0
"""Slaney's scale: linear up to 1 kHz, 27 steps to 6.4 times that"""


def log_mel(samples: Samples) -> NDArray[np.float32]:
    """Return the spectrogram of 16 kHz samples, shape (80, len // 160), about -1 to 1 or a little more."""
    padded = np.pad(samples.astype(np.float64), WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:-1]
    hann = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(WINDOW) / WINDOW)
    power = np.abs(np.fft.rfft(frames * hann, axis=1)) ** 2
    logs = np.log10(np.maximum(mel_filters() @ power.T, 1e-10))
    return np.asarray((np.maximum(logs, logs.max() - DYNAMIC_RANGE) + 4.0) / 4.0, np.float32)


@cache
def mel_filters() -> NDArray[np.float64]:
    """The triangles that make bands of a spectrum, shape (80, 201), each of the same area."""
    frequencies = np.fft.rfftfreq(WINDOW, 1.0 / RATE)
    edges = _hz(np.linspace(0.0, _mel(RATE / 2.0), BANDS + 2))
    rising = (frequencies - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - frequencies) / (edges[2:] - edges[1:-1])[:, None]
    triangles: NDArray[np.float64] = np.maximum(0.0, np.minimum(rising, falling))
    return triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None]


def _mel(hz: float) -> float:
    linear = hz / _LINEAR_HZ
    return linear if hz < _BREAK_HZ else _BREAK_HZ / _LINEAR_HZ + float(np.log(hz / _BREAK_HZ)) / float(_LOG_STEP)


def _hz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    kink = _BREAK_HZ / _LINEAR_HZ
    return np.where(mels < kink, mels * _LINEAR_HZ, _BREAK_HZ * np.exp(_LOG_STEP * (mels - kink)))
