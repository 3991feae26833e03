"""A source that draws what a script says, for tests; the scripted detector finds what is drawn.

The script is JSON: a list of parts, each with its `seconds`. A part has `faces`, a list of boxes [left, top, width,
height] in shares of the picture, with the `eyes` and `turned` of each; or `away`: no picture can be had meanwhile.
The last part stays. The times count from the first opening, so that a camera that went away comes back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from alisa.runtime.clock import Clock
from alisa.runtime.errors import EngineError, UsageError
from vision.detectors.faces import Face, Picture
from vision.settings import VisionSettings
from vision.sources.source import Source
from vision.sources.video import named

WIDTH, HEIGHT = 320, 240
MARK = 200
"""the green of a face; its blue carries the eyes and its red the direction, see `drawn`"""


@dataclass(frozen=True, slots=True)
class Part:
    """What is seen for some seconds."""

    seconds: float
    faces: tuple[Face, ...] = ()
    away: bool = False


class ScriptedSource:
    """Draws the part of the script that is due."""

    def __init__(self, script: Sequence[Part], clock: Clock) -> None:
        self._script = script
        self._clock = clock
        self._began: float | None = None
        self.opened = 0
        """how often it was opened"""
        self.is_open = False

    def open(self) -> None:
        """Begin. Raises EngineError `camera_lost` where the script says so."""
        if self._began is None:
            self._began = self._clock.monotonic()
        self._due()
        self.opened, self.is_open = self.opened + 1, True

    def read(self) -> Picture:
        """Return a drawing of now. Raises EngineError `camera_lost` where the script says so."""
        return drawn(self._due().faces)

    def close(self) -> None:
        """Be closed."""
        self.is_open = False

    def _due(self) -> Part:
        at = self._clock.monotonic() - (self._began or 0.0)
        part = Part(0.0)
        for part in self._script:
            if at < part.seconds:
                break
            at -= part.seconds
        if part.away:
            raise EngineError("camera_lost", "The camera in the script is gone.", "It comes back when the script says.")
        return part


def drawn(faces: Sequence[Face]) -> Picture:
    """Return a grey picture with a coloured box for each face; what stands in the colours fits in eight bits."""
    picture = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    for face in faces:
        left, top = round(face.left * WIDTH), round(face.top * HEIGHT)
        right, bottom = round((face.left + face.width) * WIDTH), round((face.top + face.height) * HEIGHT)
        eyes = 255 if face.eyes is None else face.eyes
        turned = 255 if face.turned is None else round(face.turned * 100)
        picture[top:bottom, left:right] = (eyes, MARK, turned)
    return picture


def parse(text: str) -> list[Part]:
    """Return the script in a JSON text. Raises UsageError `bad_script` when it is none."""
    try:
        return [_part(row) for row in json.loads(text)]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            "bad_script",
            f"The webcam's script cannot be used: {error}.",
            'It is a list such as [{"seconds": 5}, {"seconds": 9, "faces": [[0.4, 0.3, 0.2, 0.3]], "eyes": 2}].',
        ) from error


def create(settings: VisionSettings, clock: Clock) -> Source:
    """Make the script that the settings name. Raises UsageError when there is none that can be used."""
    return ScriptedSource(parse(_text(named(settings, "a script"))), clock)


def _part(row: dict[str, Any]) -> Part:
    turned = row.get("turned")
    faces = []
    for box in row.get("faces", []):
        left, top, width, height = (float(side) for side in box)
        faces.append(Face(left, top, width, height, row.get("eyes"), None if turned is None else float(turned)))
    return Part(float(row["seconds"]), tuple(faces), bool(row.get("away", False)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError("bad_script", f"The webcam's script {path} cannot be read: {reason}.") from error
