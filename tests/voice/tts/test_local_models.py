"""Kokoro and Piper: their real libraries, in environments of their own, load and run tiny models made here.

`KOKORO_PYTHON` and `PIPER_PYTHON` name the Pythons of environments that have kokoro-onnx and piper-tts; without
them what needs the libraries is skipped. What is told when something is missing is tried in any case.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from alisa.runtime.errors import EngineError, MissingError
from tests.voice.tts import tiny_onnx
from tests.voice.tts.spoken import listen
from voice.tts.client import TtsWorker
from voice.tts.speech import SpeakRequest

KOKORO_PYTHON, PIPER_PYTHON = os.environ.get("KOKORO_PYTHON", ""), os.environ.get("PIPER_PYTHON", "")
needs_kokoro = pytest.mark.skipif(not KOKORO_PYTHON, reason="KOKORO_PYTHON names no Python with kokoro-onnx")
needs_piper = pytest.mark.skipif(not PIPER_PYTHON, reason="PIPER_PYTHON names no Python with piper-tts")
SENTENCE = SpeakRequest("Hello there, nice to meet you.")

Make = Callable[..., TtsWorker]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    """Make workers that are ended after the test."""
    made = []

    def make(engine: str, python: str = "", **options: Any) -> TtsWorker:
        made.append(TtsWorker(engine, options, python=python))
        return made[-1]

    yield make
    for worker in made:
        await worker.aclose()


@needs_kokoro
async def test_kokoro_speaks(make: Make, tmp_path: Path) -> None:
    """Through its own loading, phonemes and voices; with the times of words where the model tells them."""
    model, voices = tiny_onnx.kokoro(tmp_path)
    worker = make("kokoro", KOKORO_PYTHON, model=str(model), voices=str(voices))
    heard = await listen(worker.speak(SENTENCE))
    assert heard.rate == 24000
    assert heard.loudness > 0.1
    assert heard.text == "Hello there, nice to meet you."
    assert heard.words[-1].end_s <= heard.seconds + 0.01
    assert len(heard.phonemes) > 10
    assert [(voice.name, voice.language, voice.gender, voice.default) for voice in await worker.voices()] == [
        ("af_heart", "en-us", "female", True),
        ("bm_tiny", "en-gb", "male", False),
    ]
    with pytest.raises(EngineError) as caught:
        await listen(worker.speak(SpeakRequest("Hello", "af_nobody")))
    assert caught.value.code == "unknown_voice"
    assert (await listen(worker.speak(SpeakRequest("Hello", "bm_tiny")))).loudness > 0.1


@needs_piper
async def test_piper_speaks(make: Make, tmp_path: Path) -> None:
    """Through its own loading and phonemes, with the speaker that is asked for."""
    asked = "import json; from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP as m; print(json.dumps(dict(m)))"
    printed = subprocess.run([PIPER_PYTHON, "-c", asked], capture_output=True, check=True, timeout=60).stdout
    import json

    model = tiny_onnx.piper(tmp_path, json.loads(printed))
    worker = make("piper", PIPER_PYTHON, model=str(model))
    heard = await listen(worker.speak(SENTENCE))
    assert heard.rate == 22050
    assert heard.loudness > 0.1
    assert [voice.name for voice in await worker.voices()] == ["amy", "bea"]
    assert (await listen(worker.speak(SpeakRequest("Hello", "bea")))).loudness > 0.1
    assert (await listen(worker.speak(SpeakRequest("Hello", "tiny")))).loudness > 0.1
    with pytest.raises(EngineError) as caught:
        await listen(worker.speak(SpeakRequest("Hello", "eva")))
    assert caught.value.code == "unknown_voice"


@pytest.mark.parametrize(("engine", "library"), [("kokoro", "kokoro"), ("piper", "piper")])
async def test_without_its_library_it_says_how_to_get_it(make: Make, tmp_path: Path, engine: str, library: str) -> None:
    """The files are there, the library is not where it runs."""
    pytest.importorskip("onnxruntime")
    if engine == "kokoro":
        model, voices = tiny_onnx.kokoro(tmp_path)
        worker = make(engine, model=str(model), voices=str(voices))
    else:
        worker = make(engine, model=str(tiny_onnx.piper(tmp_path, {})))
    with pytest.raises(MissingError, match=f"alisa models pull {engine}") as caught:
        await worker.start()
    assert caught.value.code == "voice_library_missing"
    assert library in caught.value.message


@pytest.mark.parametrize("engine", ["kokoro", "piper", "rvc"])
async def test_without_its_model_it_says_what_is_missing(make: Make, tmp_path: Path, engine: str) -> None:
    """Nothing is downloaded; the file that is missing is named."""
    worker = make(engine, model=str(tmp_path / "nothing.onnx"))
    with pytest.raises(MissingError, match=r"nothing\.onnx is not there") as caught:
        await worker.start()
    assert caught.value.code == "voice_model_missing"


async def test_rvc_never_downloads_its_helpers(make: Make, tmp_path: Path) -> None:
    """Its library would: so each must lie beside the model before the library is even loaded."""
    model = tmp_path / "voice.pth"
    model.touch()
    with pytest.raises(MissingError, match=r"rmvpe\.pt"):
        await make("rvc", model=str(model)).start()
    (tmp_path / "rmvpe.pt").touch()
    with pytest.raises(MissingError, match="hubert_base"):
        await make("rvc", model=str(model)).start()
    (tmp_path / "hubert_base").mkdir()
    (tmp_path / "hubert_base" / "config.json").touch()
    with pytest.raises(MissingError, match="infer_rvc_python"):
        await make("rvc", model=str(model)).start()
