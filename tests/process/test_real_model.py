"""The hub's client and driver against the real llama.cpp with the starter model: what was read about it holds."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import httpx
import pytest

from alisa.runtime.clock import SystemClock
from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.conversation.context import ContextNote
from backend.conversation.driver import Driver
from backend.events.bus import Bus
from backend.events.commands import Interrupt, Say
from backend.events.facts import TokenStreamed, TurnEnded, TurnFailed
from backend.llm.openai import OpenAiModel
from backend.llm.types import ChatMessage, ChatRequest, Finished, TextDelta
from backend.settings import ConversationSettings
from benchmarks import rig
from benchmarks.relay import Relay
from tests.flow.memory import MemoryHistory

pytestmark = [pytest.mark.process, pytest.mark.timeout(120)]

WORDS = "tea quiet walk river evening small dog Rex music garden book train window coffee rain sun letter city".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def running() -> Iterator[rig.Rig]:
    with rig.running(only="llm_server") as started:
        yield started


@pytest.fixture
async def model(running: rig.Rig) -> AsyncIterator[OpenAiModel]:
    made = OpenAiModel(LlmSettings(), running.home, SystemClock())
    yield made
    await made.aclose()


async def idle(running: rig.Rig) -> None:
    """Wait until no slot of llama.cpp is writing."""
    server = running.model()
    headers = {"Authorization": f"Bearer {server['api_key']}"}
    async with httpx.AsyncClient(headers=headers, limits=httpx.Limits(max_keepalive_connections=0)) as client:
        while True:
            slots = (await client.get(server["url"].removesuffix("/v1") + "/slots")).json()
            if not any(slot["is_processing"] for slot in slots):
                return
            await asyncio.sleep(0.005)


async def test_a_reply_with_its_figures(model: OpenAiModel) -> None:
    """Text comes, then what the prompt cost and what the cache gave."""
    request = ChatRequest([ChatMessage("user", "hello")], max_tokens=32, temperature=0)
    for _ in range(2):
        deltas = [delta async for delta in model.stream(request)]
    finished = deltas[-1]
    assert isinstance(finished, Finished)
    assert finished.prompt_tokens is not None
    assert finished.cached_tokens is not None
    assert 0 < finished.cached_tokens < finished.prompt_tokens
    assert "".join(delta.text for delta in deltas if isinstance(delta, TextDelta)).strip()
    assert (await model.probe()).state == "ready"


async def test_tokens_are_counted_as_the_model_does(model: OpenAiModel) -> None:
    """Texts that are counted together cost what the prompt is charged for, less the template."""
    texts = ["You are Alisa.", "Hello there, how are you today?", "日本 😀 naïve\n\ncode: x = 1"]
    counts = await model.count_tokens(texts)
    assert counts is not None
    messages = [ChatMessage("system", texts[0]), ChatMessage("user", texts[1] + texts[2])]
    stream = model.stream(ChatRequest(messages, max_tokens=16, temperature=0))
    finished = [delta async for delta in stream][-1]
    assert isinstance(finished, Finished)
    assert finished.prompt_tokens is not None
    assert 0 <= finished.prompt_tokens - sum(counts) <= 20


async def test_closing_the_stream_stops_the_model(model: OpenAiModel, running: rig.Rig) -> None:
    """llama.cpp is idle again at once, long before it would have ended by itself."""
    request = ChatRequest([ChatMessage("user", "tell me a story")], max_tokens=3000, temperature=1.5)
    stream = model.stream(request)
    await anext(stream)
    await stream.aclose()
    async with asyncio.timeout(1):
        await idle(running)


async def test_a_prompt_that_is_too_long(model: OpenAiModel) -> None:
    """What llama.cpp says about it is understood."""
    request = ChatRequest([ChatMessage("user", "word " * 9000)], max_tokens=16, temperature=0)
    with pytest.raises(EngineError) as caught:
        await anext(model.stream(request))
    assert caught.value.code == "prompt_too_long"


async def test_a_wrong_key_is_refused(running: rig.Rig) -> None:
    """Somebody else on this machine gets nothing."""
    settings = LlmSettings(url=running.model()["url"], api_key="wrong")
    stranger = OpenAiModel(settings, running.home, SystemClock())
    with pytest.raises(EngineError) as caught:
        await anext(stranger.stream(ChatRequest([ChatMessage("user", "hi")], max_tokens=16, temperature=0)))
    await stranger.aclose()
    assert caught.value.code == "llm_rejected"
    assert "key" in caught.value.message


class Talk:
    """A driver over the real model, without a disk."""

    def __init__(self, model: OpenAiModel, home: Home, notes: random.Random, reply_tokens: int) -> None:
        def moment(conversation: str, now: datetime) -> list[ContextNote]:
            memory, sight = (" ".join(notes.choices(WORDS, k=12)) for _ in range(2))
            return [ContextNote("memory", memory), ContextNote("sight (screen)", sight)]

        self.bus = Bus()
        self.ended: asyncio.Queue[TurnEnded] = asyncio.Queue()
        self.failed: list[str] = []
        self.bus.subscribe(self.ended.put_nowait, TurnEnded)
        self.bus.subscribe(lambda fact: self.failed.append(fact.code), TurnFailed)
        self.driver = Driver(
            history=MemoryHistory(),  # type: ignore[arg-type]
            model=model,
            bus=self.bus,
            clock=SystemClock(),
            home=home,
            settings=ConversationSettings(),
            llm_settings=LlmSettings(max_reply_tokens=reply_tokens),
            contributors=[moment],
        )

    async def ask(self, text: str) -> TurnEnded:
        await self.driver.submit(Say("main", text))
        return await self.ended.get()


async def test_the_beginning_of_the_prompt_stays_cached(model: OpenAiModel, home: Home) -> None:
    """Over twenty turns with memory and sight changing, and the window rolling, what is newly read stays flat."""
    rng = random.Random(3)
    talk = Talk(model, home, rng, reply_tokens=48)
    read: list[float] = []
    async with talk.driver:
        for number in range(20):
            ended = await talk.ask(f"{number} " + " ".join(rng.choices(WORDS, k=15)))
            read.append(ended.timings["prompt_tokens"] - ended.timings["cached_tokens"])
    early, late = read[2:8], read[14:]
    assert sum(late) / len(late) <= 1.3 * sum(early) / len(early), read
    assert max(read[2:]) <= 2 * min(read[2:]), read


async def test_the_window_never_overflows(model: OpenAiModel, home: Home) -> None:
    """Long messages: the prompt stays within the context window, and llama.cpp never finds it too long."""
    rng = random.Random(4)
    talk = Talk(model, home, rng, reply_tokens=48)
    async with talk.driver:
        for _ in range(8):
            ended = await talk.ask(" ".join(rng.choices(WORDS, k=500)))
            assert ended.timings["prompt_tokens"] <= 4096 - 48
    assert set(talk.failed) <= {"llm_empty"}  # to so much nonsense a small model may have nothing to say


async def test_interrupting_is_felt_by_the_model(running: rig.Rig, home: Home) -> None:
    """The turn ends within milliseconds and llama.cpp writes no further, though it would have gone on for long."""
    server = running.model()
    relay = Relay(lambda: (server["url"], server["api_key"]), endless=2000, pace_seconds=0.005)
    async with relay.serve():
        model = OpenAiModel(LlmSettings(url=relay.url), home, SystemClock())
        talk = Talk(model, home, random.Random(5), reply_tokens=2000)
        begun = asyncio.Event()
        talk.bus.subscribe(lambda _: begun.set(), TokenStreamed)
        async with talk.driver:
            await talk.driver.submit(Say("main", "hello, how are you today?"))
            await begun.wait()
            began = asyncio.get_running_loop().time()
            await talk.driver.submit(Interrupt("main"))
            ended = await talk.ended.get()
            assert ended.reason == "interrupted"
            assert asyncio.get_running_loop().time() - began < 0.5
            async with asyncio.timeout(2):
                await idle(running)
        await model.aclose()
