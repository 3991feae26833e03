"""The detectors that can be chosen by name."""

from __future__ import annotations

from typing import cast

from alisa.runtime.engines import Engine, Registry
from alisa.runtime.paths import Home
from vision.detectors.faces import Detector
from vision.pace import Preset
from vision.settings import VisionSettings

EYES = "eyes"
"""Tells whether the eyes are open."""
HEAD = "head"
"""Tells a head that is turned aside from one that is not."""
OWN_ENVIRONMENT = "own environment"
"""Its library is not among Alisa's: it runs in a Python of its own, which `alisa models pull` makes."""

ENGINES = Registry(
    "face detection",
    [
        Engine(
            "haar",
            "vision.detectors.haar:create",
            summary="built in (OpenCV's cascades): faces, open eyes, a head in profile",
            capabilities=frozenset({EYES, HEAD}),
        ),
        Engine(
            "mediapipe",
            "vision.detectors.mediapipe:create",
            summary="MediaPipe, after a download: faces at more angles; not whether eyes are shut",
            capabilities=frozenset({HEAD, OWN_ENVIRONMENT}),
        ),
        Engine(
            "scripted",
            "vision.detectors.scripted:create",
            summary="finds what the scripted source draws; for tests",
            capabilities=frozenset({EYES, HEAD}),
        ),
    ],
    entry_point_group="alisa.face_detectors",
)


def create(settings: VisionSettings, home: Home, preset: Preset) -> Detector:
    """Make the detector that the settings name; a third party's factory takes the same three arguments.

    Raises UsageError (no such engine), MissingError (what it needs is not there), EngineError.
    """
    return cast("Detector", ENGINES.create(settings.detector.strip().lower() or "haar", settings, home, preset))
