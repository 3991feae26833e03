"""Speech by flite, and sounds that are no speech, all at 16 kHz."""

from __future__ import annotations

import shutil
from typing import Any

import numpy as np
import pytest

from tests.rig.sound import speech
from voice.audio.clips import Samples

RATE = 16_000
needs_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")


def say(text: str, voice: str = "awb") -> Samples:
    """Return the sentence, spoken by flite (`awb` and `rms` are men, `slt` a woman)."""
    return speech(text, voice).samples


def loud_part(samples: Samples, share: float = 0.05) -> tuple[float, float]:
    """Return where the speech begins and ends, in seconds: above this share of its peak."""
    loud = np.flatnonzero(np.abs(samples) > share * np.abs(samples).max())
    return loud[0] / RATE, (loud[-1] + 1) / RATE


def silence(seconds: float) -> Samples:
    """Nothing."""
    return np.zeros(round(seconds * RATE), np.float32)


def room(samples: Samples, seed: int = 0, level: float = 0.0005) -> Samples:
    """Return them in a quiet room: with noise at -66 dBFS."""
    return (samples + np.random.default_rng(seed).normal(0, level, len(samples))).astype(np.float32)


def band(samples: Any, low: float, high: float) -> Any:
    """Return what of them lies between these frequencies."""
    spectrum = np.fft.rfft(samples)
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    spectrum[(frequencies < low) | (frequencies > high)] = 0
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)


def cough(seed: int, seconds: float = 0.35) -> Samples:
    """A cough: a burst of noise, a breath through the throat, and a short voiced end."""
    random = np.random.default_rng(seed)
    n = round(RATE * seconds)
    t = np.arange(n) / RATE
    burst = band(random.normal(0, 1, n), 300, 4000) * np.exp(-t / 0.05)
    breath = 0.5 * band(random.normal(0, 1, n), 200, 2500) * np.exp(-(((t - 0.12) / 0.06) ** 2))
    pitch = 2 * np.pi * (180 + 40 * random.random()) * t
    voiced = sum(np.sin(k * pitch) / k for k in range(1, 12)) * 0.25 * np.exp(-(((t - 0.22) / 0.05) ** 2))
    whole = burst + breath + voiced
    made: Samples = (0.5 * whole / np.abs(whole).max()).astype(np.float32)
    return made


def two_coughs(seed: int) -> Samples:
    """Seldom does one cough once."""
    return np.concatenate([cough(seed), silence(0.15), cough(seed + 100, 0.3)])


def bang(seed: int) -> Samples:
    """A door."""
    t = np.arange(RATE // 2) / RATE
    noise = np.random.default_rng(seed).normal(0, 1, len(t))
    made: Samples = (0.32 * band(noise, 40, 3000) * np.exp(-t / 0.06)).astype(np.float32)
    return made


def click() -> Samples:
    """A key."""
    samples = silence(0.5)
    samples[4000:4040] = 0.9
    return samples


def typing() -> Samples:
    """Many keys."""
    return np.concatenate([np.concatenate([bang(i)[:1600] * 0.3, silence(0.06)]) for i in range(12)])


def noise(level: float, seconds: float = 3.0) -> Samples:
    """A hiss."""
    return np.random.default_rng(5).normal(0, level, round(RATE * seconds)).astype(np.float32)


def hum(seconds: float = 3.0) -> Samples:
    """The mains."""
    t = np.arange(round(RATE * seconds)) / RATE
    return (0.1 * np.sin(2 * np.pi * 50 * t) + 0.05 * np.sin(2 * np.pi * 150 * t)).astype(np.float32)


def melody() -> Samples:
    """Seven notes of a flute-like thing."""
    notes = []
    for pitch in (440, 494, 523, 587, 659, 523, 440):
        t = np.arange(4800) / RATE
        edges = np.minimum(1, np.minimum(t / 0.01, (0.3 - t) / 0.05))
        notes.append(0.2 * edges * sum(np.sin(2 * np.pi * pitch * k * t) / k**1.5 for k in range(1, 6)))
    return np.concatenate(notes).astype(np.float32)


def mm_hmm(seconds: float = 0.6, pitch: float = 110.0) -> Samples:
    """A hum through the nose with a breath in the middle, rising: what flite spells as letters."""
    t = np.arange(round(RATE * seconds)) / RATE
    phase = 2 * np.pi * np.cumsum(pitch * (1 + 0.25 * t / seconds)) / RATE
    voiced = sum(np.sin(k * phase) / k**1.2 for k in range(1, 20))
    nasal = band(voiced.astype(np.float32), 60, 350) + 0.05 * band(voiced.astype(np.float32), 900, 2500)
    loud = np.exp(-(((t - 0.22 * seconds) / (0.16 * seconds)) ** 4)) + np.exp(
        -(((t - 0.75 * seconds) / (0.2 * seconds)) ** 4)
    )
    made: Samples = (0.25 * nasal * loud / np.abs(nasal).max()).astype(np.float32)
    return made
