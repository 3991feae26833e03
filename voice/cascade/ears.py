"""From frames of sound to utterances: who speaks when, with which words, and whether it is meant to cut her off.

Speech is told from silence by a VAD, where it ends by the endpointer, what it means to her own speech by the judge of
interruptions; all three are pure or stateful without a clock. The recogniser works meanwhile: at a soft end it already
finishes, so that at the hard end the words are there. What is done with an utterance is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from alisa.runtime.logs import get_logger
from voice.audio.clips import Samples
from voice.audio.levels import FLOOR_DBFS, dbfs
from voice.audio.streams import FRAME_SECONDS, PRE_ROLL_SECONDS, Frame, Source
from voice.cascade.ending import Ending
from voice.cascade.transcriber import Transcriber
from voice.stt.recognizer import Transcript
from voice.turns.backchannels import judge
from voice.turns.barge_in import BargeIn, Candidate, Confirmed, FalseAlarm, Hushed
from voice.turns.endpointing import Endpointer, HardEnd, Resumed, SoftEnd, SpeechBegan, TurnEvent
from voice.vad.engines import Vad

log = get_logger(__name__)

WINDOW = 512
"""samples that a VAD looks at: 32 ms"""
SILENT_SECONDS = 0.15
"""Without a window for so long, no sound comes."""
GONE_SECONDS = 1.0
"""Without a window for so long, the microphone is gone; less may be a machine that has too much to do."""
CLOSE_SECONDS = 0.4
"""How long what the judge alone has noticed goes on after it fell silent, as long as a turn's own end takes."""
OVERLAP_SECONDS = 0.1
"""How much of what was heard already the recogniser is given again when speech resumes."""


@dataclass(slots=True)
class Utterance:
    """What somebody says in one go."""

    began: float
    overlapping: bool
    """it began while she had the floor: it counts only once it is sure that it means to interrupt"""
    confirmed: bool = False
    ended: float = 0.0
    """when the last of it was heard"""
    decided: float = 0.0
    """when it was taken as finished"""
    noticed: float = 0.0
    """when the sound of that moment had come here"""
    segments: list[asyncio.Future[Transcript]] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Whether it is meant for her."""
        return self.confirmed or not self.overlapping

    def words(self) -> str:
        """The words of the segments that are understood."""
        return _joined(segment.result().text for segment in self.segments if segment.done())

    async def text(self) -> str:
        """All its words."""
        return _joined([(await segment).text for segment in self.segments])


class Listener(Protocol):
    """Who is told what is heard."""

    def speech_began(self) -> None: ...
    def partly_heard(self, text: str) -> None: ...
    def may_interrupt(self) -> None: ...
    def seems_to_interrupt(self) -> None: ...
    def interrupts(self) -> None: ...
    def was_nothing(self) -> None: ...
    def heard(self, utterance: Utterance, text: str) -> None: ...


class Ears:
    """Give it frames with `hear`, or let it `run` on a source. For one event loop."""

    def __init__(
        self,
        source: Source,
        vad: Vad,
        transcriber: Transcriber,
        endpointer: Endpointer,
        judge: BargeIn,
        *,
        ending: Ending | None = None,
        push_to_talk: bool = False,
    ) -> None:
        """`ending`: judges at a soft end whether it is over, where such a model is wanted."""
        self.source = source
        self.engaged = False
        """she has the floor: she speaks, or is about to"""
        self.deaf: Callable[[], bool] = _never
        """whether nothing can be heard now, because she herself is"""
        self.excess: Callable[[], float] = float
        """by how many dB more is heard than her own voice can explain"""
        self.saying: Callable[[], str] = str
        """what she says at the moment"""
        self.speech = 0.0
        """how sure it is that somebody speaks"""
        self._vad = vad
        self._transcriber = transcriber
        self._endpointer = endpointer
        self._judge = judge
        self._ending = ending
        self._push_to_talk = push_to_talk
        self._looked_at = 0.0
        self._window: Samples = np.zeros(0, np.float32)
        self._utterance: Utterance | None = None
        self._suspected = False
        self._close_at = float("inf")
        """when what only the judge has noticed is taken as finished"""
        self._concluding: set[asyncio.Task[None]] = set()
        self._listener: Listener | None = None

    def tell(self, listener: Listener) -> None:
        """Tell this one what is heard."""
        self._listener = listener
        self._transcriber.on_partial = self._tell_words

    @property
    def judges_ends(self) -> bool:
        """Whether a model is asked, too, when an utterance may be over."""
        return self._ending is not None

    @property
    def attending(self) -> bool:
        """Whether somebody is in the middle of an utterance that counts."""
        return self._utterance is not None and self._utterance.counts

    @property
    def busy(self) -> bool:
        """Whether somebody speaks, she or the user: now every 10 ms count."""
        return self.engaged or self._suspected or self._utterance is not None or self._push_to_talk

    async def run(self) -> None:
        """Hear until the source ends, and what was being said then."""
        async for frame in self.source:
            self.hear(frame)
            self.source.urgent = self.busy
        self._follow(self._looked_at, self._endpointer.close(self._looked_at))
        await self.concluded()

    async def concluded(self) -> None:
        """Wait until every utterance that is over was told."""
        while self._concluding:
            await asyncio.wait(set(self._concluding))

    def hear(self, frame: Frame) -> None:
        """The next 10 ms."""
        self._transcriber.feed(frame.samples)
        if self._ending is not None and self._utterance is not None:
            self._ending.hear(frame.samples)
        if self.deaf() and not self._push_to_talk:  # a key that is pressed is meant, whatever is to be heard
            self._forget()
            return
        self._window = np.concatenate((self._window, frame.samples))
        if len(self._window) >= WINDOW:
            window, self._window = self._window[:WINDOW], self._window[WINDOW:]
            self._look(window, frame.at + FRAME_SECONDS)
        if (self.engaged or self._suspected) and not self._push_to_talk:
            self._weigh(frame.at + FRAME_SECONDS, self.speech, dbfs(frame.samples), self._words(), self.excess())
        if frame.at >= self._close_at:
            self._finish(frame.at, frame.at - CLOSE_SECONDS)

    def tick(self, now: float) -> None:
        """Look at the time: sound may come no more. Call it a few times a second."""
        if now - self._looked_at > SILENT_SECONDS:
            self._window = self._window[:0]
            self._follow(now, self._endpointer.feed(now, None, self._words(), finished=self._finished))
        if now - self._looked_at > GONE_SECONDS:  # and whom she gave way to with it
            if self._suspected:
                self._weigh(now, 0.0, FLOOR_DBFS, self._words())
            if now >= self._close_at:
                self._finish(now, now - CLOSE_SECONDS)

    def press(self, now: float) -> None:
        """The key that opens the microphone is pressed: from here on everything is an utterance."""
        if self._utterance is None:
            if self.engaged:
                self._told.interrupts()
            self._follow(now, self._endpointer.press(now), confirmed=True)

    def release(self, now: float) -> None:
        """That key is let go."""
        self._follow(now, self._endpointer.release(now))

    # --- one window ----------------------------------------------------------------------------

    def _look(self, window: Samples, at: float) -> None:
        self._looked_at = at
        if self._push_to_talk:
            if self._utterance is not None:
                self._follow(at, self._endpointer.feed(at, 0.0))
            return
        self.speech, level = self._vad.probability(window), dbfs(window)
        words = self._words()
        self._follow(at, self._endpointer.feed(at, self.speech, words, level=level, finished=self._finished))

    @property
    def _finished(self) -> float | None:
        """What the end-of-turn model says, where there is one and it has said something."""
        return self._ending.answer if self._ending is not None else None

    def _words(self) -> str | None:
        """What is understood of the utterance so far; None where nothing can be said about it yet."""
        if self._utterance is None:
            return None
        known, partial = self._utterance.words(), self._transcriber.partial
        return partial if partial is None and not known else _joined([known, partial or ""])

    def _follow(self, at: float, events: Sequence[TurnEvent], *, confirmed: bool = False) -> None:
        for event in events:
            match event:
                case SpeechBegan():
                    self._begin(event.onset, confirmed=confirmed)
                case SoftEnd():
                    self._end_softly(event.speech_end)
                case Resumed():
                    self._resume(event.pause)
                case HardEnd(reason="short"):
                    self._drop()
                case HardEnd():
                    self._finish(at, at if event.reason == "released" else event.speech_end)

    def _weigh(self, at: float, speech: float, level: float, partial: str | None, excess: float = 0.0) -> bool:
        """Let the judge look; whether it is sure now."""
        sure = False
        for event in self._judge.feed(at, speech, level, partial, saying=self.saying(), excess=excess):
            log.debug("over her", judged=type(event).__name__, db=round(level), excess=round(excess), words=partial)
            match event:
                case Candidate():
                    self._suspected = True
                    self._told.may_interrupt()
                    self._begin(at)
                case Hushed():
                    self._told.seems_to_interrupt()
                case Confirmed():
                    sure = True
                    self._confirm()
                case FalseAlarm():
                    self._suspected = False
                    self._told.was_nothing()
                    self._close_soon(at)
        return sure

    def _confirm(self) -> None:
        self._suspected = False
        if self._utterance is not None:
            self._utterance.confirmed = True
            self._close_soon(self._looked_at)
        self._told.interrupts()

    def _close_soon(self, at: float) -> None:
        """Where the VAD has not noticed what the judge did, the endpointer will not end it."""
        if self._utterance is not None and not self._endpointer.speaking:
            self._close_at = at + CLOSE_SECONDS

    def _tell_words(self) -> None:
        if self.attending:
            self._told.partly_heard(self._words() or "")

    # --- an utterance --------------------------------------------------------------------------

    def _begin(self, at: float, *, confirmed: bool = False) -> None:
        self._close_at = float("inf")
        if self._utterance is not None:
            return  # the judge noticed it before the VAD did
        self._utterance = Utterance(at, self.engaged and not confirmed, confirmed)
        before = self.source.pre_roll()
        self._transcriber.begin(before)
        if self._ending is not None:
            self._ending.begin(before)
        if not self._utterance.overlapping:
            self._told.speech_began()

    def _end_softly(self, ended: float) -> None:
        """It may be over: have its words ready."""
        if self._utterance is not None and self._transcriber.open:
            self._utterance.ended = ended
            self._utterance.segments.append(self._transcriber.finish())
            if self._ending is not None:
                self._ending.ask()

    def _resume(self, pause: float) -> None:
        """It was not over: the recogniser begins again, a little before where it left off."""
        if self._ending is not None:
            self._ending.withdraw()
        if self._utterance is not None and not self._transcriber.open:
            self._transcriber.begin(self.source.pre_roll(min(PRE_ROLL_SECONDS, pause + OVERLAP_SECONDS)))

    def _drop(self) -> None:
        """It was too short for a word."""
        self._utterance, self._close_at = None, float("inf")
        self._transcriber.drop()
        if self._suspected:
            self._suspected = False
            self._told.was_nothing()

    def _finish(self, at: float, ended: float) -> None:
        utterance, self._utterance = self._utterance, None
        self._close_at = float("inf")
        if utterance is None:
            return
        if self._transcriber.open:
            utterance.segments.append(self._transcriber.finish())
        if utterance.confirmed:
            self._judge.reset()
        utterance.ended, utterance.decided = ended, at
        utterance.noticed = asyncio.get_running_loop().time()
        task = asyncio.create_task(self._conclude(utterance))
        self._concluding.add(task)
        task.add_done_callback(self._concluding.discard)

    async def _conclude(self, utterance: Utterance) -> None:
        text = await utterance.text()
        if not utterance.counts:
            utterance.confirmed = self._means_it(utterance, text)
        if utterance.counts:
            self._told.heard(utterance, text)
        elif self._suspected:
            self._suspected = False
            self._told.was_nothing()

    def _means_it(self, utterance: Utterance, text: str) -> bool:
        """Whether all the words of what came while she had the floor show that it was meant for her."""
        if self._weigh(max(utterance.decided, self._looked_at), 0.0, FLOOR_DBFS, text):
            return True
        return not self.engaged and judge(text, self.saying(), ()).words > 0

    def _forget(self) -> None:
        """What is heard now is not to be heard."""
        if self._utterance is not None or len(self._window):
            self._utterance, self._suspected, self._close_at = None, False, float("inf")
            self._window = self._window[:0]
            self.speech = 0.0
            self._transcriber.drop()
            self._endpointer.close(self._looked_at)
            self._judge.reset()
            self._vad.reset()

    @property
    def _told(self) -> Listener:
        if self._listener is None:
            raise RuntimeError("nobody listens")
        return self._listener


def _joined(texts: Iterable[str]) -> str:
    return " ".join(text for text in map(str.strip, texts) if text)


def _never() -> bool:
    return False
