"""No picture is ever a file, not even for a moment: the kernel says what is made in the folders where one would be."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from tests.vision import photographs
from tests.vision.scenes import DARK, TRACEBACK, written
from vision.describe import Describer
from vision.desktop.scripted import ScriptedDesktop
from vision.desktop.window import Window
from vision.detectors.haar import Haar
from vision.grab import ScriptedGrabber
from vision.ocr import engines
from vision.screen_eye import Parts, ScreenEye
from vision.settings import VisionSettings
from vision.webcam import face_in

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
_MADE = 0x00000002 | 0x00000080 | 0x00000100
"""IN_MODIFY, IN_MOVED_TO, IN_CREATE"""
_EVENT = struct.Struct("iIII")


@contextlib.contextmanager
def watching(*folders: Path) -> Iterator[Callable[[], list[str]]]:
    """Give what tells the names of all files that were made or written in these folders meanwhile."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    assert handle >= 0
    names: list[str] = []

    def made() -> list[str]:
        with contextlib.suppress(BlockingIOError):
            data = os.read(handle, 1 << 20)
            while data:
                _, _, _, length = _EVENT.unpack_from(data)
                names.append(data[_EVENT.size : _EVENT.size + length].rstrip(b"\0").decode())
                data = data[_EVENT.size + length :]
        return names

    try:
        for folder in folders:
            assert libc.inotify_add_watch(handle, os.fsencode(folder), _MADE) >= 0
        yield made
    finally:
        os.close(handle)


@pytest.fixture
def made(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[str]]]:
    """Watches the home, the folder for passing files, and the one that the process is in."""
    scratch, here = tmp_path / "scratch", tmp_path / "here"
    for folder in (scratch, here):
        folder.mkdir()
    for variable in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(here)
    with watching(home.root, scratch, here) as told:
        yield told


def test_a_file_that_is_there_for_a_moment_would_be_noticed(made: Callable[[], list[str]]) -> None:
    """Else the others would prove nothing."""
    with tempfile.NamedTemporaryFile(suffix=".png"):
        pass
    assert [name for name in made() if name.endswith(".png")]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed.")
def test_the_screen_is_read_without_a_file(made: Callable[[], list[str]]) -> None:
    """By the real reader, in looks as the eye takes them."""
    window = Window("mira@desk: ~/shop", "XTerm", 7, (100, 80, 640, 360), fullscreen=False)
    picture = written(TRACEBACK, DARK)
    eye = ScreenEye(
        VisionSettings(),
        Parts(lambda: ScriptedDesktop(window), lambda: ScriptedGrabber([picture]), lambda: engines.create("tesseract")),
    )
    read = [eye.look(at).sight for at in (0.0, 1.0, 2.0, 40.0)][-1]
    eye.close()
    assert read.error_kind == "python"
    assert made() == []


def test_faces_are_found_without_a_file(made: Callable[[], list[str]]) -> None:
    """By the detector that is built in."""
    assert face_in(photographs.portrait(), Haar()).faces == 1
    assert made() == []


def test_a_model_is_shown_a_picture_without_a_file(made: Callable[[], list[str]], home: Home) -> None:
    """It goes within the request."""
    answer = httpx.Response(200, json={"choices": [{"message": {"content": "A page."}}]})
    client = httpx.Client(transport=httpx.MockTransport(lambda _request: answer))
    asked = Describer(home, settings=LlmSettings(url="http://127.0.0.1:9/v1"), client=client)
    asked.look(np.zeros((400, 600, 3), np.uint8), 0.0)
    assert asked.note == ""
    assert made() == []
