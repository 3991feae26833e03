"""How her mood sounds, and with which voice a persona speaks. Small changes: she stays the same person.

Rates are factors, pitches are semitones, so that every engine can translate them. Which engine speaks is not known
here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alisa.protocol.tags import Emotion

RATES = (0.5, 2.0)
PITCHES = (-12.0, 12.0)
"""what an engine is ever asked for"""


@dataclass(frozen=True, slots=True)
class Prosody:
    """How fast and how high."""

    rate: float = 1.0
    """1 is the engine's usual speed, 2 twice as fast"""
    pitch: float = 0.0
    """semitones above the voice's usual pitch"""

    def moved_by(self, other: Prosody) -> Prosody:
        """Both together, within what engines take."""
        return Prosody(
            min(RATES[1], max(RATES[0], self.rate * other.rate)),
            min(PITCHES[1], max(PITCHES[0], self.pitch + other.pitch)),
        )


MOODS: Mapping[Emotion, Prosody] = {
    Emotion.HAPPY: Prosody(1.05, 1.0),
    Emotion.CALM: Prosody(0.95, -0.3),
    Emotion.TEASING: Prosody(1.03, 0.6),
    Emotion.SHY: Prosody(0.94, 0.5),
    Emotion.SERIOUS: Prosody(0.97, -0.7),
    Emotion.SAD: Prosody(0.9, -1.0),
    Emotion.NEUTRAL: Prosody(),
}
"""Joy is faster and higher, sadness slower and lower than neutral speech (Banse and Scherer 1996); a tenth at most,
which one hears as mood and not as another voice."""

PERSONA_VOICES: Mapping[str, Mapping[str, str]] = {
    "alisa": {
        "edge": "en-US-AriaNeural",
        "kokoro": "af_heart",
        "espeak": "en-us+f3",
    },
    "assistant": {
        "edge": "en-US-JennyNeural",
        "kokoro": "af_sarah",
        "espeak": "en-us",
    },
}
"""Which voice fits to a persona that ships, by engine. Piper is not among them: its voice is the model that was got."""


def prosody(emotion: Emotion, wished: Prosody, *, mood: bool = True) -> Prosody:
    """How she speaks now: as the settings wish, moved a little by how she feels where `mood` is on."""
    return wished.moved_by(MOODS[emotion] if mood else Prosody())


def voice_of(persona: str, engine: str, wished: str = "") -> str:
    """The name of the voice: the user's wish, else that of the persona for this engine; "" leaves it to the engine."""
    return wished or PERSONA_VOICES.get(persona.lower(), {}).get(engine, "")
