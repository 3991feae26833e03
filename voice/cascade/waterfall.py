"""Where the time of one exchange goes, from the end of the user's speech to the first sound of the answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Waterfall:
    """When what happened, in seconds on one clock; None: not yet, or never."""

    speech_ended: float
    turn: int | None = None
    """the turn that answers"""
    decided: float | None = None
    """the silence was long enough"""
    noticed: float | None = None
    """that silence had come from the microphone to here"""
    understood: float | None = None
    """its words were there, and went to the hub"""
    sentence: float | None = None
    """the first piece of the reply that can be spoken came"""
    tts_ms: float | None = None
    """from asking for its sound to the first of it"""
    audible: float | None = None
    """its first sample was heard"""
    first_token_ms: float | None = None
    """from the words' arrival at the hub to the model's first; the hub tells it when the turn is over"""
    over: bool = False
    """the turn is over"""

    @property
    def complete(self) -> bool:
        """Whether the answer is heard and everything about it known."""
        return self.audible is not None and self.over

    def stages(self) -> dict[str, float]:
        """Milliseconds by stage, those that are known.

        `endpoint`, `stt`, `first_clause` and `first_audio` follow one another and make up `total`; `arrival` is a part
        of `stt`, `first_token` of `first_clause`, `tts` of `first_audio`.
        """
        marks = {
            "endpoint": (self.speech_ended, self.decided),
            "arrival": (self.decided, self.noticed),
            "stt": (self.decided, self.understood),
            "first_clause": (self.understood, self.sentence),
            "first_audio": (self.sentence, self.audible),
            "total": (self.speech_ended, self.audible),
        }
        told = {
            name: round(1000 * max(0.0, end - begin), 1)
            for name, (begin, end) in marks.items()
            if begin is not None and end is not None
        }
        for name, took in (("first_token", self.first_token_ms), ("tts", self.tts_ms)):
            if took is not None:
                told[name] = round(took, 1)
        return told
