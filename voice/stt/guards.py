"""What a recogniser made up: words out of noise, phrases out of silence, one phrase again and again. PURE.

Whisper was trained on subtitles, and writes their credits where there is nothing to hear. The thresholds of
`no_speech`, `logprob` and `compression` are those of OpenAI's own decoding loop
(github.com/openai/whisper, `transcribe.py`).
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from voice.audio.clips import Samples
from voice.stt.loudness import loudness, voiced_seconds

_NO_SPEECH = 0.6
_LOGPROB = -1.0
_SURE_OF_SILENCE = 0.9
_COMPRESSION = 2.4
_REPEATS = 4
_LEAST_VOICE_SECONDS = 0.1
"""of voiced sound in the shortest words of flite's voices there are 0.14 s, in coughs and noise 0.02 s"""
_LITTLE_VOICE_SECONDS = 0.3
_QUIET_DB = -50.0
_FEW_WORDS = 3

_CREDITS = re.compile(
    r"amara\.org|\bsubtit(?:les?|led|ling)\b.{0,12}\bby\b|\bcaption(?:s|ed|ing)\b.{0,12}\bby\b|\btranscri(?:bed|ption)\b.{0,4}\bby\b"
    r"|(?:don't forget to|please|remember to) (?:like|subscribe)|\bsubscribe to (?:my|our|the) channel\b"
    r"|\bwww\.|untertitel|sous-titr|zdf\b",
    re.IGNORECASE,
)
_SILENCE_SAYS = frozenset({
    "", "you", "bye", "bye bye", "so", "okay", "oh", "uh", "um", "hmm", "yeah", "the", "the end", "and", "i", "a",
    "thank you", "thanks", "thank you very much", "thank you so much", "thanks for watching", "thank you for watching",
    "thank you so much for watching", "thanks for listening", "thank you for listening", "see you next time",
    "see you in the next video", "i'll see you in the next video", "i'm sorry", "silence", "music", "applause",
    "please subscribe", "good night", "hello",
})  # fmt: skip
"""what is written where there is next to nothing to hear; said aloud, these count"""


@dataclass(frozen=True, slots=True)
class Piece:
    """What Whisper says of a stretch of sound."""

    text: str
    no_speech: float
    """how likely it is that nobody speaks, 0 to 1"""
    logprob: float
    """the mean logarithm of the probability of its tokens"""
    compression: float
    """how much zlib shortens the text; loops are shortened much"""


def keep(piece: Piece) -> bool:
    """Return whether a piece is more likely to have been said than made up."""
    if piece.no_speech > _NO_SPEECH and piece.logprob < _LOGPROB:
        return False
    if piece.no_speech > _SURE_OF_SILENCE and piece.logprob < _LOGPROB / 2:
        return False
    return piece.compression <= _COMPRESSION and not _CREDITS.search(piece.text)


def credible(text: str, samples: Samples) -> str:
    """Return the text, or "" where the sound cannot have held it. What was said in a loop is said once."""
    text = unlooped(" ".join(text.split()))
    if not text or _CREDITS.search(text):
        return ""
    voiced = voiced_seconds(samples)
    if voiced < _LEAST_VOICE_SECONDS:
        return ""
    nearly_silent = voiced < _LITTLE_VOICE_SECONDS or loudness(samples) < _QUIET_DB
    return "" if nearly_silent and bare(text) in _SILENCE_SAYS and not _says_much(samples) else text


def is_noise(text: str, samples: Samples) -> bool:
    """Return whether these few words were found in a sound without any voice. For pocketsphinx."""
    return len(text.split()) <= _FEW_WORDS and voiced_seconds(samples) < _LEAST_VOICE_SECONDS


def bare(text: str) -> str:
    """Return words alone: no punctuation, no capitals."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())


def compression(text: str) -> float:
    """Return how much zlib shortens a text."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def unlooped(text: str) -> str:
    """Return the text with what ends it again and again said once: "no no no no no" is a loop from four times on."""
    words = text.split()
    for size in range(1, len(words) // _REPEATS + 1):
        phrase = [bare(word) for word in words[-size:]]
        count = 1
        while [bare(word) for word in words[-size * (count + 1) : -size * count]] == phrase:
            count += 1
        if count >= _REPEATS:
            return " ".join(words[: len(words) - size * (count - 1)])
    return text


def _says_much(samples: Samples) -> bool:
    """Return whether it is at least as loud as somebody who speaks into the microphone."""
    return loudness(samples) > _QUIET_DB + 15.0
