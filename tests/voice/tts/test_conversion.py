"""A voice that is changed by a converter, with real workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import numpy as np
import pytest

from tests.voice.tts.spoken import listen
from voice.tts.client import TtsWorker
from voice.tts.conversion import Converted
from voice.tts.speech import SpeakRequest

SENTENCE = SpeakRequest("one two three")


@pytest.fixture
async def make() -> AsyncIterator[Callable[..., Converted]]:
    """Make converted voices that are ended after the test."""
    made = []

    def make(converter: str = "scripted_converter", **options: Any) -> Converted:
        made.append(Converted(TtsWorker("scripted"), TtsWorker(converter, options)))
        return made[-1]

    yield make
    for voice in made:
        await voice.aclose()


async def test_every_sentence_is_converted(make: Callable[..., Converted]) -> None:
    """As long as before, softer (that is what the scripted converter does), and the words stay where they were."""
    voice, plain = make(), TtsWorker("scripted")
    await voice.start()
    heard, before = await listen(voice.speak(SENTENCE)), await listen(plain.speak(SENTENCE))
    await plain.aclose()
    assert heard.words == before.words
    assert np.allclose(heard.samples, before.samples / 2, atol=2e-4)
    assert voice.notice == ""
    assert len(await voice.voices()) == 2


@pytest.mark.parametrize(("converter", "options"), [("scripted_converter", {"fail": True}), ("rvc", {})])
async def test_without_the_converter_she_is_heard_in_the_engines_voice(
    make: Callable[..., Converted], converter: str, options: dict[str, Any]
) -> None:
    """The sentence is not lost, and it is told why it sounds otherwise."""
    voice = make(converter, **options)
    await voice.start()
    heard = await listen(voice.speak(SENTENCE))
    assert heard.text == "one two three"
    assert heard.loudness == pytest.approx(0.17, abs=0.02)
    assert "not converted" in voice.notice
    again = await listen(voice.speak(SENTENCE))
    assert again.loudness == pytest.approx(0.17, abs=0.02)
