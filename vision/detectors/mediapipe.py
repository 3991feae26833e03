"""Faces by MediaPipe, in a process and an environment of its own.

Only its version 0.10.21 brings its models along, and that one wants NumPy 1: it does not go into Alisa's environment.
It finds faces at more angles than the cascades do, and how far a head is turned; not whether eyes are open.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np

from alisa.runtime import children
from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home
from vision.detectors.faces import Detector, Face, Picture
from vision.detectors.mediapipe_worker import HEADER
from vision.opencv import opencv
from vision.pace import Preset
from vision.settings import VisionSettings

VERSION = "0.10.21"
START_SECONDS = 60.0
ANSWER_SECONDS = 10.0


class MediaPipe:
    """Asks the process, which is started at the first picture."""

    def __init__(self, python: str, environment: Path, width: int = 320) -> None:
        """`python` has MediaPipe; `environment` is where it is to be made, for whoever has not got it."""
        self._python = python
        self._environment = environment
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
                [self._python, "-I", str(script)],
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
            f"It needs an environment of its own, with Python 3.11 or 3.12: python -m venv {self._environment} ; "
            f'{python_in(self._environment)} -m pip install "mediapipe=={VERSION}"',
        )

    def _failed(self) -> EngineError:
        return EngineError(
            "detector_failed",
            "The face detector 'mediapipe' stopped in the middle of its work.",
            "It is started again; if it happens often: alisa config set vision.detector haar",
        )


def create(_settings: VisionSettings, home: Home, preset: Preset) -> Detector:
    """Make one that runs in the home's folder `environments/mediapipe`, else in this Python, should it be there."""
    environment = home.root / "environments" / "mediapipe"
    own = python_in(environment)
    return MediaPipe(str(own) if own.is_file() else sys.executable, environment, preset.width)


def python_in(environment: Path) -> Path:
    """Return the Python of an environment."""
    return environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
