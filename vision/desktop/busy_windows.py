"""Whether a person on Windows wants to be left alone: the system's own answer, and who uses microphone and camera.

Windows keeps in the registry when each program began and ended to use them (CapabilityAccessManager); an end of 0
means: now. Written after Microsoft's documentation and type-checked; it was not run on Windows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import PureWindowsPath

from vision.desktop.busy import Busy, Every
from vision.desktop.windows import NOT_PRESENT, PRESENTING, QUIET_TIME

CALL_SECONDS = 5.0
CONSENTS = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"


def is_other(key: str, own: frozenset[str]) -> bool:
    """Is a program in the registry not one of Alisa's? Its path is written there with `#` for each backslash."""
    return PureWindowsPath(key.replace("#", "\\")) not in {PureWindowsPath(path) for path in own}


if sys.platform == "win32":
    import winreg

    from vision.desktop.windows import WindowsDesktop

    class WindowsBusy:
        """Asks the system anew each time."""

        def __init__(self) -> None:
            self._desktop = WindowsDesktop()
            self._own = frozenset({sys.executable, getattr(sys, "_base_executable", sys.executable)})
            self._call_due = Every(CALL_SECONDS)
            self._call = False

        def ask(self, now: float) -> Busy:
            if self._call_due.due(now):
                self._call = any(is_other(name, self._own) for name in self._users())
            state = self._desktop.notification_state()
            return Busy(
                call=self._call,
                presentation=state == PRESENTING,
                locked=state == NOT_PRESENT or self._desktop.locked(),
                do_not_disturb=state == QUIET_TIME,
                idle_seconds=self._desktop.idle_seconds() or 0.0,
            )

        def close(self) -> None:
            self._desktop.close()

        def _users(self) -> Iterator[str]:
            for device in ("microphone", "webcam"):
                for below in ("", r"\NonPackaged"):
                    yield from self._using(rf"{CONSENTS}\{device}{below}")

        def _using(self, folder: str) -> Iterator[str]:
            """Return the programs below a key that have not ended to use it."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, folder) as opened:
                    names = [winreg.EnumKey(opened, at) for at in range(winreg.QueryInfoKey(opened)[0])]
            except OSError:
                return
            for name in names:
                try:
                    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"{folder}\{name}") as program:
                        ended, _ = winreg.QueryValueEx(program, "LastUsedTimeStop")
                except OSError:
                    continue
                if ended == 0:
                    yield name

    def create() -> WindowsBusy:
        """Return the sense."""
        return WindowsBusy()
