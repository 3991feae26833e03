"""A detector that finds what the scripted source draws, for tests: it really looks for boxes of that colour."""

from __future__ import annotations

from alisa.runtime.paths import Home
from vision.detectors.faces import Detector, Face, Picture
from vision.opencv import opencv
from vision.pace import Preset
from vision.settings import VisionSettings
from vision.sources.scripted import MARK

_UNKNOWN = 255


class Scripted:
    """Finds boxes."""

    def find(self, picture: Picture) -> list[Face]:
        """Return the boxes, with the eyes and the direction that stand in their colours."""
        cv = opencv()
        marked = (picture[:, :, 1] == MARK).astype("uint8")
        height, width = marked.shape
        found = []
        _, _, boxes, _ = cv.connectedComponentsWithStats(marked)
        for left, top, wide, tall, _ in boxes[1:].tolist():  # the first is the ground
            eyes, _, turned = (int(part) for part in picture[top + tall // 2, left + wide // 2])
            found.append(
                Face(
                    left / width,
                    top / height,
                    wide / width,
                    tall / height,
                    None if eyes == _UNKNOWN else eyes,
                    None if turned == _UNKNOWN else turned / 100,
                )
            )
        return found

    def close(self) -> None:
        """Nothing is held."""


def create(_settings: VisionSettings, _home: Home, _preset: Preset) -> Detector:
    """Make one."""
    return Scripted()
