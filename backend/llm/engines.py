"""The language model engines that can be chosen by `llm.engine`."""

from __future__ import annotations

from typing import cast

from alisa.runtime.clock import Clock
from alisa.runtime.engines import Engine, Registry
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.llm.types import LanguageModel

ENGINES = Registry(
    "language model",
    [
        Engine(
            "openai",
            "backend.llm.openai:create",
            summary="llama.cpp, and every server that speaks OpenAI's chat completions",
            capabilities=frozenset({"tools", "counts tokens"}),
        ),
        Engine(
            "scripted",
            "backend.llm.scripted:create",
            summary="says what a script says; for tests",
            capabilities=frozenset({"tools", "counts tokens"}),
        ),
    ],
    entry_point_group="alisa.language_models",
)


def create(settings: LlmSettings, home: Home, clock: Clock) -> LanguageModel:
    """The engine that the settings name. Raises UsageError for an unknown name, MissingError for a missing extra."""
    return cast("LanguageModel", ENGINES.create(settings.engine, settings, home, clock))
