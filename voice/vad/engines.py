"""What can tell speech from other sounds, chosen by `voice.vad`."""

from __future__ import annotations

from typing import Protocol, cast

from alisa.runtime.engines import Engine, Registry
from voice.audio.clips import Samples

FRAME_SAMPLES = 512
RATE = 16_000
FRAME_SECONDS = FRAME_SAMPLES / RATE
"""how much sound is judged at once, in all engines: 32 ms"""


class Vad(Protocol):
    """Judges one stream of sound; each stream needs one of its own."""

    def probability(self, frame: Samples) -> float:
        """Return how likely this frame, `(512,)` samples at 16 kHz, is speech, from 0 to 1, given those before it."""
        ...

    def reset(self) -> None:
        """Forget what came before: the next frame begins a new stream."""
        ...


ENGINES = Registry(
    "voice activity",
    [
        Engine("silero", "voice.vad.silero:create", summary="Silero v6, in ONNX, on one thread"),
        Engine("scripted", "voice.vad.scripted:create", summary="loud is speech, or what a script says; for tests"),
    ],
    entry_point_group="alisa.voice_activity",
)


def create(name: str) -> Vad:
    """Open the engine of that name. Raises UsageError (unknown name), MissingError or EngineError."""
    return cast("Vad", ENGINES.create(name))
