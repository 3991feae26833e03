"""Where the screen's pictures come from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from alisa.runtime.errors import EngineError, MissingError, UsageError
from vision.grab import FolderGrabber, ScreenGrabber, ScriptedGrabber, open_grabber, read_picture
from vision.settings import VisionSettings


class Mss:
    """As mss answers: BGRX, and an error when the screen is another one than before."""

    def __init__(self, failures: list[int]) -> None:
        self.failures = failures

    def grab(self, box: dict[str, int]) -> Any:
        if self.failures[0]:
            self.failures[0] -= 1
            raise ValueError("recreate your MSS object")
        width, height = box["width"], box["height"]
        return SimpleNamespace(raw=bytearray([1, 2, 3, 0] * width * height), width=width, height=height)

    def close(self) -> None:
        pass


def test_a_picture_is_bgr() -> None:
    """Height, width, three channels."""
    picture = ScreenGrabber(lambda: Mss([0])).grab((5, 5, 4, 3))
    assert picture.shape == (3, 4, 3)
    assert picture[0, 0].tolist() == [1, 2, 3]


def test_a_screen_that_changed_its_size_is_opened_again() -> None:
    """Once; then it is an error with a sentence."""
    failures = [1]
    assert ScreenGrabber(lambda: Mss(failures)).grab((0, 0, 2, 2)).shape == (2, 2, 3)
    failures[0] = 2
    with pytest.raises(EngineError, match="could not be grabbed"):
        ScreenGrabber(lambda: Mss(failures)).grab((0, 0, 2, 2))


def test_no_screen_is_said() -> None:
    """By an error that a person understands."""

    def fail() -> Any:
        raise OSError("no display")

    with pytest.raises(MissingError) as raised:
        ScreenGrabber(fail)
    assert raised.value.code == "screen_missing"


def test_a_folder_shows_its_pictures_in_order(tmp_path: Path) -> None:
    """One a look; the last one stays; a box cuts out a part. Names may hold any letter."""
    for number, name in enumerate(("a ü.png", "b.png")):
        Image.new("RGB", (30, 20), (number, 0, 0)).save(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no picture")
    grabber = open_grabber(VisionSettings(screen_source="folder", screen_path=str(tmp_path)))
    assert grabber.grab((0, 0, 1920, 1080)).shape == (20, 30, 3)
    assert grabber.grab((10, 5, 8, 6)).shape == (6, 8, 3)
    assert grabber.grab((0, 0, 30, 20))[0, 0].tolist() == [0, 0, 1]
    grabber.close()


def test_a_folder_without_pictures_is_said(tmp_path: Path) -> None:
    """Also a file that only calls itself one."""
    with pytest.raises(UsageError):
        FolderGrabber(tmp_path / "nothing")
    with pytest.raises(UsageError):
        FolderGrabber(tmp_path)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with pytest.raises(UsageError, match="is no picture"):
        FolderGrabber(tmp_path).grab((0, 0, 1, 1))
    (tmp_path / "empty.png").write_bytes(b"")
    with pytest.raises(UsageError):
        read_picture(tmp_path / "empty.png")


def test_a_script_shows_what_it_is_given() -> None:
    """And remembers what was asked for."""
    grabber = ScriptedGrabber([np.ones((2, 2, 3), np.uint8)])
    assert grabber.grab((0, 0, 2, 2)).sum() == 12
    assert ScriptedGrabber().grab((0, 0, 4, 3)).shape == (3, 4, 3)
    assert grabber.grabs == [(0, 0, 2, 2)]
