"""The built-in detector on real photographs."""

from __future__ import annotations

import numpy as np
import pytest

from alisa.protocol.tags import Attention, Presence
from alisa.runtime.errors import MissingError
from tests.vision import photographs
from tests.vision.photographs import portrait, somebody
from vision.attention import glance
from vision.detectors.faces import Face
from vision.detectors.haar import Haar
from vision.opencv import opencv
from vision.webcam import face_in


def is_at(face: Face, size: float, x: float, y: float, width: int = 320, height: int = 240) -> bool:
    """Is this the face that was put there?"""
    right = abs((face.left + face.width / 2) * width - x) < 0.35 * size
    return right and abs((face.top + face.height / 2) * height - y) < 0.35 * size


@pytest.mark.parametrize("place", photographs.PLACES)
def test_faces_are_found_wherever_somebody_sits(place: str) -> None:
    """Small or large, dark or bright, at the side, mirrored, before anything: at their place, and nothing else."""
    detector = Haar()
    before = photographs.resized(photographs.photograph(place), 320, 240)
    for number, size in enumerate((60, 80, 110, 150)):
        x, bright = 100 + 40 * number, (0.5, 1.0, 1.3, 0.8)[number]
        picture = somebody(size, x, 120, before=before, bright=bright, mirrored=bool(number % 2))
        (face,) = detector.find(picture)
        assert is_at(face, size, 320 - x if number % 2 else x, 120)


def test_several_people_are_several_faces() -> None:
    """Three in a row; the nearest is the one whose eyes are looked at."""
    picture = somebody(70, 60, 100)
    picture = somebody(100, 170, 130, before=picture)
    picture = somebody(60, 270, 90, before=picture)
    faces = sorted(Haar().find(picture), key=lambda face: face.left)
    assert len(faces) == 3
    assert [face.eyes for face in faces] == [None, 2, None]
    assert face_in(picture, Haar()).faces == 3


def test_where_nobody_is_no_face_is_found() -> None:
    """Two dozen pictures: things, animals, patterns, text, noise, darkness."""
    names = [name for name, picture in photographs.without_faces() if Haar().find(picture)]
    assert names == []


@pytest.mark.parametrize("width", [240, 320, 480])
def test_open_eyes_are_seen(width: int) -> None:
    """Somebody who looks at the camera is focused."""
    (face,) = Haar(width).find(portrait())
    assert (face.eyes, face.turned) == (2, 0.0)
    seen = face_in(portrait(), Haar(width))
    assert (seen.presence, seen.attention, seen.faces) == (Presence.PRESENT, Attention.FOCUSED, 1)


def test_shut_eyes_look_away() -> None:
    """The same face with its eyes shut is harder to find; where it is, it does not look."""
    shut = photographs.with_shut_eyes(photographs.photograph("astronaut"))
    found = [face for width in range(200, 680, 40) for face in Haar(width).find(shut[:384])]
    assert len(found) >= 2
    assert {face.eyes for face in found} == {0}
    assert {glance(face) for face in found} == {Attention.DISTRACTED}


@pytest.mark.parametrize("degrees", [-20, 20])
def test_a_head_turned_a_little_still_looks(degrees: int) -> None:
    """Nobody sits like a statue."""
    (face,) = Haar().find(photographs.turned(photographs.photograph("astronaut"), degrees)[:384])
    assert glance(face) is Attention.FOCUSED


def test_a_head_in_profile_looks_away() -> None:
    """Where somebody sat a moment ago a man is seen from his side (a real photograph): there, and not looking."""
    photographer = photographs.photograph("camera")
    height, width = photographer.shape[:2]
    # the portrait, with its face where the photographer's head will be
    picture = somebody(110, 0.44 * width, 0.28 * height, before=np.full_like(photographer, 120))
    detector = Haar()
    (face,) = detector.find(picture)
    assert glance(face) is Attention.FOCUSED
    (aside,) = detector.find(photographer)
    assert aside.turned == 1.0
    assert glance(aside) is Attention.DISTRACTED


def test_a_profile_is_looked_for_only_where_a_face_was() -> None:
    """Anywhere else that cascade finds what is no head; and not for long."""
    photographer = photographs.photograph("camera")
    assert Haar().find(photographer) == []
    detector = Haar()
    detector.find(portrait())
    empty = np.full((480, 640, 3), 120, np.uint8)
    for _ in range(20):
        assert detector.find(empty) == []
    assert detector.find(photographer) == []


def test_the_light_preset_looks_for_no_eyes() -> None:
    """Then attention is not told."""
    (face,) = Haar(240, eyes=False).find(portrait())
    assert (face.eyes, face.turned) == (None, None)
    assert face_in(portrait(), Haar(240, eyes=False)).attention is None


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2000, 3), (2000, 3, 3), (40, 40, 3), (1080, 1920, 3)])
def test_odd_pictures_hold_no_face(shape: tuple[int, ...]) -> None:
    """And nothing breaks."""
    assert Haar().find(np.zeros(shape, np.uint8)) == []


def test_one_thread_is_enough() -> None:
    """OpenCV takes no more."""
    Haar()
    assert opencv().getNumThreads() == 1


def test_missing_cascades_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """OpenCV without its files, as some packagers ship it."""
    monkeypatch.setattr(opencv().data, "haarcascades", str(tmp_path))
    with pytest.raises(MissingError, match="haarcascade_frontalface_alt2") as caught:
        Haar()
    assert caught.value.code == "cascade_missing"
