"""The voices that can be chosen by name, what each may take its time for, and in which environment it runs.

Standard library only: the workers import this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from alisa.runtime.engines import Engine, Registry
from alisa.runtime.errors import UsageError
from voice.tts.speech import Converter, SpeechEngine

ONLINE = "online"
"""Text leaves the machine."""
SERVER = "server"
"""Asks a server whose address or key is set."""
MODEL = "model"
"""Needs a model that is downloaded first."""
OWN_ENVIRONMENT = "own environment"
"""Its libraries do not go with Alisa's: it runs by another Python, where one is set."""
PHONEMES = "phonemes"
"""Tells the times of phonemes always; without this it may, where its model does."""
WORDS = "words"
"""Tells the times of words always."""
CONVERTS = "converts"
"""Makes no speech; changes what another engine made."""


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
            summary="built in (espeak-ng): speaks at once, sounds like a machine",
            capabilities=frozenset({WORDS, PHONEMES}),
        ),
        Engine(
            "edge",
            "voice.tts.edge:create",
            summary="natural, online (edge-tts): what she says is sent to Microsoft",
            capabilities=frozenset({ONLINE, WORDS}),
        ),
        Engine(
            "kokoro",
            "voice.tts.kokoro:create",
            summary="natural, on this machine (Kokoro): a model to download",
            capabilities=frozenset({MODEL, OWN_ENVIRONMENT}),
        ),
        Engine(
            "piper",
            "voice.tts.piper:create",
            summary="clear and quick, on this machine (Piper): a model to download",
            capabilities=frozenset({MODEL, OWN_ENVIRONMENT}),
        ),
        Engine("system", "voice.tts.system:create", summary="the voices of the system: macOS, Windows, flite on Linux"),
        Engine(
            "openai",
            "voice.tts.openai:create",
            summary="any server with OpenAI's /v1/audio/speech",
            capabilities=frozenset({SERVER}),
        ),
        Engine(
            "elevenlabs",
            "voice.tts.elevenlabs:create",
            summary="natural, online (ElevenLabs), with a key of your own",
            capabilities=frozenset({ONLINE, WORDS, SERVER}),
        ),
        Engine(
            "scripted",
            "voice.tts.scripted:create",
            summary="tones instead of words; for tests",
            capabilities=frozenset({WORDS, PHONEMES}),
            offered=False,
        ),
        Engine(
            "rvc",
            "voice.tts.rvc:create",
            summary="changes a voice into that of a model (RVC)",
            capabilities=frozenset({CONVERTS, MODEL, OWN_ENVIRONMENT}),
            offered=False,
        ),
        Engine(
            "scripted_converter",
            "voice.tts.scripted:create_converter",
            summary="makes a voice softer; for tests",
            capabilities=frozenset({CONVERTS}),
            offered=False,
        ),
    ],
    entry_point_group="alisa.voices",
)


def create(name: str, options: Mapping[str, Any]) -> SpeechEngine | Converter:
    """Make the engine inside its worker. Raises UsageError, MissingError, EngineError."""
    return cast("SpeechEngine | Converter", ENGINES.create(name, options))


def voices_to_choose() -> tuple[Engine, ...]:
    """The engines that speak."""
    return tuple(row for row in ENGINES.rows() if CONVERTS not in row.capabilities)


def voice_row(name: str) -> Engine:
    """The engine of that name, which speaks. Raises UsageError where there is none, or it only changes voices."""
    row = ENGINES.row(name)
    if CONVERTS in row.capabilities:
        raise UsageError(
            "unknown_engine", f"{name} makes no speech: it changes what another voice said.", "See voice.rvc_model."
        )
    return row


def limits_of(name: str) -> Limits:
    """How patient to be with an engine."""
    return LIMITS.get(name, DEFAULT_LIMITS)
