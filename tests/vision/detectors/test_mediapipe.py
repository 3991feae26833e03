"""MediaPipe in its own environment. `MEDIAPIPE_PYTHON` names the Python of one; else what needs it is skipped."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from alisa.protocol.tags import Presence
from alisa.runtime import environments
from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home, data_folder
from tests.vision import photographs
from vision.detectors import mediapipe
from vision.detectors.mediapipe import MODEL, MediaPipe
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
    detector = MediaPipe(sys.executable, tmp_path / "model")
    yield detector
    detector.close()


@needs_mediapipe
def test_it_finds_faces() -> None:
    """The real library with the model that ships, on real photographs."""
    detector = MediaPipe(PYTHON, data_folder() / MODEL)
    (face,) = detector.find(photographs.portrait())
    assert abs(face.left + face.width / 2 - 0.44) < 0.05
    assert face.turned is not None
    assert face.turned < 0.3
    nobody = {name: detector.find(picture) for name, picture in photographs.without_faces()}
    assert {name for name, found in nobody.items() if found} <= {"colorwheel"}  # that one it takes for a face
    assert face_in(photographs.portrait(), detector).presence is Presence.PRESENT
    detector.close()


def test_without_it_the_command_that_installs_it_is_told(home: Home) -> None:
    """One sentence, and the command."""
    detector = mediapipe.create(VisionSettings(), home, PRESETS["balanced"])
    with pytest.raises(MissingError, match="No module named") as caught:
        detector.find(photographs.portrait())
    assert caught.value.code == "detector_missing"
    assert "alisa models pull mediapipe" in caught.value.hint


def test_a_python_that_is_not_there_is_told_too(tmp_path: Path) -> None:
    """An environment that was half deleted."""
    with pytest.raises(MissingError, match="not installed"):
        MediaPipe(str(tmp_path / "bin" / "python"), data_folder() / MODEL).find(photographs.portrait())


def test_its_own_environment_is_taken_where_it_was_made(home: Home) -> None:
    """The one that `alisa models pull` makes; else the Python that runs, which has it by the extra."""
    own = environments.python_in(environments.folder_of("mediapipe", home))
    made = mediapipe.create(VisionSettings(), home, PRESETS["balanced"])
    assert isinstance(made, MediaPipe)
    assert made.python == sys.executable
    own.parent.mkdir(parents=True)
    own.touch()
    made = mediapipe.create(VisionSettings(), home, PRESETS["balanced"])
    assert isinstance(made, MediaPipe)
    assert made.python == str(own)


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
