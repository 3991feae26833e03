"""What is the voice's own of the time until she answers: all that is neither silence, nor STT, nor the model, nor TTS.

An answer takes, on the recording, from the last sound of the question to the first of her own. Of that are not hers:

* the silence that it takes to be sure of the end: from the last sound to the moment that was decided about;
* STT: from when that moment's sound had arrived to the words being there;
* the model: from the words reaching the hub to its first token;
* TTS: from asking the engine to its first sound that is more than silence.

What is left is hers, sound server and devices included: that sound's way from the microphone to the ears (`arrival`),
the hub and the sockets, waiting for the first words that can be spoken alone, the buffer before the loudspeaker. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KNOWN = ("endpoint", "stt", "arrival", "first_token", "tts")


class TapeClock:
    """When a recording began, on this machine's clock: as soon as any of its pieces came, and no sooner."""

    def __init__(self) -> None:
        self.began = float("inf")

    def saw(self, now: float, seconds: float) -> None:
        """By now it is so long. A piece that comes late says nothing; the promptest is right."""
        if seconds > 0:
            self.began = min(self.began, now - seconds)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as the recording has it and as the voice tells of it."""

    asked: float
    """the question's last sound on the recording, in seconds on this machine's clock"""
    took: float
    """seconds to her first sound"""
    speech_ended: float
    """where the voice saw the end of the question, on the same clock"""
    stages: Mapping[str, float]
    """milliseconds, as in the status"""

    @property
    def silence_ms(self) -> float:
        """From the last sound to the moment that was decided about."""
        return self.stages["endpoint"] + 1000 * (self.speech_ended - self.asked)

    @property
    def own_ms(self) -> float | None:
        """What is left; None where a stage is not known."""
        if not all(name in self.stages for name in KNOWN):
            return None
        stt = self.stages["stt"] - self.stages["arrival"]
        return 1000 * self.took - self.silence_ms - stt - self.stages["first_token"] - self.stages["tts"]
