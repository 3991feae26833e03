"""The table of recognisers, and the scripted one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home
from tests.voice.stt.sounds import listen, noise
from voice.settings import VoiceSettings
from voice.stt import engines
from voice.stt.scripted import ScriptedRecognizer


def test_an_unknown_name_lists_the_names(tmp_path: Path) -> None:
    """And guesses."""
    with pytest.raises(UsageError) as caught:
        engines.create("sphynx", VoiceSettings(), Home(tmp_path))
    assert "Did you mean sphinx?" in caught.value.hint


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({}, "sphinx"),
        ({"stt": "scripted"}, "scripted"),
        ({"stt_url": "http://127.0.0.1:9000/v1"}, "openai"),
        ({"stt_model": "whisper-base"}, "whisper"),
        ({"stt": "sphinx", "stt_model": "whisper-base"}, "sphinx"),
    ],
)
def test_what_auto_means(tmp_path: Path, given: dict[str, str], name: str) -> None:
    """What was named is taken for a choice; without a model it is the built-in one."""
    settings = VoiceSettings.model_validate(given)
    assert engines.chosen(settings.stt, settings, Home(tmp_path)) == name


def test_every_engine_says_what_it_can_do(tmp_path: Path) -> None:
    """Words on the way, or none; robust against coughs, or not."""
    settings, home = VoiceSettings(), Home(tmp_path)
    assert engines.capabilities("sphinx", settings, home) == {engines.PARTIALS}
    assert engines.PARTIALS not in engines.capabilities("openai", settings, home)
    assert engines.ROBUST in engines.capabilities("whisper", settings, home)


def test_a_script_is_understood_line_by_line(tmp_path: Path) -> None:
    """A line for each utterance that holds sound, word after word on the way."""
    made = engines.create("scripted", VoiceSettings(stt_model="hello there | stop"), Home(tmp_path))
    assert isinstance(made, ScriptedRecognizer)
    made.load()
    made.begin()
    made.feed(noise(8000, 0.1))
    assert made.partial() == "hello"
    assert made.finish().text == "hello there"
    assert listen(made, np.zeros(16000, np.float32)).text == ""
    assert [listen(made, noise(1600, 0.1)).text for _ in range(2)] == ["stop", ""]
    made.close()
