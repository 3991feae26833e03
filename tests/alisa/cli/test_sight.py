"""`alisa look`: what the eyes see, once."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from alisa.protocol.sight import SightScreen
from tests.alisa.cli.conftest import Alisa


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    """A picture of nobody."""
    file = tmp_path / "wall ü.png"
    file.write_bytes(cv2.imencode(".png", np.full((240, 320, 3), 90, np.uint8))[1].tobytes())
    return file


def test_a_picture_of_nobody(alisa: Alisa, wall: Path) -> None:
    """In words, and as JSON."""
    assert alisa("look", "--image", str(wall), "--as", "webcam").out.strip() == "Nobody is there."
    seen = json.loads(alisa("look", "--image", str(wall), "--as", "webcam", "--json").out)
    assert (seen["presence"], seen["faces"]) == ("absent", 0)


def test_a_picture_of_a_screen(alisa: Alisa, wall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was understood of it is shown: the error, the offer, the words."""
    sight = SightScreen(
        text="Traceback\nValueError: no", error_kind="python", error_message="ValueError: no", error_file="a.py",
        error_line=3, offer="help with the Python error in a.py, line 3",
    )  # fmt: skip
    monkeypatch.setattr("alisa.cli.sight._screen", lambda settings, home, image: sight)
    out = alisa("look", "--image", str(wall)).out
    assert "python in a.py, line 3: ValueError: no" in out
    assert "help with the Python error" in out
    assert "Traceback" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name one thing"),
        (["--webcam", "--screen"], "Name one thing"),
        (["--screen", "--wait", "-1"], "waits no longer"),
        (["--image", "nothing.png"], "There is no file"),
        (["--image", __file__], "no picture"),
    ],
)
def test_wrong_use_is_said(alisa: Alisa, arguments: list[str], said: str) -> None:
    """In one line, with exit code 2."""
    done = alisa("look", *arguments)
    assert done.code == 2
    assert said in done.err
