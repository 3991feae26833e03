"""A speaker for tests that takes no time, and what a player tells."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import numpy as np

from alisa.protocol.message import Message
from alisa.protocol.messages import Mouth
from alisa.protocol.tags import Emotion
from alisa.runtime.errors import EngineError
from voice.tts.speech import Audio, PhonemeMark, SpeakRequest, Speech, WordMark
from voice.words.speakable import Speakable, speakable_with_map

RATE = 16000
WORD_SECONDS = 0.2


@dataclass
class ToneSpeaker:
    """Each word is a tone of a fifth of a second; its engine thinks for `think_seconds` before each sentence."""

    think_seconds: float = 0.0
    silence_seconds: float = 0.0
    """before the first word of a sentence"""
    marks: bool = True
    phonemes: bool = False
    fails: set[str] = field(default_factory=set)
    """sentences that cannot be spoken"""
    breaks: set[str] = field(default_factory=set)
    """sentences that break off after their first word"""
    spoken: list[SpeakRequest] = field(default_factory=list)
    began_at: list[float] = field(default_factory=list)
    left_early: int = 0

    async def speak(self, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        """One sentence, a word at a time."""
        self.spoken.append(request)
        self.began_at.append(asyncio.get_running_loop().time())
        over = False
        try:
            await asyncio.sleep(self.think_seconds)
            if request.text in self.fails:
                raise EngineError("speech_died", "The voice died.", "Another one speaks.")
            if self.silence_seconds:
                yield Audio(np.zeros(round(self.silence_seconds * RATE), np.float32), RATE)
            for place, word in enumerate(request.text.split()):
                begin = self.silence_seconds + place * WORD_SECONDS
                yield Audio(tone(WORD_SECONDS), RATE)
                if self.marks:
                    yield WordMark(word, begin, begin + WORD_SECONDS)
                if self.phonemes:
                    yield PhonemeMark("a", begin, begin + WORD_SECONDS / 2)
                    yield PhonemeMark("m", begin + WORD_SECONDS / 2, begin + WORD_SECONDS)
                if request.text in self.breaks:
                    raise EngineError("speech_died", "The voice died.", "Another one speaks.")
            over = True
        except EngineError:
            over = True
            raise
        finally:
            self.left_early += not over

    @property
    def texts(self) -> list[str]:
        """What it was asked to speak."""
        return [request.text for request in self.spoken]


def tone(seconds: float, loudness: float = 0.3) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A tone at 16 kHz."""
    return (loudness * np.sin(2 * np.pi * 300 * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


class Plainly:
    """A style that changes nothing but what cannot be spoken; happy is higher."""

    def words(self, text: str) -> Speakable:
        return speakable_with_map(text)

    def request(self, words: Speakable, emotion: Emotion | None) -> SpeakRequest:
        return SpeakRequest(words.text, pitch=2.0 if emotion is Emotion.HAPPY else 0.0)


@dataclass
class Told:
    """What a player told, and when."""

    messages: list[tuple[float, Message]] = field(default_factory=list)

    def __call__(self, message: Message) -> None:
        self.messages.append((asyncio.get_running_loop().time(), message))

    @property
    def speech(self) -> list[Message]:
        """All but the mouth."""
        return [message for _, message in self.messages if not isinstance(message, Mouth)]

    @property
    def mouth(self) -> list[float]:
        return [message.opening for _, message in self.messages if isinstance(message, Mouth)]

    def at(self, kind: type[Message]) -> float:
        """When the last of that kind was told."""
        return next(at for at, message in reversed(self.messages) if isinstance(message, kind))
