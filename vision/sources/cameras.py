"""Which cameras there are, and which one is meant by a number or a part of a name.

OpenCV opens a camera by its number and knows no names; the system does. Looking at the list opens no camera.
The parts for Windows and macOS are written after the documentation; not run there yet.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alisa.runtime import children

LINUX_FOLDER = Path("/sys/class/video4linux")
_PROFILER_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera: the number that OpenCV opens it by, and what people call it."""

    number: int
    name: str = ""


def choose(cameras: Iterable[Camera], wanted: str) -> Camera | None:
    """Return the camera that is meant: the first for an empty text, else by its number or a part of its name.

    Capitals do not matter; the whole name is better than a part of it. A number is taken at its word even when
    the system does not list it.
    """
    listed = sorted(cameras, key=lambda camera: camera.number)
    text = wanted.strip().casefold()
    if not text:
        return listed[0] if listed else None
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return next((camera for camera in listed if camera.number == int(text)), Camera(int(text)))
    matching = [camera for camera in listed if text in camera.name.casefold()]
    return max(matching, key=lambda camera: camera.name.casefold() == text, default=None)


def inventory() -> list[Camera]:
    """Return the cameras that are plugged in now, as the system names them."""
    if sys.platform == "win32":
        from vision.sources import directshow

        return [Camera(number, name) for number, name in enumerate(directshow.names())]
    if sys.platform == "darwin":
        return from_profiler(_profiler())
    return from_linux(LINUX_FOLDER)


def from_linux(folder: Path) -> list[Camera]:
    """Return the cameras that Linux lists; of a camera's several devices the one that gives pictures."""
    found = []
    for entry in folder.glob("video*"):
        number = re.fullmatch(r"video(\d+)", entry.name)
        if number is not None and _line(entry / "index", "0") == "0":
            found.append(Camera(int(number[1]), _line(entry / "name", "")))
    return sorted(found, key=lambda camera: camera.number)


def from_profiler(report: Any) -> list[Camera]:
    """Return the cameras in macOS's own report, numbered as OpenCV does: by their identifiers' order."""
    rows: Sequence[Any] = report.get("SPCameraDataType", []) if isinstance(report, dict) else []
    ordered = sorted((row for row in rows if isinstance(row, dict)), key=lambda row: str(row.get("spcamera_unique-id")))
    return [Camera(number, str(row.get("_name", ""))) for number, row in enumerate(ordered)]


def _line(path: Path, otherwise: str) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # it was pulled out in this moment
        return otherwise


def _profiler() -> Any:
    argv = ["/usr/sbin/system_profiler", "-json", "SPCameraDataType"]
    try:
        told = subprocess.run(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PROFILER_SECONDS,
            check=False,
            **children.popen_kwargs(),
        )
        return json.loads(told.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return {}
