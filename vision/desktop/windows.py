"""A Windows desktop: the window in front, its program, the monitors, idleness. Nothing is held open.

Names and numbers are those of winuser.h and shellapi.h. Written after the documentation of the Windows API and
type-checked; it was not run on Windows. The process says that it knows about DPI, so that coordinates are pixels.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import PureWindowsPath
from typing import Any

from vision.desktop.window import Box, Monitor, Window, fills, tidy_title

SHELL_CLASSES = frozenset({"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"})
"""The windows of the desktop itself and its taskbars."""
NOT_PRESENT, BUSY, DIRECT3D, PRESENTING, QUIET_TIME = 1, 2, 3, 4, 6
"""QUERY_USER_NOTIFICATION_STATE: locked or screen saver, full screen, a game, presentation settings, quiet hours."""


def is_full_screen(box: Box, monitors: tuple[Monitor, ...], *, maximised: bool, state: int) -> bool:
    """Does a window fill the screen? A maximised one covers it, too, where the taskbar hides: the system knows then."""
    return fills(box, monitors) and (not maximised or state in (BUSY, DIRECT3D, PRESENTING))


def app_name(path: str) -> str:
    r"""Return a program's name from its path: `C:\Program Files\Code\Code.exe` is `Code`."""
    return PureWindowsPath(path).stem


if sys.platform == "win32":
    from ctypes import wintypes

    _PRIMARY = 1
    _LIMITED = 0x1000
    """PROCESS_QUERY_LIMITED_INFORMATION"""
    _LONGEST_PATH = 32768
    _PER_MONITOR_AWARE = -4
    """DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2"""
    _EXTENDED_FRAME_BOUNDS = 9
    """DWMWA_EXTENDED_FRAME_BOUNDS: without the invisible frame that Windows 10 adds"""
    _READ_OBJECTS = 0x0001
    """DESKTOP_READOBJECTS"""

    class _MonitorInfo(ctypes.Structure):
        _fields_ = (
            ("cbSize", wintypes.DWORD),
            ("rcMonitor", wintypes.RECT),
            ("rcWork", wintypes.RECT),
            ("dwFlags", wintypes.DWORD),
        )

    class _LastInput(ctypes.Structure):
        _fields_ = (("cbSize", wintypes.UINT), ("dwTime", wintypes.DWORD))

    _EACH_MONITOR = ctypes.WINFUNCTYPE(
        wintypes.BOOL, wintypes.HANDLE, wintypes.HDC, ctypes.POINTER(wintypes.RECT), wintypes.LPARAM
    )

    class WindowsDesktop:
        """Asks the system anew each time."""

        def __init__(self) -> None:
            self._user, self._kernel = _user32(), _kernel32()
            self._shell, self._compositor = ctypes.WinDLL("shell32"), ctypes.WinDLL("dwmapi")
            self._user.SetThreadDpiAwarenessContext(ctypes.c_void_p(_PER_MONITOR_AWARE))

        def active(self) -> Window | None:
            window = self._user.GetForegroundWindow()
            if not window or self._class(window) in SHELL_CLASSES or self._user.IsIconic(window):
                return None
            bounds = wintypes.RECT()
            failed = self._compositor.DwmGetWindowAttribute(
                wintypes.HWND(window), _EXTENDED_FRAME_BOUNDS, ctypes.byref(bounds), ctypes.sizeof(bounds)
            )
            if failed and not self._user.GetWindowRect(window, ctypes.byref(bounds)):
                return None
            owner = wintypes.DWORD()
            self._user.GetWindowThreadProcessId(window, ctypes.byref(owner))
            box = _box(bounds)
            maximised = bool(self._user.IsZoomed(window))
            return Window(
                title=tidy_title(self._title(window)),
                app=self._program(owner.value),
                pid=owner.value or None,
                box=box,
                fullscreen=is_full_screen(box, self.monitors(), maximised=maximised, state=self.notification_state()),
            )

        def monitors(self) -> tuple[Monitor, ...]:
            found: list[Monitor] = []

            def each(handle: int, _context: int, _area: object, _data: int) -> bool:
                info = _MonitorInfo()
                info.cbSize = ctypes.sizeof(info)
                if self._user.GetMonitorInfoW(handle, ctypes.byref(info)):
                    found.append(Monitor(_box(info.rcMonitor), bool(info.dwFlags & _PRIMARY)))
                return True

            self._user.EnumDisplayMonitors(None, None, _EACH_MONITOR(each), 0)
            if not found:
                size = (self._user.GetSystemMetrics(0), self._user.GetSystemMetrics(1))
                found.append(Monitor((0, 0, *size), primary=True))
            return tuple(found)

        def idle_seconds(self) -> float | None:
            """Return the time since the last key or movement of the pointer."""
            last = _LastInput()
            last.cbSize = ctypes.sizeof(last)
            if not self._user.GetLastInputInfo(ctypes.byref(last)):
                return None
            now = self._kernel.GetTickCount()
            return float((now - last.dwTime) % 2**32) / 1000  # the count begins anew every 49.7 days

        def notification_state(self) -> int:
            """Return what Windows says about whether messages are welcome; 0: it does not say."""
            state = ctypes.c_int(0)
            failed = self._shell.SHQueryUserNotificationState(ctypes.byref(state))
            return 0 if failed else state.value

        def locked(self) -> bool:
            """Is the screen locked? Then the desktop that gets the keys is not ours to open."""
            desktop = self._user.OpenInputDesktop(0, False, _READ_OBJECTS)
            if not desktop:
                return True
            self._user.CloseDesktop(desktop)
            return False

        def close(self) -> None:
            """Nothing is held open."""

        def _title(self, window: int) -> str:
            length = self._user.GetWindowTextLengthW(window)
            text = ctypes.create_unicode_buffer(length + 1)
            self._user.GetWindowTextW(window, text, length + 1)
            return text.value

        def _class(self, window: int) -> str:
            name = ctypes.create_unicode_buffer(256)
            self._user.GetClassNameW(window, name, 256)
            return name.value

        def _program(self, pid: int) -> str:
            process = self._kernel.OpenProcess(_LIMITED, False, pid)
            if not process:
                return ""
            try:
                path, length = ctypes.create_unicode_buffer(_LONGEST_PATH), wintypes.DWORD(_LONGEST_PATH)
                if not self._kernel.QueryFullProcessImageNameW(process, 0, path, ctypes.byref(length)):
                    return ""
                return app_name(path.value)
            finally:
                self._kernel.CloseHandle(process)

    def open_desktop() -> WindowsDesktop:
        """Return the desktop."""
        return WindowsDesktop()

    def _user32() -> Any:
        """Return user32 with the types of what takes or gives a handle: those are wider than an int."""
        user = ctypes.WinDLL("user32")
        user.EnumDisplayMonitors.argtypes = (wintypes.HDC, wintypes.LPVOID, _EACH_MONITOR, wintypes.LPARAM)
        user.GetMonitorInfoW.argtypes = (wintypes.HANDLE, ctypes.POINTER(_MonitorInfo))
        user.GetForegroundWindow.restype = wintypes.HWND
        user.GetWindowThreadProcessId.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.DWORD))
        user.GetWindowRect.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.RECT))
        user.GetClassNameW.argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
        user.GetWindowTextW.argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
        user.OpenInputDesktop.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        user.OpenInputDesktop.restype = wintypes.HANDLE
        user.CloseDesktop.argtypes = (wintypes.HANDLE,)
        user.SetThreadDpiAwarenessContext.argtypes = (ctypes.c_void_p,)
        user.SetThreadDpiAwarenessContext.restype = ctypes.c_void_p
        for name in ("IsZoomed", "IsIconic", "GetWindowTextLengthW"):
            getattr(user, name).argtypes = (wintypes.HWND,)
        return user

    def _kernel32() -> Any:
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        kernel.QueryFullProcessImageNameW.argtypes = (
            wintypes.HANDLE,
            wintypes.DWORD,
            wintypes.LPWSTR,
            ctypes.POINTER(wintypes.DWORD),
        )
        kernel.GetTickCount.restype = wintypes.DWORD
        return kernel

    def _box(rect: wintypes.RECT) -> Box:
        return (rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)
