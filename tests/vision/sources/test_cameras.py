"""Which camera is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from vision.sources.cameras import Camera, choose, from_linux, from_profiler

LISTED = [Camera(0, "Integrated Camera"), Camera(2, "HD Pro Webcam C920"), Camera(4, "OBS Virtual Camera")]


@pytest.mark.parametrize(
    ("wanted", "number"),
    [("", 0), ("  ", 0), ("2", 2), ("c920", 2), ("obs", 4), ("INTEGRATED CAMERA", 0), ("7", 7)],
)
def test_by_number_or_a_part_of_the_name(wanted: str, number: int) -> None:
    """Nothing is the first; a number is taken at its word."""
    camera = choose(LISTED, wanted)
    assert camera is not None
    assert camera.number == number


def test_the_whole_name_is_better_than_a_part() -> None:
    """Where one name stands in another."""
    assert choose([Camera(0, "Cam Pro"), Camera(1, "Cam")], "cam") == Camera(1, "Cam")


@pytest.mark.parametrize("wanted", ["logitech", "²", "123456", "-1"])
def test_what_is_not_there_is_none(wanted: str) -> None:
    """Nor what only looks like a number."""
    assert choose(LISTED, wanted) is None
    assert choose([], "") is None


def test_linux_lists_a_camera_once(tmp_path: Path) -> None:
    """A camera has further devices that give no pictures; order is by number."""
    for number, index, name in ((10, 0, "Second"), (0, 0, "First: First"), (1, 1, "First: First"), (11, 1, "Second")):
        device = tmp_path / f"video{number}"
        device.mkdir()
        (device / "index").write_text(f"{index}\n")
        (device / "name").write_text(f"{name}\n")
    (tmp_path / "v4l-subdev0").mkdir()
    (tmp_path / "video12").mkdir()  # without a name
    assert from_linux(tmp_path) == [Camera(0, "First: First"), Camera(10, "Second"), Camera(12, "")]
    assert from_linux(tmp_path / "nothing") == []


def test_macos_lists_them_in_opencvs_order() -> None:
    """By their identifiers; a report without cameras, or none at all, is no camera."""
    report = {
        "SPCameraDataType": [
            {"_name": "Studio Display", "spcamera_unique-id": "0x2000"},
            {"_name": "FaceTime HD Camera", "spcamera_unique-id": "0x1000"},
        ]
    }
    assert from_profiler(report) == [Camera(0, "FaceTime HD Camera"), Camera(1, "Studio Display")]
    assert from_profiler({}) == []
    assert from_profiler(None) == []
