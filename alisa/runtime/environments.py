"""An environment of its own for each engine whose libraries do not go with Alisa's, made from pinned, hashed packages.

`requirements/NAME.txt` is what goes into it; it lies in the home's folder `environments/NAME`. Nothing is made unasked.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from alisa.runtime import children
from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home, project_folder, write_error

_WINDOWS = sys.platform == "win32"
_STAMP = ".pins"
_PIP = ("-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-input", "--quiet")


def folder_of(name: str, home: Home) -> Path:
    """Where an engine's own environment is made."""
    return home.models.parent / "environments" / name


def python_in(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / ("Scripts/python.exe" if _WINDOWS else "bin/python")


def is_ready(name: str, home: Home) -> bool:
    """Whether the environment is there, with the packages that are pinned now."""
    folder = folder_of(name, home)
    try:
        return python_in(folder).is_file() and (folder / _STAMP).read_text("utf-8") == _fingerprint(pins(name))
    except OSError:
        return False


def pins(name: str) -> Path:
    """The packages of an engine. Raises MissingError where they did not come along."""
    project = project_folder()
    found = project / "requirements" / f"{name}.txt" if project else Path(f"{name}.txt")
    if not found.is_file():
        raise MissingError(
            "pins_missing",
            f"The list of what the engine {name!r} needs ({found.name}) is not here.",
            "Clone the project again. (For a voice, `voice.tts_python` may name a Python that has it.)",
        )
    return found


def make(name: str, home: Home) -> None:
    """Make the environment anew. It downloads. Raises MissingError, EngineError `environment_failed`, StorageError."""
    wanted, folder = pins(name), folder_of(name, home)
    _run(name, [sys.executable, "-m", "venv", "--clear", str(folder)])
    _run(name, [str(python_in(folder)), *_PIP, "--disable-pip-version-check", "-r", str(wanted)])
    try:
        (folder / _STAMP).write_text(_fingerprint(wanted), "utf-8")
    except OSError as error:
        raise write_error(error, folder) from error


def occupied(name: str, home: Home) -> int:
    """The bytes that the environment takes; 0 where there is none."""
    found = 0
    for place, _, files in os.walk(folder_of(name, home)):
        for file in files:
            with contextlib.suppress(OSError):
                found += os.lstat(os.path.join(place, file)).st_size  # noqa: PTH118 - thousands of files
    return found


def remove(name: str, home: Home) -> int:
    """Delete the environment, if there is one; return the bytes that are free again. Raises StorageError."""
    folder, size = folder_of(name, home), occupied(name, home)
    try:
        if folder.is_dir():
            shutil.rmtree(folder)
    except OSError as error:
        raise write_error(error, folder) from error
    return size


def _run(name: str, argv: Sequence[str]) -> None:
    environment = {variable: value for variable, value in os.environ.items() if not variable.startswith("PYTHON")}
    process = subprocess.Popen(
        argv, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        **children.popen_kwargs(),
    )  # fmt: skip
    try:
        said, _ = process.communicate()
    except BaseException:
        process.kill()
        process.wait()
        raise
    if process.returncode:
        lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
        reason = next((line for line in lines if line.startswith("ERROR")), lines[-1] if lines else "no reason given")
        raise EngineError(
            "environment_failed",
            f"The environment of the engine {name!r} could not be made: {reason.removeprefix('ERROR: ')}",
            "Look at your network, and that Python has `venv` and `pip` (python3-venv); then the same command again.",
        )


def _fingerprint(pins: Path) -> str:
    """Other packages, or another Python, make another environment."""
    return hashlib.sha256(pins.read_bytes() + f"{sys.version_info[:2]}".encode()).hexdigest()
