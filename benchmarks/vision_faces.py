"""The face part of `python -m benchmarks.vision`: how quickly and how surely the built-in detector finds faces.

The face is one real photograph (NASA's portrait in scikit-image), put at known places before other photographs:
these figures say how size, place, light and background matter, not how different people do. What another hundred
people do is measured on the small faces (25 pixels, enlarged) of scikit-image's part of LFW.

Times are those of the one thread that works, so that a busy machine measures the same; on an idle one they are those
on the wall.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.report import Figure, median, percentile
from tests.vision import photographs
from vision.detectors.faces import Face, Picture
from vision.detectors.haar import Haar
from vision.opencv import opencv

WIDTH, HEIGHT = 320, 240
SIZES = (60, 70, 80, 100, 120, 150)
"""heights of the face, in pixels"""
PLACES_ACROSS = (100, 160, 220)
LIGHTS = (0.45, 1.0, 1.4)
NEAR = 0.35
"""A face is found when its middle is so near to the right place, in heights of the face."""


@dataclass(frozen=True)
class Scene:
    """A picture with one face at a known place."""

    picture: Picture
    size: float
    x: float
    y: float


def measure(quick: bool = False) -> dict[str, dict[str, Any]]:
    """Return the figures by name, each with value, unit, target and ok."""
    return {name: figure.as_json() for name, figure in figures(quick=quick).items()}


def figures(*, quick: bool = False) -> dict[str, Figure]:
    """Measure. `quick` looks at every third scene; that is still more than 96 faces."""
    detector = Haar(WIDTH)
    all_scenes = list(scenes())[:: 3 if quick else 1]
    detector.frontal(detector.prepared(all_scenes[0].picture))  # the first look fills caches

    frontal_ms, whole_ms, found = [], [], 0
    for scene in all_scenes:
        began = time.thread_time()
        faces = detector.frontal(detector.prepared(scene.picture))
        frontal_ms.append(1000 * (time.thread_time() - began))
        found += any(is_right(face, scene) for face in faces)
    for scene in all_scenes[::4]:
        began = time.thread_time()
        detector.find(scene.picture)
        whole_ms.append(1000 * (time.thread_time() - began))

    nobody = [picture for _, picture in photographs.without_faces()]
    wrong = sum(bool(Haar(WIDTH).find(picture)) for picture in nobody)
    people, things = small_pictures()
    known = sum(bool(detector.frontal(detector.prepared(picture))) for picture in people)
    mistaken = sum(bool(detector.frontal(detector.prepared(picture))) for picture in things)
    return {
        "faces_frame_p50": Figure(median(frontal_ms), "ms", 35.0),
        "faces_frame_p95": Figure(percentile(frontal_ms, 0.95), "ms"),
        "faces_frame_with_eyes_p50": Figure(median(whole_ms), "ms"),
        "faces_found_from_60_px": Figure(100 * found / len(all_scenes), f"% of {len(all_scenes)}", 95.0, "higher"),
        "faces_where_nobody_is": Figure(wrong, f"of {len(nobody)} pictures", 0.0),
        "faces_of_other_people_found": Figure(100 * known / len(people), f"% of {len(people)}"),
        "faces_in_pieces_of_pictures": Figure(mistaken, f"of {len(things)} pieces"),
        "faces_threads": Figure(opencv().getNumThreads(), "threads", 1.0),
    }


def scenes() -> Iterator[Scene]:
    """Every size at every place, in every light, before every background, and mirrored by turns."""
    grounds = [photographs.resized(photographs.photograph(name), WIDTH, HEIGHT) for name in photographs.PLACES]
    grounds += [np.full((HEIGHT, WIDTH, 3), level, np.uint8) for level in (40, 120, 235)]  # plain walls
    for number, (ground, size, x, light) in enumerate(itertools.product(grounds, SIZES, PLACES_ACROSS, LIGHTS)):
        y = 110 + 10 * (number % 3)
        mirrored = bool(number % 2)
        picture = photographs.somebody(size, x, y, before=ground, bright=light, mirrored=mirrored)
        yield Scene(picture, size, WIDTH - x if mirrored else x, y)


def is_right(face: Face, scene: Scene) -> bool:
    """Whether this is the face of the scene."""
    across = abs((face.left + face.width / 2) * WIDTH - scene.x)
    down = abs((face.top + face.height / 2) * HEIGHT - scene.y)
    return max(across, down) < NEAR * scene.size


def small_pictures() -> tuple[list[Picture], list[Picture]]:
    """A hundred faces of LFW, and a hundred pieces of its pictures without one, in the middle of a grey picture."""
    import skimage.data

    pieces = np.load(Path(skimage.data.__file__).with_name("lfw_subset.npy"))
    framed = []
    for piece in pieces:
        picture = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
        level = np.clip(piece * 255, 0, 255).astype(np.uint8)
        picture[70:170, 110:210] = photographs.resized(level, 100, 100)[..., None]
        framed.append(picture)
    return framed[:100], framed[100:]
