"""A Windows desktop: monitors and their work areas, and whether the program in front fills the screen.

Names and numbers are those of winuser.h, shellapi.h and dwmapi.h. Written after the documentation of the Windows API
and type-checked; it was not run on Windows. Coordinates are physical pixels once the process is aware of DPI,
which whoever opens the first window sees to.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

from overlay.desktop.geometry import Monitor, Rect
from overlay.desktop.system import Program

SHELL_CLASSES = frozenset({"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"})
"""The windows of the desktop itself and its taskbars, which may cover a monitor and are no program."""
_BUSY, _DIRECT3D, _PRESENTING = 2, 3, 4
"""QUNS_BUSY, QUNS_RUNNING_D3D_FULL_SCREEN, QUNS_PRESENTATION_MODE."""


def is_full_screen(window: Rect, monitor: Rect, *, maximised: bool, state: int) -> bool:
    """Does a window want the whole screen? `state` is what SHQueryUserNotificationState says.

    A maximised window covers the monitor, too, where the taskbar hides itself: then only the system knows.
    """
    return window.covers(monitor) and (not maximised or state in (_BUSY, _DIRECT3D, _PRESENTING))


if sys.platform == "win32":
    from ctypes import wintypes

    _PRIMARY = 1
    _NEAREST = 2
    _CLOAKED = 14
    _LONGEST_CLASS = 256

    class _MonitorInfo(ctypes.Structure):
        _fields_ = (
            ("cbSize", wintypes.DWORD),
            ("rcMonitor", wintypes.RECT),
            ("rcWork", wintypes.RECT),
            ("dwFlags", wintypes.DWORD),
            ("szDevice", wintypes.WCHAR * 32),
        )

    _EACH_MONITOR = ctypes.WINFUNCTYPE(
        wintypes.BOOL, wintypes.HANDLE, wintypes.HDC, ctypes.POINTER(wintypes.RECT), wintypes.LPARAM
    )

    class WindowsDesktop:
        """Asks the system anew each time; nothing is held open."""

        def __init__(self) -> None:
            self._user = _user32()
            self._shell = ctypes.WinDLL("shell32")
            self._compositor = ctypes.WinDLL("dwmapi")

        def monitors(self) -> tuple[Monitor, ...]:
            found: list[Monitor] = []

            def each(handle: int, _context: int, _area: object, _data: int) -> bool:
                info = self._info(handle)
                if info is not None:
                    primary = bool(info.dwFlags & _PRIMARY)
                    found.append(Monitor(info.szDevice, _rect(info.rcMonitor), _rect(info.rcWork), primary))
                return True

            self._user.EnumDisplayMonitors(None, None, _EACH_MONITOR(each), 0)
            if not found:
                area = Rect(0, 0, self._user.GetSystemMetrics(0), self._user.GetSystemMetrics(1))
                found.append(Monitor("screen", area, area, primary=True))
            return tuple(found)

        def active(self) -> int | None:
            window = self._user.GetForegroundWindow()
            if not window or self._class(window) in SHELL_CLASSES:
                return None
            owner = wintypes.DWORD()
            self._user.GetWindowThreadProcessId(window, ctypes.byref(owner))
            return None if owner.value == os.getpid() else int(window)

        def program(self, window: int) -> Program | None:
            bounds = wintypes.RECT()
            if not self._user.IsWindow(window) or not self._user.GetWindowRect(window, ctypes.byref(bounds)):
                return None
            info = self._info(self._user.MonitorFromWindow(window, _NEAREST))
            if info is None:
                return None
            state = ctypes.c_int(0)
            self._shell.SHQueryUserNotificationState(ctypes.byref(state))
            area = _rect(bounds)
            maximised = bool(self._user.IsZoomed(window))
            return Program(
                area=area,
                full_screen=is_full_screen(area, _rect(info.rcMonitor), maximised=maximised, state=state.value),
                shown=bool(self._user.IsWindowVisible(window)) and not self._is_away(window),
            )

        def close(self) -> None:
            """Nothing is held open."""

        def _is_away(self, window: int) -> bool:
            """Is it minimised, or on another virtual desktop?"""
            cloaked = wintypes.DWORD(0)
            self._compositor.DwmGetWindowAttribute(
                wintypes.HWND(window), _CLOAKED, ctypes.byref(cloaked), ctypes.sizeof(cloaked)
            )
            return bool(self._user.IsIconic(window)) or bool(cloaked.value)

        def _info(self, monitor: int) -> _MonitorInfo | None:
            info = _MonitorInfo()
            info.cbSize = ctypes.sizeof(info)
            return info if self._user.GetMonitorInfoW(monitor, ctypes.byref(info)) else None

        def _class(self, window: int) -> str:
            name = ctypes.create_unicode_buffer(_LONGEST_CLASS)
            self._user.GetClassNameW(window, name, _LONGEST_CLASS)
            return name.value

    def _user32() -> Any:
        """Return user32 with the types of what takes or gives a handle: those are wider than an int."""
        user = ctypes.WinDLL("user32")
        user.EnumDisplayMonitors.argtypes = (wintypes.HDC, wintypes.LPVOID, _EACH_MONITOR, wintypes.LPARAM)
        user.GetMonitorInfoW.argtypes = (wintypes.HANDLE, ctypes.POINTER(_MonitorInfo))
        user.GetForegroundWindow.restype = wintypes.HWND
        user.GetWindowThreadProcessId.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.DWORD))
        user.GetWindowRect.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.RECT))
        user.GetClassNameW.argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
        user.MonitorFromWindow.argtypes = (wintypes.HWND, wintypes.DWORD)
        user.MonitorFromWindow.restype = wintypes.HANDLE
        for name in ("IsWindow", "IsZoomed", "IsIconic", "IsWindowVisible"):
            getattr(user, name).argtypes = (wintypes.HWND,)
        return user

    def _rect(rect: wintypes.RECT) -> Rect:
        return Rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)
