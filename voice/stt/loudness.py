"""How loud speech is, whether there is a voice in a sound at all, and the gain that a recogniser wants. PURE.

Levels are in dBFS: 0 is a sine wave or noise whose root mean square is full scale.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voice.audio.clips import Samples

RATE = 16000
_FRAME = 320
"""samples of a frame: 20 ms, one or two periods of a low voice"""
SILENCE_DB = -96.0
TARGET_DB = -17.0
"""Where pocketsphinx's error rate was lowest on eight levels of the same speech (flat from -25 to -15)."""
_GAIN_LIMITS_DB = (-12.0, 26.0)
"""more would make speech of the noise of a quiet room"""
_ABOVE_ROOM_DB = 15.0
_NEAR_DB = 12.0
LEAD_IN_DB = 30.0
"""what is so far below speech is the silence before it"""
_VOICE_HZ = (70, 400)
_PERIODIC = 0.55
"""the autocorrelation, relative to the energy, above which a frame counts as voiced; white noise reaches 0.45"""
_WITHIN_DB = 22.0
"""frames this far below the loudest are not looked at"""


def loudness(samples: Samples) -> float:
    """Return how loud the louder parts are: the level that 5 % of the frames (20 ms) exceed."""
    levels = frame_levels(samples)
    return float(np.percentile(levels, 95)) if len(levels) else SILENCE_DB


def frame_levels(samples: Samples) -> NDArray[np.float64]:
    """Return the level of every whole frame of 20 ms, shape (n // 320,)."""
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    power: NDArray[np.float64] = np.mean(frames * frames, axis=1)
    return np.maximum(10.0 * np.log10(power + 1e-12), SILENCE_DB)


def speech_seconds(samples: Samples) -> float:
    """Return for how long somebody may have spoken: frames near the loudest, which stands out of the quietest."""
    levels = frame_levels(samples)
    if not len(levels):
        return 0.0
    loudest = float(np.max(levels))
    if loudest < float(np.percentile(levels, 10)) + _ABOVE_ROOM_DB:
        return 0.0
    return float(np.count_nonzero(levels > loudest - _NEAR_DB)) * _FRAME / RATE


def gain_for(level: float) -> float:
    """Return the factor that brings speech of this level to where a recogniser wants it."""
    low, high = _GAIN_LIMITS_DB
    return float(10.0 ** (min(high, max(low, TARGET_DB - level)) / 20.0))


def without_lead_in(samples: Samples, speech_db: float, keep_seconds: float = 0.3) -> Samples:
    """Return the samples without the silence before them, but for the last of it; speech is about so loud."""
    loud = np.flatnonzero(frame_levels(samples) > speech_db - LEAD_IN_DB)
    first = int(loud[0]) * _FRAME if len(loud) else len(samples)
    return samples[max(0, first - round(keep_seconds * RATE)) :]


def voiced_seconds(samples: Samples) -> float:
    """Return for how long there is a voice: frames that repeat themselves at the pitch of a human voice.

    Speech has vowels; coughs, clicks, keys and the noise of a room hardly do.
    """
    size, hop = 2 * _FRAME, _FRAME
    if len(samples) < size:
        return 0.0
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop].astype(np.float64)
    frames = frames - frames.mean(axis=1, keepdims=True)
    energy = np.sum(frames * frames, axis=1)
    loud = energy > max(float(energy.max()) * 10 ** (-_WITHIN_DB / 10), size * 1e-7)
    if not loud.any():
        return 0.0
    spectra = np.fft.rfft(frames[loud] * np.hanning(size), 2 * size, axis=1)
    similar = np.fft.irfft(np.abs(spectra) ** 2, axis=1)
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(size), 2 * size)) ** 2)
    shortest, longest = RATE // _VOICE_HZ[1], RATE // _VOICE_HZ[0]
    shape = window[shortest:longest] / window[0]  # what the window alone takes away at each lag
    peaks = np.max(similar[:, shortest:longest] / (similar[:, :1] + 1e-12) / shape, axis=1)
    return float(np.count_nonzero(peaks > _PERIODIC)) * hop / RATE


def is_quiet(samples: Samples, speech_db: float) -> bool:
    """Return whether nothing but silence is in there, beside speech of this level."""
    levels = frame_levels(samples)
    return not len(levels) or bool(np.max(levels) < max(-60.0, speech_db - 20.0))
