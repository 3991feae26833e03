"""The built-in voice, in its real worker process."""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator

import numpy as np
import pytest

from alisa.runtime.errors import EngineError
from tests.voice.tts.spoken import listen
from voice.tts.client import TtsWorker
from voice.tts.speech import SpeakRequest

SENTENCE = "Hello there, nice to meet you my friend."


@pytest.fixture
async def espeak() -> AsyncIterator[TtsWorker]:
    """The built-in voice, ready."""
    worker = TtsWorker("espeak")
    await worker.start()
    yield worker
    await worker.aclose()


def pitch_hertz(samples: np.ndarray, rate: int) -> float:
    """The usual pitch of voiced pieces, by autocorrelation."""
    found = []
    for begin in range(0, len(samples) - 1024, 1024):
        piece = samples[begin : begin + 1024] - samples[begin : begin + 1024].mean()
        correlation = np.correlate(piece, piece, "full")[1023:]
        low, high = rate // 500, rate // 80
        place = low + int(np.argmax(correlation[low:high]))
        if correlation[0] > 1.0 and correlation[place] > 0.5 * correlation[0]:
            found.append(rate / place)
    return statistics.median(found)


async def test_it_speaks_with_words_and_phonemes(espeak: TtsWorker) -> None:
    """Sound that is no silence, every word in order, and phonemes in between."""
    heard = await listen(espeak.speak(SpeakRequest(SENTENCE)))
    assert 1.5 < heard.seconds < 5
    assert heard.loudness > 0.02
    assert heard.text == "Hello there nice to meet you my friend"
    starts = [word.start_s for word in heard.words]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(starts)
    assert all(word.start_s < word.end_s <= heard.seconds + 0.01 for word in heard.words)
    assert len(heard.phonemes) > 20
    assert {"h", "m", "f"} <= {phoneme.symbol for phoneme in heard.phonemes}
    assert all(phoneme.start_s <= phoneme.end_s for phoneme in heard.phonemes)


async def test_words_are_where_the_sound_is(espeak: TtsWorker) -> None:
    """Between two words with a comma there is a pause in the sound, where the marks say the second begins."""
    heard = await listen(espeak.speak(SpeakRequest("Yes, yes")))
    second = round(heard.words[1].start_s * heard.rate)
    before = heard.samples[second - round(0.05 * heard.rate) : second - round(0.01 * heard.rate)]
    after = heard.samples[second + round(0.05 * heard.rate) : second + round(0.25 * heard.rate)]
    assert np.abs(before).max() < 0.1 * np.abs(after).max()


async def test_the_first_sound_comes_at_once(espeak: TtsWorker) -> None:
    """A few milliseconds from the request to the first sound, across the process boundary."""
    await listen(espeak.speak(SpeakRequest(SENTENCE)))
    waits = [(await listen(espeak.speak(SpeakRequest(SENTENCE)))).first_audio_seconds for _ in range(9)]
    assert statistics.median(waits) < 0.03


async def test_rate_and_pitch_change_the_voice(espeak: TtsWorker) -> None:
    """Faster is shorter, higher is higher, by about as much as was asked for."""
    usual = await listen(espeak.speak(SpeakRequest(SENTENCE)))
    fast = await listen(espeak.speak(SpeakRequest(SENTENCE, rate=1.5)))
    high = await listen(espeak.speak(SpeakRequest(SENTENCE, pitch=4)))
    assert 1.25 < usual.seconds / fast.seconds < 1.75
    raised = pitch_hertz(high.samples, high.rate) / pitch_hertz(usual.samples, usual.rate)
    assert 2 ** (2 / 12) < raised < 2 ** (6 / 12)


async def test_she_does_not_sound_like_a_man(espeak: TtsWorker) -> None:
    """The default voice is higher than espeak's own, and in the range of a woman's."""
    hers = await listen(espeak.speak(SpeakRequest(SENTENCE)))
    his = await listen(espeak.speak(SpeakRequest(SENTENCE, voice="en-us")))
    assert pitch_hertz(hers.samples, hers.rate) > 1.3 * pitch_hertz(his.samples, his.rate)
    assert 150 < pitch_hertz(hers.samples, hers.rate) < 300


@pytest.mark.parametrize("text", ["", " ", "…", "\x00\x01", "👋", "\ud800", "--help", "[[x]] <speak>", "a" * 3000])
async def test_any_text_comes_to_an_end(espeak: TtsWorker, text: str) -> None:
    """What cannot be spoken is no failure."""
    await listen(espeak.speak(SpeakRequest(text)))
    assert (await listen(espeak.speak(SpeakRequest("Yes.")))).loudness > 0.01


async def test_words_of_other_scripts_are_the_texts_own(espeak: TtsWorker) -> None:
    """Positions count letters, not bytes."""
    heard = await listen(espeak.speak(SpeakRequest("Café naïve, über end")))
    assert heard.text == "Café naïve über end"


async def test_a_voice_that_is_not_there_is_named(espeak: TtsWorker) -> None:
    """And the worker goes on."""
    for voice in ("no-such-voice", "en-us+nobody", "en-us+../../x"):
        with pytest.raises(EngineError, match="no voice") as caught:
            await listen(espeak.speak(SpeakRequest("Hello", voice=voice)))
        assert caught.value.code == "unknown_voice"
    assert (await listen(espeak.speak(SpeakRequest("Hello", voice="de")))).loudness > 0.01


async def test_the_voices_are_listed_with_one_default(espeak: TtsWorker) -> None:
    """Each of the women's voices can be spoken with."""
    voices = await espeak.voices()
    assert [voice.name for voice in voices if voice.default] == ["en-us+f3"]
    assert {"en-us+f2", "en-us+f4", "de", "fr-fr"} <= {voice.name for voice in voices}
    assert (await listen(espeak.speak(SpeakRequest("Hello", voice="en-us+f4")))).loudness > 0.01
