"""The recogniser that ships: real speech in, its words out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from alisa.runtime.paths import Home
from tests.voice.stt.sounds import cough, in_a_room, listen, needs_flite, noise, speech
from voice.settings import VoiceSettings
from voice.stt.sphinx import ENGLISH_ONLY, NOTICE, SphinxRecognizer, create

SENTENCES = [
    "good morning",
    "what time is it",
    "can you help me with my homework",
    "do you remember my name",
    "i need a new computer",
    "i want to go to the beach tomorrow",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sphinx")


@pytest.fixture
def recognizer(folder: Path) -> Iterator[SphinxRecognizer]:
    made = SphinxRecognizer(folder, ["Alisa"])
    made.load()
    yield made
    made.close()


@needs_flite
@pytest.mark.parametrize("voice", ["awb", "rms"])
def test_speech_is_understood_word_for_word(recognizer: SphinxRecognizer, voice: str) -> None:
    """Sentences of two real voices, one after the other, come out as they were said."""
    assert [listen(recognizer, in_a_room(speech(text, voice))).text for text in SENTENCES] == SENTENCES


@needs_flite
@pytest.mark.parametrize("gain", [0.05, 1.0, 1.6])
def test_a_quiet_and_a_loud_speaker_are_understood_alike(folder: Path, gain: float) -> None:
    """How loud the microphone is does not matter, from the first utterance on."""
    made = SphinxRecognizer(folder, ["Alisa"])
    text = "tell me a story about a dragon"
    assert [listen(made, in_a_room(speech(text), gain=gain)).text for _ in range(2)] == [text, text]


@needs_flite
def test_words_come_while_they_are_said(recognizer: SphinxRecognizer) -> None:
    """The partial grows, and holds the first words before the last ones are spoken."""
    samples = in_a_room(speech("can you help me with my homework"))
    recognizer.begin()
    seen: list[str] = []
    for at in range(0, len(samples), 1600):
        recognizer.feed(samples[at : at + 1600])
        seen.append(recognizer.partial())
        if at > len(samples) * 0.7:
            break
    assert seen[0] == ""
    assert "can you help" in seen[-1]
    assert recognizer.finish().text


@needs_flite
def test_the_end_comes_soon_after_the_last_sound(recognizer: SphinxRecognizer) -> None:
    """The search goes on while the sound comes in: closing it is a small part of the work.

    Compared with the whole, since machines differ: a fifth, about 25 ms for each second of sound on the slowest.
    """
    samples = in_a_room(speech("can you help me with my homework"))
    shares = []
    for _ in range(3):
        began = time.thread_time()
        recognizer.begin()
        for at in range(0, len(samples), 160):
            recognizer.feed(samples[at : at + 160])
        fed = time.thread_time()
        recognizer.finish()
        shares.append((time.thread_time() - fed) / (time.thread_time() - began))
    assert min(shares[1:]) < 0.35


@needs_flite
def test_a_long_silence_before_the_words_changes_nothing(recognizer: SphinxRecognizer) -> None:
    """It is not searched, and does not spoil what is known of the room."""
    for text in ("good morning", "what time is it", "good morning"):
        assert listen(recognizer, in_a_room(speech(text), before=6.0), 1600).text == text


def test_what_is_no_speech_has_no_words(recognizer: SphinxRecognizer) -> None:
    """Silence, noise of a room, loud noise, a cough: nothing was said."""
    sounds = [
        np.zeros(16000, np.float32),
        noise(32000, 3e-4),
        noise(32000, 0.01),
        noise(32000, 0.1),
        cough(),
        np.zeros(0, np.float32),
    ]
    assert [listen(recognizer, sound).text for sound in sounds] == [""] * len(sounds)


@needs_flite
def test_her_name_is_among_its_words(recognizer: SphinxRecognizer) -> None:
    """Rare as it is, the dictionary keeps it."""
    (kept,) = recognizer._folder.glob("words-*.dict") if recognizer._folder else ()
    words = {line.partition(" ")[0] for line in kept.read_text("utf-8").splitlines()}
    assert {"alisa", "hello", "mhm"} <= words
    assert 25_000 < len(words) < 40_000


@needs_flite
def test_an_utterance_that_was_not_finished_is_forgotten(recognizer: SphinxRecognizer) -> None:
    """The next one holds its own words only; feeding or finishing without one harms nothing."""
    recognizer.begin()
    recognizer.feed(in_a_room(speech("good morning")))
    assert listen(recognizer, in_a_room(speech("what time is it"))).text == "what time is it"
    recognizer.feed(noise(1600, 0.1))
    assert recognizer.partial() == ""
    assert recognizer.finish().text == ""


def test_it_says_what_it_is(tmp_path: Path) -> None:
    """The user is told that there is better; for another language, that it knows English only."""
    assert create(VoiceSettings(), Home(tmp_path)).notice == NOTICE
    assert create(VoiceSettings(language="de"), Home(tmp_path)).notice == ENGLISH_ONLY
    assert "alisa models pull whisper-base" in NOTICE


def test_a_home_that_cannot_be_written_costs_no_word(tmp_path: Path) -> None:
    """Without a place for its dictionary it uses the whole one."""
    (tmp_path / "file").write_text("in the way")
    made = SphinxRecognizer(tmp_path / "file", ["Alisa"])
    assert listen(made, np.zeros(1600, np.float32)).text == ""
