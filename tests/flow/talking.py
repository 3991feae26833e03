"""A hub without sockets: the driver over the scripted engine, and everything that is told about it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from alisa.protocol.tags import Cause, EndReason
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.conversation.driver import Driver
from backend.events.bus import Bus
from backend.events.commands import Command, Interrupt, Muse, Say
from backend.events.facts import (
    CutIn,
    EmotionFelt,
    Fact,
    FeedbackGiven,
    RemarkJudged,
    ReplyAmended,
    SentenceReady,
    SpeechBegan,
    SpeechFinished,
    TokenStreamed,
    TurnBegan,
    TurnEnded,
    TurnFailed,
    UserSpoke,
)
from backend.llm.scripted import Reply, ScriptedModel
from backend.settings import ConversationSettings
from tests.flow.memory import MemoryHistory

F = TypeVar("F", bound=Fact)
AFTERWARDS = (CutIn, FeedbackGiven, RemarkJudged, ReplyAmended, SpeechBegan, SpeechFinished)
"""What may be told of a turn that is over: its playback, what that showed, and how it was received."""
START = datetime(2026, 11, 21, 20, 14, tzinfo=UTC)
CUE = "(Nobody has spoken for a while. Say something short of your own accord.)"


class LoopClock:
    """The clock of the running loop, virtual where the loop is."""

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()


class Talk:
    """One driver and what it told."""

    def __init__(self, driver: Driver, model: ScriptedModel, history: Any, bus: Bus) -> None:
        self.driver = driver
        self.model = model
        self.history = history
        self.bus = bus
        self.facts: list[Fact] = []
        self._came = asyncio.Event()
        bus.subscribe(self._note)

    def _note(self, fact: Fact) -> None:
        self.facts.append(fact)
        self._came.set()

    async def say(self, text: str, conversation: str = "main") -> None:
        await self.driver.submit(Say(conversation, text))

    async def muse(self, conversation: str = "main") -> None:
        await self.driver.submit(Muse(conversation, Cause.IDLE, CUE))

    async def interrupt(self, turn: int | None = None, heard: str | None = None, conversation: str = "main") -> None:
        await self.driver.submit(Interrupt(conversation, turn, heard))

    async def submit(self, command: Command) -> None:
        await self.driver.submit(command)

    def all(self, kind: type[F], turn: int | None = None) -> list[F]:
        """The facts of this kind so far, of one turn or of all."""
        return [f for f in self.facts if isinstance(f, kind) and turn in (None, getattr(f, "turn", None))]

    async def until(self, kind: type[F], count: int = 1, turn: int | None = None) -> F:
        """Wait for so many facts of this kind; return the last of them."""
        return await self.when(lambda: self.all(kind, turn)[count - 1] if len(self.all(kind, turn)) >= count else None)

    async def when(self, look: Callable[[], F | None]) -> F:
        async with asyncio.timeout(600):
            while (found := look()) is None:
                self._came.clear()
                await self._came.wait()
        return found

    def text(self, turn: int) -> str:
        """What was streamed of a turn."""
        return "".join(token.text for token in self.all(TokenStreamed, turn))

    def prompt(self, request: int = -1) -> list[tuple[str, str]]:
        """A prompt that the model was asked, as roles and texts."""
        return [(message.role, message.content) for message in self.model.requests[request].messages]

    def last_words(self, request: int = -1) -> str:
        """The end of a prompt, without the block before it."""
        return self.prompt(request)[-1][1].rpartition("[/context]\n")[2]


@asynccontextmanager
async def talking(
    home: Home,
    *script: Reply,
    history: Any = None,
    model: ScriptedModel | None = None,
    llm: LlmSettings | None = None,
    clock: Any = None,
    **settings: Any,
) -> AsyncIterator[Talk]:
    """A driver over a script, while the block runs; afterwards every turn must have gone by the rules."""
    model = model or ScriptedModel(script)
    history = MemoryHistory() if history is None else history
    bus = Bus()
    driver = Driver(
        history=history,
        model=model,
        bus=bus,
        clock=clock or LoopClock(),
        home=home,
        settings=ConversationSettings(**settings),
        llm_settings=llm or LlmSettings(),
        zone=UTC,
    )
    talk = Talk(driver, model, history, bus)
    async with driver:
        yield talk
    assert model.running == 0
    check_rules(talk.facts)


def check_rules(facts: list[Fact]) -> None:
    """What holds for every conversation, whatever happens in it."""
    for conversation in {fact.conversation for fact in facts}:
        mine = [fact for fact in facts if fact.conversation == conversation]
        running: TurnBegan | None = None
        spoke = [fact.turn for fact in mine if isinstance(fact, UserSpoke)]
        began = [fact.turn for fact in mine if isinstance(fact, TurnBegan)]
        assert spoke == sorted(set(spoke)), "the user's messages are told in the order in which they are stored"
        assert len(began) == len(set(began)), "a turn begins once"
        answers = [turn for turn in began if turn in spoke]
        assert answers == sorted(answers), "the user's messages are answered in order"
        for fact in mine:
            if isinstance(fact, TurnBegan):
                assert running is None, "one turn at a time"
                running = fact
            elif isinstance(fact, TokenStreamed | SentenceReady | EmotionFelt | TurnFailed | TurnEnded):
                assert running is not None, f"nothing of a turn stands outside it: {fact}"
                assert fact.turn == running.turn, f"nothing of another turn: {fact}"
            if isinstance(fact, TurnEnded):
                told = [item for item in mine if not isinstance(item, AFTERWARDS)]
                _check_turn([item for item in told if getattr(item, "turn", None) == fact.turn], fact)
                running = None
        assert running is None, "what began has ended"


def _check_turn(facts: list[Fact], ended: TurnEnded) -> None:
    streamed = "".join(fact.text for fact in facts if isinstance(fact, TokenStreamed))
    sentences = [fact.text for fact in facts if isinstance(fact, SentenceReady)]
    felt = [fact.emotion for fact in facts if isinstance(fact, EmotionFelt)]
    failed = [fact for fact in facts if isinstance(fact, TurnFailed)]
    assert len(felt) <= 1
    assert facts[-1] is ended
    assert len(failed) == (ended.reason is EndReason.ERROR)
    if failed:
        assert facts[-2] is failed[0], "the end follows at once"
        assert failed[0].hint, "an error says what to do next"
    if ended.reason in (EndReason.STOP, EndReason.LENGTH):
        assert ended.text == streamed.strip() == streamed
        assert "".join(sentences).replace(" ", "") == "".join(streamed.split())
        assert felt == [ended.emotion]
    else:
        assert streamed.startswith(ended.text)
