"""A conversation by voice in virtual time: a microphone that hears tones, ears that take them for words, and a hub that
the test plays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from alisa.link import Connected, Item
from alisa.protocol.message import Message
from alisa.protocol.messages import End, Mouth, Partial, Say, Sentence, Turn, Welcome
from alisa.protocol.tags import Cause, EndReason
from tests.voice.speaking import WORD_SECONDS, Plainly, ToneSpeaker, tone
from voice.audio.clips import Clip, Samples
from voice.audio.levels import dbfs
from voice.audio.scripted import ScriptedSink, ScriptedSource
from voice.cascade.conversation import Conversation
from voice.cascade.ears import Ears
from voice.cascade.ending import Ending
from voice.cascade.transcriber import Transcriber
from voice.player import Player
from voice.settings import VoiceSettings
from voice.status import Board
from voice.stt.recognizer import Transcript
from voice.turns.barge_in import BargeIn
from voice.turns.endpointing import Endpointer
from voice.turns.engines import EndOfTurn
from voice.vad.scripted import Scripted

M = TypeVar("M", bound=Message)
HOP = 160


class ScriptedRecognizer:
    """Takes each fifth of a second of loud sound for the next word of its script."""

    def __init__(self, words: Sequence[str] = (), *, partials: bool = True) -> None:
        self.notice = ""
        self.words = list(words)
        self.gives_partials = partials
        self.begun = 0
        self.sounded: list[float] = []
        """for how long it was loud in each utterance, in seconds"""
        self._loud = 0.0
        self._taken = 0

    def begin(self) -> None:
        self.begun += 1
        self._loud, self._taken = 0.0, 0

    def feed(self, samples: Samples) -> None:
        hops = samples[: len(samples) // HOP * HOP].reshape(-1, HOP)
        self._loud += sum(dbfs(hop) > -40 for hop in hops) * HOP / 16000

    def partial(self) -> str | None:
        return " ".join(self.words[: self._heard()]) if self.gives_partials else None

    def finish(self) -> Transcript:
        count = self._heard()
        heard, self.words = self.words[:count], self.words[count:]
        self.sounded.append(self._loud)
        return Transcript(" ".join(heard), 1.0, self._loud)

    def load(self) -> None: ...

    def close(self) -> None: ...

    def _heard(self) -> int:
        return min(len(self.words), round(self._loud / WORD_SECONDS))


@dataclass
class Talk:
    """The conversation of a test."""

    source: ScriptedSource
    sink: ScriptedSink
    speaker: ToneSpeaker
    recognizer: ScriptedRecognizer
    player: Player
    ears: Ears
    conversation: Conversation
    board: Board
    sent: list[tuple[float, Message]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    turn: int = 0

    def send(self, message: Message) -> None:
        self.sent.append((asyncio.get_running_loop().time(), message))

    def take(self, *items: Item) -> None:
        for item in items:
            self.conversation.take(item)

    def all(self, kind: type[M]) -> list[M]:
        """What was sent of this kind."""
        return [message for _, message in self.sent if isinstance(message, kind)]

    @property
    def news(self) -> list[Message]:
        """What was sent, without what shows only the moment."""
        return [message for _, message in self.sent if not isinstance(message, (Mouth, Partial))]

    def at(self, kind: type[Message]) -> float:
        """When the last of that kind was sent."""
        return next(at for at, message in reversed(self.sent) if isinstance(message, kind))

    def speak(self, words: str, *, after_seconds: float = 0.0) -> float:
        """The user says this, a word in a fifth of a second; returns when it ends."""
        spoken = words.split()
        self.recognizer.words += spoken
        return self.source.hear(Clip(tone(len(spoken) * WORD_SECONDS), 16000), after_seconds)

    def noise(self, seconds: float, *, after_seconds: float = 0.0) -> float:
        """Something that is no word is heard."""
        return self.source.hear(Clip(tone(seconds), 16000), after_seconds)

    async def say(self, words: str) -> Say:
        """The user says this, and it goes to the hub."""
        count = len(self.all(Say))
        self.speak(words)
        await self.until(lambda: len(self.all(Say)) > count)
        return self.all(Say)[-1]

    def reply(self, *sentences: str, cause: Cause = Cause.USER, end: bool = True) -> int:
        """She answers."""
        self.turn += 1
        self.take(Turn(cause, self.turn), *(Sentence(text, self.turn) for text in sentences))
        if end:
            self.take(End(EndReason.STOP, {"first_token": 5.0}, self.turn))
        return self.turn

    async def until(self, holds: Any, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not holds():
                await asyncio.sleep(0.01)

    async def silent(self) -> None:
        """Wait until she has said all."""
        await self.until(lambda: not self.player.busy)

    def level(self, seconds: float = 0.15) -> float:
        """How loud she was just now, in dBFS."""
        heard = self.sink.heard()
        return dbfs(heard.samples[-round(seconds * heard.rate) :])

    @property
    def state(self) -> str:
        return self.board.now.state.value


@asynccontextmanager
async def talking(
    *,
    partials: bool = True,
    speaker: ToneSpeaker | None = None,
    leak: float | None = None,
    end_of_turn: EndOfTurn | None = None,
    **settings: Any,
) -> AsyncIterator[Talk]:
    """A conversation that has begun: connected, and nobody speaks.

    `leak`: she hears herself, so loud (dB). `end_of_turn`: judges whether the user has finished.
    """
    chosen = VoiceSettings(**settings)
    speaker, recognizer, board = speaker or ToneSpeaker(), ScriptedRecognizer(partials=partials), Board()
    sent: list[tuple[float, Message]] = []
    async with ScriptedSource() as source, ScriptedSink() as sink:
        if leak is not None:
            source.leak(sink, leak)
        transcriber = Transcriber(recognizer, threaded=False)
        push_to_talk = chosen.mode == "push_to_talk"
        ending = Ending(end_of_turn, threaded=False) if end_of_turn is not None else None
        ears = Ears(source, Scripted(), transcriber, Endpointer(), BargeIn(), ending=ending, push_to_talk=push_to_talk)
        later: list[Talk] = []
        async with Player(sink, speaker, Plainly(), lambda message: later[0].conversation.spoken(message)) as player:
            conversation = Conversation(ears, player, lambda message: later[0].send(message), board, chosen)
            talk = Talk(source, sink, speaker, recognizer, player, ears, conversation, board, sent)
            later.append(talk)
            board.watch(lambda snapshot: _note(talk.states, snapshot.state.value))
            hearing = asyncio.create_task(ears.run())
            looking = asyncio.create_task(_look(conversation))
            talk.take(Connected(Welcome("test", "main")))
            try:
                yield talk
            finally:
                for task in (hearing, looking):
                    task.cancel()
                await asyncio.gather(hearing, looking, return_exceptions=True)


async def _look(conversation: Conversation) -> None:
    while True:
        conversation.look()
        await asyncio.sleep(0.25)


def _note(states: list[str], state: str) -> None:
    if not states or states[-1] != state:
        states.append(state)
