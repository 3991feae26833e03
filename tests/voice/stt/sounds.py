"""Sounds for the recognisers: real speech of flite's voices, and what is no speech."""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest

from voice.audio.clips import Samples, read_wav
from voice.audio.rates import resampled
from voice.stt.recognizer import RATE, Recognizer, Transcript

needs_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")


@functools.cache
def speech(text: str, voice: str = "awb") -> Samples:
    """What flite says, at 16 kHz, with nothing around it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True, timeout=60)
        return resampled(read_wav(path), RATE).samples


def in_a_room(samples: Samples, *, before: float = 0.5, after: float = 0.3, gain: float = 1.0) -> Samples:
    """The sound with a quiet room around it, as long before and after (seconds)."""
    rest = [np.zeros(round(before * RATE), np.float32), samples, np.zeros(round(after * RATE), np.float32)]
    return noise(np.concatenate(rest) * np.float32(gain), level=3e-4 * gain)


def noise(samples: Samples | int, level: float) -> Samples:
    """White noise, over samples or alone."""
    base = np.zeros(samples, np.float32) if isinstance(samples, int) else samples
    found = base + np.random.default_rng(0).normal(0, level, len(base))
    return np.asarray(np.clip(found, -1, 1), np.float32)


def cough() -> Samples:
    """Two bursts of rough noise that die away."""
    random = np.random.default_rng(1)
    fading = np.exp(-np.arange(4000) / 900) * 0.3
    burst = np.convolve(random.normal(0, 1, 4000), np.ones(8) / 8, "same") * fading
    return in_a_room(np.concatenate([burst, np.zeros(1600), burst]).astype(np.float32))


def listen(recognizer: Recognizer, samples: Samples, block: int = 160) -> Transcript:
    """Have one utterance understood, fed in frames of 10 ms."""
    recognizer.begin()
    for at in range(0, len(samples), block):
        recognizer.feed(samples[at : at + block])
    return recognizer.finish()
