"""When somebody begins to speak and when they have finished. Pure: time is an argument, in seconds.

A short silence is a soft end: work on the words may begin, nothing is decided. A longer one is the hard end. How long
it must be depends on how this person pauses and on how finished the words look. Every turn that began ends, whatever
the VAD says: a longest length, words that stop coming, a sound too steady for speech, sound that stops coming.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voice.turns.completeness import Look, look_of
from voice.turns.noise import Distrust, Steadiness
from voice.turns.pauses import Pauses

Reason = Literal["silence", "short", "longest", "stalled", "wordless", "noise", "lost", "released", "closed"]
"""silence: they finished. short: too short for a word, to be forgotten. longest: a turn lasts no longer, they may go
on. stalled, wordless, noise: the VAD says speech, the words or the level say otherwise. lost: no sound came any more.
released: the key was let go. closed: from outside."""


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """Somebody speaks. `onset` is where it began, `continues`: they go on with a turn that was ended too early."""

    at: float
    onset: float
    continues: bool = False


@dataclass(frozen=True, slots=True)
class SoftEnd:
    """They may have finished: since `speech_end` nothing is said."""

    at: float
    speech_end: float


@dataclass(frozen=True, slots=True)
class Resumed:
    """They had not: they go on after a pause of so many seconds."""

    at: float
    pause: float


@dataclass(frozen=True, slots=True)
class HardEnd:
    """The turn is over. `speech_seconds`: how long there was speech in it."""

    at: float
    reason: Reason
    speech_end: float
    speech_seconds: float


TurnEvent = SpeechBegan | SoftEnd | Resumed | HardEnd


@dataclass(frozen=True, slots=True)
class EndpointParams:
    """Times in seconds."""

    threshold: float = 0.5
    """so likely must speech be to begin a turn"""
    hysteresis: float = 0.15
    """so much less likely it may be inside one"""
    begin_seconds: float = 0.06
    """speech that begins a turn: two frames of the VAD"""
    soft_seconds: float = 0.2
    hard_seconds: float = 0.45
    """the silence that ends a turn of somebody not heard yet; it adapts"""
    least_hard_seconds: float = 0.24
    finished_factor: float = 0.7
    """of the delay, where the words look finished"""
    unfinished_factor: float = 2.0
    unfinished_extra_seconds: float = 0.2
    """the delay where something must follow: twice as long and this"""
    least_speech_seconds: float = 0.12
    """less, and without a word, is no utterance"""
    longest_seconds: float = 60.0
    stalled_seconds: float = 4.0
    """words that do not change for so long while the VAD still says speech"""
    wordless_seconds: float = 8.0
    """speech for so long, and a recogniser that gives words as they come has none"""
    lost_seconds: float = 1.0
    """no sound for so long: the microphone has gone"""
    continued_seconds: float = 1.0
    """who speaks again so soon after the end had not finished"""
    sure_finished: float = 0.8
    sure_unfinished: float = 0.3
    """above and below: what an end-of-turn model must say to be followed"""


@dataclass(slots=True)
class _Turn:
    onset: float
    speech_end: float
    speech_seconds: float
    words: str | None = None
    words_at: float = 0.0
    finished: float | None = None
    soft: bool = False
    heard_at: float = 0.0
    held: bool = False


class Endpointer:
    """One speaker's turns, one after the other. Events alternate: began, (soft end, resumed)…, hard end."""

    def __init__(self, params: EndpointParams | None = None) -> None:
        self.params = params or EndpointParams()
        self.pauses = Pauses(self.params.hard_seconds)
        self._turn: _Turn | None = None
        self._rising: tuple[float, float] | None = None
        """where speech may have begun, and how much of it there was since"""
        self._last_at: float | None = None
        self._ended: HardEnd | None = None
        self._steadiness = Steadiness()
        self._distrust = Distrust()

    @property
    def speaking(self) -> bool:
        """Whether a turn has begun and not ended."""
        return self._turn is not None

    def feed(
        self,
        at: float,
        probability: float | None,
        partial: str | None = None,
        *,
        level: float | None = None,
        finished: float | None = None,
    ) -> list[TurnEvent]:
        """Take what is known of the sound up to that second and return what happened.

        `probability`: that the sound since the last call is speech; None where no sound came. `partial`: the words of
        this turn so far; None where the recogniser gives none before the end. `level`: dB. `finished`: what an
        end-of-turn model says, 0 to 1. Feed at least every 0.1 s, sound or not.
        """
        step = min(max(at - self._last_at, 0.0), 0.25) if self._last_at is not None else 0.032
        at = max(at, self._last_at) if self._last_at is not None else at
        self._last_at = at
        if self._turn is None:
            return self._wait(at, step, probability, level)
        self._listen(self._turn, at, partial, finished)
        return self._follow(self._turn, at, step, probability, level)

    def delay(self) -> float:
        """Return the silence in seconds that would end the turn now."""
        if self._turn is None:
            return self.pauses.delay_seconds
        usual, params = self.pauses.delay_seconds, self.params
        match _look(self._turn, params):
            case Look.FINISHED:
                return max(usual * params.finished_factor, params.least_hard_seconds)
            case Look.UNFINISHED:
                return usual * params.unfinished_factor + params.unfinished_extra_seconds
        return usual

    def press(self, at: float) -> list[TurnEvent]:
        """Push-to-talk: a turn begins, if none has, and lasts until `release`, whatever is heard."""
        events: list[TurnEvent] = []
        if self._turn is None:
            events = [self._begin(at, at, 0.0)]
        if self._turn is not None:
            self._turn.held = True
        return events

    def release(self, at: float) -> list[TurnEvent]:
        """The key was let go: the turn is over."""
        return self.close(at, "released")

    def close(self, at: float, reason: Reason = "closed") -> list[TurnEvent]:
        """End the turn from outside, if there is one."""
        return [self._end(self._turn, at, reason)] if self._turn is not None else []

    def reset(self) -> None:
        """Forget the turn that was under way, without an event; what was learned of the speaker stays."""
        self._turn = self._rising = self._ended = self._last_at = None
        self._distrust.active = False

    def _wait(self, at: float, step: float, probability: float | None, level: float | None) -> list[TurnEvent]:
        if probability is None:
            self._rising = None
            return []
        likely = probability >= self.params.threshold
        if not self._distrust.believes(at, likely, level) or not likely:
            self._rising = None
            return []
        onset, speech = self._rising or (at - step, 0.0)
        self._rising = (onset, speech + step)
        if speech + step < self.params.begin_seconds - 1e-9:
            return []
        return [self._begin(at, onset, speech + step)]

    def _begin(self, at: float, onset: float, speech_seconds: float) -> SpeechBegan:
        ended, self._ended, self._rising = self._ended, None, None
        self._steadiness.reset()
        self._distrust.active = False
        self._turn = _Turn(onset, at, speech_seconds, words_at=at, heard_at=at)
        gap = onset - ended.speech_end if ended else 0.0
        continues = (
            ended is not None and onset - ended.at <= self.params.continued_seconds and ended.reason in _MAY_GO_ON
        )
        if ended and ended.reason == "silence":
            if continues:
                self.pauses.paused(gap)
            else:
                self.pauses.finished()
        return SpeechBegan(at, onset, continues)

    def _listen(self, turn: _Turn, at: float, partial: str | None, finished: float | None) -> None:
        turn.finished = finished
        if partial is not None and (turn.words is None or partial != turn.words):
            turn.words, turn.words_at = partial, at

    def _follow(
        self, turn: _Turn, at: float, step: float, probability: float | None, level: float | None
    ) -> list[TurnEvent]:
        events: list[TurnEvent] = []
        speech = probability is not None and probability >= self.params.threshold - self.params.hysteresis
        if probability is not None:
            turn.heard_at = at
        if speech:
            if turn.soft:
                turn.soft = False
                pause = at - step - turn.speech_end
                self.pauses.paused(pause)
                events.append(Resumed(at, pause))
            turn.speech_end, turn.speech_seconds = at, turn.speech_seconds + step
        steady = speech and level is not None and self._steadiness.feed(at, level)
        reason = self._reason(turn, at, speech, steady)
        if reason:
            return [*events, self._end(turn, at, reason)]
        if not turn.soft and not turn.held and turn.heard_at - turn.speech_end >= self.params.soft_seconds - 1e-9:
            turn.soft = True
            events.append(SoftEnd(at, turn.speech_end))
        return events

    def _reason(self, turn: _Turn, at: float, speech: bool, steady: bool) -> Reason | None:
        """Why the turn is over now, if it is. The first ways do not ask the VAD."""
        params = self.params
        if at - turn.onset >= params.longest_seconds:
            return "longest"
        if at - turn.heard_at >= params.lost_seconds:
            return "lost"
        if turn.held:
            return None
        if speech:
            return _denied(turn, at, steady, params)
        if turn.heard_at - turn.speech_end < self.delay() - 1e-9:  # no sound is no silence
            return None
        return "short" if turn.speech_seconds < params.least_speech_seconds and not turn.words else "silence"

    def _end(self, turn: _Turn, at: float, reason: Reason) -> HardEnd:
        if reason in _MISTAKES:
            self._distrust.begin(self._steadiness.level)
        self._turn = None
        self._ended = HardEnd(at, reason, min(turn.speech_end, at), turn.speech_seconds)
        return self._ended


_MISTAKES = frozenset({"stalled", "wordless", "noise"})
_MAY_GO_ON = frozenset({"silence", "longest"})


def _denied(turn: _Turn, at: float, steady: bool, params: EndpointParams) -> Reason | None:
    """Why what the VAD takes for speech is none."""
    if steady:
        return "noise"
    if turn.words is None:
        return None
    since = at - max(turn.words_at, turn.onset)
    if turn.words and since >= params.stalled_seconds:
        return "stalled"
    return "wordless" if not turn.words and since >= params.wordless_seconds else None


def _look(turn: _Turn, params: EndpointParams) -> Look:
    if turn.finished is not None:
        if turn.finished >= params.sure_finished:
            return Look.FINISHED
        if turn.finished <= params.sure_unfinished:
            return Look.UNFINISHED
    return look_of(turn.words or "")
