"""Videos, folders and scripts in the camera's place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import AlisaError, MissingError, UsageError
from tests.vision.photographs import video
from vision.detectors.faces import Face, Picture
from vision.detectors.scripted import Scripted
from vision.opencv import opencv
from vision.settings import VisionSettings
from vision.sources import engines
from vision.sources.folder import FolderSource
from vision.sources.scripted import Part, ScriptedSource, drawn, parse
from vision.sources.video import VideoSource


def grey(level: int) -> Picture:
    """A picture of one brightness."""
    return np.full((48, 64, 3), level, np.uint8)


def test_a_video_is_seen_at_its_own_speed(tmp_path: Path) -> None:
    """Whenever one looks, the picture is the one of that moment; after the end the last one stays."""
    path = video(tmp_path / "a b.avi", 3.0, lambda at: grey(50 + 50 * int(at)))
    clock = ManualClock()
    source = VideoSource(path, clock)
    source.open()
    levels = []
    for seconds in (0.0, 0.5, 1.0, 1.2, 50.0, 1.0):
        clock.advance(seconds)
        levels.append(round(float(source.read().mean()), -1))
    assert levels == [50, 50, 100, 150, 150, 150]
    source.close()


@pytest.mark.parametrize("content", [None, b"", b"no video at all" * 100])
def test_what_is_no_video_is_told(tmp_path: Path, content: bytes | None, capfd: pytest.CaptureFixture[str]) -> None:
    """Not there, empty, or something else; nothing is printed."""
    path = tmp_path / "film.mp4"
    if content is not None:
        path.write_bytes(content)
    source = VideoSource(path, ManualClock())
    with pytest.raises(MissingError, match=r"film\.mp4") as caught:
        source.open()
    assert caught.value.code == "no_pictures"
    assert capfd.readouterr() == ("", "")


def test_a_folder_is_seen_picture_by_picture(tmp_path: Path) -> None:
    """In the order of the names, each once; what is no picture is passed over; a later one follows."""
    for name, level in (("b.png", 80), ("ä c.png", 120)):
        (tmp_path / name).write_bytes(opencv().imencode(".png", grey(level))[1].tobytes())
    (tmp_path / "a.png").write_bytes(b"no picture")
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("no picture either")
    source = FolderSource(tmp_path)
    source.open()
    assert [int(source.read().mean()) for _ in range(3)] == [80, 120, 120]
    (tmp_path / "ö.png").write_bytes(opencv().imencode(".png", grey(200))[1].tobytes())
    assert [int(source.read().mean()) for _ in range(2)] == [200, 200]


def test_a_folder_without_pictures_is_told(tmp_path: Path) -> None:
    """And one that is not there."""
    with pytest.raises(MissingError, match="no pictures"):
        FolderSource(tmp_path / "nothing").open()
    source = FolderSource(tmp_path)
    source.open()
    with pytest.raises(MissingError, match="no pictures"):
        source.read()


def test_what_the_script_draws_the_scripted_detector_finds() -> None:
    """Boxes, eyes and directions come back as they were written."""
    faces = (Face(0.1, 0.1, 0.2, 0.3, 2, 0.0), Face(0.5, 0.4, 0.25, 0.25, 0, None), Face(0.8, 0.1, 0.1, 0.1, None, 0.9))
    found = sorted(Scripted().find(drawn(faces)), key=lambda face: face.left)
    for face, again in zip(faces, found, strict=True):
        assert (again.eyes, again.turned) == (face.eyes, face.turned)
        assert again.left == pytest.approx(face.left, abs=0.01)
        assert again.height == pytest.approx(face.height, abs=0.01)
    assert Scripted().find(drawn(())) == []


def test_a_script_runs_by_the_clock_and_the_camera_comes_back() -> None:
    """Times count from the first opening; the last part stays."""
    clock = ManualClock()
    source = ScriptedSource(
        parse('[{"seconds": 5, "faces": [[0.4, 0.3, 0.2, 0.3]]}, {"seconds": 5, "away": true}, {"seconds": 1}]'), clock
    )
    source.open()
    assert len(Scripted().find(source.read())) == 1
    clock.advance(6)
    with pytest.raises(AlisaError, match="gone"):
        source.read()
    with pytest.raises(AlisaError, match="gone"):
        source.open()
    clock.advance(100)
    source.open()
    assert Scripted().find(source.read()) == []
    assert ScriptedSource([Part(1.0)], clock).opened == 0


@pytest.mark.parametrize("text", ["", "{}x", "[1]", '[{"faces": 3}]', '[{"seconds": "x"}]', '{"seconds": 1}', "3"])
def test_a_script_that_is_none_is_told(text: str) -> None:
    """With an example of one."""
    with pytest.raises(UsageError, match="seconds") as caught:
        parse(text)
    assert caught.value.code == "bad_script"


@pytest.mark.parametrize("name", ["video", "folder", "scripted"])
def test_a_source_that_needs_a_path_says_so(name: str) -> None:
    """With the command that sets it."""
    settings = VisionSettings.model_validate({"source": name})
    with pytest.raises(UsageError, match=r"vision\.source_path"):
        engines.create(settings, ManualClock())


def test_a_script_that_is_not_there_is_told(tmp_path: Path) -> None:
    """By its name."""
    with pytest.raises(UsageError, match="cannot be read"):
        engines.create(VisionSettings(source="scripted", source_path=str(tmp_path / "no.json")), ManualClock())
