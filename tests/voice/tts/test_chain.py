"""Who speaks when the chosen voice cannot, and what of a sentence is said by whom."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import numpy as np
import pytest

from alisa.runtime.errors import AlisaError, EngineError, MissingError
from tests.voice.tts.spoken import Spoken, listen
from voice.tts.cache import SpeechCache
from voice.tts.chain import Chain, ChainState, Link
from voice.tts.client import TtsWorker
from voice.tts.resting import FIRST_REST_SECONDS
from voice.tts.speech import Audio, SpeakRequest, Speech, VoiceInfo, WordMark

WORD_SECONDS = 0.25
RATE = 8000


class Written:
    """A voice whose sentences and failures are written down before: an error, or after how many words it breaks off."""

    def __init__(self, engine: str, *fates: AlisaError | int | None, marks: bool = True) -> None:
        self.engine = engine
        self.notice = f"{engine} speaks" if engine == "online" else ""
        self.asked: list[SpeakRequest] = []
        self._fates = list(fates)
        self._marks = marks

    async def start(self) -> None:
        return

    async def speak(self, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
        self.asked.append(request)
        fate = self._fates.pop(0) if self._fates else None
        if isinstance(fate, AlisaError):
            raise fate
        for place, word in enumerate(request.text.replace(",", "").split()):
            if place == fate:
                yield Audio(np.ones(RATE // 10, np.float32), RATE)  # a piece of the word
                raise EngineError("speech_died", f"{self.engine} died")
            yield Audio(np.ones(round(WORD_SECONDS * RATE), np.float32), RATE)
            if self._marks:
                yield WordMark(word, place * WORD_SECONDS, (place + 1) * WORD_SECONDS)

    async def voices(self) -> tuple[VoiceInfo, ...]:
        return (VoiceInfo(f"{self.engine} voice"),)

    async def aclose(self) -> None:
        return


AWAY = EngineError("voice_away", "No network.")


def chain_of(*voices: Written, cache: SpeechCache | None = None, told: list[ChainState] | None = None) -> Chain:
    return Chain([Link(voice) for voice in voices], cache=cache, on_change=(told if told is not None else []).append)


async def say(chain: Chain, text: str = "one two three four", **wishes: object) -> Spoken:
    return await listen(chain.speak(SpeakRequest(text, **wishes)))  # type: ignore[arg-type]


@pytest.mark.looptime
class Slow(Written):
    """A voice that starts for ever, and takes `seconds` to give that up."""

    def __init__(self, engine: str, seconds: float) -> None:
        super().__init__(engine)
        self.given_up = False
        self._seconds = seconds

    async def start(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(self._seconds)
            self.given_up = True


async def test_a_start_that_is_given_up_is_over_when_it_is_over() -> None:
    """Who stops her while her voices start waits for all of them: a process left behind would outlive the loop."""
    slow, quick = Slow("slow", 0.05), Slow("quick", 0.0)
    starting = asyncio.create_task(Chain([Link(slow), Link(quick)]).start())
    for _ in range(5):
        await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert slow.given_up
    assert quick.given_up


async def test_who_is_to_speak_is_told_at_the_start() -> None:
    """Also where it is just the one that was chosen; and then only when it is another."""
    told: list[ChainState] = []
    chain = chain_of(Written("built-in"), told=told)
    await chain.start()
    assert told == [ChainState("built-in", "built-in")]
    await say(chain)
    await say(chain)
    assert len(told) == 1


async def test_who_stands_in_has_the_voice_of_the_persona() -> None:
    """The one of now, whoever she was when the chain was made; the chosen one is named by the request."""
    chosen, other = Written("online", AWAY), Written("built-in")
    chain = Chain([Link(chosen, "aria"), Link(other, "her voice")])
    chain.speak_as({"online": "jenny", "built-in": "another voice"})
    await say(chain)
    assert [asked.voice for asked in (*chosen.asked, *other.asked)] == ["aria", "another voice"]


async def test_the_next_voice_speaks_the_same_sentence() -> None:
    """And the state says who speaks, and why it is not the one that was chosen."""
    told: list[ChainState] = []
    chain = chain_of(Written("online", AWAY), Written("built-in"), told=told)
    assert (await say(chain)).text == "one two three four"
    assert chain.state == ChainState("built-in", "online", "No network.", "")
    assert told == [chain.state]


@pytest.mark.looptime
async def test_what_was_handed_out_is_not_said_twice() -> None:
    """A voice that breaks off in the third word: the next one begins with that word, and times go on."""
    first, second = Written("first", 2), Written("second")
    heard = await say(chain_of(first, second), "one two, three four")
    assert second.asked[0].text == "three four"
    assert heard.text == "one two three four"
    assert heard.words[2].start_s == pytest.approx(0.6)  # two words, and the tenth of a second that was cut off
    assert heard.seconds == pytest.approx(1.1)


@pytest.mark.looptime
async def test_without_words_the_sentence_is_said_again() -> None:
    """A voice that tells no words may have said anything: nothing is left out."""
    first, second = Written("first", 2, marks=False), Written("second")
    await say(chain_of(first, second))
    assert second.asked[0].text == "one two three four"


@pytest.mark.looptime
async def test_a_sentence_that_was_said_is_not_said_again() -> None:
    """A voice that dies after its last word needs nobody to go on."""
    first, second = Written("first", 4), Written("second")
    first._fates = [3]
    heard = await say(chain_of(first, second), "one two three four")
    assert heard.text == "one two three four"
    assert [request.text for request in second.asked] == ["four"]


@pytest.mark.looptime
async def test_the_last_voice_is_tried_again_when_it_was_replaced() -> None:
    """One that died has a fresh worker; one that refuses would only refuse again."""
    alone = Written("alone", 1)
    assert (await say(chain_of(alone))).text == "one two three four"
    assert [request.text for request in alone.asked] == ["one two three four", "two three four"]
    refusing = Written("refusing", AWAY, AWAY)
    with pytest.raises(EngineError, match="No network"):
        await say(chain_of(refusing))
    assert len(refusing.asked) == 1


@pytest.mark.looptime
async def test_a_voice_that_is_away_rests() -> None:
    """It is not asked for every sentence; after the rest it is, and speaks again."""
    online, built_in = Written("online", AWAY, AWAY), Written("built-in")
    chain = chain_of(online, built_in)
    for _ in range(3):
        await say(chain)
    assert len(online.asked) == 1
    await asyncio.sleep(FIRST_REST_SECONDS + 0.1)
    await say(chain)
    await say(chain)
    assert len(online.asked) == 2  # and rests twice as long
    await asyncio.sleep(FIRST_REST_SECONDS + 0.1)
    await say(chain)
    assert len(online.asked) == 2
    await asyncio.sleep(FIRST_REST_SECONDS)
    await say(chain)
    assert chain.state == ChainState("online", "online", "", "online speaks")


@pytest.mark.looptime
async def test_one_death_is_forgiven() -> None:
    """The sentence after it is spoken by the chosen voice again; a second one in a row makes it rest."""
    chosen, other = Written("chosen", 0, None, 0, 0), Written("other")
    chain = chain_of(chosen, other)
    for expected in ("other", "chosen", "other", "other", "other"):
        await say(chain)
        assert chain.state.engine == expected
    assert len(chosen.asked) == 4


@pytest.mark.looptime
async def test_when_all_rest_all_are_asked() -> None:
    """Silence is worse than another attempt."""
    one, two = Written("one", AWAY, AWAY), Written("two", AWAY, None)
    chain = chain_of(one, two)
    with pytest.raises(EngineError):
        await say(chain)
    assert (await say(chain)).text == "one two three four"


@pytest.mark.looptime
async def test_a_voice_that_is_not_there_gives_way_to_the_engines_own() -> None:
    """A wrong name is told, and costs neither the sentence nor the engine."""
    unknown = EngineError("unknown_voice", "There is no voice 'Eva'.")
    chosen, other = Written("chosen", unknown), Written("other")
    chain = chain_of(chosen, other)
    assert (await say(chain, voice="Eva")).text == "one two three four"
    assert [request.voice for request in chosen.asked] == ["Eva", ""]
    assert chain.state == ChainState("chosen", "chosen", "There is no voice 'Eva'.")
    assert other.asked == []


@pytest.mark.looptime
async def test_the_wanted_voice_is_only_the_chosen_engines() -> None:
    """The fallbacks have voices of their own."""
    chosen, other = Written("chosen", AWAY), Written("other")
    chain = Chain([Link(chosen, "Ava"), Link(other, "Bea")])
    await say(chain)
    await say(chain, voice="Eva")
    assert [request.voice for request in chosen.asked] == ["Ava"]
    assert [request.voice for request in other.asked] == ["Bea", "Bea"]


@pytest.mark.looptime
async def test_a_line_that_is_said_often_is_made_once() -> None:
    """Out of the cache it is the same; another rate, pitch or voice is another line; a resting engine's line counts."""
    online, other = Written("online", None, None, None, None, AWAY), Written("other")
    chain = chain_of(online, other, cache=SpeechCache(10_000_000))
    first, second = await say(chain), await say(chain)
    assert len(online.asked) == 1
    assert (second.samples == first.samples).all()
    assert second.words == first.words
    for wish in ({"rate": 1.1}, {"pitch": 1.0}, {"voice": "x"}):
        await say(chain, **wish)
    assert len(online.asked) == 4
    await say(chain, "another")  # fails: the online voice rests now
    await say(chain)
    assert [request.text for request in other.asked] == ["another"]


@pytest.mark.looptime
async def test_what_was_left_is_not_kept() -> None:
    """Only whole sentences are worth keeping."""
    voice = Written("voice")
    chain = chain_of(voice, cache=SpeechCache(10_000_000))
    async with aclosing(chain.speak(SpeakRequest("one two three"))) as pieces:
        async for _ in pieces:
            break
    await say(chain, "one two three")
    assert len(voice.asked) == 2


@pytest.mark.looptime
async def test_an_engine_that_cannot_start_is_told_at_once() -> None:
    """Before the first sentence: the state names who will speak instead, and why."""

    class Broken(Written):
        async def start(self) -> None:
            raise MissingError("voice_model_missing", "The model is missing.")

    chain = chain_of(Broken("kokoro"), Written("built-in"))
    await chain.start()
    assert chain.state == ChainState("built-in", "kokoro", "The model is missing.")
    assert await chain.voices() == {"kokoro": (VoiceInfo("kokoro voice"),), "built-in": (VoiceInfo("built-in voice"),)}


@pytest.mark.parametrize("engines", [("scripted", "espeak"), ("espeak",)])
async def test_killed_in_mid_sentence_and_all_words_are_heard(engines: Sequence[str]) -> None:
    """kill -9 while it speaks, with real workers: the next voice, or the fresh worker, says what is left."""
    text = "one two three four five six seven eight nine ten eleven twelve"
    workers = [TtsWorker(engine, {"real_time": True, "word_ms": 60}) for engine in engines]
    chain = Chain([Link(worker) for worker in workers])
    heard, killed = Spoken(), False
    try:
        await chain.start()
        async with aclosing(chain.speak(SpeakRequest(text))) as pieces:
            async for piece in pieces:
                heard.take(piece)
                if not killed and (len(heard.words) == 3):
                    os.kill(workers[0].pid, signal.SIGKILL)  # type: ignore[arg-type]
                    killed = True
        assert set(text.split()) <= set(heard.text.split())
        assert len(heard.words) <= 13  # at most the word that was cut is said again
        starts = [word.start_s for word in heard.words]
        assert starts == sorted(starts)
        assert (await listen(chain.speak(SpeakRequest("hello")))).text == "hello"
        assert chain.state.engine == engines[0]
    finally:
        await chain.aclose()
