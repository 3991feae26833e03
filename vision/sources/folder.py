"""A folder of pictures as a source: one at each look, in the order of their names; the last one stays.

A picture that is added later, with a name that comes after the others, is shown then.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from alisa.runtime.clock import Clock
from alisa.runtime.errors import MissingError
from vision.detectors.faces import Picture
from vision.opencv import opencv
from vision.settings import VisionSettings
from vision.sources.source import Source
from vision.sources.video import named

KINDS = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"})


class FolderSource:
    """The pictures of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shown = ""
        self._last: Picture | None = None

    def open(self) -> None:
        """Begin at the first picture. Raises MissingError `no_pictures`."""
        self._shown, self._last = "", None
        if not self._folder.is_dir():
            raise self._empty()

    def read(self) -> Picture:
        """Return the next picture, or the last one again. Raises MissingError `no_pictures`."""
        for path in self._later():
            self._shown = path.name
            picture = read_picture(path)
            if picture is not None:  # what is no picture, whatever it is called, is passed over
                self._last = picture
                break
        if self._last is None:
            raise self._empty()
        return self._last

    def close(self) -> None:
        """Forget where it was."""
        self._shown, self._last = "", None

    def _later(self) -> list[Path]:
        try:
            found = [path for path in self._folder.iterdir() if path.suffix.lower() in KINDS]
        except OSError:
            return []
        return sorted((path for path in found if path.name > self._shown), key=lambda path: path.name)

    def _empty(self) -> MissingError:
        return MissingError(
            "no_pictures",
            f"There are no pictures in {self._folder}.",
            "Name another folder in `vision.source_path`.",
        )


def create(settings: VisionSettings, _clock: Clock) -> Source:
    """Make the folder that the settings name. Raises UsageError when they name none."""
    return FolderSource(named(settings, "a folder"))


def read_picture(path: Path) -> Picture | None:
    """Return the picture in a file in colour, or None when it is none. Any name works, on every system."""
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError:
        return None
    decoded = opencv().imdecode(data, opencv().IMREAD_COLOR) if data.size else None
    return None if decoded is None else np.asarray(decoded, np.uint8)
