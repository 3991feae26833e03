"""Cutting in: the running reply ends at once, what stands is what came or what was heard, and nothing follows."""

from __future__ import annotations

import asyncio

import pytest

from alisa.protocol.tags import Cause, Emotion, EndReason
from alisa.runtime.paths import Home
from backend.events.commands import Interrupt
from backend.events.facts import (
    CutIn,
    EmotionFelt,
    ReplyAmended,
    SentenceReady,
    SpeechFinished,
    TokenStreamed,
    TurnBegan,
    TurnEnded,
    UserSpoke,
)
from backend.llm.scripted import STALL
from tests.flow.memory import MemoryHistory
from tests.flow.talking import CUE, talking

pytestmark = pytest.mark.looptime


async def test_an_interruption_ends_the_reply_at_once(home: Home) -> None:
    """The model's stream is closed in the same instant; what came is stored and marked."""
    async with talking(home, ["<emotion=shy> I was about", STALL], ["Yes."]) as talk:
        await talk.say("hello")
        await talk.until(TokenStreamed)
        began = asyncio.get_running_loop().time()
        await talk.interrupt()
        ended = await talk.until(TurnEnded)
        assert asyncio.get_running_loop().time() == began
        assert talk.model.closed_early == 1
        assert (ended.reason, ended.text, ended.emotion) == (EndReason.INTERRUPTED, "I was about", Emotion.SHY)
        assert talk.history.said() == ["user: hello", "assistant: I was about (cut off)"]
        await talk.say("go on")
        await talk.until(TurnEnded, 2)
        assert talk.prompt()[2] == ("assistant", "<emotion=shy> I was about —")


async def test_what_was_heard_is_what_stands(home: Home) -> None:
    """A voice client knows what the user heard of it; only that enters history."""
    async with talking(home, ["Hello there, my dear friend. ", "I ", STALL]) as talk:
        await talk.say("hello")
        await talk.until(SentenceReady)
        await talk.interrupt(1, heard="Hello there my d")
        ended = await talk.until(TurnEnded)
        assert ended.text == "Hello there, my d"
        assert talk.history.said()[-1] == "assistant: Hello there, my d (cut off)"


async def test_an_interruption_before_the_first_word(home: Home) -> None:
    """Nothing of hers is stored, and the question is not answered later by itself."""
    async with talking(home, [STALL], ["Yes."]) as talk:
        await talk.say("hello")
        await talk.until(TurnBegan)
        await talk.interrupt(1)
        ended = await talk.until(TurnEnded)
        assert (ended.reason, ended.text) == (EndReason.INTERRUPTED, "")
        assert talk.all(EmotionFelt) == []
        await talk.driver.model_returned()
        await asyncio.sleep(10)
        assert talk.history.said() == ["user: hello"]


async def test_a_late_interruption_is_ignored(home: Home) -> None:
    """Of a turn that is over, of one that waits, of a conversation that is not known, and when nobody speaks."""
    async with talking(home, ["One."], [1.0, "Two."], ["Three."]) as talk:
        await talk.interrupt()
        await talk.interrupt(conversation="nowhere")
        await talk.say("a")
        await talk.until(TurnEnded)
        await talk.say("b")
        await talk.say("c")
        await talk.until(TurnBegan, 2)
        await talk.interrupt(1)
        await talk.interrupt(3)
        await talk.interrupt(99)
        await talk.until(TurnEnded, 3)
        assert [ended.reason for ended in talk.all(TurnEnded)] == [EndReason.STOP] * 3


async def test_interrupting_twice_is_interrupting_once(home: Home) -> None:
    """Also while the turn is being stored."""
    async with talking(home, ["I", STALL], history=MemoryHistory(0.5)) as talk:
        await talk.say("hello")
        await talk.until(TokenStreamed)
        for _ in range(3):
            await talk.interrupt(1)
            await asyncio.sleep(0.2)
        await talk.until(TurnEnded)
        await talk.interrupt(1)
        await asyncio.sleep(5)
        assert len(talk.all(TurnEnded)) == 1


async def test_the_next_message_is_answered_after_an_interruption(home: Home) -> None:
    """What waited behind the reply that was cut off comes next."""
    async with talking(home, ["One", STALL], ["Two."]) as talk:
        await talk.say("a")
        await talk.say("b")
        await talk.until(TokenStreamed)
        await talk.interrupt()
        ended = await talk.until(TurnEnded, 2)
        assert (ended.turn, ended.text) == (2, "Two.")
        assert talk.history.said() == ["user: a", "assistant: One (cut off)", "user: b", "assistant: Two."]


async def test_interrupting_while_a_sentence_is_stored(home: Home) -> None:
    """The sentence that was on its way is not spoken any more."""
    async with talking(home, ["One.", " Two", STALL], history=MemoryHistory(1.0)) as talk:
        await talk.say("a")
        await talk.until(TokenStreamed, 2)
        await asyncio.sleep(0.5)
        await talk.interrupt()
        await talk.until(TurnEnded)
        assert talk.all(SentenceReady) == []
        assert talk.history.said()[-1] == "assistant: One. Two (cut off)"


async def test_she_speaks_of_her_own_accord(home: Home) -> None:
    """A musing is a turn with another cause: the cue ends the prompt, and only her words are stored."""
    async with talking(home, ["Quiet today."], ["Hm?"]) as talk:
        await talk.muse()
        ended = await talk.until(TurnEnded)
        assert (ended.cause, ended.text) == (Cause.IDLE, "Quiet today.")
        assert talk.last_words() == CUE
        assert talk.all(UserSpoke) == []
        await talk.say("indeed")
        await talk.until(TurnEnded, 2)
        assert [role for role, _ in talk.prompt()] == ["system", "user", "assistant", "user"]
        assert talk.prompt()[1][1] == CUE
        assert talk.history.said() == ["assistant: Quiet today.", "user: indeed", "assistant: Hm?"]


async def test_the_user_outranks_a_musing(home: Home) -> None:
    """The musing ends the moment the user's words arrive, before they are even stored."""
    async with talking(home, ["I was thinking. ", "And", STALL], ["Yes?"], history=MemoryHistory(0.5)) as talk:
        await talk.muse()
        await talk.until(TokenStreamed)
        await talk.say("hey")
        assert talk.model.closed_early == 1
        ended = await talk.until(TurnEnded)
        assert (ended.cause, ended.reason) == (Cause.IDLE, EndReason.INTERRUPTED)
        await talk.until(TurnEnded, 2)
        assert talk.history.said() == ["assistant: I was thinking. (cut off)", "user: hey", "assistant: Yes?"]


async def test_no_musing_while_somebody_speaks(home: Home) -> None:
    """Dropped without a word while a turn runs, waits, or is being stored; never queued."""
    async with talking(home, *[[1.0, "Hm."]] * 4, history=MemoryHistory(0.5)) as talk:
        await talk.driver.ensure("main")
        saying = asyncio.create_task(talk.say("a"))
        await asyncio.sleep(0.1)
        await talk.muse()
        await saying
        await talk.muse()
        await talk.until(TurnEnded)
        await asyncio.sleep(5)
        assert [began.cause for began in talk.all(TurnBegan)] == [Cause.USER]
        await talk.muse()
        await talk.muse()
        await talk.until(TurnEnded, 2)
        await asyncio.sleep(5)
        assert len(talk.history.turns) == 2


async def test_a_musing_that_is_overtaken_before_it_began(home: Home) -> None:
    """The user speaks while the musing is being opened: nobody ever hears of it."""
    async with talking(home, ["Yes?"], history=MemoryHistory(0.5)) as talk:
        await talk.driver.ensure("main")
        musing = asyncio.create_task(talk.muse())
        await asyncio.sleep(0.1)
        await talk.say("hey")
        await musing
        await talk.until(TurnEnded)
        await asyncio.sleep(5)
        assert [ended.cause for ended in talk.all(TurnEnded)] == [Cause.USER]
        assert talk.history.turn(1).reason is EndReason.INTERRUPTED
        assert talk.model.requests[0].messages[-1].content.endswith("hey")


async def test_stopping_the_hub_keeps_what_came(home: Home) -> None:
    """What runs is cut off and stored, what waits stays unanswered; the next start answers it."""
    history = MemoryHistory(0.01)
    async with talking(home, ["One. ", "Two", STALL], history=history) as talk:
        await talk.say("a")
        await talk.say("b")
        await talk.until(TokenStreamed, 2)
    assert talk.all(TurnEnded)[-1].reason is EndReason.INTERRUPTED
    assert history.said() == ["user: a", "assistant: One. Two (cut off)", "user: b"]
    async with talking(home, ["Yes, b."], history=history) as talk:
        await talk.driver.model_returned()
        await talk.until(TurnEnded)
        assert talk.last_words() == "b"
        assert history.said()[-1] == "assistant: Yes, b."


async def test_stopping_before_the_first_word_leaves_the_question_open(home: Home) -> None:
    """Who asked just before the stop is answered after the start."""
    history = MemoryHistory()
    async with talking(home, [STALL], history=history) as talk:
        await talk.say("a")
        await talk.until(TurnBegan)
    assert history.turn(1).reason is None
    async with talking(home, ["Here."], history=history) as talk:
        await talk.driver.model_returned()
        await talk.until(TurnEnded)
        assert history.said() == ["user: a", "assistant: Here."]


async def test_cutting_in_on_a_reply_that_is_over(home: Home) -> None:
    """Playback lags behind the model: what was never heard leaves history, and she is reminded that she was cut off."""
    async with talking(home, ["<emotion=shy> One two. Three four."], ["Yes?"]) as talk:
        await talk.say("hello")
        await talk.until(TurnEnded)
        await talk.interrupt(1, heard="one TWO thr")
        assert (await talk.until(ReplyAmended)).text == "One two. Thr"
        assert talk.history.said()[-1] == "assistant: One two. Thr (cut off)"
        await talk.say("wait")
        await talk.until(TurnEnded, 2)
        assert talk.prompt()[2] == ("assistant", "<emotion=shy> One two. Thr —")


async def test_playback_that_was_cut_off(home: Home) -> None:
    """A voice that stops in the middle says so, with what was heard; playback that came to its end changes nothing."""
    async with talking(home, ["One two."], ["Three", STALL]) as talk:
        await talk.say("a")
        await talk.until(TurnEnded)
        talk.bus.publish(SpeechFinished("main", 1, "One", True, "voice"))
        talk.bus.publish(SpeechFinished("main", None, "One", False, "voice"))
        await asyncio.sleep(1)
        assert talk.history.said()[-1] == "assistant: One two."
        talk.bus.publish(SpeechFinished("main", 1, "One", False, "voice"))
        await talk.until(ReplyAmended)
        assert talk.history.said()[-1] == "assistant: One (cut off)"
        await talk.say("b")
        await talk.until(TokenStreamed, 1, turn=2)
        talk.bus.publish(SpeechFinished("main", 2, "", False, "voice"))
        assert (await talk.until(TurnEnded, 2)).reason is EndReason.INTERRUPTED
        assert talk.model.closed_early == 1


async def test_cutting_in_while_the_reply_is_being_stored(home: Home) -> None:
    """Too late to end the turn and too early to change it: it is amended as soon as it stands."""
    async with talking(home, ["One two. Three."], history=MemoryHistory(0.5)) as talk:
        await talk.say("a")
        await talk.until(SentenceReady)
        await asyncio.sleep(0.1)
        await talk.interrupt(1, heard="one")
        assert (await talk.until(ReplyAmended)).text == "One"
        assert talk.history.said()[-1] == "assistant: One (cut off)"


async def test_nobody_can_put_words_into_her_mouth(home: Home) -> None:
    """What is reported as heard only ever shortens; all of it heard is no interruption; said twice is said once."""
    async with talking(home, ["One two."]) as talk:
        await talk.say("a")
        await talk.until(TurnEnded)
        await talk.interrupt(1, heard="One two. And all my money.")
        await talk.interrupt(1, heard="One two")
        await talk.interrupt(9, heard="One")
        await talk.interrupt(1, heard="One", conversation="elsewhere")
        await asyncio.sleep(1)
        assert talk.history.said()[-1] == "assistant: One two."
        await talk.interrupt(1, heard="One")
        await talk.interrupt(1, heard="One")
        await asyncio.sleep(1)
        assert len(talk.all(ReplyAmended)) == 1
        await talk.interrupt(1, heard="Steal all")
        await asyncio.sleep(1)
        assert talk.history.said()[-1] == "assistant: One (cut off)"
        await talk.interrupt(1, heard="")
        assert (await talk.until(ReplyAmended, 2)).text == ""
        await talk.driver.model_returned()
        await asyncio.sleep(1)
        assert talk.history.said() == ["user: a"]


async def test_what_was_heard_cannot_be_stored(home: Home) -> None:
    """A full disk keeps the reply as it was; nothing else suffers."""
    async with talking(home, ["One two."], ["Yes."]) as talk:
        await talk.say("a")
        await talk.until(TurnEnded)
        talk.history.failing = {"amend_heard"}
        await talk.interrupt(1, heard="One")
        await talk.say("b")
        await talk.until(TurnEnded, 2)
        assert talk.history.said()[1] == "assistant: One two."


async def test_a_voice_is_told_to_be_silent(home: Home) -> None:
    """Cutting in from elsewhere on a reply that is over concerns what still plays; on one that runs, its end does."""
    async with talking(home, ["One."], ["Two", STALL]) as talk:
        await talk.say("a")
        await talk.until(TurnEnded)
        await talk.submit(Interrupt("main", None, None, "chat"))
        assert talk.all(CutIn) == [CutIn("main", None, "chat")]
        await talk.say("b")
        await talk.until(TokenStreamed, 1, turn=2)
        await talk.submit(Interrupt("main", 2, None, "chat"))
        await talk.until(TurnEnded, 2)
        assert len(talk.all(CutIn)) == 1
