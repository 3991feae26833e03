"""What may judge, beside silence and words, whether somebody has finished: chosen by `voice.end_of_turn`."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

from alisa.runtime.engines import Engine, Registry
from alisa.runtime.paths import Home
from voice.audio.clips import Samples
from voice.settings import VoiceSettings

MODEL = "smart-turn"
"""The name of its model for `alisa models pull`, and of the folder that it lies in."""


class EndOfTurn(Protocol):
    """Judges the sound of a turn; without state. It blocks for some tens of milliseconds."""

    def finished(self, samples: Samples) -> float:
        """Return how likely the turn, 16 kHz samples of any length, is finished, from 0 to 1."""
        ...


ENGINES = Registry(
    "end of turn",
    [Engine("smart_turn", "voice.turns.smart_turn:create", summary="Smart Turn v3: hears by melody, too")],
    entry_point_group="alisa.end_of_turn",
)


def create(settings: VoiceSettings, home: Home) -> EndOfTurn | None:
    """Open what the settings choose; None where silence and words alone decide.

    Raises UsageError (unknown name), MissingError (its model is not there) or EngineError.
    """
    name = settings.end_of_turn.strip().lower()
    return cast("EndOfTurn", ENGINES.create(name, model_path(settings, home))) if name else None


def model_path(settings: VoiceSettings, home: Home) -> Path:
    """Where its model lies: the file that the settings name, else what `alisa models pull` has left."""
    if settings.end_of_turn_model:
        given = Path(settings.end_of_turn_model).expanduser()
        return given if given.is_absolute() else home.models / given
    folder = home.models / MODEL
    return max(folder.glob("*.onnx"), default=folder / f"{MODEL}.onnx")
