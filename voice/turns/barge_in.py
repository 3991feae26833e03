"""Whether somebody speaks over her and means it. Pure: time is an argument, in seconds.

Three steps. A candidate lowers her voice within two or three frames, on little evidence, because it can be taken
back. If the voice goes on for a moment she is hushed: silent, still to be taken back. It is confirmed by a word that
takes the floor or by speech that goes on; a false alarm gives her back her voice. Coughs, bangs and "uh-huh" are short
and hold no such word: they never get that far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice.turns.backchannels import Judged, judge
from voice.turns.residue import Residue


@dataclass(frozen=True, slots=True)
class Candidate:
    """Perhaps somebody speaks: lower her voice."""

    at: float


@dataclass(frozen=True, slots=True)
class Hushed:
    """It goes on: be silent, and remember where she was."""

    at: float


@dataclass(frozen=True, slots=True)
class Confirmed:
    """It is meant: stop. `why`: a word that cuts, words, or speech that goes on."""

    at: float
    why: str


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """It was nothing: give her back her voice."""

    at: float


BargeInEvent = Candidate | Hushed | Confirmed | FalseAlarm


@dataclass(frozen=True, slots=True)
class BargeInParams:
    """Times in seconds, levels in dB."""

    threshold: float = 0.3
    """so likely must speech be; lower than for a turn, for echo cancellation takes some of the user's voice too"""
    rise_db: float = 10.0
    """so far above her residue, a sound is a candidate before the VAD is sure"""
    rise_probability: float = 0.04
    excess_db: float = 6.0
    """so far above what her echo can be, before echo cancellation, a sound is a candidate"""
    quietest_db: float = -58.0
    """less loud than this is nobody at a microphone"""
    hush_seconds: float = 0.1
    """of activity since the candidate, and the VAD sure of speech"""
    cut_seconds: float = 0.1
    """of speech, with a word that cuts: a bang holds none"""
    doubtful_cut_seconds: float = 0.4
    """the same, with one that may be made of an "uh-huh", which lasts 0.35"""
    words_seconds: float = 0.75
    """of speech, with any word that is no back-channel; "mm-hmm" lasts 0.6"""
    several_words_seconds: float = 0.55
    """the same, with two such words or more: less is made of a cough than that"""
    trusted_words_seconds: float = 0.25
    """the same, where the recogniser is good enough not to make words of a cough"""
    speech_seconds: float = 1.3
    """of speech, where the recogniser gives no words before the end"""
    wordless_seconds: float = 2.5
    """of speech, with back-channels only, or nothing that could be understood"""
    release_seconds: float = 0.25
    """of silence make it a false alarm"""
    longest_seconds: float = 4.0
    """undecided for so long is a false alarm"""
    late_seconds: float = 1.5
    """after a false alarm, the recogniser's last words may still confirm it"""
    words_trusted: bool = False
    """the recogniser makes no words of coughs and hums (Whisper, with its guards; pocketsphinx does)"""


RISE_DB_PER_DOUBT = 40.0
"""so much louder a sound must be for each unit that the threshold was raised by"""


@dataclass(slots=True)
class _Suspicion:
    since: float
    active_at: float
    active: float = 0.0
    speech: float = 0.0
    loudest: float = -96.0
    sure: bool = False
    hushed: bool = False


class BargeIn:
    """Judges what comes in while she has the floor. After `Confirmed` it says nothing until `reset`, or until quiet."""

    def __init__(self, params: BargeInParams | None = None, names: Sequence[str] = ("Alisa",)) -> None:
        self.params = params or BargeInParams()
        self._names = tuple(names)
        self._residue = Residue()
        self.reset()

    def reset(self) -> None:
        """Nobody is suspected; what is known of her echo stays."""
        self._suspicion: _Suspicion | None = None
        self._late: _Suspicion | None = None
        self._confirmed = False
        self._quiet_since: float | None = None
        self._last_at: float | None = None

    def feed(
        self,
        at: float,
        probability: float,
        level: float,
        partial: str | None = None,
        *,
        saying: str = "",
        excess: float = 0.0,
    ) -> list[BargeInEvent]:
        """Take what is known of the sound since the last call, after echo cancellation, and return what follows.

        `probability`: that it is speech. `level`: dB relative to full scale. `partial`: what was recognised since the
        candidate; None where the recogniser gives nothing before the end. `saying`: what she says at the moment.
        `excess`: what `DoubleTalk` says, dB. Feed it each frame of 10 ms with the VAD's last word, or each frame of
        the VAD.
        """
        step = min(max(at - self._last_at, 0.0), 0.1) if self._last_at is not None else 0.032
        at = max(at, self._last_at) if self._last_at is not None else at
        self._last_at = at
        speech = probability >= self._threshold and level >= self.params.quietest_db
        active = speech or self._rises(probability, level, excess)
        if self._confirmed:
            return self._rest(at, active)
        words = judge(partial, saying, self._names) if partial else None
        if self._suspicion is None:
            return self._watch(at, step, speech, active, level, words)
        return self._weigh(self._suspicion, at, step, speech, active, level, words, partial)

    @property
    def _threshold(self) -> float:
        return min(self.params.threshold + self._residue.doubt, 0.9)

    def _rises(self, probability: float, level: float, excess: float) -> bool:
        """Whether there is more than her echo, though the VAD is not sure yet that it is speech."""
        if excess >= self.params.excess_db + RISE_DB_PER_DOUBT / 2 * self._residue.doubt:
            return True
        return (
            self._residue.settled
            and level
            >= max(
                self._residue.db + self.params.rise_db + RISE_DB_PER_DOUBT * self._residue.doubt,
                self.params.quietest_db,
            )
            and probability >= self.params.rise_probability
        )

    def _watch(
        self, at: float, step: float, speech: bool, active: bool, level: float, words: Judged | None
    ) -> list[BargeInEvent]:
        late = self._late
        if late is not None and at - late.active_at > self.params.late_seconds:
            self._late = late = None
        if late is not None and words is not None and self._by_words(late, words):
            return [self._confirm(at, "words" if not words.cuts else "cut")]
        if not active:
            self._residue.feed(step, level)
            return []
        self._late = None
        self._suspicion = _Suspicion(at - step, at, step, step if speech else 0.0, level, speech)
        return [Candidate(at)]

    def _weigh(
        self,
        suspicion: _Suspicion,
        at: float,
        step: float,
        speech: bool,
        active: bool,
        level: float,
        words: Judged | None,
        partial: str | None,
    ) -> list[BargeInEvent]:
        if active:
            suspicion.active_at = at
            suspicion.active += step
            suspicion.loudest = max(suspicion.loudest, level)
        if speech:
            suspicion.speech += step
            suspicion.sure = True
        why = self._why(suspicion, words, partial)
        if why:
            return [self._confirm(at, why)]
        if (
            at - suspicion.active_at >= self.params.release_seconds
            or at - suspicion.since >= self.params.longest_seconds
        ):
            return [self._dismiss(suspicion, at, words)]
        if not suspicion.hushed and suspicion.sure and suspicion.active >= self.params.hush_seconds:
            suspicion.hushed = True
            return [Hushed(at)]
        return []

    def _why(self, suspicion: _Suspicion, words: Judged | None, partial: str | None) -> str:
        """Why it is meant; empty while that is not sure."""
        params = self.params
        if words is not None and self._by_words(suspicion, words):
            return "cut" if words.cuts else "words"
        if words is not None and words.own_echo:
            return ""
        needed = params.speech_seconds if partial is None else params.wordless_seconds
        return "speech" if suspicion.speech >= needed else ""

    def _by_words(self, suspicion: _Suspicion, words: Judged) -> bool:
        params = self.params
        if words.own_echo:
            return False
        doubtful = words.doubtful and not params.words_trusted
        if words.cuts and suspicion.speech >= (params.doubtful_cut_seconds if doubtful else params.cut_seconds):
            return True
        if params.words_trusted:
            return words.words > 0 and suspicion.speech >= params.trusted_words_seconds
        needed = params.words_seconds if words.words == 1 else params.several_words_seconds
        return words.words > 0 and suspicion.speech >= needed

    def _confirm(self, at: float, why: str) -> Confirmed:
        self._suspicion = self._late = None
        self._confirmed, self._quiet_since = True, None
        return Confirmed(at, why)

    def _dismiss(self, suspicion: _Suspicion, at: float, words: Judged | None) -> FalseAlarm:
        if words is None or words.own_echo or not words.backchannel:
            self._residue.mistaken(suspicion.loudest)
        self._suspicion, self._late = None, suspicion
        return FalseAlarm(at)

    def _rest(self, at: float, active: bool) -> list[BargeInEvent]:
        """After it was confirmed: what follows belongs to that utterance, until it is over."""
        if active:
            self._quiet_since = None
        elif self._quiet_since is None:
            self._quiet_since = at
        elif at - self._quiet_since >= self.params.late_seconds:
            self._confirmed = False
        return []
