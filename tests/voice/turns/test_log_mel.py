"""The spectrogram is the one that Whisper's models were trained on."""

from __future__ import annotations

import numpy as np

from voice.turns.log_mel import log_mel, mel_filters


def test_it_is_whispers() -> None:
    """The same to the sixth digit as faster-whisper's, which loads Whisper's models."""
    from faster_whisper.feature_extractor import FeatureExtractor

    sound = np.random.default_rng(0).normal(0, 0.1, 128000).astype(np.float32)
    assert np.abs(log_mel(sound) - FeatureExtractor()(sound, padding=0)[:, :800]).max() < 1e-5


def test_a_tone_lies_in_its_band() -> None:
    """The loudest band of a tone is the one around its frequency."""
    tone = np.sin(2 * np.pi * 1000 * np.arange(16000) / 16000).astype(np.float32)
    band = int(log_mel(tone).mean(axis=1).argmax())
    assert mel_filters()[band, 25] > 0  # 25 times 40 Hz


def test_silence_is_flat() -> None:
    """Without sound there is nothing to see, and nothing that is no number."""
    features = log_mel(np.zeros(16000, np.float32))
    assert features.shape == (80, 100)
    assert np.ptp(features) == 0.0
