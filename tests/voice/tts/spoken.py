"""What a stream of speech amounts to, and how long its parts took: for tests."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voice.tts.speech import Audio, PhonemeMark, Speech, WordMark


@dataclass
class Spoken:
    """A sentence that was listened to until its end."""

    pieces: list[Audio] = field(default_factory=list)
    words: list[WordMark] = field(default_factory=list)
    phonemes: list[PhonemeMark] = field(default_factory=list)
    first_audio_seconds: float = 0.0

    @property
    def samples(self) -> NDArray[np.float32]:
        return np.concatenate([piece.samples for piece in self.pieces]) if self.pieces else np.zeros(0, np.float32)

    @property
    def rate(self) -> int:
        return self.pieces[0].rate

    @property
    def seconds(self) -> float:
        return sum(piece.seconds for piece in self.pieces)

    @property
    def loudness(self) -> float:
        """Root mean square."""
        return float(np.sqrt(np.mean(self.samples**2))) if self.pieces else 0.0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def take(self, piece: Speech) -> None:
        if isinstance(piece, Audio):
            self.pieces.append(piece)
        elif isinstance(piece, WordMark):
            self.words.append(piece)
        else:
            self.phonemes.append(piece)


async def listen(speech: AsyncGenerator[Speech, None]) -> Spoken:
    """Listen to a sentence until its end."""
    heard, begun = Spoken(), time.perf_counter()
    async with aclosing(speech) as pieces:
        async for piece in pieces:
            heard.take(piece)
            if isinstance(piece, Audio) and not heard.first_audio_seconds:
                heard.first_audio_seconds = time.perf_counter() - begun
    return heard
