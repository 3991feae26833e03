"""Opening the settings file: made where it is not there, handed to an opener, and a failure told in Tk's loop."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from tkinter import Tk

import pytest

from alisa.runtime.paths import Home
from overlay import pages
from tests.faults import needs_posix
from tests.rig.screen import Screen

pytestmark = needs_posix


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "a home with spaces; and $more").ensure()


def test_the_file_is_made_by_the_command(home: Home) -> None:
    """Every setting with its default, commented out; a file that is there stays as it is."""
    assert pages.make_file(home)
    assert "# port = 8000" in home.config_file.read_text()
    home.config_file.write_text("[hub]\nport = 9\n")
    assert pages.make_file(home)
    assert home.config_file.read_text() == "[hub]\nport = 9\n"


def opener(folder: Path, code: int) -> list[str]:
    """A program that writes down what it is asked to open."""
    script = folder / f"opener{code}.py"
    script.write_text(
        f"import os, sys\n"
        f"open({str(folder / 'opened')!r}, 'a').write(sys.argv[1] + ' ' + os.environ.get('ALISA_SUPERVISED', ''))\n"
        f"sys.exit({code})\n"
    )
    return [sys.executable, str(script)]


def test_the_next_opener_is_tried(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is not there or fails gives way; no shell reads the name; it does not end with the avatar."""
    monkeypatch.setenv("ALISA_SUPERVISED", "1")
    openers = [["no-such-program"], opener(tmp_path, 3), opener(tmp_path, 0)]
    monkeypatch.setattr(pages, "openers", lambda: openers)
    assert pages.open_file(home.config_file)
    assert (tmp_path / "opened").read_text() == f"{home.config_file} " * 2


def test_an_opener_that_stays_is_the_editor(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits until the user has closed it."""
    monkeypatch.setattr(pages, "OPEN_SECONDS", 0.05)
    monkeypatch.setattr(pages, "openers", lambda: [[sys.executable, "-c", "import time; time.sleep(0.5)"]])
    assert pages.open_file(home.config_file)
    for editor in (thread for thread in threading.enumerate() if thread.name == "editor"):
        editor.join(20)


def test_what_goes_wrong_is_told(
    bare: Screen, tk_root: Callable[[Screen], Tk], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user learns where the file is; Tk never waited."""
    root = tk_root(bare)
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(pages, "openers", list)
    home.config_file.write_text("")
    page = pages.SettingsFile(root, home, lambda text, hint: told.append((text, hint)))
    page.open()
    bare.wait(lambda: told, "what went wrong", root)
    page.close()
    assert told == [("No editor was found for the settings.", f"They are in {home.config_file}.")]
