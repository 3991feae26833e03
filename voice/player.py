"""She speaks: sentences become sound, one while the former is heard, and what is heard is told as it happens.

Told are `[SPEECH_START]` with the first sample of a reply, `[MOUTH]` about thirty times a second, and `[SPEECH_END]`
with the words that were really heard. When she is to speak, and what stops her, is not known here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Protocol, Self

import numpy as np

from alisa.protocol.message import Message
from alisa.protocol.messages import Mouth, SpeechEnd, SpeechStart
from alisa.protocol.tags import Emotion
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from voice.audio.clips import Samples
from voice.audio.rates import Resampler
from voice.audio.streams import Sink, State
from voice.reply import Passage, Reply, leading_silence, unheard
from voice.tts.speech import Audio, SpeakRequest, Speech
from voice.words.speakable import Speakable

MOUTH_SECONDS = 1 / 30
FIRST_LOOK_SECONDS = 0.01
"""How finely the first sample of a reply is watched for."""
AHEAD_SECONDS = 10.0
"""So much sound is made ahead of what is heard: enough for a slow engine, not much to throw away."""
DUCK_SECONDS, RESTORE_SECONDS = 0.015, 0.2
STOP_FADE_SECONDS = 0.01
MOUTH_STEP = 0.02
"""A mouth that moved less than this did not move."""

log = get_logger(__name__)


class Speaker(Protocol):
    """What makes sound of a sentence: an engine, or a chain of them."""

    def speak(self, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        """Audio and marks as they are made. Raises AlisaError when nobody can speak it."""
        ...


class Speaks(Protocol):
    """How a sentence is to be spoken; `style.Style` is such."""

    def words(self, text: str) -> Speakable:
        """The words that are said for what was written."""
        ...

    def request(self, words: Speakable, emotion: Emotion | None) -> SpeakRequest:
        """What an engine is asked for, in this mood."""
        ...


class Player:
    """`async with Player(…) as player`. Everything but entering and leaving is immediate, and for one event loop."""

    def __init__(
        self,
        sink: Sink,
        speaker: Speaker,
        style: Speaks,
        tell: Callable[[Message], None],
        *,
        volume: float = 1.0,
        duck: float = 0.15,
    ) -> None:
        """`tell` is called with `SpeechStart`, `Mouth` and `SpeechEnd`; `duck` is how loud she is while ducked."""
        self.speaker = speaker
        self._sink = sink
        self._style = style
        self._tell = tell
        self._volume = volume
        self._duck = duck
        self._ducked = False
        self._muted = False
        self._replies: deque[Reply] = deque()
        self._emotions: dict[int | None, Emotion] = {}
        self._silenced = -1
        """no turn up to this one is spoken any more"""
        self._last: Reply | None = None
        self._written: deque[tuple[int, Samples]] = deque()
        """what is in the sink and not heard yet, by position"""
        self._held: deque[Samples] | None = None
        """what she was about to say when she was hushed; None: she is not"""
        self._held_from = 0
        self._work = asyncio.Event()
        self._room = asyncio.Event()
        self._sounding = asyncio.Event()
        self._making: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._mouth = 0.0
        self.trouble: AlisaError | None = None
        """why the last sentence could not be spoken; None: it could"""

    async def __aenter__(self) -> Self:
        self._sink.gain(self._volume)
        self._tasks = [
            asyncio.create_task(self._make(), name="player: make"),
            asyncio.create_task(self._watch(), name="player: watch"),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stop(completed=True)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- what is to be said --------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a reply is being spoken, or is to be."""
        return bool(self._replies)

    @property
    def turn(self) -> int | None:
        """The turn whose reply is spoken now, or comes next."""
        return self._replies[0].turn if self._replies else None

    @property
    def audible(self) -> bool:
        """Whether sound goes out now, or is just about to."""
        return self._sink.pending() > 0

    @property
    def saying(self) -> str:
        """What she says about now: the sentence that is heard, with its neighbours."""
        if not self._replies:
            return ""
        position, passages = self._sink.played(), self._replies[0].passages
        now = sum(passage.begun(position) for passage in passages)
        return " ".join(passage.words.text for passage in passages[max(0, now - 2) : now + 1])

    @property
    def tts_ms(self) -> float | None:
        """How long the first sound of what she says took to be made; None: there is none yet."""
        return self._replies[0].tts_ms if self._replies else None

    @property
    def volume(self) -> float:
        """How loud she is; 1 is as the engine speaks."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(2.0, max(0.0, volume))
        self._set_gain(RESTORE_SECONDS)

    @property
    def muted(self) -> bool:
        """While true, nothing is spoken; what was being said ends."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self.stop(completed=True)

    def prepare(self) -> None:
        """Something will be said soon: a loudspeaker that stands still is to be ready then."""
        self._sink.prepare()

    def feel(self, turn: int | None, emotion: Emotion) -> None:
        """How she feels about a turn: it colours the sentences that follow."""
        self._emotions = {turn: emotion}

    def sentence(self, turn: int | None, text: str) -> None:
        """Say this after all that is being said; a later sentence of the same turn belongs to the same reply."""
        if self._muted or self._is_past(turn) or self._sink.state in (State.AWAY, State.ENDED):
            return
        words, reply = self._style.words(text), self._reply(turn)
        reply.passages.append(Passage(words, self._sink.rate, self._emotions.get(turn), whole=not words.text.strip()))
        self._last = reply
        self._work.set()
        self._sounding.set()

    def end(self, turn: int | None) -> None:
        """No further sentence of this turn comes."""
        for reply in self._replies:
            if reply.turn == turn:
                reply.complete = True
        self._work.set()
        self._sounding.set()

    def repeat(self) -> bool:
        """Say the last reply again, in the name of no turn. False where there is none."""
        last = self._last
        if last is None:
            return False
        texts = [passage.words.original for passage in last.passages]
        self.stop()
        for text in texts:
            self.sentence(None, text)
        self.end(None)
        return True

    def _reply(self, turn: int | None) -> Reply:
        for reply in self._replies:
            if reply.turn == turn and not reply.complete:
                return reply
        if not self._replies:
            self._set_gain(0.0)
        self._replies.append(Reply(turn))
        return self._replies[-1]

    def _is_past(self, turn: int | None) -> bool:
        return turn is not None and turn <= self._silenced

    # --- stopping her --------------------------------------------------------------------------

    def heard(self) -> str:
        """What was heard so far of the reply that is being spoken."""
        return self._replies[0].heard(self._sink.played()) if self._replies else ""

    def duck(self) -> None:
        """Lower her voice: somebody may want to speak."""
        if not self._ducked:
            self._ducked = True
            self._set_gain(DUCK_SECONDS)

    def hush(self) -> None:
        """Be silent, and remember where she was: somebody speaks, and may mean it."""
        if self._held is None and self._replies:
            position = self._sink.clear(STOP_FADE_SECONDS)
            self._held = deque(unheard(position, self._written))
            self._held_from = position
            self._written.clear()
            self._move_mouth(0.0)

    def restore(self) -> None:
        """Go on where she was, as loud as before: it was nothing."""
        if self._held is not None:
            held, self._held = self._held, None
            for samples in held:
                self._write_out(samples)
        if self._ducked:
            self._ducked = False
            self._set_gain(RESTORE_SECONDS)

    def forget(self, turn: int) -> None:
        """Speak no turn up to this one any more."""
        self._silenced = max(self._silenced, turn)

    def stop(self, *, completed: bool = False) -> str:
        """Fall silent at once and forget what was to be said; return what was heard of what was being said.

        `completed`: it was not the user who cut her off.
        """
        if not self._replies:
            return ""
        position = self._sink.clear(STOP_FADE_SECONDS)
        self._held = None
        self._written.clear()
        if self._making is not None:
            self._making.cancel()
        stopped, self._replies = self._replies, deque()
        self._ducked = False
        heard = stopped[0].heard(position)
        self._move_mouth(0.0)
        for reply in stopped:
            self.forget(reply.turn or 0)
            if reply.begun or not completed:
                self._tell(SpeechEnd(reply.heard(position), completed, reply.turn))
        return heard

    def _set_gain(self, seconds: float) -> None:
        self._sink.gain(self._volume * (self._duck if self._ducked else 1.0), seconds)

    # --- making the sound ----------------------------------------------------------------------

    async def _make(self) -> None:
        """Make sound of one sentence after the other, a little ahead of what is heard."""
        while True:
            await self._work.wait()
            self._work.clear()
            while (found := self._next()) is not None:
                await self._has_room()
                reply, passage = found
                if reply not in self._replies:
                    continue
                self._making = asyncio.create_task(self._speak(reply, passage), name="player: speak")
                try:
                    await asyncio.wait({self._making})
                finally:
                    self._making.cancel()
                    self._making = None
            self._sounding.set()

    def _next(self) -> tuple[Reply, Passage] | None:
        return next(((reply, passage) for reply in self._replies if (passage := reply.next_passage())), None)

    async def _has_room(self) -> None:
        while self._ahead() > AHEAD_SECONDS * self._sink.rate:
            self._room.clear()
            await self._room.wait()

    async def _speak(self, reply: Reply, passage: Passage) -> None:
        """Write one sentence to the sink as it is made."""
        request = self._style.request(passage.words, passage.emotion)
        first = reply.passages[0] is passage
        reply.asked_at = reply.asked_at or asyncio.get_running_loop().time()
        try:
            async with contextlib.aclosing(self.speaker.speak(request)) as speech:
                await self._write(reply, passage, speech, trim=first)
            self.trouble = None
        except AlisaError as error:
            log.warning("a sentence could not be spoken", code=error.code, error=error.message)
            self.trouble, passage.failed = error, True
        except Exception:
            log.exception("a sentence could not be spoken")
            passage.failed = True
        finally:
            passage.whole = True

    async def _write(self, reply: Reply, passage: Passage, speech: AsyncIterator[Speech], *, trim: bool) -> None:
        resampler: Resampler | None = None
        async for item in speech:
            if not isinstance(item, Audio):
                passage.add_mark(item)
                continue
            samples = item.samples
            if trim and passage.start is None:  # what is silent before the first word is heard as slowness
                silent = leading_silence(samples, item.rate)
                passage.trimmed_seconds += silent / item.rate
                samples = samples[silent:]
                if not len(samples):
                    continue
            reply.made_at = reply.made_at or asyncio.get_running_loop().time()
            if resampler is None or resampler.source_rate != item.rate:
                resampler = Resampler(item.rate, self._sink.rate)
            self._out(passage, resampler.feed(samples))
        if resampler is not None:
            self._out(passage, resampler.feed(np.zeros(0, np.float32), last=True))

    def _out(self, passage: Passage, samples: Samples) -> None:
        if not len(samples):
            return
        if self._held is None:
            passage.add_sound(samples, self._write_out(samples))
        else:
            passage.add_sound(samples, self._held_from + sum(map(len, self._held)))
            self._held.append(samples)

    def _write_out(self, samples: Samples) -> int:
        position = self._sink.write(samples)
        self._written.append((position, samples))
        return position

    def _ahead(self) -> int:
        """How many samples wait to be heard."""
        return self._sink.pending() + sum(map(len, self._held or ()))

    # --- watching what is heard ----------------------------------------------------------------

    async def _watch(self) -> None:
        """Tell what is heard as it is heard; rest while there is nothing to say."""
        while True:
            await self._sounding.wait()
            self._sounding.clear()
            while self._replies:
                self._look()
                begun = self._replies and self._replies[0].begun
                await asyncio.sleep(MOUTH_SECONDS if begun else FIRST_LOOK_SECONDS)

    def _look(self) -> None:
        position, reply = self._sink.played(), self._replies[0]
        while self._written and self._written[0][0] + len(self._written[0][1]) <= position:
            self._written.popleft()
        self._room.set()
        if self._sink.state in (State.AWAY, State.ENDED):
            self.stop(completed=True)
            return
        if not reply.begun and reply.start is not None and position > reply.start:
            reply.begun = True
            self._tell(SpeechStart(reply.turn))
        if reply.begun and self._held is None:
            self._move_mouth(reply.mouth(position))
        if reply.over(position):
            self._replies.popleft()
            self._move_mouth(0.0)
            if reply.begun:
                self._tell(SpeechEnd(reply.heard(position), True, reply.turn))

    def _move_mouth(self, opening: float) -> None:
        opening = round(opening, 2)
        if abs(opening - self._mouth) >= MOUTH_STEP or (opening == 0.0 and self._mouth):
            self._mouth = opening
            self._tell(Mouth(opening))
