"""Faces by OpenCV's Haar cascades, which come with it: quick on any processor, and nothing is downloaded.

`alt2` on a grey picture finds faces that look roughly at the camera, dark and bright ones: the cascades even out
each place that they look at. (Evening out the whole picture first hides a third of the faces before a plain wall.)
Eyes are looked for in the upper part of the nearest face, enlarged: at the size of a webcam's face they are too small
for their cascade. A head turned aside is looked for with the profile cascade, and only where a face is or was a
moment ago: anywhere else that cascade finds things that are no heads.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from vision.detectors.faces import Detector, Face, Picture, nearest
from vision.opencv import opencv
from vision.pace import Preset
from vision.settings import VisionSettings

SCALE = 1.1
NEIGHBOURS = 4
SMALLEST = 0.1
"""the smallest face, as a share of the width of the picture: 32 of 320 pixels"""
TALLEST = 2.0
"""a picture that is taller than so many widths is made narrower"""
EYES_FROM, EYES_TO = 0.15, 0.6
"""where in the height of a face its eyes are"""
EYES_PIXELS = 200
"""the face is enlarged to this width for its eyes, and at least doubled"""
SMALLEST_EYE = 0.12
"""the smallest eye, as a share of the width of the face"""
PROFILE_PIXELS = 48
"""the face is brought to this width for the profile cascade, which was made for 20 pixels"""
PROFILE_NEIGHBOURS = 2
PROFILE_SIZES = (0.5, 1.8)
"""the smallest and the largest head in profile, in widths of the face that was there"""
PROFILE_MARGIN = 0.8
"""so much of the face's size around it is looked through for a profile"""
REMEMBERED_LOOKS = 12
"""where a face was, a head turned aside is looked for during so many looks"""


class Haar:
    """Finds faces in a picture that is brought to a width of `width` pixels."""

    def __init__(self, width: int = 320, *, eyes: bool = True) -> None:
        """Load the cascades. `eyes`: look for open eyes and for heads turned aside, too. Raises MissingError."""
        self._cv = opencv()
        self._width = width
        self._eyes = eyes
        self._frontal = self._cascade("frontalface_alt2")
        self._eye = self._cascade("eye") if eyes else None
        self._glasses = self._cascade("eye_tree_eyeglasses") if eyes else None
        self._profile = self._cascade("profileface") if eyes else None
        self._last: Face | None = None
        self._looks_since = 0

    def find(self, picture: Picture) -> list[Face]:
        """Return the faces; eyes and direction of the nearest alone are known."""
        grey = self.prepared(picture)
        faces = self.frontal(grey)
        if not self._eyes:
            return faces
        front = nearest(faces)
        if front is None:
            aside = self._where_one_was(grey)
            return [aside] if aside else []
        known = self._closer(grey, front)
        self._last, self._looks_since = known, 0
        return [known if face is front else face for face in faces]

    def close(self) -> None:
        """Nothing is held."""

    def prepared(self, picture: Picture) -> Picture:
        """Return the picture in grey, at the width that is looked through."""
        cv = self._cv
        height, width = picture.shape[:2]
        scale = min(self._width / width, TALLEST * self._width / height)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        grey = cv.cvtColor(picture, cv.COLOR_BGR2GRAY) if picture.ndim == 3 else picture
        if size != (width, height):
            grey = cv.resize(grey, size, interpolation=cv.INTER_AREA if scale < 1 else cv.INTER_LINEAR)
        return _picture(grey)

    def frontal(self, grey: Picture) -> list[Face]:
        """Return the faces that look roughly at the camera, in a prepared picture."""
        smallest = round(SMALLEST * self._width)
        boxes = self._frontal.detectMultiScale(grey, SCALE, NEIGHBOURS, minSize=(smallest, smallest))
        return [_face(grey, *(int(side) for side in box)) for box in boxes]

    def _closer(self, grey: Picture, face: Face) -> Face:
        """Return a frontal face with what its eyes and the profile cascade say."""
        eyes = self._open_eyes(grey, face)
        # Both eyes say that it looks here; with fewer, it may be a head on its way round.
        turned = 0.0 if eyes == 2 else 1.0 if self._in_profile(grey, face) else None
        return Face(face.left, face.top, face.width, face.height, eyes, turned)

    def _open_eyes(self, grey: Picture, face: Face) -> int:
        """Return how many eyes are seen, at most two: the better of what two cascades find."""
        left, top, width, height = _pixels(grey, face)
        strip = grey[top + round(EYES_FROM * height) : top + round(EYES_TO * height), left : left + width]
        if not strip.size:
            return 0
        factor = max(2.0, EYES_PIXELS / width)
        large = self._cv.resize(strip, None, fx=factor, fy=factor, interpolation=self._cv.INTER_CUBIC)
        smallest = round(SMALLEST_EYE * width * factor)
        most = 0
        for cascade in (self._eye, self._glasses):
            boxes = cascade.detectMultiScale(large, SCALE, NEIGHBOURS, minSize=(smallest, smallest))  # type: ignore[union-attr]
            sides = {float(x) + float(w) / 2 < large.shape[1] / 2 for x, _, w, _ in boxes}
            most = max(most, len(sides))  # one on each side: a brow above an eye is no second eye
            if most == 2:
                break
        return most

    def _where_one_was(self, grey: Picture) -> Face | None:
        """Return a head in profile where a face was seen a moment ago."""
        self._looks_since += 1
        if self._last is None or self._looks_since > REMEMBERED_LOOKS:
            return None
        found = self._in_profile(grey, self._last)
        if found is not None:
            self._last, self._looks_since = found, 0
        return found

    def _in_profile(self, grey: Picture, face: Face) -> Face | None:
        """Return the head that is seen from its side around this face, or None."""
        height, width = grey.shape[:2]
        left, top, side, tall = _pixels(grey, face)
        x0, y0 = max(0, round(left - PROFILE_MARGIN * side)), max(0, round(top - PROFILE_MARGIN * tall))
        x1 = min(width, round(left + (1 + PROFILE_MARGIN) * side))
        y1 = min(height, round(top + (1 + PROFILE_MARGIN) * tall))
        factor = PROFILE_PIXELS / side
        around = self._cv.resize(grey[y0:y1, x0:x1], None, fx=factor, fy=factor, interpolation=self._cv.INTER_AREA)
        smallest, largest = (round(share * PROFILE_PIXELS) for share in PROFILE_SIZES)
        sizes = {"minSize": (smallest, smallest), "maxSize": (largest, largest)}
        for mirrored in (False, True):  # the cascade knows one side of a head
            seen = around[:, ::-1].copy() if mirrored else around
            boxes: Any = self._profile.detectMultiScale(seen, SCALE, PROFILE_NEIGHBOURS, **sizes)  # type: ignore[union-attr]
            if len(boxes):
                x, y, w, h = (float(side) for side in boxes[0])
                from_left = around.shape[1] - x - w if mirrored else x
                return Face(
                    (x0 + from_left / factor) / width,
                    (y0 + y / factor) / height,
                    w / factor / width,
                    h / factor / height,
                    turned=1.0,
                )
        return None

    def _cascade(self, name: str) -> Any:
        path = Path(self._cv.data.haarcascades) / f"haarcascade_{name}.xml"
        cascade = self._cv.CascadeClassifier(str(path)) if path.is_file() else None
        if cascade is None or cascade.empty():
            raise MissingError(
                "cascade_missing",
                f"OpenCV's file {path.name}, which finds faces, is not there.",
                'Install OpenCV again: python -m pip install --force-reinstall "opencv-python-headless>=4.10,<5"',
            )
        return cascade


def create(_settings: VisionSettings, _home: Home, preset: Preset) -> Detector:
    """Make one that looks as closely as the preset says."""
    return Haar(preset.width, eyes=preset.eyes)


def _face(grey: Picture, left: int, top: int, width: int, height: int) -> Face:
    tall, wide = grey.shape[:2]
    return Face(left / wide, top / tall, width / wide, height / tall)


def _pixels(grey: Picture, face: Face) -> tuple[int, int, int, int]:
    tall, wide = grey.shape[:2]
    return round(face.left * wide), round(face.top * tall), round(face.width * wide), round(face.height * tall)


def _picture(array: Any) -> Picture:
    return np.asarray(array, np.uint8)
