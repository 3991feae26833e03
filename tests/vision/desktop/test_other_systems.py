"""What Windows and macOS say, read without them; and which desktop answers here."""

from __future__ import annotations

import json

import pytest
from Xlib.error import DisplayConnectionError

from alisa.runtime.errors import MissingError
from vision.desktop import macos, windows, x11
from vision.desktop.system import open_desktop
from vision.desktop.window import Monitor, Window

SCREEN = (Monitor((0, 0, 1440, 900), primary=True),)


def test_the_frontmost_window_of_macos_is_the_first_ordinary_one() -> None:
    """Neither the menu bar nor one of ours."""
    listed = [
        {"kCGWindowLayer": 25, "kCGWindowOwnerName": "Window Server", "kCGWindowOwnerPID": 1},
        {"kCGWindowLayer": 0, "kCGWindowOwnerName": "Alisa", "kCGWindowOwnerPID": 7},
        {
            "kCGWindowLayer": 0, "kCGWindowOwnerName": "Code", "kCGWindowOwnerPID": 9, "kCGWindowName": "shop.py",
            "kCGWindowBounds": {"X": 0.0, "Y": 0.0, "Width": 1440.0, "Height": 900.0},
        },
    ]  # fmt: skip
    assert macos.frontmost(listed, SCREEN, 7) == Window("shop.py", "Code", 9, (0, 0, 1440, 900), fullscreen=True)
    assert macos.frontmost(listed[:2], SCREEN, 7) is None


def test_a_script_tells_the_same() -> None:
    """Without a permission the program alone; a nonsense answer is no window."""
    answer = {"app": "Safari", "pid": 5, "title": "News", "box": [10, 30, 800, 600]}
    assert macos.from_script(json.dumps(answer), SCREEN) == Window("News", "Safari", 5, (10, 30, 800, 600), False)
    bare = macos.from_script(json.dumps({**answer, "title": "", "box": None}), SCREEN)
    assert bare == Window("", "Safari", 5, (0, 0, 1440, 900), fullscreen=False)
    for nonsense in ("", "execution error", "{}", '{"app": "x", "pid": null, "title": "", "box": 3}', "[]"):
        assert macos.from_script(nonsense, SCREEN) is None


def test_windows_knows_what_is_full_screen() -> None:
    """A maximised window covers the screen where the taskbar hides: only the system tells the two apart."""
    whole = (0, 0, 1440, 900)
    assert windows.is_full_screen(whole, SCREEN, maximised=False, state=5)
    assert not windows.is_full_screen(whole, SCREEN, maximised=True, state=5)
    assert windows.is_full_screen(whole, SCREEN, maximised=True, state=windows.DIRECT3D)
    assert not windows.is_full_screen((0, 0, 1440, 860), SCREEN, maximised=False, state=windows.BUSY)
    assert windows.app_name(r"C:\Program Files\Microsoft VS Code\Code.exe") == "Code"


def test_no_display_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither set, nor answering."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(MissingError, match="no screen to look at") as raised:
        open_desktop("linux")
    assert raised.value.code == "screen_missing"

    def refuse(_name: str | None) -> None:
        raise DisplayConnectionError(":7", "connection refused")

    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr(x11, "Display", refuse)
    with pytest.raises(MissingError, match="':7' does not answer"):
        open_desktop("linux")
