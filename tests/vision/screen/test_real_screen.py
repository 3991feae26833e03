"""The screen eye on a real screen: a real window manager, real programs, a real reader."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from tests.rig.screen import Program, Screen
from tests.vision.screen.conftest import SECONDS, Running, Xterm
from vision.desktop.busy_linux import LinuxBusy
from vision.desktop.system import open_desktop
from vision.desktop.window import Window, monitor_of
from vision.desktop.x11 import X11Desktop
from vision.grab import ScreenGrabber
from vision.screen_eye import visible

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed."),
]
Tk = Callable[[str], contextlib.AbstractContextManager[Program]]
FONT = ("-fa", "DejaVu Sans Mono", "-fs", "11")


def files_below(*folders: Path) -> dict[str, int]:
    """Every file, and how large it is."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            with contextlib.suppress(OSError):
                if path.is_file() and "__pycache__" not in path.parts:
                    found[str(path)] = path.stat().st_size
    return found


def test_a_traceback_is_read_with_its_file_and_line(
    bare: Screen, xterm: Xterm, eye: Running, shop: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real Python fails in a real terminal: one offer, with the right file and line; no file is written for it."""
    scratch = home.root / "tmp"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(shop.parent)
    watched = (scratch, home.root, Path.cwd())
    before, meanwhile = files_below(*watched), dict[str, int]()

    def offered_help() -> bool:
        meanwhile.update(files_below(*watched))  # a file that is there for a moment only is a file, too
        return any(sight.offer for sight in eye.told)

    with xterm(sys.executable, "prices.py", options=FONT):
        bare.wait(offered_help, "an offer of help", seconds=SECONDS)
    eye.stop()
    [offered] = [sight for sight in eye.told if sight.offer]
    assert (offered.error_kind, offered.error_line) == ("python", 4)
    assert offered.error_file.endswith("prices.py")
    assert "KeyError" in offered.error_message
    assert "prices.py" in offered.offer
    assert offered.task == "terminal"
    assert meanwhile == files_below(*watched) == before
    assert tempfile.gettempdir() == str(scratch), "the test watched the right folder"


def test_another_window_is_noticed(bare: Screen, xterm: Xterm, eye: Running) -> None:
    """The user turns to another program, and back."""
    with xterm("true", title="First window"):
        bare.wait(lambda: "First window" in [sight.window for sight in eye.told], "the first window", seconds=SECONDS)
        with xterm("echo", "words of the second", title="Second window", options=FONT):
            bare.wait(lambda: "second" in eye.told[-1].text, "the words of the second", seconds=SECONDS)
            assert eye.told[-1].window == "Second window"
        bare.wait(lambda: eye.told[-1].window == "First window", "the first window again", seconds=SECONDS)
    assert {report[0] for report in eye.reports} == {"open"}


def test_what_a_window_is_called(bare: Screen, tk: Tk, desktop: X11Desktop) -> None:
    """Right-to-left, emoji, and a book: nothing breaks, and its program is known."""

    def named(title: str) -> Window | None:
        window = desktop.active()
        return window if window is not None and window.title == title else None

    for title in ("שלום - עורך טקסט", "🎉👩\u200d💻 party", " ".join(["مستند"] * 20)):
        with tk(f"root.title({title!r})"):
            assert bare.wait(partial(named, title), title).app == "Sketch"
    with tk("root.title('x' * 10_000 + ' - end')"):
        found = bare.wait(lambda: (window := desktop.active()) and window.title.startswith("xxx") and window, "a book")
        assert len(found.title) == 10_006
        assert found.title.endswith(" - end")


def test_full_screen_is_noticed(bare: Screen, tk: Tk, desktop: X11Desktop) -> None:
    """As soon as a program fills the screen, and no longer."""
    with tk(
        "root.geometry('300x200+50+50'); root.bind('<Key>', lambda e: root.attributes('-fullscreen', e.char == 'f'))"
    ):
        bare.wait(lambda: (window := desktop.active()) and window.app == "Sketch", "the window")
        window = desktop.active()
        assert window is not None
        assert not window.fullscreen
        bare.key("f")
        bare.wait(lambda: (window := desktop.active()) and window.fullscreen, "full screen")
        bare.key("w")
        bare.wait(lambda: (window := desktop.active()) and not window.fullscreen, "a window again")


def test_of_four_monitors_the_active_one_is_looked_at(bare: Screen, tk: Tk, desktop: X11Desktop) -> None:
    """The picture is that of the window's part on it."""
    bare.set_monitors((0, 0, 640, 400), (640, 0, 1280, 400), (0, 400, 640, 800), (640, 400, 1280, 800))
    assert len(desktop.monitors()) == 4
    with tk("root.overrideredirect(False); root.geometry('300x200+800+500'); root.configure(bg='#ff6f91')"):
        bare.wait(lambda: bare.pixel(950, 600) == (0xFF, 0x6F, 0x91), "the window")
        window = bare.wait(desktop.active, "the active window")
        monitor = monitor_of(window.box, desktop.monitors())
        assert monitor is not None
        assert monitor.box == (640, 400, 640, 400)
        box = visible(window.box, desktop)
        assert box is not None
        grabber = ScreenGrabber()
        picture = grabber.grab(box)
        grabber.close()
        assert picture.shape == (box[3], box[2], 3)
        assert picture[box[3] // 2, box[2] // 2].tolist() == [0x91, 0x6F, 0xFF]


def test_nobody_in_front_is_no_window(bare: Screen, desktop: X11Desktop) -> None:
    """The empty desktop."""
    bare.wait(lambda: desktop.active() is None, "an empty desktop")
    assert [monitor.box for monitor in desktop.monitors()] == [(0, 0, 1280, 800)]


def test_idleness_is_asked_of_the_server(bare: Screen, desktop: X11Desktop) -> None:
    """It grows, and a movement of the pointer ends it."""
    bare.wait(lambda: (desktop.idle_seconds() or 0) > 0.3, "some idleness")
    bare.move(300, 300)
    bare.wait(lambda: (desktop.idle_seconds() or 0) < 0.3, "an end of it")
    assert not desktop.saver_runs()
    busy = LinuxBusy(lambda _argv: None)
    assert busy.ask(0.0).idle_seconds >= 0
    busy.close()


def test_a_display_that_goes_away_is_an_error_with_a_sentence(bare: Screen) -> None:
    """No matter what is asked of it."""
    desktop = open_desktop("linux")
    assert isinstance(desktop, X11Desktop)
    desktop.close()
    for ask in (desktop.active, desktop.monitors, desktop.idle_seconds):
        with pytest.raises(MissingError, match="has gone away"):
            ask()


def test_a_window_without_a_class_is_known_by_its_process(bare: Screen, desktop: X11Desktop) -> None:
    """Old programs set none."""
    code = """
        import os, time
        from Xlib import X, display
        opened = display.Display()
        screen = opened.screen()
        window = screen.root.create_window(50, 50, 300, 200, 0, screen.root_depth, background_pixel=0xFF6F91)
        window.set_wm_name("No class")
        window.change_property(opened.intern_atom("_NET_WM_PID"), opened.intern_atom("CARDINAL"), 32, [os.getpid()])
        window.map()
        opened.sync()
        time.sleep(600)
    """
    with bare.run([sys.executable, "-c", textwrap.dedent(code)]):
        window = bare.wait(lambda: (found := desktop.active()) and found.title == "No class" and found, "the window")
        assert window.app.startswith("python")
