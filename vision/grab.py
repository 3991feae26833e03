"""Where the screen's pictures come from: the screen itself, a folder of pictures, or a script.

The screen is grabbed by mss, in the thread that looks; the picture lives in memory only. What is grabbed is a box of
the desktop, so only the active window, never what lies beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from alisa.runtime.errors import EngineError, UsageError
from vision.change import Picture
from vision.desktop.system import no_screen
from vision.desktop.window import Box
from vision.settings import VisionSettings

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp"})


class Grabber(Protocol):
    """A source of pictures, asked from one thread."""

    def grab(self, box: Box) -> Picture:
        """Return what is in that box of the desktop now. Raises AlisaError."""

    def close(self) -> None:
        """Let go of what was opened."""


def open_grabber(settings: VisionSettings) -> Grabber:
    """Return the source that the settings name. Raises AlisaError: no screen, no such folder."""
    match settings.screen_source:
        case "folder":
            return FolderGrabber(Path(settings.screen_path))
        case "scripted":
            return ScriptedGrabber()
        case _:
            return ScreenGrabber()


class ScreenGrabber:
    """The screen. Raises MissingError where there is none."""

    def __init__(self, opened: Callable[[], Any] | None = None) -> None:
        self._open = opened or _mss
        self._screen: Any = None
        self._reopen()

    def grab(self, box: Box) -> Picture:
        try:
            return self._take(box)
        except Exception:  # noqa: BLE001 - the screen's size has changed, or its server was started again
            self._reopen()
        try:
            return self._take(box)
        except Exception as error:
            raise EngineError(
                "grab_failed",
                f"The screen could not be grabbed: {type(error).__name__}.",
                "On macOS allow it in System Settings, Privacy & Security, Screen Recording.",
            ) from error

    def close(self) -> None:
        if self._screen is not None:
            self._screen.close()
            self._screen = None

    def _take(self, box: Box) -> Picture:
        left, top, width, height = box
        shot = self._screen.grab({"left": left, "top": top, "width": width, "height": height})
        pixels = np.frombuffer(shot.raw, np.uint8)
        return pixels.reshape(shot.height, shot.width, 4)[:, :, :3]

    def _reopen(self) -> None:
        self.close()
        try:
            self._screen = self._open()
        except Exception as error:  # each of its back ends raises its own
            raise no_screen("it cannot be grabbed") from error


def _mss() -> Any:
    import mss

    return mss.MSS()


class FolderGrabber:
    """The pictures of a folder, by name, one a look; the last one stays."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UsageError("no_pictures", f"{folder} is no folder.", "Name a folder of pictures: vision.screen_path.")
        self._waiting = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES)
        if not self._waiting:
            raise UsageError("no_pictures", f"There are no pictures in {folder}.", "Put .png or .jpg files there.")
        self._shown: Picture | None = None

    def grab(self, box: Box) -> Picture:
        if self._waiting:
            self._shown = read_picture(self._waiting.pop(0))
        if self._shown is None:
            raise UsageError("no_pictures", "There is no picture to look at.", "Put .png or .jpg files there.")
        left, top, width, height = box
        part = self._shown[max(0, top) : top + height, max(0, left) : left + width]
        return part if part.size else self._shown

    def close(self) -> None:
        self._waiting = []


class ScriptedGrabber:
    """For tests: the pictures that it is given, one a look; the last one stays."""

    def __init__(self, pictures: Iterable[Picture] = ()) -> None:
        self.pictures = list(pictures)
        self.grabs: list[Box] = []

    def grab(self, box: Box) -> Picture:
        self.grabs.append(box)
        if not self.pictures:
            return np.zeros((box[3], box[2], 3), np.uint8)
        return self.pictures.pop(0) if len(self.pictures) > 1 else self.pictures[0]

    def close(self) -> None:
        """Nothing was opened."""


def read_picture(path: Path) -> Picture:
    """Return the picture of a file, BGR. Raises UsageError when it is none."""
    from vision.opencv import opencv

    cv2 = opencv()
    try:
        content = np.fromfile(path, np.uint8)  # not imread: on Windows that knows ASCII names only
    except OSError as error:
        raise UsageError("no_pictures", f"{path} cannot be read.", "Name a picture that you can open.") from error
    picture = cv2.imdecode(content, cv2.IMREAD_COLOR) if content.size else None
    if picture is None:
        raise UsageError("no_pictures", f"{path} is no picture.", "Name a .png or .jpg file.")
    return np.asarray(picture, np.uint8)
