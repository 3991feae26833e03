"""faster-whisper's real code, over a tiny model that says a known text."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alisa.runtime.errors import AlisaError, EngineError, MissingError, UsageError
from alisa.runtime.paths import Home
from tests.voice.stt import tiny_whisper
from tests.voice.stt.sounds import in_a_room, listen, needs_flite, noise, speech
from voice.settings import VoiceSettings
from voice.stt import engines
from voice.stt.whisper import WhisperRecognizer, create

TEXT = "Hello there, how are you?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_whisper.build(tmp_path_factory.mktemp("models") / "whisper-base", TEXT)


@pytest.fixture
def recognizer(folder: Path) -> Iterator[WhisperRecognizer]:
    made = WhisperRecognizer(folder, "en", 1)
    yield made
    made.close()


def counted(recognizer: WhisperRecognizer) -> list[int]:
    """The lengths of what the model was asked about from now on."""
    recognizer.load()
    real, asked = recognizer._model.transcribe, []

    def transcribe(sound: Any, **options: Any) -> Any:
        asked.append(len(sound))
        return real(sound, **options)

    recognizer._model.transcribe = transcribe
    return asked


@needs_flite
def test_a_model_on_the_disk_makes_words(recognizer: WhisperRecognizer) -> None:
    """Loaded by the real library, over real speech, with a confidence."""
    said = listen(recognizer, in_a_room(speech("good morning")))
    assert said.text == TEXT
    assert 0.5 < said.confidence <= 1.0
    assert said.seconds > 1


@needs_flite
def test_nothing_is_left_to_chance(recognizer: WhisperRecognizer) -> None:
    """The likeliest words at temperature 0, and no former text that it could go on with."""
    recognizer.load()
    real, asked = recognizer._model.transcribe, dict[str, Any]()

    def transcribe(sound: Any, **options: Any) -> Any:
        asked.update(options)
        return real(sound, **options)

    recognizer._model.transcribe = transcribe
    listen(recognizer, in_a_room(speech("good morning")))
    assert asked["temperature"] == 0.0
    assert asked["condition_on_previous_text"] is False


def test_silence_and_noise_have_no_words(recognizer: WhisperRecognizer) -> None:
    """Whatever the model makes up over them."""
    for sound in (np.zeros(0, np.float32), np.zeros(32000, np.float32), noise(32000, 0.05)):
        assert listen(recognizer, sound).text == ""


@needs_flite
def test_a_model_that_hears_nobody_is_believed(tmp_path: Path) -> None:
    """Nobody speaks, it says, and is unsure of its words: they are dropped."""
    made = WhisperRecognizer(tiny_whisper.build(tmp_path / "whisper-tiny", TEXT, silence=True))
    assert listen(made, in_a_room(speech("good morning"))).text == ""


@needs_flite
def test_words_on_the_way_and_the_last_try_is_the_answer(recognizer: WhisperRecognizer) -> None:
    """Tries come half a second apart at most; when only silence followed the last one, there is no other."""
    asked = counted(recognizer)
    sound = in_a_room(speech("can you help me with my homework"), after=0.0)
    recognizer.begin()
    for at in range(0, len(sound), 1600):
        recognizer.feed(sound[at : at + 1600])
        recognizer.partial()
    assert recognizer.partial() == TEXT
    assert all(later - before >= 8000 for before, later in itertools.pairwise(asked))
    assert 2 <= len(asked) <= len(sound) // 8000
    recognizer.feed(in_a_room(np.zeros(9000, np.float32), before=0, after=0))
    recognizer.partial()
    tries = len(asked)
    recognizer.feed(in_a_room(np.zeros(4000, np.float32), before=0, after=0))
    assert recognizer.finish().text == TEXT
    assert len(asked) == tries


@needs_flite
def test_speech_after_the_last_try_is_tried_again(recognizer: WhisperRecognizer) -> None:
    """What came after is part of the answer."""
    asked = counted(recognizer)
    sound = in_a_room(speech("good morning"))
    recognizer.begin()
    recognizer.feed(sound)
    recognizer.partial()
    recognizer.feed(speech("what time is it")[:6400])
    recognizer.finish()
    assert asked == [len(sound), len(sound) + 6400]


def test_a_slow_machine_tries_less_often(folder: Path) -> None:
    """A try that took two seconds is followed by four seconds of sound without one."""
    now = iter(range(0, 1000, 2))
    made = WhisperRecognizer(folder, clock=lambda: float(next(now)))
    asked = counted(made)
    made.begin()
    for _ in range(50):
        made.feed(noise(1600, 0.1))
        made.partial()
    assert asked == [8000, 72000]


def test_a_folder_without_its_tokenizer_is_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would ask the network for one, for 20 s: it never gets to."""
    folder = tiny_whisper.build(tmp_path / "models" / "whisper-base", TEXT)
    made = WhisperRecognizer(folder)
    (folder / "tokenizer.json").unlink()

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    began = time.monotonic()
    with pytest.raises(AlisaError, match=r"tokenizer\.json is missing") as caught:
        made.begin()
    assert caught.value.code == "stt_model_damaged"
    assert time.monotonic() - began < 5
    with pytest.raises(AlisaError, match="is not whole"):
        create(VoiceSettings(stt_model="whisper-base"), Home(tmp_path))


def test_a_damaged_model_says_how_to_mend_it(tmp_path: Path) -> None:
    """One sentence, no trace."""
    folder = tiny_whisper.build(tmp_path / "whisper-base", TEXT)
    (folder / "model.bin").write_bytes(b"\x00" * 100)
    with pytest.raises(EngineError, match="cannot be loaded") as caught:
        WhisperRecognizer(folder).begin()
    assert "alisa models pull whisper-base" in caught.value.hint


@pytest.mark.parametrize(
    ("wanted", "kind", "hint"),
    [
        ("", MissingError, "alisa models pull whisper-"),
        ("whisper-small", MissingError, "alisa models pull whisper-small"),
        ("small", MissingError, "alisa models pull whisper-small"),
        ("whisper-bose", UsageError, "Did you mean whisper-base?"),
    ],
)
def test_a_model_that_is_not_here_is_named(tmp_path: Path, wanted: str, kind: type[AlisaError], hint: str) -> None:
    """With the command that gets it, or the name that was meant."""
    with pytest.raises(kind) as caught:
        engines.create("whisper", VoiceSettings(stt_model=wanted), Home(tmp_path))
    assert hint in caught.value.hint


def test_whisper_is_taken_once_a_model_is_there(folder: Path, tmp_path: Path) -> None:
    """`auto` is the built-in recogniser until then."""
    assert engines.chosen("auto", VoiceSettings(), Home(tmp_path)) == "sphinx"
    home = Home(tmp_path / "home")
    home.models.parent.mkdir(parents=True)
    home.models.symlink_to(folder.parent)
    assert engines.chosen("auto", VoiceSettings(), home) == "whisper"
    made = engines.create("auto", VoiceSettings(), home)
    assert made.notice == ""
