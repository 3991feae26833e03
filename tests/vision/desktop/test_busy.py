"""Whether a person wants to be left alone, from what systems answer."""

from __future__ import annotations

import json
import os
import plistlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.desktop import busy_linux, busy_macos
from vision.desktop.busy import IDLE_STEPS, Busy, Every, idle_step, is_hers, is_presentation
from vision.desktop.busy_linux import LinuxBusy, camera_in_use, is_call, monitor_sources, streams
from vision.desktop.busy_windows import is_other
from vision.desktop.system import no_screen
from vision.desktop.window import Window

MEETING = {
    "index": 7, "source": 1, "corked": False,
    "properties": {"application.name": "ZOOM VoiceEngine", "application.process.id": "4711"},
}  # fmt: skip
SOURCES = [
    {"index": 0, "name": "alsa_output.pci.analog-stereo.monitor", "monitor_source": "alsa_output.pci.analog-stereo"},
    {"index": 1, "name": "alsa_input.pci.analog-stereo", "monitor_source": ""},
]


def nobody(_pid: int) -> Sequence[str]:
    return ("/opt/zoom/zoom",)


@given(st.floats(0, 1e7))
def test_idleness_is_told_in_steps(seconds: float) -> None:
    """The highest that was reached."""
    step = idle_step(seconds)
    assert step in IDLE_STEPS
    assert step <= seconds
    assert all(other > seconds for other in IDLE_STEPS if other > step)


def test_her_own_ears_are_no_call() -> None:
    """However they were started."""
    assert is_hers(["/usr/bin/python3", "-m", "voice"])
    assert is_hers(["/home/mira/alisa/.venv/bin/python", "-X", "utf8", "-m", "vision"])
    assert is_hers(["/usr/bin/python3", "/home/mira/.venv/bin/alisa", "hear"])
    assert not is_hers(["/opt/zoom/zoom"])
    assert not is_hers(["/usr/bin/python3", "-m", "http.server", "voice-notes"])
    assert not is_hers([])


def test_slides_that_fill_the_screen_are_a_presentation() -> None:
    """By the program, or by what the window says; not while they are edited."""

    def window(title: str, app: str, *, fullscreen: bool = True) -> Window:
        return Window(title, app, 1, (0, 0, 1920, 1080), fullscreen)

    assert is_presentation(window("PowerPoint Slide Show - [plan.pptx]", "POWERPNT"))
    assert is_presentation(window("plan.odp", "soffice.bin"))
    assert is_presentation(window("Q3 - Google Slides - Presenting", "firefox"))
    assert not is_presentation(window("plan.odp", "soffice.bin", fullscreen=False))
    assert not is_presentation(window("A film", "mpv"))
    assert not is_presentation(None)


def test_who_records_from_a_microphone_is_in_a_call() -> None:
    """Not who records what is played, shows a level, pauses, or is Alisa."""
    monitors = monitor_sources(json.dumps(SOURCES))
    assert monitors == {0}
    [stream] = streams(json.dumps([MEETING]))
    assert is_call(stream, monitors, nobody)
    assert not is_call({**MEETING, "source": 0}, monitors, nobody)
    assert not is_call({**MEETING, "properties": {"media.name": "Peak detect"}}, monitors, nobody)
    assert not is_call(MEETING, monitors, lambda pid: ("python", "-m", "voice") if pid == 4711 else ())
    assert streams(json.dumps([{**MEETING, "corked": True}])) == []


@pytest.mark.parametrize("answer", [None, "", "nonsense", "{}", "[1, 2]", "null"])
def test_an_odd_answer_is_nobody(answer: str | None) -> None:
    """pactl may be old, or speak to no server."""
    assert streams(answer) == []
    assert monitor_sources(answer) == frozenset()


def test_who_holds_the_camera(tmp_path: Path) -> None:
    """Found by its open files; without a camera nobody is looked at."""
    devices, proc = tmp_path / "dev", tmp_path / "proc"
    devices.mkdir()
    (proc / "42" / "fd").mkdir(parents=True)
    (proc / "self").mkdir()
    assert not camera_in_use(proc, devices)
    (devices / "video0").touch()
    assert not camera_in_use(proc, devices, nobody)
    (proc / "42" / "fd" / "5").symlink_to(devices / "video0")
    assert camera_in_use(proc, devices, nobody)
    assert not camera_in_use(proc, devices, lambda _pid: ("python", "-m", "vision"))
    (proc / str(os.getpid()) / "fd").mkdir(parents=True)


class FakeX:
    """An X server's answers."""

    def __init__(self) -> None:
        self.idle, self.saver, self.gone = 400.0, False, False

    def idle_seconds(self) -> float:
        if self.gone:
            raise no_screen("it has gone")
        return self.idle

    def saver_runs(self) -> bool:
        return self.saver

    def close(self) -> None:
        pass


def test_linux_is_asked_by_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each program now and then; the answers go together."""
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    answers = {"pactl": json.dumps([MEETING]), "loginctl": "LockedHint=no\n", "gsettings": "false\n"}
    asked: list[str] = []

    def run(argv: Sequence[str]) -> str | None:
        asked.append(argv[0])
        return json.dumps(SOURCES) if argv[-1] == "sources" else answers.get(argv[0])

    x = FakeX()
    busy = LinuxBusy(run, lambda: x)
    assert busy.ask(0.0) == Busy(call=True, do_not_disturb=True, idle_seconds=400.0)
    count = len(asked)
    assert busy.ask(1.0).call
    assert len(asked) == count, "what was just asked is not asked again"
    answers.update({"pactl": "[]", "loginctl": "LockedHint=yes\n", "gsettings": "true\n"})
    assert busy.ask(60.0) == Busy(locked=True, idle_seconds=400.0)
    x.gone = True
    assert busy.ask(61.0).idle_seconds == 0.0
    x.gone, x.saver = False, True
    assert busy.ask(200.0).locked
    busy.close()


def test_where_nothing_can_be_asked_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare server: no sound, no session, no screen."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(busy_linux, "DEVICES", Path("/nonexistent"))
    assert LinuxBusy(lambda _argv: None).ask(0.0) == Busy()
    assert busy_linux.run_program(["there-is-no-such-program"]) is None


def test_kde_tells_over_the_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no GNOME setting answers."""
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    busy = LinuxBusy(lambda argv: "b true\n" if argv[0] == "busctl" else None, FakeX)
    assert busy.ask(0.0).do_not_disturb


def test_macos_is_read() -> None:
    """What ioreg and pmset print, and what they do not."""
    locked = plistlib.dumps({"IOConsoleUsers": [{"CGSSessionScreenIsLocked": True}]})
    idle = plistlib.dumps([{"HIDIdleTime": 65_000_000_000}])
    awake = b'pid 201(coreaudiod): PreventUserIdleSystemSleep named: "com.apple.audio.BuiltInMicrophoneDevice.context"'
    answers = {busy_macos.SESSIONS: locked, busy_macos.IDLE: idle, busy_macos.AWAKE: awake}
    assert busy_macos.MacBusy(lambda argv: answers[tuple(argv)]).ask(0.0) == Busy(
        call=True, locked=True, idle_seconds=65.0
    )
    assert busy_macos.MacBusy(lambda _argv: b"").ask(0.0) == Busy()
    assert busy_macos.MacBusy(lambda _argv: b"<plist><dict>").ask(0.0) == Busy()


def test_windows_names_programs_by_path() -> None:
    """With another sign between folders."""
    own = frozenset({"C:\\Alisa\\.venv\\Scripts\\python.exe"})
    assert not is_other("C:#Alisa#.venv#Scripts#python.exe", own)
    assert is_other("C:#Program Files#Zoom#bin#Zoom.exe", own)
    assert is_other("Microsoft.SkypeApp_kzf8qxf38zg5c", own)


def test_an_answer_is_asked_for_again_when_it_is_old() -> None:
    """And when the clock went back."""
    every = Every(10.0)
    assert [every.due(now) for now in (5.0, 14.0, 15.0, 16.0, 2.0)] == [True, False, True, False, True]
