"""Whether a person on Linux wants to be left alone, by what is there to be asked; none of it is required.

* a call: who records from a microphone, from PulseAudio or PipeWire (`pactl`), and who holds `/dev/video*` (`/proc`);
* locked: logind's hint for this session (`loginctl`), or an X screen saver;
* do not disturb: GNOME's setting (`gsettings`), or the notification server's own (KDE and others, over `busctl`);
* idle: the X server's screen saver extension.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from alisa.runtime.errors import AlisaError
from vision.desktop.busy import Busy, Every, is_hers

ANSWER_SECONDS = 3.0
CALL_SECONDS, LOCKED_SECONDS, QUIET_SECONDS = 8.0, 5.0, 30.0
"""How old each answer may be: asking starts a program, some hundredths of a second each."""
PROC, DEVICES = Path("/proc"), Path("/dev")
_NOTIFICATIONS = ("org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications")

Run = Callable[[Sequence[str]], str | None]
Arguments = Callable[[int], Sequence[str]]


class _X(Protocol):
    def idle_seconds(self) -> float | None: ...

    def saver_runs(self) -> bool: ...

    def close(self) -> None: ...


class LinuxBusy:
    """Asks what is there; what is not there is not asked again."""

    def __init__(self, run: Run | None = None, open_x: Callable[[], _X] | None = None) -> None:
        self._run = run or run_program
        self._open_x = open_x or _x11
        self._x: _X | None = None
        self._x_again = Every(60.0)
        self._call_due, self._locked_due, self._quiet_due = (
            Every(CALL_SECONDS),
            Every(LOCKED_SECONDS),
            Every(QUIET_SECONDS),
        )
        self._call = self._locked = self._quiet = False

    def ask(self, now: float) -> Busy:
        if self._call_due.due(now):
            self._call = self._in_call()
        if self._locked_due.due(now):
            self._locked = is_locked(self._run(["loginctl", "show-session", _session(), "--property=LockedHint"]))
        if self._quiet_due.due(now):
            self._quiet = self._do_not_disturb()
        idle, saver = self._idle(now)
        return Busy(call=self._call, locked=self._locked or saver, do_not_disturb=self._quiet, idle_seconds=idle)

    def close(self) -> None:
        x, self._x = self._x, None
        if x is not None:
            x.close()

    def _in_call(self) -> bool:
        listed = self._run(["pactl", "-f", "json", "list", "source-outputs"])
        recording = streams(listed)
        if recording:
            monitors = monitor_sources(self._run(["pactl", "-f", "json", "list", "sources"]))
            if any(is_call(stream, monitors, arguments_of) for stream in recording):
                return True
        return camera_in_use()

    def _do_not_disturb(self) -> bool:
        shown = self._run(["gsettings", "get", "org.gnome.desktop.notifications", "show-banners"])
        if shown is not None and "GNOME" in os.environ.get("XDG_CURRENT_DESKTOP", "GNOME").upper():
            return shown.strip() == "false"
        inhibited = self._run(["busctl", "--user", "get-property", *_NOTIFICATIONS, "Inhibited"])
        return (inhibited or "").strip() == "b true"

    def _idle(self, now: float) -> tuple[float, bool]:
        """Return the X server's idleness and whether its screen saver runs."""
        try:
            if self._x is None:
                if not self._x_again.due(now):
                    return 0.0, False
                self._x = self._open_x()
            return self._x.idle_seconds() or 0.0, self._x.saver_runs()
        except AlisaError:  # no X server, or it has gone; the eye that needs one says so
            self.close()
            return 0.0, False


def _session() -> str:
    """Return the session's name; a service of the user's has none of its own, but may know it."""
    return os.environ.get("XDG_SESSION_ID") or "self"


def _x11() -> _X:
    from vision.desktop.system import no_screen
    from vision.desktop.x11 import X11Desktop

    if not os.environ.get("DISPLAY"):
        raise no_screen("DISPLAY is not set")
    return X11Desktop()


def run_program(argv: Sequence[str]) -> str | None:
    """Return what a program prints; None: it is not there, it fails, or it takes too long."""
    program = shutil.which(argv[0])
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *argv[1:]],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ANSWER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def is_locked(answer: str | None) -> bool:
    """Read `LockedHint=yes`."""
    return (answer or "").strip().casefold() == "lockedhint=yes"


# --- the microphone --------------------------------------------------------------------------------------


def streams(listed: str | None) -> list[Mapping[str, Any]]:
    """Read `pactl -f json list source-outputs`: the streams that record."""
    return [row for row in _rows(listed) if not row.get("corked", False)]


def monitor_sources(listed: str | None) -> frozenset[int]:
    """Read `pactl -f json list sources`: the numbers of those that only repeat what is played."""
    return frozenset(
        int(row["index"])
        for row in _rows(listed)
        if "index" in row
        and (str(row.get("name", "")).endswith(".monitor") or row.get("monitor_source") not in (None, "", "n/a"))
    )


def is_call(stream: Mapping[str, Any], monitors: frozenset[int], arguments: Arguments) -> bool:
    """Does a stream listen to a person, for a program that is not Alisa's? A level meter does not."""
    told = stream.get("properties")
    properties = told if isinstance(told, dict) else {}
    if stream.get("source") in monitors or properties.get("media.name") == "Peak detect":
        return False
    if properties.get("application.id") in ("org.PulseAudio.pavucontrol", "org.gnome.VolumeControl"):
        return False
    pid = str(properties.get("application.process.id", ""))
    return not (pid.isdigit() and is_hers(arguments(int(pid))))


def _rows(listed: str | None) -> list[dict[str, Any]]:
    try:
        rows = json.loads(listed or "[]")
    except ValueError:
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def arguments_of(pid: int) -> Sequence[str]:
    """Return the command line of a process; empty: it is gone, or not ours to see."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace").rstrip("\0").split("\0")
    except OSError:
        return ()


# --- the camera ------------------------------------------------------------------------------------------


def camera_in_use(proc: Path = PROC, devices: Path = DEVICES, arguments: Arguments = arguments_of) -> bool:
    """Does a program that is not Alisa's hold a camera? Only those of this user can be seen."""
    cameras = {str(device) for device in devices.glob("video*")}
    if not cameras:
        return False
    return any(not is_hers(arguments(pid)) for pid in _holders(proc, cameras))


def _holders(proc: Path, files: set[str]) -> Iterable[int]:
    for process in proc.iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        try:
            with os.scandir(process / "fd") as links:
                held = any(_target(link) in files for link in links)
        except OSError:
            continue  # gone, or somebody else's
        if held:
            yield int(process.name)


def _target(link: os.DirEntry[str]) -> str:
    try:
        return os.readlink(link.path)  # noqa: PTH115 - thousands of them, and Path's is slower
    except OSError:
        return ""
