"""The real edge-tts client, in its worker, against a service on this machine that speaks the real protocol."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import numpy as np
import pytest

from alisa.runtime.errors import EngineError
from alisa.runtime.ports import free_port
from tests.voice.tts.edge_service import EdgeService, edge_service
from tests.voice.tts.spoken import listen
from voice.tts.chain import Chain, Link
from voice.tts.client import TtsWorker
from voice.tts.speech import SpeakRequest

Make = Callable[..., TtsWorker]
SENTENCE = SpeakRequest("Hello there, nice to meet you.")


@pytest.fixture
async def service() -> AsyncIterator[EdgeService]:
    """The service."""
    async with edge_service() as running:
        yield running


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    """Make workers that are ended after the test."""
    made = []

    def make(**options: Any) -> TtsWorker:
        made.append(TtsWorker("edge", options))
        return made[-1]

    yield make
    for worker in made:
        await worker.aclose()


async def test_it_speaks_with_the_times_of_words(service: EdgeService, make: Make) -> None:
    """The MP3 is decoded as it comes; the words and their times are the service's."""
    heard = await listen(make(url=service.url).speak(SENTENCE))
    assert heard.rate == 24000
    assert heard.loudness > 0.02
    assert heard.text == "Hello there nice to meet you"
    assert heard.words[-1].end_s <= heard.seconds + 0.1
    quiet = heard.samples[: round(0.02 * heard.rate)]
    assert np.abs(quiet).max() < 0.2


async def test_voice_rate_and_pitch_reach_the_service(service: EdgeService, make: Make) -> None:
    """In the service's own units; and letters that mean something in XML do no harm."""
    await listen(make(url=service.url).speak(SpeakRequest("Tom & <b>Jo</b>", "de-DE-KatjaNeural", rate=1.25, pitch=2)))
    assert "de-DE, KatjaNeural" in service.asked[0]
    assert "rate='+25%'" in service.asked[0]
    assert "pitch='+24Hz'" in service.asked[0]
    assert "Tom &amp; &lt;b&gt;Jo" in service.asked[0]


async def test_it_says_that_words_leave_the_machine(service: EdgeService, make: Make) -> None:
    """Before anything is sent."""
    worker = make(url=service.url)
    await worker.start()
    assert "sent to Microsoft" in worker.notice
    assert service.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "nowhere.invalid"])
async def test_without_a_network_it_fails_fast(make: Make, host: str) -> None:
    """Nobody there, or no such name: an error within the time of the first sound, and the worker is not lost."""
    worker = make(url=f"ws://{host.format(port=free_port())}/edge/v1?x=1")
    await worker.start()
    pid = worker.pid
    begun = time.perf_counter()
    with pytest.raises(EngineError) as caught:
        await listen(worker.speak(SENTENCE))
    assert caught.value.code == "voice_away"
    assert time.perf_counter() - begun < 5.0
    assert worker.pid == pid


async def test_without_a_network_another_voice_speaks_and_status_says_so(make: Make) -> None:
    """The first sentence is spoken late by the time of the attempt; the next ones not at all late."""
    espeak = TtsWorker("espeak")
    chain = Chain([Link(make(url=f"ws://127.0.0.1:{free_port()}/edge/v1?x=1")), Link(espeak)])
    try:
        await chain.start()
        assert chain.state.engine == "edge"
        first = await listen(chain.speak(SENTENCE))
        assert first.text == "Hello there nice to meet you"
        assert chain.state.engine == "espeak"
        assert chain.state.wanted == "edge"
        assert "cannot be reached" in chain.state.why
        assert chain.state.notice == ""
        second = await listen(chain.speak(SENTENCE))
        assert second.first_audio_seconds < 0.2
    finally:
        await chain.aclose()


async def test_a_service_that_is_silent_is_not_waited_for_for_ever(service: EdgeService, make: Make) -> None:
    """It says what happened, before the worker would be taken for hung."""
    service.silent = True
    with pytest.raises(EngineError) as caught:
        await listen(make(url=service.url).speak(SENTENCE))
    assert caught.value.code == "voice_away"
    assert "too long" in caught.value.message


async def test_a_sentence_without_sound_is_told(service: EdgeService, make: Make) -> None:
    """What the service makes nothing of (an unknown voice, say) is an error of its own."""
    service.says_nothing = True
    with pytest.raises(EngineError) as caught:
        await listen(make(url=service.url).speak(SENTENCE))
    assert caught.value.code == "no_speech"


async def test_a_connection_that_breaks_in_mid_sentence(service: EdgeService, make: Make) -> None:
    """What came is heard, and the next voice says the rest."""
    service.breaks_off_after = 4096
    espeak = TtsWorker("espeak")
    chain = Chain([Link(make(url=service.url)), Link(espeak)])
    try:
        heard = await listen(chain.speak(SENTENCE))
        assert {piece.rate for piece in heard.pieces} == {24000} or len({piece.rate for piece in heard.pieces}) == 2
        assert heard.text.startswith("Hello")
        assert heard.text.endswith("meet you")
    finally:
        await chain.aclose()


async def test_its_voices_are_listed(service: EdgeService, make: Make) -> None:
    """As the service tells them; without it, an error that can be read."""
    voices = await make(url=service.url, voices_url=service.voices_url).voices()
    assert [(voice.name, voice.gender, voice.default) for voice in voices] == [
        ("en-US-AriaNeural", "female", True),
        ("de-DE-KatjaNeural", "female", False),
    ]
    with pytest.raises(EngineError, match="cannot be reached"):
        await make(voices_url=f"http://127.0.0.1:{free_port()}/?x=1").voices()
