"""A file is handed to another program, which stays."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from alisa.runtime import opening
from tests.faults import needs_posix

pytestmark = needs_posix


def opener(folder: Path, code: int) -> list[str]:
    """A program that writes down what it is asked to open."""
    script = folder / f"opener{code}.py"
    script.write_text(
        f"import os, sys\n"
        f"open({str(folder / 'opened')!r}, 'a').write(sys.argv[1] + ' ' + os.environ.get('ALISA_SUPERVISED', ''))\n"
        f"sys.exit({code})\n"
    )
    return [sys.executable, str(script)]


def test_the_next_opener_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is not there or fails gives way; no shell reads the name; it does not end with us."""
    monkeypatch.setenv("ALISA_SUPERVISED", "1")
    path = tmp_path / "a file with spaces; and $more"
    assert opening.hand_over(path, [["no-such-program"], opener(tmp_path, 3), opener(tmp_path, 0)])
    assert (tmp_path / "opened").read_text() == f"{path} " * 2
    assert not opening.hand_over(path, [])


def test_an_opener_that_stays_is_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits until the user has closed it."""
    monkeypatch.setattr(opening, "OPEN_SECONDS", 0.05)
    assert opening.hand_over(tmp_path, [[sys.executable, "-c", "import time; time.sleep(0.5)"]])
    for thread in (thread for thread in threading.enumerate() if thread.name == "opener"):
        thread.join(20)


def test_a_page_needs_a_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a display no browser is started: one for terminals would take the terminal away."""
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert opening.page_openers() == []
    assert not opening.open_page(tmp_path / "page.html")
    monkeypatch.setenv("DISPLAY", ":77")
    assert opening.page_openers() == [[str(program)]]
    assert opening.open_page(tmp_path / "page.html")
