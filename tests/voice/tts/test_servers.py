"""Voices made by servers, in their real workers, against servers on this machine that speak the same API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

import pytest

from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.ports import free_port
from tests.voice.tts.spoken import listen
from tests.voice.tts.voice_server import RATE, SECONDS, VoiceServer, voice_server
from voice.tts.client import TtsWorker
from voice.tts.speech import Audio, SpeakRequest

Make = Callable[..., TtsWorker]
KEY = "sk-very-secret"
SENTENCE = SpeakRequest("Hello there my friend", rate=1.2)


@pytest.fixture
async def server() -> AsyncIterator[VoiceServer]:
    """The server."""
    async with voice_server() as running:
        yield running


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    """Make workers that are ended after the test."""
    made = []

    def make(engine: str, **options: Any) -> TtsWorker:
        made.append(TtsWorker(engine, {"api_key": KEY, "silence_seconds": 2.0, **options}))
        return made[-1]

    yield make
    for worker in made:
        await worker.aclose()


@pytest.mark.parametrize("sends", ["pcm", "wav", "stereo", "mp3"])
async def test_whatever_the_server_sends(server: VoiceServer, make: Make, sends: str) -> None:
    """Raw samples are asked for; WAV and MP3 are understood, too, in whatever portions they come."""
    server.sends = sends
    heard = await listen(make("openai", url=server.url, model="kokoro").speak(SENTENCE))
    assert heard.rate == RATE
    assert heard.seconds == pytest.approx(SECONDS, abs=0.1)
    assert heard.loudness == pytest.approx(0.35, abs=0.05)
    assert server.asked == [
        {"model": "kokoro", "input": SENTENCE.text, "voice": "nova", "response_format": "pcm", "speed": 1.2}
    ]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


async def test_a_server_that_knows_no_raw_samples(server: VoiceServer, make: Make) -> None:
    """It is asked for WAV instead, and from then on at once."""
    server.refuses_pcm = True
    worker = make("openai", url=server.url)
    for _ in range(2):
        assert (await listen(worker.speak(SENTENCE))).seconds == pytest.approx(SECONDS, abs=0.01)
    assert [asked["response_format"] for asked in server.asked] == ["pcm", "wav", "wav"]


@pytest.mark.parametrize("engine", ["openai", "elevenlabs"])
async def test_sound_is_heard_while_the_server_still_works(server: VoiceServer, make: Make, engine: str) -> None:
    """And leaving closes the connection at once: the next sentence does not wait."""
    server.pause.clear()
    worker = make(engine, url=server.url)
    async with aclosing(worker.speak(SENTENCE)) as pieces:
        async for piece in pieces:
            if isinstance(piece, Audio):
                break
    server.pause.set()
    assert (await listen(worker.speak(SENTENCE))).seconds == pytest.approx(SECONDS, abs=0.01)


@pytest.mark.parametrize("engine", ["openai", "elevenlabs"])
@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "voice_key_refused"),
        (403, "voice_key_refused"),
        (404, "voice_refused"),
        (429, "voice_busy"),
        (500, "voice_refused"),
    ],
)
async def test_a_refusal_is_told(server: VoiceServer, make: Make, engine: str, status: int, code: str) -> None:
    """In words that help, without the key and without what the server says about it."""
    server.status = status
    with pytest.raises(EngineError) as caught:
        await listen(make(engine, url=server.url).speak(SENTENCE))
    assert caught.value.code == code
    assert KEY not in str(caught.value)
    assert "secret words" not in str(caught.value)


@pytest.mark.parametrize("engine", ["openai", "elevenlabs"])
async def test_a_server_that_is_away_silent_or_breaks_off(server: VoiceServer, make: Make, engine: str) -> None:
    """Each is `voice_away`, and in time."""
    with pytest.raises(EngineError) as caught:
        await listen(make(engine, url=f"http://127.0.0.1:{free_port()}/v1").speak(SENTENCE))
    assert caught.value.code == "voice_away"
    server.hang_up = True
    with pytest.raises(EngineError) as caught:
        await listen(make(engine, url=server.url).speak(SENTENCE))
    assert caught.value.code == "voice_away"
    server.hang_up = False
    server.pause.clear()
    with pytest.raises(EngineError) as caught:
        await listen(make(engine, url=server.url).speak(SENTENCE))
    assert caught.value.code == "voice_away"
    assert "too long" in caught.value.message


async def test_what_is_no_sound_is_refused(server: VoiceServer, make: Make) -> None:
    """A web page, say, is not played as noise."""
    server.sends = "html"
    with pytest.raises(EngineError) as caught:
        await listen(make("openai", url=server.url).speak(SENTENCE))
    assert caught.value.code == "unknown_sound"


async def test_elevenlabs_tells_words(server: VoiceServer, make: Make) -> None:
    """Letters with their times become words, also where a word is cut by the stream; speed is within what it takes."""
    heard = await listen(make("elevenlabs", url=server.url).speak(SpeakRequest("Hello there my friend", "a/b", rate=2)))
    assert heard.seconds == pytest.approx(SECONDS, abs=0.01)
    assert heard.text == "Hello there my friend"
    assert heard.words[-1].end_s == pytest.approx(SECONDS, abs=0.01)
    asked = server.asked[0]
    assert (asked["voice"], asked["output_format"], asked["voice_settings"]) == ("a/b", "pcm_24000", {"speed": 1.2})
    assert {name.lower(): value for name, value in server.headers[0].items()}["xi-api-key"] == KEY


async def test_voices_are_listed(server: VoiceServer, make: Make) -> None:
    """As the server tells them; OpenAI's own names where it tells none."""
    assert [voice.name for voice in await make("openai", url=server.url).voices()] == ["af_heart", "af_sky"]
    nowhere = make("openai", url=f"http://127.0.0.1:{free_port()}/v1")
    assert "nova" in [voice.name for voice in await nowhere.voices()]
    voice = (await make("elevenlabs", url=server.url).voices())[0]
    assert (voice.name, voice.summary, voice.gender) == ("abc", "Sarah", "female")


async def test_what_leaves_the_machine_is_said(server: VoiceServer, make: Make) -> None:
    """A server elsewhere is named; one on this machine needs no word."""
    here, there = make("openai", url=server.url), make("openai", url="https://voice.example/v1")
    await here.start()
    await there.start()
    assert here.notice == ""
    assert there.notice == "Her voice is made by a server: what she says is sent to voice.example."


@pytest.mark.parametrize(("engine", "code"), [("openai", "voice_url_missing"), ("elevenlabs", "voice_key_missing")])
async def test_what_is_not_set_is_named(engine: str, code: str) -> None:
    """With the command that sets it."""
    worker = TtsWorker(engine)
    with pytest.raises(MissingError, match="alisa config set") as caught:
        await worker.start()
    assert caught.value.code == code
    await worker.aclose()
