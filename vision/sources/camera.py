"""A camera as a source: opened by its number through the system's own interface, its newest picture on request.

OpenCV does not say why a camera cannot be opened; what the system lists and allows tells it here.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError, EngineError, MissingError
from vision.detectors.faces import Picture
from vision.opencv import opencv
from vision.settings import VisionSettings
from vision.sources.cameras import Camera, choose, inventory
from vision.sources.source import Source

_INTERFACES = {"linux": "CAP_V4L2", "win32": "CAP_DSHOW", "darwin": "CAP_AVFOUNDATION"}
"""the one of each system in which cameras are numbered as `cameras` lists them"""
WIDTH, HEIGHT = 640, 480
WAITING_PICTURES = 6
"""Drivers keep some pictures for whoever comes late; they are as old as the last look."""
FRESH_SECONDS = 0.004
"""A picture that had to be waited for is new."""
FIRST_PICTURES = 15
WARM_UP_SECONDS = 0.6
"""A camera that was just opened gets used to the light: its first pictures may be empty or dark."""

Find = Callable[[], list[Camera]]


class CameraSource:
    """The camera whose number or name was asked for; the first for an empty text."""

    def __init__(self, wanted: str = "", find: Find = inventory) -> None:
        self._wanted = wanted
        self._find = find
        self._capture: Any = None
        self._name = ""

    def open(self) -> None:
        """Open it and wait for its first picture. Raises MissingError, EngineError: why not, and what to do."""
        self.close()
        listed = self._find()
        camera = choose(listed, self._wanted)
        if camera is None:
            raise self._missing(listed)
        cv = opencv()
        self._name = camera.name or f"camera {camera.number}"
        self._capture = cv.VideoCapture(camera.number, getattr(cv, _INTERFACES.get(sys.platform, "CAP_ANY")))
        if self._capture.isOpened():
            self._capture.set(cv.CAP_PROP_FRAME_WIDTH, WIDTH)
            self._capture.set(cv.CAP_PROP_FRAME_HEIGHT, HEIGHT)
            if self._warm_up():
                return
        self.close()
        raise self._refused(camera, listed)

    def read(self) -> Picture:
        """Return the newest picture. Raises EngineError `camera_lost` when it gives none any more."""
        if self._capture is None:
            raise self._lost()
        for _ in range(WAITING_PICTURES):
            asked = time.monotonic()
            if not self._capture.grab():
                raise self._lost()
            if time.monotonic() - asked >= FRESH_SECONDS:
                break
        taken = self._capture.retrieve()
        if not _usable(taken):
            raise self._lost()
        return np.asarray(taken[1], np.uint8)

    def close(self) -> None:
        """Release the device; its light goes out."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _warm_up(self) -> bool:
        """Pass over its first pictures. Return whether it gives any."""
        began, usable = time.monotonic(), False
        for _ in range(FIRST_PICTURES):
            usable = _usable(self._capture.read())
            if usable and time.monotonic() - began >= WARM_UP_SECONDS:
                break
        return usable

    def _missing(self, listed: list[Camera]) -> MissingError:
        if not listed:
            return MissingError("camera_missing", "No camera was found.", "Plug one in; she opens it when it is there.")
        names = ", ".join(f"{camera.number} ({camera.name})" for camera in listed)
        return MissingError(
            "camera_missing",
            f"There is no camera called {self._wanted.strip()[:60]!r}.",
            f"Plug it in, or choose one with `alisa config set vision.camera NUMBER`: {names}.",
        )

    def _refused(self, camera: Camera, listed: list[Camera]) -> AlisaError:
        device = f"/dev/video{camera.number}"
        if camera not in listed:
            return self._missing(listed)
        if sys.platform == "linux" and os.path.exists(device) and not os.access(device, os.R_OK | os.W_OK):  # noqa: PTH110
            return MissingError(
                "camera_denied",
                f"You may not use the camera {self._name!r}.",
                "Become a member of the group that owns it (`sudo usermod -aG video $USER`), then log in again.",
            )
        permission = {
            "darwin": ", or allow cameras under System Settings, Privacy & Security, Camera",
            "win32": ", or allow cameras under Settings, Privacy & security, Camera",
        }.get(sys.platform, "")
        return EngineError(
            "camera_busy",
            f"The camera {self._name!r} gives no picture.",
            f"Close the program that uses it{permission}; she tries again by herself.",
        )

    def _lost(self) -> EngineError:
        return EngineError(
            "camera_lost",
            f"The camera {self._name!r} is gone.",
            "Plug it in again; she opens it when it is there.",
        )


def create(settings: VisionSettings, _clock: Clock) -> Source:
    """Make the camera that the settings name."""
    return CameraSource(settings.camera)


def _usable(taken: tuple[bool, Any]) -> bool:
    given, picture = taken
    return bool(given) and picture is not None and picture.size > 0
