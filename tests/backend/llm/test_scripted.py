"""The scripted engine: it plays what it was given, in virtual time, and says what it is."""

from __future__ import annotations

import asyncio

import pytest

from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import AlisaError, EngineError, UsageError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.llm.engines import ENGINES, create
from backend.llm.openai import OpenAiModel
from backend.llm.scripted import STALL, ScriptedModel
from backend.llm.types import ChatMessage, ChatRequest, Finished, KnowsContext, Prepares, TextDelta, ToolCall
from tests.backend.llm.servers import REQUEST, collect, text_of


@pytest.mark.looptime
async def test_a_script_is_played() -> None:
    """Text and tool calls come as they stand, after the time that they take; one reply after the other."""
    call = ToolCall("1", "time", "{}")
    model = ScriptedModel([["Hi", 60.0, " there", call], lambda request: [request.messages[-1].content]])
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert await collect(model.stream(REQUEST)) == [
        TextDelta("Hi"),
        TextDelta(" there"),
        call,
        Finished("stop", 1, 0, 2),
    ]
    assert loop.time() - began == 60
    assert text_of(await collect(model.stream(REQUEST))) == "hello"
    assert model.requests == [REQUEST, REQUEST]
    assert (model.running, model.most_running, model.closed_early) == (0, 1, 0)


@pytest.mark.looptime
async def test_failures_and_stalls_are_played() -> None:
    """An exception is raised, a stall never ends, an empty reply is an error; a closed stream is counted."""
    model = ScriptedModel([["Hi", EngineError("llm_busy", "x")], ["Hi", STALL], [" "]])
    with pytest.raises(EngineError, match="x"):
        await collect(model.stream(REQUEST))
    deltas = model.stream(REQUEST)
    await anext(deltas)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1000):
            await anext(deltas)
    with pytest.raises(EngineError) as caught:
        await collect(model.stream(REQUEST))
    assert caught.value.code == "llm_empty"
    assert (model.running, model.closed_early) == (0, 1)


@pytest.mark.looptime
async def test_without_a_script_it_says_what_it_is(home: Home) -> None:
    """Chosen by name, it echoes and leaves no doubt that it is no model."""
    model = create(LlmSettings(engine="scripted"), home, ManualClock())
    request = ChatRequest([ChatMessage("user", "[context]\ntime: now\n[/context]\nhow are you")], 10, 0)
    said = text_of(await collect(model.stream(request)))
    assert said == "<emotion=neutral> I am a script, not a language model, and can only repeat: how are you"
    assert (await model.probe()).state == "ready"


@pytest.mark.looptime
async def test_a_script_can_stand_in_a_file(home: Home) -> None:
    """`llm.model` may name it; one that cannot be read is an error with a hint."""
    path = home.root / "script.json"
    path.write_text('[["Hi", 0.5, "!"], [{"error": "llm_busy"}], ["stall"]]')
    model = create(LlmSettings(engine="scripted", model=str(path)), home, ManualClock())
    assert text_of(await collect(model.stream(REQUEST))) == "Hi!"
    with pytest.raises(EngineError) as caught:
        await collect(model.stream(REQUEST))
    assert caught.value.code == "llm_busy"
    path.write_text('[[{"no": 1}]]')
    with pytest.raises(AlisaError) as missing:
        create(LlmSettings(engine="scripted", model=str(path)), home, ManualClock())
    assert missing.value.hint


async def test_away_and_back() -> None:
    """While it is down or loading every reply fails so."""
    model = ScriptedModel(counts=False)
    for state, code in (("down", "llm_unreachable"), ("loading", "llm_loading")):
        model.state = state  # type: ignore[assignment]
        with pytest.raises(EngineError) as caught:
            await collect(model.stream(REQUEST))
        assert caught.value.code == code
    assert await model.count_tokens(["a b"]) is None
    assert await ScriptedModel().count_tokens(["a b!", ""]) == [3, 0]


def test_the_engines_are_known_by_name(home: Home) -> None:
    """`openai` and `scripted`; anything else is answered with the names."""
    assert ENGINES.names()[:2] == ("openai", "scripted")
    for name in ENGINES.names()[:2]:
        model = create(LlmSettings(engine=name), home, ManualClock())
        assert isinstance(model, Prepares)
        assert isinstance(model, KnowsContext)
        assert model.context_tokens == 4096
    assert isinstance(create(LlmSettings(), home, ManualClock()), OpenAiModel)
    with pytest.raises(UsageError, match="language model"):
        create(LlmSettings(engine="openia"), home, ManualClock())
