"""Faces by MediaPipe, in a process of its own, and as a rule in an environment of its own, too.

The model ships with Alisa; the library is fetched by `alisa models pull mediapipe`. It finds faces at more angles than
the cascades do, and how far a head is turned; not whether eyes are open. Which version, and why no newer one, is told
in docs/decisions/0018.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np

from alisa.runtime import children, environments
from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home, data_folder
from vision.detectors.faces import Detector, Face, Picture
from vision.detectors.mediapipe_worker import HEADER
from vision.opencv import opencv
from vision.pace import Preset
from vision.settings import VisionSettings

NAME = "mediapipe"
"""of the engine, of its environment and of its pins"""
MODEL = Path("models/mediapipe/face_detection_short_range.tflite")
"""in the folder of what ships with Alisa"""
START_SECONDS = 60.0
ANSWER_SECONDS = 10.0


class MediaPipe:
    """Asks the process, which is started at the first picture."""

    def __init__(self, python: str, model: Path, width: int = 320) -> None:
        """`python` has MediaPipe, `model` is what it finds faces with."""
        self.python = python
        self._model = model
        self._width = width
        self._process: subprocess.Popen[bytes] | None = None

    def find(self, picture: Picture) -> list[Face]:
        """Return the faces. Raises MissingError `detector_missing`, EngineError `detector_failed`."""
        if self._process is None:
            self._start()
        cv = opencv()
        height, width = picture.shape[:2]
        if width > self._width:
            size = (self._width, max(1, round(height * self._width / width)))
            picture = np.asarray(cv.resize(picture, size, interpolation=cv.INTER_AREA), np.uint8)
        told = self._ask(HEADER.pack(*picture.shape[:2]) + picture.tobytes(), ANSWER_SECONDS)
        try:
            return [
                Face(float(left), float(top), float(wide), float(tall), turned=float(turned))
                for left, top, wide, tall, turned in told["faces"]
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise self._failed() from error

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what could not be sent any more
                    continue

    def _start(self) -> None:
        script = Path(__file__).with_name("mediapipe_worker.py")
        try:
            self._process = subprocess.Popen(
                [self.python, "-I", str(script), str(self._model)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **children.popen_kwargs(),
            )
        except OSError as error:
            raise self._missing(error.strerror or type(error).__name__) from error
        children.adopt(self._process.pid)
        told = self._ask(b"", START_SECONDS)
        if not told.get("ready"):
            self.close()
            raise self._missing(str(told.get("missing") or "it does not start"))

    def _ask(self, data: bytes, seconds: float) -> dict[str, Any]:
        """Send bytes and return the next answer. A process that takes longer is ended. Raises EngineError."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise self._failed()
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            process.stdin.write(data)
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
        except (OSError, ValueError) as error:
            self.close()
            raise self._failed() from error
        finally:
            alarm.cancel()
        return told if isinstance(told, dict) else {}

    def _missing(self, why: str) -> MissingError:
        return MissingError(
            "detector_missing",
            f"The face detector 'mediapipe' is not installed where it would run ({why}).",
            f"Get it: alisa models pull {NAME}; or the one that is built in: alisa config set vision.detector haar",
        )

    def _failed(self) -> EngineError:
        return EngineError(
            "detector_failed",
            "The face detector 'mediapipe' stopped in the middle of its work.",
            "It is started again; if it happens often: alisa config set vision.detector haar",
        )


def create(_settings: VisionSettings, home: Home, preset: Preset) -> Detector:
    """Make one that runs in its own environment, else in this Python, which has it by the extra of the same name."""
    own = environments.python_in(environments.folder_of(NAME, home))
    return MediaPipe(str(own) if own.is_file() else sys.executable, data_folder() / MODEL, preset.width)
