"""When something fails: an error that helps, nothing lost, and she answers by herself when the model is back."""

from __future__ import annotations

import asyncio

import pytest

from alisa.protocol.tags import EndReason
from alisa.runtime.errors import AlisaError, EngineError, StorageError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.events.facts import SentenceReady, TokenStreamed, TurnBegan, TurnEnded, TurnFailed, UserSpoke
from backend.llm.scripted import STALL, ScriptedModel
from backend.llm.types import ChatRequest, Finished, ToolCall
from tests.flow.memory import MemoryHistory
from tests.flow.talking import talking

pytestmark = pytest.mark.looptime


def broken(code: str) -> EngineError:
    return EngineError(code, "It broke.", "Mend it.")


@pytest.mark.parametrize("code", ["llm_unreachable", "llm_loading", "llm_busy", "llm_rejected", "llm_stalled"])
async def test_a_failure_is_told(home: Home, code: str) -> None:
    """The turn fails with what happened and what to do, and ends; the message is stored."""
    async with talking(home, [broken(code)]) as talk:
        await talk.say("hello")
        ended = await talk.until(TurnEnded)
        assert (ended.reason, ended.text) == (EndReason.ERROR, "")
        failed = talk.all(TurnFailed)[0]
        assert (failed.code, failed.message, failed.hint) == (code, "It broke.", "Mend it.")
        assert talk.history.said() == ["user: hello"]


async def test_a_reply_that_breaks_off_is_kept_as_far_as_it_came(home: Home) -> None:
    """What was said stands, marked; it counts as an answer; the next turn knows that it was cut off."""
    async with talking(home, ["<emotion=sad> One. ", "Two", broken("llm_broke_off")], ["Yes."]) as talk:
        await talk.say("hello")
        ended = await talk.until(TurnEnded)
        assert (ended.reason, ended.text) == (EndReason.ERROR, "One. Two")
        assert [fact.text for fact in talk.all(SentenceReady)] == ["One."]
        assert talk.history.said() == ["user: hello", "assistant: One. Two (cut off)"]
        await talk.driver.model_returned()
        await asyncio.sleep(5)
        assert len(talk.model.requests) == 1


@pytest.mark.parametrize(
    "script",
    [[" \n"], ["<emotion=happy>"], ["<think>hm, well"], ["<think>a</think>\n"], ["<|eot_id|>"], ["<emotion=hap"]],
)
async def test_an_empty_reply_is_never_hers(home: Home, script: list[str]) -> None:
    """Nothing visible is an error, and nothing of it is stored."""
    async with talking(home, script) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        assert talk.all(TurnFailed)[0].code == "llm_empty"
        assert talk.history.said() == ["user: hello"]


async def test_thinking_without_end_says_why(home: Home) -> None:
    """A model that spent all its tokens on thought gets a hint that names the setting."""
    async with talking(home, ["<think>hm", Finished("length")]) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        assert "max_reply_tokens" in talk.all(TurnFailed)[0].hint


async def test_a_tool_call_alone_is_no_reply(home: Home) -> None:
    """Nobody hands out tools yet: a reply that is only a call is empty."""
    async with talking(home, [ToolCall("1", "x", "{}")]) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        assert talk.all(TurnFailed)[0].code == "llm_empty"


async def test_a_defect_of_ours_ends_in_words_too(home: Home) -> None:
    """An unexpected exception ends the turn with an error, not the conversation."""
    async with talking(home, [RuntimeError("oops")], ["Fine."]) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        failed = talk.all(TurnFailed)[0]
        assert failed.code == "internal"
        assert "oops" not in failed.message + failed.hint
        await talk.say("again")
        ended = await talk.until(TurnEnded, 2)
        assert ended.text == "Fine."


async def test_she_answers_by_herself_when_the_model_is_back(home: Home) -> None:
    """What was said last and not answered is answered once, all of it in one new turn."""
    async with talking(home, ["One."], history=MemoryHistory(0.01)) as talk:
        await talk.say("first")
        await talk.until(TurnEnded)
        talk.model.state = "down"
        for text in ("second", "third"):
            await talk.say(text)
        await talk.until(TurnEnded, 3)
        talk.model.state = "ready"
        talk.model.add(["I am back."])
        await asyncio.gather(talk.driver.model_returned(), talk.driver.model_returned())
        ended = await talk.until(TurnEnded, 4)
        assert (ended.turn, ended.text) == (4, "I am back.")
        assert talk.prompt()[-1][1].endswith("[/context]\nsecond\nthird")
        assert [role for role, _ in talk.prompt()] == ["system", "user", "assistant", "user"]
        assert len(talk.all(UserSpoke)) == 3
        await talk.driver.model_returned()
        await asyncio.sleep(5)
        assert len(talk.model.requests) == 4
        assert talk.history.said()[-3:] == ["user: second", "user: third", "assistant: I am back."]


async def test_each_conversation_gets_its_answer(home: Home) -> None:
    """Side by side, each with its own words."""
    async with talking(home, model=ScriptedModel()) as talk:
        talk.model.state = "loading"
        for name in ("a", "b", "c"):
            await talk.say(f"I am {name}", name)
        await talk.until(TurnEnded, 3)
        talk.model.state = "ready"
        await talk.driver.model_returned()
        await talk.until(TurnEnded, 6)
        for name in ("a", "b", "c"):
            assert talk.history.said(name)[-1].endswith(f"can only repeat: I am {name}")


async def test_a_conversation_that_goes_on_is_left_alone(home: Home) -> None:
    """Where a turn runs already, nothing is added; what was not answered stands in its prompt."""
    async with talking(home, [broken("llm_unreachable")], [1.0, "Both."]) as talk:
        await talk.say("one")
        await talk.until(TurnEnded)
        await talk.say("two")
        await talk.driver.model_returned()
        await talk.until(TurnEnded, 2)
        await asyncio.sleep(5)
        assert len(talk.model.requests) == 2
        assert talk.prompt()[-1][1].endswith("[/context]\none\ntwo")


async def test_away_again_in_the_middle_of_it(home: Home) -> None:
    """If the model goes away once more, it is tried once more at its next return."""
    down = broken("llm_unreachable")
    async with talking(home, [down], [down], ["At last."]) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        for n in (2, 3):
            await talk.driver.model_returned()
            await talk.until(TurnEnded, n)
        assert talk.history.said() == ["user: hello", "assistant: At last."]


async def test_old_questions_are_not_answered_after_a_start(home: Home) -> None:
    """What waited for more than ten minutes when the hub started stays unanswered, but is not forgotten."""
    history = MemoryHistory()
    async with talking(home, [broken("llm_unreachable")], [broken("llm_unreachable")], history=history) as talk:
        await talk.say("old")
        await talk.until(TurnEnded)
        await asyncio.sleep(700)
        await talk.say("older", "other")
        await talk.until(TurnEnded, 2)
    async with talking(home, ["Late."], ["Yes."], history=history) as talk:
        await talk.driver.model_returned()
        await talk.until(TurnEnded)
        await asyncio.sleep(5)
        assert history.said("other")[-1] == "assistant: Late."
        assert history.said("main") == ["user: old"]
        await talk.say("new")
        await talk.until(TurnEnded, 2)
        assert talk.prompt()[-1][1].endswith("[/context]\nold\nnew")


async def test_a_long_absence_does_not_matter_while_the_hub_runs(home: Home) -> None:
    """Who asked of a hub that has been running since is answered, however long it took."""
    async with talking(home, [broken("llm_unreachable")], ["Finally."]) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        await asyncio.sleep(3600)
        await talk.driver.model_returned()
        assert (await talk.until(TurnEnded, 2)).text == "Finally."


# --- too long ----------------------------------------------------------------------------------


def words(count: int) -> str:
    return "word " * (count - 1) + "word"


async def test_the_past_is_trimmed_by_turns(home: Home) -> None:
    """Ten turns, whole ones, the newest."""
    async with talking(home, *[[f"Answer {n}."] for n in range(14)]) as talk:
        for n in range(14):
            await talk.say(f"question {n}")
            await talk.until(TurnEnded, n + 1)
        past = [text for role, text in talk.prompt()[1:-1] if role == "user"]
        assert past == [f"question {n}" for n in range(3, 13)]


async def test_the_past_is_trimmed_by_tokens(home: Home) -> None:
    """3,000 tokens by exact count, and never more than fits beside the reply."""
    for context, kept in ((8192, 5), (4096, 5), (3000, 3)):
        model = ScriptedModel([[words(290)]] * 9)
        model.context_tokens = context
        async with talking(home, model=model) as talk:
            for n in range(9):
                await talk.say(f"q{n} " + words(289))
                await talk.until(TurnEnded, n + 1)
            past = [text.split()[0] for role, text in talk.prompt()[1:-1] if role == "user"]
            counts = await model.count_tokens([text for _, text in talk.prompt()])
            assert counts is not None
            assert past == [f"q{n}" for n in range(8 - len(past), 8)]
            assert sum(counts[1:-1]) <= 3000
            assert sum(counts) <= context - 512
            assert len(past) >= kept - 1


async def test_a_server_that_cannot_count_is_estimated(home: Home) -> None:
    """The prompt stays below the limit by estimate, and the last words are always there."""
    async with talking(home, model=ScriptedModel([["Hm. " * 300]] * 9, counts=False)) as talk:
        for n in range(9):
            await talk.say(f"q{n} " + words(300))
            await talk.until(TurnEnded, n + 1)
        assert talk.last_words().startswith("q8 ")
        assert sum(len(text) for _, text in talk.prompt()) < 4 * 3600


async def test_a_prompt_that_is_too_long_after_all(home: Home) -> None:
    """A server with a smaller context than was told is asked again with less of the past, once."""

    def fussy(request: ChatRequest) -> list[str | Exception]:
        return ["Fine."] if len(request.messages) < 6 else [broken("prompt_too_long")]

    async with talking(home, *[fussy] * 8, window_tokens=200) as talk:
        for n in range(5):
            await talk.say(f"q{n} " + words(20))
            await talk.until(TurnEnded, n + 1)
        assert [ended.reason for ended in talk.all(TurnEnded)] == [EndReason.STOP] * 5
        assert len(talk.model.requests) == 8
    async with talking(home, [broken("prompt_too_long")]) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        assert talk.all(TurnFailed)[0].code == "message_too_long"
        await talk.driver.model_returned()
        await asyncio.sleep(5)
        assert len(talk.model.requests) == 1


async def test_a_message_that_can_never_fit_is_refused(home: Home) -> None:
    """Whoever sent it is told before anything is stored; where nobody can count, the server decides."""
    async with talking(home) as talk:
        with pytest.raises(AlisaError) as caught:
            await talk.say("ab " * 3400)
        assert caught.value.code == "message_too_long"
        assert talk.history.turns == []
    too_long = [broken("prompt_too_long")]
    async with talking(home, model=ScriptedModel([too_long, too_long], counts=False)) as talk:
        await talk.say("ab " * 3400)
        await talk.until(TurnEnded)
        assert talk.all(TurnFailed)[0].code == "message_too_long"


# --- the disk ----------------------------------------------------------------------------------


async def test_a_message_that_cannot_be_stored_is_refused(home: Home) -> None:
    """The sender is told; the model is not asked; the hub goes on."""
    history = MemoryHistory()
    async with talking(home, ["Hi."], history=history) as talk:
        await talk.driver.ensure("main")
        history.failing = {"open_turn"}
        with pytest.raises(StorageError) as caught:
            await talk.say("hello")
        assert caught.value.code == "disk_full"
        assert talk.facts == []
        history.failing = set()
        await talk.say("hello")
        await talk.until(TurnEnded)
        assert history.said() == ["user: hello", "assistant: Hi."]


async def test_a_reply_that_cannot_be_stored_is_told(home: Home) -> None:
    """She goes on speaking though a sentence could not be kept; at the end the failure is named."""
    history = MemoryHistory()
    async with talking(home, ["One.", " Two", 1.0, "."], history=history) as talk:
        await talk.driver.ensure("main")
        history.failing = {"save_partial", "close_turn"}
        await talk.say("hello")
        ended = await talk.until(TurnEnded)
        assert ended.reason is EndReason.ERROR
        assert talk.all(TurnFailed)[0].code == "disk_full"
        assert talk.text(1) == "One. Two."
        assert [fact.text for fact in talk.all(SentenceReady)] == ["One.", "Two."]


async def test_a_stalled_model_does_not_stop_the_others(home: Home) -> None:
    """One conversation that hangs leaves the others talking."""
    async with talking(home, ["I", STALL], ["Fine."], llm=LlmSettings()) as talk:
        await talk.say("hello", "stuck")
        await talk.until(TokenStreamed)
        await talk.say("hello", "other")
        ended = await talk.until(TurnEnded)
        assert ended.conversation == "other"
        assert len(talk.all(TurnBegan)) == 2
