"""Her picture as a file and the list of what there is, without any screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from overlay import headless
from overlay.expressions import Expression
from overlay.options import Options


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_the_command_needs_no_screen(tmp_path: Path) -> None:
    """`python -m overlay --screenshot` works in a bare environment, and opens nothing."""
    env = {"ALISA_HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    argv = [sys.executable, "-m", "overlay", "--screenshot", str(tmp_path / "her.png"), "--emotion", "shy"]
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with Image.open(tmp_path / "her.png") as picture:
        assert (picture.mode, picture.size) == ("RGBA", (256, 384))


def test_size_and_background(home: Home, tmp_path: Path) -> None:
    """Twice as large, on a ground of one's own."""
    path = tmp_path / "her.png"
    assert headless.run(Options(screenshot=path, size=2.0, background="#171326"), home) == 0
    with Image.open(path) as picture:
        assert (picture.mode, picture.size, picture.getpixel((0, 0))) == ("RGB", (512, 768), (0x17, 0x13, 0x26))


def test_every_face_is_another_picture(home: Home, tmp_path: Path) -> None:
    """All eleven."""
    pictures = set()
    for expression in Expression:
        path = tmp_path / f"{expression}.png"
        headless.run(Options(screenshot=path, emotion=expression), home)
        pictures.add(path.read_bytes())
    assert len(pictures) == len(Expression)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"screenshot": Path("her.xyz")}, "wrong_use"),
        ({"screenshot": Path("no such folder/her.png")}, "cannot_write"),
        ({"screenshot": Path("her.png"), "background": "very green"}, "wrong_use"),
        ({"screenshot": Path("her.png"), "avatar": "nobody"}, "unknown_avatar"),
    ],
)
def test_what_cannot_be_done_is_said(
    home: Home, tmp_path: Path, options: dict[str, object], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence each, and no half file."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AlisaError) as error:
        headless.run(Options(**options), home)  # type: ignore[arg-type]
    assert error.value.code == code


def test_the_list(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Avatars, the chosen one marked and a broken one named, and the kinds of window."""
    (home.avatars / "mine").mkdir(parents=True)
    assert headless.run(Options(list=True), home) == 0
    listed = capsys.readouterr().out
    assert "* alisa" in listed
    assert "  mine             broken" in listed
    assert "argb" in listed
