"""How Tesseract is installed here, by what this system installs programs with."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

_WAYS = (
    ("apt", "sudo apt install tesseract-ocr"),
    ("dnf", "sudo dnf install tesseract"),
    ("pacman", "sudo pacman -S tesseract tesseract-data-eng"),
    ("zypper", "sudo zypper install tesseract-ocr"),
    ("apk", "sudo apk add tesseract-ocr tesseract-ocr-data-eng"),
    ("brew", "brew install tesseract"),
    ("winget", "winget install UB-Mannheim.TesseractOCR"),
)
_ELSEWHERE = "See https://tesseract-ocr.github.io/tessdoc/Installation.html."
_WIN_AND_MAC = {"win32": "winget", "darwin": "brew"}


def install_command(platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which) -> str:
    """Return the command that installs Tesseract; "" where none is known."""
    wanted = _WIN_AND_MAC.get(platform)
    for program, command in _WAYS:
        if (wanted is None or program == wanted) and which(program):
            return command
    return ""


def install_hint(platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which) -> str:
    """Return what to do, as a sentence."""
    command = install_command(platform, which)
    return f"Install it: {command}" if command else f"Install it. {_ELSEWHERE}"
