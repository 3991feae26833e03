"""The question of the first time: asked once, when it is quiet, and done as it was answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import numpy as np
import pytest

from alisa.protocol.messages import Say
from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from alisa.runtime.settings import load
from tests.voice.cascade.conversing import Talk, talking
from voice.choosing import Choosing
from voice.house import LOCAL_BYTES, RealHouse
from voice.settings import VoiceSettings
from voice.style import Style
from voice.told import Told
from voice.tts.chain import ChainState
from voice.tts.speech import Audio, SpeakRequest, Speech

pytestmark = pytest.mark.looptime


@dataclass
class Doll:
    """A house in which nothing is real."""

    size: int = 340_000_000
    fails: bool = False
    why: str = ""
    """why the voice cannot be heard now"""
    done: list[str] = field(default_factory=list)

    def download_bytes(self) -> int:
        return self.size

    async def fetch(self) -> None:
        await asyncio.sleep(30)
        if self.fails:
            raise EngineError("voice_not_fetched", "There is no network.", "The voice stays as it is.")
        self.done.append("fetched")

    async def speak_with(self, engine: str, line: str) -> str:
        self.done.append(engine)
        return self.why


@asynccontextmanager
async def asked(home: Home, doll: Doll) -> AsyncIterator[Talk]:
    """A conversation in which she has just asked."""
    async with talking() as talk:
        choosing = Choosing(talk.player, doll, Told(home), lambda: talk.state == "idle")
        now = asyncio.get_running_loop().time
        talk.conversation.asked_first = lambda text: choosing.takes(text, now())

        async def look() -> None:
            while True:
                choosing.look(now())
                await asyncio.sleep(0.1)

        looking = asyncio.create_task(look())
        await talk.until(lambda: talk.speaker.spoken)
        assert "Which voice" in talk.speaker.texts[0]
        await talk.silent()
        await asyncio.sleep(0.5)
        yield talk
        looking.cancel()
        await choosing.aclose()


async def test_one_is_chosen(home: Home) -> None:
    """The answer is no message to the hub; the voice changes and says so."""
    doll = Doll()
    async with asked(home, doll) as talk:
        talk.speak("number one")
        await talk.until(lambda: doll.done == ["edge"])
        await talk.silent()
        assert "from now on" in talk.speaker.texts[-1]
        assert talk.all(Say) == []
        assert (await talk.say("number one")).text == "number one"


async def test_a_voice_that_cannot_be_had_now(home: Home) -> None:
    """It is kept for later, and she does not claim to sound like it."""
    doll = Doll(why="The online voice cannot be reached.")
    async with asked(home, doll) as talk:
        talk.speak("number one")
        await talk.until(lambda: doll.done == ["edge"])
        await talk.silent()
        assert talk.speaker.texts[-1].startswith("The online voice cannot be reached. I speak like this until")


async def test_a_download_wants_a_yes(home: Home) -> None:
    """Its size is told first, nothing is fetched before, and she speaks meanwhile."""
    doll = Doll()
    async with asked(home, doll) as talk:
        talk.speak("number two please")
        await talk.until(lambda: "Shall I fetch it" in talk.speaker.texts[-1])
        assert "megabytes" in talk.speaker.texts[-1]
        await talk.silent()
        assert doll.done == []
        await asyncio.sleep(0.5)
        talk.speak("yes please")
        await talk.until(lambda: doll.done == ["fetched", "kokoro"])


async def test_a_download_that_fails(home: Home) -> None:
    """She says why, and stays as she is."""
    doll = Doll(fails=True)
    async with asked(home, doll) as talk:
        talk.speak("number two please")
        await talk.until(lambda: len(talk.speaker.texts) > 1)
        await talk.silent()
        await asyncio.sleep(0.5)
        talk.speak("yes please")
        await talk.until(lambda: "no network" in talk.speaker.texts[-1])
        assert doll.done == []


async def test_something_else_is_said(home: Home) -> None:
    """It is a message like any other; the question stays open."""
    doll = Doll()
    async with asked(home, doll) as talk:
        assert (await talk.say("what is the weather like")).text == "what is the weather like"
        talk.reply("Fine.")
        await talk.silent()
        await asyncio.sleep(0.5)
        talk.speak("number three")
        await talk.until(lambda: doll.done == ["espeak"])


async def test_unanswered(home: Home) -> None:
    """The built-in voice stays, nothing is written, and she never asks again."""
    doll = Doll()
    async with asked(home, doll) as talk:
        await asyncio.sleep(60)
        assert doll.done == []
        assert (await talk.say("number one")).text == "number one"
        again = Choosing(talk.player, doll, Told(home), lambda: True)
        for seconds in range(10):
            again.look(1000.0 + seconds)
        assert not talk.player.busy


async def test_the_real_house(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings file keeps the choice, and the next sentence is spoken by it."""

    class Engines:
        started = closed = False
        state = ChainState("edge", "edge")

        async def start(self) -> None:
            self.started = True

        async def speak(self, request: SpeakRequest) -> AsyncGenerator[Speech, None]:
            tried.append(request.text)
            if len(tried) == 2:
                self.state = ChainState("espeak", "edge", "It is offline.")
            yield Audio(np.zeros(10, np.float32), 16000)

        async def aclose(self) -> None:
            self.closed = True

    tried: list[str] = []
    made = Engines()
    async with talking() as talk:
        settings = VoiceSettings()
        style = Style(settings, "espeak")
        house = RealHouse(home, settings, talk.player, style, lambda chosen: made)  # type: ignore[arg-type, return-value]
        assert house.download_bytes() == LOCAL_BYTES
        (home.models / "kokoro").mkdir(parents=True)
        (home.models / "kokoro" / "kokoro-v1.0.onnx").touch()
        assert house.download_bytes() == LOCAL_BYTES, "its libraries are not here"
        monkeypatch.setattr("alisa.runtime.environments.is_ready", lambda *_: True)
        assert house.download_bytes() == 0
        assert await house.speak_with("edge", "Hello.") == ""
        assert tried == ["Hello."]
        assert load(VoiceSettings, home=home)[VoiceSettings].tts == "edge"
        assert (talk.player.speaker, style.engine, made.started) == (made, "edge", True)
        assert await house.speak_with("edge", "Hello.") == "It is offline."
        await house.aclose()
        assert made.closed
