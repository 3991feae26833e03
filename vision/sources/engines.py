"""The sources that can be chosen by name."""

from __future__ import annotations

from typing import cast

from alisa.runtime.clock import Clock
from alisa.runtime.engines import Engine, Registry
from vision.settings import VisionSettings
from vision.sources.source import Source

ENGINES = Registry(
    "webcam source",
    [
        Engine("camera", "vision.sources.camera:create", summary="a camera"),
        Engine("video", "vision.sources.video:create", summary="a video file, as if a camera saw it"),
        Engine("folder", "vision.sources.folder:create", summary="pictures, one at each look"),
        Engine("scripted", "vision.sources.scripted:create", summary="draws what a script says; for tests"),
    ],
)


def create(settings: VisionSettings, clock: Clock) -> Source:
    """Make the source that the settings name, not yet open. Raises UsageError (no such source, no path)."""
    return cast("Source", ENGINES.create(settings.source, settings, clock))
