"""She speaks, somebody sounds over her: a closed loop of a room, the real echo canceller, Silero, the small
recogniser and the judge, which lowers her. The wiring of the process is tried elsewhere, on a sound server."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tests.voice.vad.sounds import RATE, say
from voice.audio.clips import Samples, to_int16
from voice.audio.echo import WebRtc
from voice.audio.levels import dbfs
from voice.turns.barge_in import BargeIn, BargeInEvent, BargeInParams, Candidate, Confirmed, FalseAlarm, Hushed
from voice.turns.double_talk import DoubleTalk
from voice.vad.silero import Silero

HER_WORDS = (
    "The sea was grey that morning, and the wind came from the north. "
    "She walked along the shore until she found a boat."
)
HALF = RATE // 100
GAINS: dict[type, float] = {Candidate: 0.15, Hushed: 0.0, Confirmed: 0.0, FalseAlarm: 1.0}


class Sphinx:
    """The small recogniser, as it is while she speaks: its words since the candidate, from half a second before."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._decoder = Decoder(samprate=RATE, loglevel="FATAL")
        self._open = False

    def begin(self, before: Samples) -> None:
        """Something may be said."""
        if self._open:
            return
        self._decoder.start_utt()
        self._open = True
        self.feed(before)

    def feed(self, samples: Samples) -> None:
        """More of it."""
        if self._open:
            self._decoder.process_raw(to_int16(samples))

    def text(self) -> str:
        """The words so far."""
        guess = self._decoder.hyp()
        return guess.hypstr if guess else ""

    def end(self) -> None:
        """It is over."""
        if self._open:
            self._decoder.end_utt()
        self._open = False


@dataclass
class Duet:
    """The rooms that are tried: `leak` in dB is how loud she comes back into the microphone; None: not at all."""

    leak: float | None = None
    params: BargeInParams | None = None
    sphinx: Sphinx | None = None
    vad: Silero = field(default_factory=Silero)

    def play(self, sound: Samples, at: float = 2.0) -> list[BargeInEvent]:
        """Let this sound come while she speaks. Returns what the judge said; times in seconds of the whole."""
        her = say(HER_WORDS, "slt")[: round((at + 2.0) * RATE) + len(sound)]
        near = np.random.default_rng(3).normal(0, 0.0005, len(her)).astype(np.float32)
        sound = sound[: max(0, len(her) - round(at * RATE))]
        near[round(at * RATE) :][: len(sound)] += sound
        response = self._response()
        judge, detector, canceller = BargeIn(self.params), DoubleTalk(), WebRtc()
        self.vad.reset()
        played = np.zeros(len(her), np.float32)
        window = past = np.zeros(0, np.float32)
        gain, target, probability, closing = 1.0, 1.0, 0.0, 1e9
        events: list[BargeInEvent] = []
        for begin in range(0, len(her) - HALF, HALF):
            before, gain = gain, gain + float(np.clip(target - gain, -0.5, 0.5))
            played[begin : begin + HALF] = her[begin : begin + HALF] * np.linspace(before, gain, HALF)
            recent = played[max(0, begin - len(response)) : begin + HALF]
            echo = np.convolve(recent, response)[len(recent) - HALF : len(recent)]
            heard = (near[begin : begin + HALF] + echo).astype(np.float32)
            clean = canceller.process(heard, played[begin : begin + HALF])
            now = (begin + HALF) / RATE
            excess = detector.feed(now, dbfs(heard), dbfs(played[begin : begin + HALF]))
            if detector.coupling_db is not None and detector.coupling_db < -30:
                clean = heard  # a headset: there is nothing to remove
            past = np.concatenate([past, clean])[-RATE // 2 :]
            window = np.concatenate([window, clean])
            if len(window) >= 512:
                probability, window = self.vad.probability(window[:512]), window[512:]
            if self.sphinx:
                self.sphinx.feed(clean)
                if now >= closing:
                    self.sphinx.end()
            words = self.sphinx.text() if self.sphinx else ""
            for event in judge.feed(now, probability, dbfs(clean), words, saying=HER_WORDS, excess=excess):
                events.append(event)
                target = GAINS[type(event)]
                if self.sphinx:
                    if isinstance(event, Candidate):
                        closing = 1e9
                        self.sphinx.begin(past)
                    elif isinstance(event, FalseAlarm):
                        closing = now + 0.4  # the turn's own hard end
        if self.sphinx:
            self.sphinx.end()
        return events

    def _response(self) -> Samples:
        """A loudspeaker 60 ms away and a little reverberation."""
        if self.leak is None:
            return np.zeros(1, np.float32)
        tail = np.exp(-np.arange(1200) / 200) * np.random.default_rng(1).normal(0, 0.3, 1200)
        tail[0] = 1.0
        response = np.concatenate([np.zeros(round(0.06 * RATE)), tail])
        return (response * 10 ** (self.leak / 20) / np.sqrt((response**2).sum())).astype(np.float32)
