"""The end-of-turn model is loaded, fed what it expects, and refused where it is another. The real one is not here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from alisa.runtime.errors import EngineError, MissingError, UsageError
from alisa.runtime.paths import Home
from tests.voice.turns.tiny_onnx import tiny_turn_model
from voice.settings import VoiceSettings
from voice.turns import engines
from voice.turns.log_mel import log_mel
from voice.turns.smart_turn import SmartTurn


def written(path: Path, **shape: int) -> Path:
    """The tiny model in a file."""
    path.write_bytes(tiny_turn_model(**shape))
    return path


def test_it_judges_the_last_eight_seconds(tmp_path: Path) -> None:
    """The answer is the model's, of the normalised sound, filled up with silence in front or cut there."""
    model = SmartTurn(written(tmp_path / "turn.onnx"))
    random = np.random.default_rng(0)
    for seconds in (0, 1, 8, 11):
        sound = random.normal(0, 0.1, seconds * 16000).astype(np.float32)
        last = np.pad(sound[-128000:], (max(0, 128000 - len(sound)), 0))
        expected = log_mel((last - last.mean()) / np.sqrt(last.var() + 1e-7)).mean()
        assert model.finished(sound) == pytest.approx(1 / (1 + np.exp(-expected)), abs=1e-4)


def test_loudness_does_not_matter(tmp_path: Path) -> None:
    """A quiet speaker is judged as a loud one."""
    model = SmartTurn(written(tmp_path / "turn.onnx"))
    sound = np.random.default_rng(0).normal(0, 0.1, 32000).astype(np.float32)
    assert model.finished(sound) == pytest.approx(model.finished(0.1 * sound), abs=1e-3)


def test_another_model_is_refused(tmp_path: Path) -> None:
    """No file, no model, or one of another shape: an error that says what to do."""
    with pytest.raises(MissingError, match="alisa models pull smart-turn"):
        SmartTurn(tmp_path / "none.onnx")
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    with pytest.raises(EngineError, match="cannot be loaded"):
        SmartTurn(broken)
    with pytest.raises(EngineError, match="not a model of the Smart Turn"):
        SmartTurn(written(tmp_path / "other.onnx", bands=40))


def test_the_settings_choose_it(tmp_path: Path) -> None:
    """None unless it is wanted; then the file that was pulled, or the one named; an odd name lists the names."""
    home = Home(tmp_path)
    assert engines.create(VoiceSettings(), home) is None
    wanted = VoiceSettings(end_of_turn="smart_turn")
    with pytest.raises(MissingError, match="alisa models pull smart-turn"):
        engines.create(wanted, home)
    folder = tmp_path / "models" / "smart-turn"
    folder.mkdir(parents=True)
    written(folder / "smart-turn-v3.2-cpu.onnx")
    assert isinstance(engines.create(wanted, home), SmartTurn)
    (other := tmp_path / "models" / "other.onnx").write_bytes(b"no model")
    for named in (str(other), "other.onnx"):
        with pytest.raises(EngineError, match=r"other\.onnx"):
            engines.create(wanted.model_copy(update={"end_of_turn_model": named}), home)
    with pytest.raises(UsageError, match="smart_turn"):
        engines.create(VoiceSettings(end_of_turn="clever"), home)
