"""The recognisers that can be chosen by name, and which one `auto` means on this machine."""

from __future__ import annotations

from typing import cast

from alisa.runtime.engines import Engine, Registry
from alisa.runtime.paths import Home
from voice.settings import VoiceSettings
from voice.stt import models
from voice.stt.recognizer import Recognizer

AUTO = "auto"
PARTIALS = "partials"
"""Tells words while they are said."""
ROBUST = "robust"
"""Makes no words of coughs and hums."""
ONLINE = "online"
"""What is said may leave the machine."""
MODEL = "model"
"""Needs a model that is downloaded first."""

ENGINES = Registry(
    "speech recognition",
    [
        Engine(
            "whisper",
            "voice.stt.whisper:create",
            summary="on this machine (faster-whisper): understands well, once a model is downloaded",
            capabilities=frozenset({PARTIALS, ROBUST, MODEL}),
        ),
        Engine(
            "sphinx",
            "voice.stt.sphinx:create",
            summary="built in (pocketsphinx): short, clear English at once",
            capabilities=frozenset({PARTIALS}),
        ),
        Engine(
            "openai",
            "voice.stt.openai:create",
            summary="any server with OpenAI's /v1/audio/transcriptions",
            capabilities=frozenset({ROBUST, ONLINE}),
        ),
        Engine(
            "scripted",
            "voice.stt.scripted:create",
            summary="understands what a script says; for tests",
            capabilities=frozenset({PARTIALS, ROBUST}),
            offered=False,
        ),
    ],
    entry_point_group="alisa.recognizers",
)


def chosen(name: str, settings: VoiceSettings, home: Home) -> str:
    """Return the engine that a name means: `auto` is Whisper once a model is here, else the built-in one.

    A server or a model that was named, and nothing else, is taken for a choice, too.
    """
    if name.strip().lower() not in ("", AUTO):
        return ENGINES.row(name.strip().lower()).name
    if settings.stt_url.strip():
        return "openai"
    return "whisper" if settings.stt_model.strip() or models.installed(home.models) else "sphinx"


def create(name: str, settings: VoiceSettings, home: Home) -> Recognizer:
    """Make the recogniser of that name, or the one that `auto` means; its slow part is left to its `load`.

    Raises UsageError (no such engine or model), MissingError (its model or server is not there), EngineError.
    """
    return cast("Recognizer", ENGINES.create(chosen(name, settings, home), settings, home))


def capabilities(name: str, settings: VoiceSettings, home: Home) -> frozenset[str]:
    """Return what the recogniser of that name can do."""
    return ENGINES.row(chosen(name, settings, home)).capabilities
