"""MediaPipe in its own environment. `MEDIAPIPE_PYTHON` names the Python of one; else what needs it is skipped."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from alisa.protocol.tags import Presence
from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home
from tests.vision import photographs
from vision.detectors import mediapipe
from vision.detectors.mediapipe import MediaPipe, python_in
from vision.pace import PRESETS
from vision.settings import VisionSettings
from vision.webcam import face_in

PYTHON = os.environ.get("MEDIAPIPE_PYTHON", "")
needs_mediapipe = pytest.mark.skipif(not PYTHON, reason="MEDIAPIPE_PYTHON names no Python with mediapipe")


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MediaPipe]:
    """A process that says it is ready, answers once, and then stops."""
    worker = tmp_path / "mediapipe_worker.py"
    worker.write_text(
        "import sys; print('{\"ready\": true}', flush=True); sys.stdin.buffer.read(4 + 240 * 320 * 3);"
        "print('{\"faces\": [[0.1, 0.2, 0.3, 0.4, 0.25]]}', flush=True)"
    )
    monkeypatch.setattr(mediapipe, "__file__", str(tmp_path / "mediapipe.py"))
    detector = MediaPipe(sys.executable, tmp_path)
    yield detector
    detector.close()


@needs_mediapipe
def test_it_finds_faces(tmp_path: Path) -> None:
    """The real library, on real photographs."""
    detector = MediaPipe(PYTHON, tmp_path)
    (face,) = detector.find(photographs.portrait())
    assert abs(face.left + face.width / 2 - 0.44) < 0.05
    assert face.turned is not None
    assert face.turned < 0.3
    nobody = {name: detector.find(picture) for name, picture in photographs.without_faces()}
    assert {name for name, found in nobody.items() if found} <= {"colorwheel"}  # that one it takes for a face
    assert face_in(photographs.portrait(), detector).presence is Presence.PRESENT
    detector.close()


def test_without_it_the_command_that_installs_it_is_told(home: Home) -> None:
    """One sentence, with a folder of this home."""
    detector = mediapipe.create(VisionSettings(), home, PRESETS["balanced"])
    with pytest.raises(MissingError, match="mediapipe==") as caught:
        detector.find(photographs.portrait())
    assert caught.value.code == "detector_missing"
    assert str(home.root / "environments" / "mediapipe") in caught.value.hint
    assert "No module named" in caught.value.message


def test_a_python_that_is_not_there_is_told_too(tmp_path: Path) -> None:
    """An environment that was half deleted."""
    with pytest.raises(MissingError, match="not installed"):
        MediaPipe(str(python_in(tmp_path)), tmp_path).find(photographs.portrait())


def test_a_process_that_stops_is_told_and_started_again(pretend: MediaPipe) -> None:
    """The next picture has another chance."""
    picture = np.zeros((240, 320, 3), np.uint8)
    for _ in range(2):
        (face,) = pretend.find(picture)
        assert (face.left, face.turned) == (0.1, 0.25)
        with pytest.raises(EngineError, match="stopped") as caught:
            pretend.find(picture)
        assert caught.value.code == "detector_failed"


def test_a_process_that_hangs_is_ended(pretend: MediaPipe, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits for a larger picture than it gets; nobody waits for it for ever."""
    monkeypatch.setattr(mediapipe, "ANSWER_SECONDS", 0.3)
    with pytest.raises(EngineError):
        pretend.find(np.zeros((100, 100, 3), np.uint8))
