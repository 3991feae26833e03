"""A camera, and what is said when it cannot be had. There is none here: OpenCV's own part is a double, or says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from alisa.runtime.errors import AlisaError
from vision.opencv import opencv
from vision.sources import camera as camera_module
from vision.sources.camera import CameraSource
from vision.sources.cameras import Camera

UNUSED = 4000
"""a number that no camera has"""


class Device:
    """What OpenCV opens. `pictures` are left in it; after them it is gone."""

    def __init__(self, pictures: int, opened: bool = True) -> None:
        self.pictures = pictures
        self.opened = opened
        self.released = 0
        self.taken = 0

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.opened

    def set(self, *_: Any) -> bool:
        return False  # a camera need not follow

    def grab(self) -> bool:
        self.taken += 1
        return self.taken <= self.pictures

    def retrieve(self) -> tuple[bool, Any]:
        good = self.taken <= self.pictures
        return good, np.full((2, 2, 3), self.taken % 256, np.uint8) if good else None

    def read(self) -> tuple[bool, Any]:
        self.grab()
        return self.retrieve()

    def release(self) -> None:
        self.released += 1


def with_device(monkeypatch: pytest.MonkeyPatch, device: Device) -> None:
    """OpenCV opens this one."""
    monkeypatch.setattr(opencv(), "VideoCapture", lambda *_: device)
    monkeypatch.setattr(camera_module, "WARM_UP_SECONDS", 0.0)


def code_of(source: CameraSource) -> tuple[str, str]:
    """The code and the sentence that opening it raises."""
    with pytest.raises(AlisaError) as caught:
        source.open()
    assert caught.value.hint
    return caught.value.code, str(caught.value)


def test_no_camera_is_one_sentence_and_nothing_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """The real OpenCV, which would print three lines."""
    for wanted in ("", "0", "logitech"):
        code, told = code_of(CameraSource(wanted, list))
        assert code == "camera_missing"
        assert "No camera was found. Plug one in" in told
    assert code_of(CameraSource(str(UNUSED), lambda: [Camera(UNUSED, "Ghost")]))[0] == "camera_busy"
    assert capfd.readouterr() == ("", "")


def test_a_name_that_is_not_there_names_the_others() -> None:
    """So that one can be chosen."""
    code, told = code_of(CameraSource("logitech", lambda: [Camera(0, "Integrated"), Camera(2, "OBS")]))
    assert code == "camera_missing"
    assert "0 (Integrated), 2 (OBS)" in told


def test_a_camera_that_gives_no_picture_is_busy_and_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that another program streams from: it opens, and gives nothing."""
    device = Device(0)
    with_device(monkeypatch, device)
    code, told = code_of(CameraSource("", lambda: [Camera(0, "Integrated")]))
    assert code == "camera_busy"
    assert "'Integrated'" in told
    assert device.released == 1


def test_the_newest_picture_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waited in the driver is as old as the last look, and passed over."""
    device = Device(1000)
    with_device(monkeypatch, device)
    source = CameraSource("", lambda: [Camera(0, "Integrated")])
    source.open()
    before = device.taken
    assert source.read().shape == (2, 2, 3)
    assert device.taken - before == camera_module.WAITING_PICTURES
    source.close()
    source.close()
    assert device.released == 1


def test_an_unplugged_camera_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told by name; after that it is lost until it is opened again."""
    device = Device(100)
    with_device(monkeypatch, device)
    source = CameraSource("", lambda: [Camera(0, "Integrated")])
    source.open()
    device.pictures = device.taken
    with pytest.raises(AlisaError, match="'Integrated' is gone") as caught:
        source.read()
    assert caught.value.code == "camera_lost"
    source.close()
    with pytest.raises(AlisaError):
        source.read()
