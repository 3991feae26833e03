"""One reply as it is played: its sentences, where each lies in the sound that goes out, and what was heard by when.

Pure. Positions are samples of the sink. Who makes the sound, and when a sample is heard, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from alisa.protocol.tags import Emotion
from voice.audio.clips import Samples
from voice.audio.levels import dbfs
from voice.tts.speech import Mark, PhonemeMark, WordMark
from voice.words.heard import Utterance, heard_words, is_heard, joined
from voice.words.speakable import Speakable
from voice.words.visemes import Loudness, Track, track

QUIET_DBFS = -50.0
LONGEST_TRIM_SECONDS = 0.2
"""How much silence is taken off the beginning of a reply at most: it would be heard as slowness."""


@dataclass(slots=True)
class Passage:
    """One sentence of a reply."""

    words: Speakable
    """as it was written, and as it is said; where that is empty there is nothing to say"""
    rate: int
    """of the sink"""
    emotion: Emotion | None = None
    start: int | None = None
    """the position of its first sample; None: nothing of it is written"""
    samples: int = 0
    """how many are written so far"""
    whole: bool = False
    """no more of it follows"""
    failed: bool = False
    """it could not be spoken, or not to its end"""
    trimmed_seconds: float = 0.0
    marks: list[WordMark] = field(default_factory=list)
    _phonemes: list[PhonemeMark] = field(default_factory=list)
    _track: Track | None = None
    _loudness: Loudness | None = None

    @property
    def end(self) -> int:
        """The position behind what is written of it."""
        return (self.start or 0) + self.samples

    def add_sound(self, samples: Samples, position: int) -> None:
        """So much more of it was written, at this position."""
        if self.start is None:
            self.start = position
        if self._loudness is None:
            self._loudness = Loudness(self.rate)
        self.samples += len(samples)
        self._loudness.feed(samples)

    def add_mark(self, mark: Mark) -> None:
        """The engine told when a word or a phoneme is spoken."""
        if isinstance(mark, WordMark):
            self.marks.append(mark)
        else:
            self._phonemes.append(mark)
            self._track = None

    def begun(self, position: int) -> bool:
        """Whether any of it was heard by this position."""
        return self.start is not None and position > self.start

    def played(self, position: int) -> Utterance:
        """How much of it came out by this position."""
        trimmed = round(self.trimmed_seconds * self.rate)
        out = 0 if self.start is None or position <= self.start else min(position - self.start, self.samples) + trimmed
        complete = self.whole and not self.failed
        return Utterance(self.words, self.rate, self.samples + trimmed, out, complete, self.marks or None)

    def mouth(self, position: int) -> float:
        """How far the mouth is open, 0 to 1."""
        if self.start is None or not self.start <= position < self.end:
            return 0.0
        at = (position - self.start) / self.rate
        if self._phonemes:
            self._track = self._track or track(self._phonemes)
            return self._track.opening(at + self.trimmed_seconds)
        return self._loudness.opening(at) if self._loudness else 0.0


@dataclass(slots=True)
class Reply:
    """What is spoken of one turn."""

    turn: int | None
    passages: list[Passage] = field(default_factory=list)
    complete: bool = False
    """no further sentence follows"""
    begun: bool = False
    """its first sample was heard"""
    asked_at: float | None = None
    """when an engine was asked for its first sentence, in seconds"""
    made_at: float | None = None
    """when there was a first sound of it"""

    @property
    def tts_ms(self) -> float | None:
        """How long an engine took to make its first sound; None: there is none yet."""
        return 1000 * (self.made_at - self.asked_at) if self.made_at is not None and self.asked_at is not None else None

    @property
    def start(self) -> int | None:
        """The position of its first sample."""
        return next((passage.start for passage in self.passages if passage.start is not None), None)

    @property
    def end(self) -> int:
        """The position behind all that is written of it so far."""
        return max((passage.end for passage in self.passages if passage.start is not None), default=0)

    def next_passage(self) -> Passage | None:
        """The sentence that is to be spoken next."""
        return next((passage for passage in self.passages if not passage.whole), None)

    def over(self, position: int) -> bool:
        """Whether all of it was heard."""
        return self.complete and all(passage.whole for passage in self.passages) and position >= self.end

    def heard(self, position: int) -> str:
        """The words that were heard when the sink was at this position: a beginning of the reply.

        A sentence that could not be spoken counts as heard once a later one was: it was there to be read.
        """
        parts: list[str] = []
        for place, passage in enumerate(self.passages):
            out = passage.played(position)
            passed_over = passage.failed and any(later.begun(position) for later in self.passages[place + 1 :])
            parts.append(passage.words.original if passed_over else heard_words(out))
            if not passed_over and not is_heard(out):
                break
        return joined([part for part in parts if part])

    def mouth(self, position: int) -> float:
        """How far the mouth is open, 0 to 1."""
        return max((passage.mouth(position) for passage in self.passages), default=0.0)


def leading_silence(samples: Samples, rate: int) -> int:
    """How many samples at the beginning are as good as silent, at most `LONGEST_TRIM_SECONDS`."""
    hop = max(1, rate // 200)
    longest = min(len(samples), round(LONGEST_TRIM_SECONDS * rate))
    for at in range(0, longest, hop):
        if dbfs(samples[at : at + hop]) > QUIET_DBFS:
            return max(0, at - hop)
    return longest


def unheard(position: int, written: Iterable[tuple[int, Samples]]) -> Iterator[Samples]:
    """What of these pieces lies behind a position."""
    for start, samples in written:
        rest = samples[max(0, position - start) :]
        if len(rest):
            yield rest
