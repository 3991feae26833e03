"""The voices that can be chosen by name, what each may take its time for, and in which environment it runs.

Standard library only: the workers import this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from alisa.runtime.engines import Engine, Registry
from voice.tts.speech import SpeechEngine

ONLINE = "online"
"""Text leaves the machine."""
LOCAL = "local"
MODEL = "model"
"""Needs a model that is downloaded first."""
OWN_ENVIRONMENT = "own environment"
"""Its libraries do not go with Alisa's: it runs by another Python, where one is set."""
PHONEMES = "phonemes"
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a worker may be silent before it counts as hung, in seconds."""

    open_seconds: float = 15.0
    """from its start until it is ready"""
    first_audio_seconds: float = 4.0
    """from the request to the first sound"""
    stall_seconds: float = 4.0
    """between two pieces of sound"""
    beat_seconds: float = 4.0
    """without any frame at all while at work, heartbeats included: the process itself is stuck"""
    cancel_seconds: float = 1.0
    """from a cancel until it is free again"""


LIMITS: Mapping[str, Limits] = {
    "espeak": Limits(first_audio_seconds=2.0, stall_seconds=2.0),
    "edge": Limits(first_audio_seconds=5.0, stall_seconds=5.0),
    "kokoro": Limits(open_seconds=60.0, first_audio_seconds=20.0, stall_seconds=20.0, cancel_seconds=5.0),
    "piper": Limits(open_seconds=30.0, first_audio_seconds=10.0, stall_seconds=10.0, cancel_seconds=2.0),
    "openai": Limits(first_audio_seconds=10.0, stall_seconds=10.0),
    "elevenlabs": Limits(first_audio_seconds=6.0, stall_seconds=6.0),
    "system": Limits(first_audio_seconds=8.0, stall_seconds=8.0, cancel_seconds=3.0),
    "rvc": Limits(open_seconds=120.0, first_audio_seconds=30.0, stall_seconds=30.0, cancel_seconds=30.0),
}
DEFAULT_LIMITS = Limits()

ENGINES = Registry(
    "voice",
    [
        Engine(
            "espeak",
            "voice.tts.espeak:create",
            summary="espeak-ng: built in, speaks at once, sounds like a machine",
            capabilities=frozenset({LOCAL, WORDS, PHONEMES}),
        ),
        Engine(
            "scripted",
            "voice.tts.scripted:create",
            summary="tones instead of words; for tests",
            capabilities=frozenset({LOCAL, WORDS, PHONEMES}),
        ),
    ],
    entry_point_group="alisa.voices",
)

CONVERTERS = Registry(
    "voice converter",
    [],
    entry_point_group="alisa.voice_converters",
)
"""What may change a voice after any engine has spoken."""


def create(name: str, options: Mapping[str, Any]) -> SpeechEngine:
    """Make the engine inside its worker. Raises UsageError, MissingError, EngineError."""
    return cast("SpeechEngine", ENGINES.create(name, options))


def limits_of(name: str) -> Limits:
    """How patient to be with an engine."""
    return LIMITS.get(name, DEFAULT_LIMITS)
