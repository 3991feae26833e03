"""Her voice as the settings want it; and the system's own voices."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from alisa.runtime import environments
from alisa.runtime.errors import MissingError, UsageError
from alisa.runtime.paths import Home
from tests.voice.tts.spoken import listen
from voice.settings import VoiceSettings
from voice.tts import assemble
from voice.tts.client import TtsWorker
from voice.tts.sapi import as_xml
from voice.tts.speech import SpeakRequest
from voice.tts.system import System


async def test_the_built_in_voice_unless_another_is_chosen(home: Home) -> None:
    """Without settings she speaks at once; the fallbacks follow, each once."""
    chain = assemble.chain(VoiceSettings(), home)
    assert (await listen(chain.speak(SpeakRequest("Hello")))).loudness > 0.01
    assert chain.state.engine == "espeak"
    assert list(await chain.voices()) == ["espeak"]
    await chain.aclose()
    chosen = assemble.chain(VoiceSettings(tts="scripted", tts_fallbacks=["espeak", "scripted"]), home)
    assert list(await chosen.voices()) == ["scripted", "espeak"]
    await chosen.aclose()


async def test_a_personas_voice_and_the_settings(home: Home) -> None:
    """The persona's voice of each engine; the user's own wish counts more."""
    settings = VoiceSettings(tts="scripted", tts_fallbacks=[])
    wishes: list[tuple[dict[str, str], str, float]] = [
        ({"scripted": "low"}, "", 220),
        ({"scripted": "high"}, "low", 220),
        ({}, "", 440),
    ]
    for voices, wish, expected_hertz in wishes:
        chain = assemble.chain(settings.model_copy(update={"tts_voice": wish}), home, voices=voices)
        heard = await listen(chain.speak(SpeakRequest("one")))
        await chain.aclose()
        spectrum = np.abs(np.fft.rfft(heard.samples))
        assert np.argmax(spectrum) / heard.seconds == pytest.approx(expected_hertz, abs=25)


def test_an_unknown_engine_is_named(home: Home) -> None:
    """With a guess."""
    with pytest.raises(UsageError, match="Did you mean espeak"):
        assemble.chain(VoiceSettings(tts="espeek"), home)


def test_what_each_engine_gets(home: Home, tmp_path: Path) -> None:
    """Models are looked for in the home; keys and addresses go where they belong and nowhere else."""
    settings = VoiceSettings(tts="openai", tts_url="http://here/v1", tts_api_key="key", tts_model="m")
    openai = assemble.options_of("openai", settings, home)
    assert (openai["url"], openai["api_key"], openai["model"]) == ("http://here/v1", "key", "m")
    assert assemble.options_of("espeak", settings, home) == {}
    assert assemble.options_of("edge", settings, home) == {}
    kokoro = assemble.options_of("kokoro", settings, home)
    assert kokoro["model"] == str(home.models / "kokoro" / "kokoro.onnx")
    pulled = home.models / "kokoro"
    pulled.mkdir(parents=True)
    for name in ("kokoro-v1.0.onnx", "voices-v1.0.bin"):
        (pulled / name).touch()
    expected = {"model": str(pulled / "kokoro-v1.0.onnx"), "voices": str(pulled / "voices-v1.0.bin")}
    assert assemble.options_of("kokoro", settings, home) == expected
    alba = home.models / "piper-alba"
    alba.mkdir()
    (alba / "en_GB-alba.onnx").touch()
    assert assemble.options_of("piper", settings, home)["model"] == str(alba / "en_GB-alba.onnx")
    folder = home.models / "piper"
    folder.mkdir()
    (folder / "b.onnx").touch()
    (folder / "a.onnx").touch()
    assert assemble.options_of("piper", settings, home)["model"] == str(folder / "a.onnx")
    own = settings.model_copy(update={"tts": "piper", "tts_model": "piper/b.onnx"})
    assert assemble.options_of("piper", own, home)["model"] == str(folder / "b.onnx")
    named = settings.model_copy(update={"tts": "piper", "tts_model": "piper-alba"})
    assert assemble.options_of("piper", named, home)["model"] == str(alba / "en_GB-alba.onnx")
    absolute = settings.model_copy(update={"tts": "kokoro", "tts_model": str(tmp_path / "k.onnx")})
    assert assemble.options_of("kokoro", absolute, home)["voices"] == str(tmp_path / "k.bin")


def test_which_python_an_engine_runs_in(home: Home) -> None:
    """The one that is set, else that of the environment in the home, else this one."""
    settings = VoiceSettings(tts="kokoro")
    assert assemble.python_of("kokoro", settings, home) == ""
    own = environments.python_in(environments.folder_of("kokoro", home))
    own.parent.mkdir(parents=True)
    own.touch()
    assert assemble.python_of("kokoro", settings, home) == str(own)
    assert assemble.python_of("kokoro", settings.model_copy(update={"tts_python": "/x/python"}), home) == "/x/python"
    assert assemble.python_of("piper", settings, home) == ""


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("flite"), reason="needs flite on Linux")
async def test_the_systems_voice_on_linux() -> None:
    """flite, where it is installed: with a rate, and with its voices."""
    worker = TtsWorker("system")
    usual = await listen(worker.speak(SpeakRequest("Hello there; how are you?")))
    fast = await listen(worker.speak(SpeakRequest("Hello there; how are you?", rate=1.5)))
    assert usual.loudness > 0.01
    assert 1.25 < usual.seconds / fast.seconds < 1.75
    assert "slt" in [voice.name for voice in await worker.voices() if voice.default]
    await worker.aclose()


def test_a_system_without_a_voice_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what to install."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingError) as caught:
        System("linux")
    assert caught.value.code == "system_voice_missing"


def test_the_sentence_for_windows() -> None:
    """Text is text, also where it looks like XML; rate and pitch are within what SAPI takes. Not tried on Windows."""
    told = as_xml(SpeakRequest("a < b & c", rate=2, pitch=12))
    assert told.startswith('<voice optional="Gender=Female"><rate absspeed="6"><pitch absmiddle="10">a &lt; b &amp; c<')
    assert told.endswith("</pitch></rate></voice>")
    assert as_xml(SpeakRequest("x", 'A "B"')).startswith("<voice required='Name=A \"B\"'>")
