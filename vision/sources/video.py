"""A video file as a source: at each moment the picture that a camera would have seen then.

It is shown once, at its own speed; its last picture stays.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from alisa.runtime.clock import Clock
from alisa.runtime.errors import MissingError, UsageError
from vision.detectors.faces import Picture
from vision.opencv import opencv
from vision.settings import VisionSettings
from vision.sources.source import Source

USUAL_RATE = 25.0
"""pictures a second, for a file that does not say"""
HIGHEST_RATE = 240.0


class VideoSource:
    """The pictures of a video file."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._capture: Any = None
        self._rate = USUAL_RATE
        self._began = 0.0
        self._next = 0
        self._last: Picture | None = None

    def open(self) -> None:
        """Begin at its first picture. Raises MissingError `no_pictures`."""
        self.close()
        self._capture = opencv().VideoCapture(str(self._path), opencv().CAP_FFMPEG)
        if not (self._path.is_file() and self._capture.isOpened()):
            self.close()
            raise self._unusable()
        rate = float(self._capture.get(opencv().CAP_PROP_FPS))
        self._rate = rate if math.isfinite(rate) and 0.0 < rate <= HIGHEST_RATE else USUAL_RATE
        self._began, self._next, self._last = self._clock.monotonic(), 0, None

    def read(self) -> Picture:
        """Return the picture of now; after its end, the last one. Raises MissingError `no_pictures`."""
        due = int((self._clock.monotonic() - self._began) * self._rate + 1e-6)
        taken = False
        while self._capture is not None and self._next <= due and self._capture.grab():
            self._next += 1
            taken = True
        if taken:
            given, picture = self._capture.retrieve()
            if given:
                self._last = np.asarray(picture, np.uint8)
        if self._last is None:
            raise self._unusable()
        return self._last

    def close(self) -> None:
        """Close the file."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _unusable(self) -> MissingError:
        return MissingError(
            "no_pictures",
            f"{self._path} is no video that can be read.",
            "Name another file in `vision.source_path`.",
        )


def create(settings: VisionSettings, clock: Clock) -> Source:
    """Make the video that the settings name. Raises UsageError when they name none."""
    return VideoSource(named(settings, "a video file"), clock)


def named(settings: VisionSettings, what: str) -> Path:
    """Return the path in the settings. Raises UsageError when there is none."""
    if not settings.source_path.strip():
        raise UsageError(
            "no_source_path",
            f"The webcam source {settings.source!r} needs {what}, and none is named.",
            "Set it: alisa config set vision.source_path PATH",
        )
    return Path(settings.source_path.strip()).expanduser()
