"""Her voice as the settings want it: which engines, with what, in which order. Starts nothing.

What an engine needs is known to the engine; here it is only said where that comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from alisa.runtime import environments
from alisa.runtime.paths import Home
from voice.settings import VoiceSettings
from voice.tts.cache import SpeechCache
from voice.tts.chain import Chain, ChainState, Link, Voice
from voice.tts.client import TtsWorker
from voice.tts.conversion import Converted
from voice.tts.engines import ENGINES, OWN_ENVIRONMENT, Limits, limits_of

BUILT_IN = "espeak"
CONVERTER = "rvc"
_MIB = 1024 * 1024


def chain(
    settings: VoiceSettings,
    home: Home,
    *,
    voices: Mapping[str, str] = MappingProxyType({}),
    on_change: Callable[[ChainState], None] = lambda _: None,
) -> Chain:
    """Her voice. `voices` are those of her persona, by engine; `tts_voice` counts more for the chosen engine.

    Raises UsageError for an unknown engine.
    """
    chosen = settings.tts or BUILT_IN
    names = list(dict.fromkeys([chosen, *settings.tts_fallbacks]))
    own = {**voices, chosen: settings.tts_voice or voices.get(chosen, "")}
    links = [Link(_voice(name, settings, home), own.get(name, "")) for name in names]
    cache = SpeechCache(settings.tts_cache_mib * _MIB) if settings.tts_cache_mib else None
    return Chain(links, cache=cache, on_change=on_change)


def worker(name: str, settings: VoiceSettings, home: Home) -> TtsWorker:
    """One engine, without fallbacks. Raises UsageError for an unknown one."""
    row = ENGINES.row(name)
    python = python_of(name, settings, home) if OWN_ENVIRONMENT in row.capabilities else ""
    return TtsWorker(name, options_of(name, settings, home), limits=_limits(name, settings), python=python)


def options_of(name: str, settings: VoiceSettings, home: Home) -> Mapping[str, Any]:
    """What an engine gets. Relative paths of models are in the models folder of the home."""
    own = settings.tts == name
    silence = {"silence_seconds": max(1.0, settings.tts_timeout_seconds - 0.5)}
    if name == "openai":
        return {"url": settings.tts_url, "api_key": settings.tts_api_key, "model": settings.tts_model, **silence}
    if name == "elevenlabs":
        return {"api_key": settings.tts_api_key, "model": settings.tts_model if own else "", **silence}
    if name == "kokoro":
        model = _model(name, settings.tts_model if own else "", home)
        return {"model": str(model), "voices": str(min(model.parent.glob("*.bin"), default=model.with_suffix(".bin")))}
    if name == "piper":
        return {"model": str(_model(name, settings.tts_model if own else "", home))}
    if name == CONVERTER:
        return {"model": str(_path(settings.rvc_model, home))}
    return {}


def python_of(name: str, settings: VoiceSettings, home: Home) -> str:
    """The Python of the environment that an engine runs in; "" is this one.

    The one that the settings name for the chosen engine, else that of the home's folder `environments/NAME`.
    """
    if settings.tts_python and settings.tts == name:
        return settings.tts_python
    own = environments.python_in(environments.folder_of(name, home))
    return str(own) if own.is_file() else ""


def _voice(name: str, settings: VoiceSettings, home: Home) -> Voice:
    speaking = worker(name, settings, home)
    if not settings.rvc_model:
        return speaking
    return Converted(speaking, worker(CONVERTER, settings, home))


def _limits(name: str, settings: VoiceSettings) -> Limits:
    """The built-in engines are quick, or broken; for the others the user says how long is too long."""
    limits, seconds = limits_of(name), settings.tts_timeout_seconds
    if name in (BUILT_IN, CONVERTER):
        return limits
    return replace(limits, first_audio_seconds=seconds, stall_seconds=seconds)


def _model(engine: str, given: str, home: Home) -> Path:
    """The model that is meant: a file, or the name of what was pulled; without either, the first that is here by name.

    Where there is none, a file that is not there: the engine says what is missing.
    """
    if given:
        path = _path(given, home)
        return min(path.glob("*.onnx"), default=path / f"{path.name}.onnx") if path.is_dir() else path
    folders = [home.models / engine, *sorted(home.models.glob(f"{engine}-*"))]
    found = [file for folder in folders for file in sorted(folder.glob("*.onnx"))]
    return found[0] if found else home.models / engine / f"{engine}.onnx"


def _path(given: str, home: Home) -> Path:
    path = Path(given).expanduser()
    return path if path.is_absolute() else home.models / path
