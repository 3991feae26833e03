"""Screens for the tests of the eyes, see `tests/rig/screen.py`; programs on them, and the eye itself."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alisa.protocol.sight import SightScreen
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home
from tests.rig.fixtures import bare, composited, lasting_screens
from tests.rig.screen import Program, Screen
from vision.desktop.x11 import X11Desktop
from vision.screen import Screen as Eye
from vision.settings import VisionSettings

__all__ = ["bare", "composited", "lasting_screens"]

SECONDS = 60.0
"""Long enough for a machine that trains a model meanwhile."""
Xterm = Callable[..., contextlib.AbstractContextManager[Program]]


@pytest.fixture
def xterm(bare: Screen) -> Xterm:
    """Run a command in a real xterm that stays open."""
    if shutil.which("xterm") is None:
        pytest.skip("xterm is not installed (sudo apt install xterm).")

    def run(*argv: str, title: str = "", options: tuple[str, ...] = ()) -> contextlib.AbstractContextManager[Program]:
        shown = ["-title", title] if title else []
        script = 'printf "\\033[?25l"; "$@"; exec sleep 600'
        return bare.run(["xterm", "-geometry", "90x24+40+40", *shown, *options, "-e", "sh", "-c", script, "sh", *argv])

    return run


@pytest.fixture
def tk(bare: Screen) -> Callable[[str], contextlib.AbstractContextManager[Program]]:
    """Run a few lines of Tk, in a program of its own, with `root` made."""

    def run(lines: str) -> contextlib.AbstractContextManager[Program]:
        code = f"import tkinter\nroot = tkinter.Tk(className='Sketch')\n{textwrap.dedent(lines)}\nroot.mainloop()"
        return bare.run([sys.executable, "-c", code])

    return run


@pytest.fixture
def desktop(bare: Screen) -> Iterator[X11Desktop]:
    """What the X server of the test is asked with."""
    opened = X11Desktop(bare.display)
    yield opened
    opened.close()


class Running:
    """The real eye, in a thread with a loop of its own."""

    def __init__(self, home: Home, settings: VisionSettings) -> None:
        self.told: list[SightScreen] = []
        self.reports: list[tuple[str, str]] = []
        self._loop = asyncio.new_event_loop()
        eye = Eye(settings, home, SystemClock())
        self._task = self._loop.create_task(eye.run(self.told.append, lambda *report: self.reports.append(report)))
        self._thread = threading.Thread(target=self._run, name="eye")
        self._thread.start()

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._task)
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def stop(self) -> None:
        """Close the eye, and wait until it is."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(SECONDS)


@pytest.fixture
def eye(bare: Screen, home: Home) -> Iterator[Running]:
    """The eye, open and looking."""
    running = Running(home, VisionSettings(screen=True))
    yield running
    running.stop()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A program with a mistake in its fourth line."""
    folder = tmp_path / "shop"
    folder.mkdir()
    program = folder / "prices.py"
    program.write_text(
        'prices = {"rice": 3}\n\ndef price_of(name):\n    return prices[name]\n\nprint(price_of("tea"))\n'
    )
    return program
