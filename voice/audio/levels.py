"""How loud a sound is. Pure."""

from __future__ import annotations

import math

import numpy as np

from voice.audio.clips import Samples

FLOOR_DBFS = -96.0
"""what 16 bits can tell from silence; nothing is said to be less loud"""


def dbfs(samples: Samples) -> float:
    """Return the RMS level in dB relative to full scale, at least -96."""
    if not len(samples):
        return FLOOR_DBFS
    power = float(np.dot(samples, samples)) / len(samples)
    return max(FLOOR_DBFS, 10.0 * math.log10(power)) if power > 0.0 else FLOOR_DBFS


def amplitude(decibels: float) -> float:
    """Return the factor of so many decibels: -6 is about a half."""
    return float(10.0 ** (decibels / 20.0))
