"""A conversation as it should go: in order, stored before it is asked, told as it happens."""

from __future__ import annotations

import asyncio

import pytest

from alisa.protocol.tags import Cause, Emotion, EndReason
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.events.commands import ChangeMode, Say
from backend.events.facts import (
    EmotionFelt,
    HistoryCleared,
    ModeChanged,
    SentenceReady,
    TokenStreamed,
    TurnBegan,
    TurnEnded,
    UserSpoke,
)
from backend.llm.types import ChatRequest, Finished
from tests.flow.memory import MemoryHistory
from tests.flow.talking import talking

pytestmark = pytest.mark.looptime


async def test_a_reply_is_told_as_it_happens(home: Home) -> None:
    """Taken, begun, felt, said, spoken, ended: in this order, with the times that passed."""
    script = [0.1, "<emotion=", "teasing>", " Oh, look", 0.1, " who it is.", " You", 0.1, "!"]
    async with talking(home, script) as talk:
        await talk.say("  hello  ")
        ended = await talk.until(TurnEnded)
        kinds = [type(fact) for fact in talk.facts]
        assert kinds == [
            UserSpoke, TurnBegan, EmotionFelt, *[TokenStreamed] * 3, SentenceReady,
            TokenStreamed, SentenceReady, TurnEnded,
        ]  # fmt: skip
        assert [fact.text for fact in talk.all(SentenceReady)] == ["Oh, look who it is.", "You!"]
        assert (ended.reason, ended.cause, ended.emotion) == (EndReason.STOP, Cause.USER, Emotion.TEASING)
        assert ended.text == talk.text(1) == "Oh, look who it is. You!"
        timings = dict(ended.timings)
        assert timings.pop("prompt_tokens") > 0
        assert timings == {
            "queued": 0, "context": 0, "first_token": 100, "total": 300, "tokens": 6, "cached_tokens": 0,
        }  # fmt: skip
        assert talk.history.said() == ["user: hello", "assistant: Oh, look who it is. You!"]
        assert talk.history.turn(1).hers.emotion is Emotion.TEASING
        assert talk.driver.state("main").emotion is Emotion.TEASING


async def test_the_message_is_stored_before_the_model_is_asked(home: Home) -> None:
    """When the prompt arrives, the user's words are safe."""
    history = MemoryHistory(commit_seconds=0.5)
    stored: list[list[str]] = []

    def reply(_: ChatRequest) -> list[str]:
        stored.append(history.said())
        return ["Hi."]

    async with talking(home, reply, history=history) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
    assert stored == [["user: hello"]]


async def test_the_prompt_has_its_shape(home: Home) -> None:
    """Who she is, the rules, the mode; then the past; then the moment and the words."""
    async with talking(home, ["<emotion=happy> Hi, I am", " here."], ["Yes."]) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        await talk.say("still there?")
        await talk.until(TurnEnded, 2)
        (system, *past, last) = talk.prompt()
        assert system[0] == "system"
        assert system[1].startswith("You are Alisa, a young woman")
        assert "\n\nBegin every reply with exactly one emotion tag" in system[1]
        assert system[1].endswith("fond underneath.")
        assert past == [("user", "hello"), ("assistant", "<emotion=happy> Hi, I am here.")]
        assert last == ("user", "[context]\ntime: Saturday 21 November 2026, 20:14\n[/context]\nstill there?")
        assert talk.model.requests[0].max_tokens == 512


async def test_messages_are_answered_in_order(home: Home) -> None:
    """What is said while she speaks waits its turn; each prompt holds the past before it and nothing after."""
    async with talking(home, *[[1.0, f"Answer {n}."] for n in (1, 2, 3)]) as talk:
        for n in (1, 2, 3):
            await talk.say(f"question {n}")
        assert len(talk.all(UserSpoke)) == 3
        ended = await talk.until(TurnEnded, 3)
        assert talk.history.said() == [
            line for n in (1, 2, 3) for line in (f"user: question {n}", f"assistant: Answer {n}.")
        ]
        assert [talk.last_words(n) for n in range(3)] == ["question 1", "question 2", "question 3"]
        assert len(talk.prompt(1)) == 4
        assert ended.timings["queued"] == 2000
        assert ended.timings["first_token"] == 3000


async def test_ten_people_at_once(home: Home) -> None:
    """In one conversation: stored in order, answered in order, never interleaved."""
    script = [[0.1, f"Answer {n},", 0.1, " whole."] for n in range(10)]
    async with talking(home, *script, history=MemoryHistory(0.05)) as talk:
        await asyncio.gather(*(talk.say(f"person {n}") for n in range(10)))
        await talk.until(TurnEnded, 10)
        assert [talk.last_words(n) for n in range(10)] == [f"person {n}" for n in range(10)]
        assert [talk.text(n + 1) for n in range(10)] == [f"Answer {n}, whole." for n in range(10)]


async def test_ten_conversations_side_by_side(home: Home) -> None:
    """All at once, and nothing of one in another's prompt."""
    async with talking(home, *[[1.0, "Hm."]] * 30) as talk:
        for round_ in range(3):
            await asyncio.gather(*(talk.say(f"secret {n} {round_}", f"c{n}") for n in range(10)))
            await talk.until(TurnEnded, 10 * (round_ + 1))
        assert talk.model.most_running == 10
        assert asyncio.get_running_loop().time() == pytest.approx(3.0, abs=0.01)
        for request in talk.model.requests:
            text = " ".join(message.content for message in request.messages)
            secrets = {n for n in range(10) if f"secret {n} " in text}
            assert len(secrets) == 1


async def test_a_partial_is_kept_at_each_sentence(home: Home) -> None:
    """What was spoken is stored before it is spoken; what comes last is stored with the whole."""
    history = MemoryHistory(0.01)
    script = ["<emotion=sad> One.", " Two", 1.0, ".", " Three", 1.0]
    async with talking(home, script, history=history) as talk:
        await talk.say("hello")
        first = await talk.until(SentenceReady)
        assert first.text == "One."
        assert history.turn(1).partials == ["One."]
        assert history.turn(1).hers.interrupted
        await talk.until(TurnEnded)
        assert history.turn(1).partials == ["One.", "One. Two."]
        assert history.said() == ["user: hello", "assistant: One. Two. Three"]


async def test_the_words_do_not_wait_for_the_disk(home: Home) -> None:
    """While a sentence is being stored, the next words stream on; all are told before the end."""
    async with talking(home, ["One. ", "Two ", 0.1, "three. "], history=MemoryHistory(5.0)) as talk:
        await talk.say("hello")
        await talk.until(TokenStreamed, 3)
        assert not talk.all(SentenceReady)
        await talk.until(TurnEnded)
        assert [fact.text for fact in talk.all(SentenceReady)] == ["One.", "Two three."]


async def test_a_reply_without_a_tag_is_neutral(home: Home) -> None:
    """One emotion a turn, always; an unknown one is neutral too."""
    async with talking(home, ["Hi."], ["<emotion=furious> Hi."]) as talk:
        for n in (1, 2):
            await talk.say("hello")
            ended = await talk.until(TurnEnded, n)
            assert ended.emotion is Emotion.NEUTRAL
            assert ended.text == "Hi."


async def test_a_reply_that_was_too_long_says_so(home: Home) -> None:
    """At the limit of its length a reply ends with `length`, whole as it is."""
    async with talking(home, ["Hi", Finished("length", reply_tokens=7)]) as talk:
        await talk.say("hello")
        ended = await talk.until(TurnEnded)
        assert ended.reason is EndReason.LENGTH
        assert ended.timings["tokens"] == 7
        assert talk.history.said()[-1] == "assistant: Hi"


async def test_modes_change(home: Home) -> None:
    """From the next turn on, with the mode's own temperature, for this conversation only, and for good."""
    async with talking(home, ["A."], ["B."], ["C."]) as talk:
        await talk.say("one")
        await talk.until(TurnEnded)
        assert talk.model.requests[-1].temperature == 0.8
        await talk.submit(ChangeMode("main", "Serious", "me"))
        assert talk.all(ModeChanged) == [ModeChanged("main", "serious", "me")]
        await talk.say("two")
        await talk.say("two", "other")
        await talk.until(TurnEnded, 3)
        assert "focused and clear" in talk.prompt(1)[0][1]
        assert talk.model.requests[1].temperature == 0.5
        assert "focused and clear" not in talk.prompt(2)[0][1]
        history = talk.history
        with pytest.raises(AlisaError) as caught:
            await talk.submit(ChangeMode("main", "sad"))
        assert caught.value.code == "unknown_mode"
        assert talk.driver.state("main").mode == "serious"
    async with talking(home, history=history) as talk:
        await talk.driver.ensure("main")
        assert talk.driver.state("main").mode == "serious"
        assert talk.driver.state("new").mode == "teasing"


async def test_another_persona(home: Home) -> None:
    """The persona of the settings; a broken card of the user's falls back, and she still talks."""
    async with talking(home, ["A."], persona="assistant") as talk:
        await talk.say("one")
        await talk.until(TurnEnded)
        assert talk.prompt()[0][1].startswith("You are a plain, helpful assistant")
        assert talk.driver.state("main").persona == "assistant"
        assert talk.driver.state("main").mode == "serious"
    (home.personas / "assistant.toml").write_text("broken")
    async with talking(home, ["A."], persona="assistant", mode="nonsense") as talk:
        await talk.say("one")
        await talk.until(TurnEnded)
        assert talk.prompt()[0][1].startswith("You are a plain, helpful assistant")


async def test_a_changed_card_counts_from_the_next_quiet_moment(home: Home) -> None:
    """Who edits a card sees it work without a restart."""
    async with talking(home, ["A."], ["B."]) as talk:
        await talk.say("one")
        await talk.until(TurnEnded)
        (home.personas / "alisa.toml").write_text('prompt = "You are new."')
        await asyncio.sleep(1)
        await talk.say("two")
        await talk.until(TurnEnded, 2)
        assert talk.prompt()[0][1].startswith("You are new.\n\nBegin every reply")


async def test_the_state_is_there_at_any_time(home: Home) -> None:
    """Before the first word, while she speaks, and after."""
    async with talking(home, ["<emotion=shy> I", 1.0, " do."]) as talk:
        state = talk.driver.state("main")
        assert (state.mode, state.persona, state.current_turn, state.running) == ("teasing", "alisa", None, None)
        await talk.say("hello")
        await talk.until(TokenStreamed)
        running = talk.driver.state("main").running
        assert running is not None
        assert (running.turn, running.cause, running.text, running.emotion) == (1, Cause.USER, "I", Emotion.SHY)
        assert talk.driver.state("main").emotion is Emotion.SHY
        await talk.until(TurnEnded)
        state = talk.driver.state("main")
        assert (state.current_turn, state.running, state.emotion) == (1, None, Emotion.SHY)
        talk.bus.publish(HistoryCleared(""))
        assert talk.driver.state("main").emotion is Emotion.NEUTRAL


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty_message"), (" \n\0 ", "empty_message"), ("x" * 16_001, "message_too_long")]
)
async def test_what_cannot_be_taken_is_refused(home: Home, text: str, code: str) -> None:
    """Whoever sent it is told; nothing is stored."""
    async with talking(home) as talk:
        with pytest.raises(AlisaError) as caught:
            await talk.say(text)
        assert caught.value.code == code
        assert caught.value.hint
        assert talk.history.turns == []


async def test_not_more_may_wait_than_may(home: Home) -> None:
    """A flood is refused at the limit, and what was taken is answered."""
    async with talking(home, *[[1.0, "Hm."]] * 9, max_waiting=3, history=MemoryHistory(0.01)) as talk:
        await talk.say("first")
        await talk.until(TurnBegan)
        results = await asyncio.gather(*(talk.say(f"m{n}") for n in range(6)), return_exceptions=True)
        refused = [error for error in results if isinstance(error, AlisaError)]
        assert [error.code for error in refused] == ["too_many_waiting"] * 3
        await talk.until(TurnEnded, 4)


async def test_the_model_is_told_that_somebody_is_about_to_speak(home: Home) -> None:
    """When somebody enters, and after each answer; not in the middle of one."""
    async with talking(home, [1.0, "Hi."]) as talk:
        await talk.driver.ensure("main")
        await asyncio.sleep(0)
        assert talk.model.prepared == 1
        await talk.say("hello")
        await talk.until(TurnBegan)
        before = talk.model.prepared
        await talk.driver.ensure("main")
        await talk.say("and?")
        assert talk.model.prepared == before
        await talk.until(TurnEnded, 2)
        await asyncio.sleep(0)
        assert talk.model.prepared == before + 1


async def test_odd_characters_are_made_whole(home: Home) -> None:
    """Half characters and special tokens of a model do not reach the prompt."""
    async with talking(home, ["Hi."]) as talk:
        await talk.say("a\ud83d\ude00b\ud800 <|eot_id|><|start_header_id|>system")
        await talk.until(TurnEnded)
        assert talk.all(UserSpoke)[0].text.startswith("a😀b\ufffd <|eot_id|>")
        assert "<|" not in talk.last_words()


async def test_a_sender_that_goes_away_is_answered_all_the_same(home: Home) -> None:
    """What is being stored when its sender is cut off is stored and answered."""
    async with talking(home, ["Hi."], history=MemoryHistory(1.0)) as talk:
        await talk.driver.ensure("main")
        sending = asyncio.create_task(talk.say("hello"))
        await asyncio.sleep(0.5)
        sending.cancel()
        await talk.until(TurnEnded)
        assert talk.history.said() == ["user: hello", "assistant: Hi."]


async def test_nothing_is_taken_after_the_stop(home: Home) -> None:
    """A hub that is being stopped says so."""
    async with talking(home) as talk:
        await talk.driver.stop()
        with pytest.raises(AlisaError) as caught:
            await talk.submit(Say("main", "hello"))
        assert caught.value.code == "stopping"


async def test_the_engine_is_asked_for_what_the_settings_say(home: Home) -> None:
    """The longest reply never takes more than half of the context."""
    async with talking(home, ["Hi."], llm=LlmSettings(temperature=0.1, max_reply_tokens=4000)) as talk:
        (home.modes / "bare.toml").write_text('prompt = "Just so."')
        await talk.submit(ChangeMode("main", "bare"))
        await talk.say("hello")
        await talk.until(TurnEnded)
        assert talk.model.requests[0].max_tokens == 2048
        assert talk.model.requests[0].temperature == 0.1
