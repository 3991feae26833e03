"""`alisa hear`: a recording in, its words out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from alisa.cli.main import run
from tests.voice.stt import tiny_whisper
from tests.voice.stt.sounds import in_a_room, needs_flite, noise, speech
from voice.audio.clips import Clip, write_wav
from voice.audio.rates import resampled


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in [name for name in os.environ if name.startswith("ALISA_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("ALISA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def recording(path: Path, samples: np.ndarray, rate: int = 16000) -> str:
    write_wav(path, resampled(Clip(samples, 16000), rate))
    return str(path)


@needs_flite
def test_a_recording_becomes_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At any rate; on standard output nothing but the words; which recogniser it is, beside it."""
    file = recording(tmp_path / "speech.wav", in_a_room(speech("tell me a story about a dragon")), 44100)
    assert run(["hear", file]) == 0
    told = capsys.readouterr()
    assert told.out == "tell me a story about a dragon\n"
    assert "small recogniser" in told.err
    assert run(["hear", file]) == 0
    assert capsys.readouterr().err == "", "that is said once"


@needs_flite
def test_for_programs_it_says_what_when_and_how_sure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON value; a long recording comes in pieces with their times."""
    texts = ["tell me a story about a dragon", "do you remember my name", "what time is it"]
    whole = np.concatenate([in_a_room(speech(text), before=5, after=2) for text in texts])
    assert run(["hear", recording(tmp_path / "long.wav", whole), "--engine", "sphinx", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["engine"] == "sphinx"
    assert found["text"].startswith(" ".join(texts[:2]))  # the built-in recogniser mishears the last, now and then
    assert found["seconds"] == pytest.approx(len(whole) / 16000, abs=0.01)
    assert len(found["pieces"]) > 1
    assert found["pieces"][0]["end"] == found["pieces"][1]["start"]
    assert 0 < found["pieces"][0]["confidence"] <= 1


@needs_flite
def test_whisper_once_a_model_is_there(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a word about the other one."""
    tiny_whisper.build(home / "models" / "whisper-tiny", "Hello there.")
    file = recording(tmp_path / "speech.wav", in_a_room(speech("good morning")))
    assert run(["hear", file, "--json"]) == 0
    told = capsys.readouterr()
    assert (json.loads(told.out)["engine"], json.loads(told.out)["text"]) == ("whisper", "Hello there.")
    assert told.err == ""


def test_nothing_said_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No words on standard output, one sentence beside it."""
    assert run(["hear", recording(tmp_path / "quiet.wav", noise(32000, 3e-4))]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "Nothing was understood" in told.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.wav"], 3, "cannot be read"),
        (["speech.wav", "--engine", "whisper"], 3, "alisa models pull whisper-"),
        (["speech.wav", "--engine", "sphynx"], 2, "Did you mean sphinx?"),
        (["speech.wav", "--engine", "openai"], 3, "voice.stt_url"),
        (["empty.wav"], 2, "holds no sound"),
        (["text.wav"], 1, "not a WAV file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    """With what to do next, and its exit code."""
    monkeypatch.chdir(tmp_path)
    recording(tmp_path / "speech.wav", noise(16000, 0.01))
    recording(tmp_path / "empty.wav", np.zeros(0, np.float32))
    (tmp_path / "text.wav").write_text("no sound")
    assert run(["hear", *arguments]) == code
    told = capsys.readouterr().err
    assert words in told
    assert len(told.strip().splitlines()) == 1
