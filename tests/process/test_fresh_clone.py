"""The promise of the README: a clone, one command, and she answers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.process, pytest.mark.timeout(400)]


def test_one_command_on_a_fresh_clone(tmp_path: Path) -> None:
    """In a folder with spaces, with nothing installed: a reply on standard output, exit 0, nothing left running.

    The second time it is quick, because the environment is there.
    """
    clone = tmp_path / "a new clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True, capture_output=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("ALISA_", "VIRTUAL_ENV"))}
    environment["ALISA_HUB__PORT"] = "0"
    argv = [_system_python(), str(clone / "scripts" / "start.py"), "--say", "hello"]

    first = subprocess.run(argv, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert first.returncode == 0, first.stderr
    assert first.stdout.strip()
    assert "emotion" not in first.stdout

    began = time.monotonic()
    second = subprocess.run(argv, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert second.returncode == 0, second.stderr
    assert second.stdout.strip()
    assert time.monotonic() - began < 30
    assert _running_from(clone) == []

    if os.name == "posix":  # elsewhere, whoever is ended so is not asked
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as third:
            _wait_for("-m backend", clone)
            third.terminate()
            third.communicate(timeout=30)
        assert third.returncode == 128 + signal.SIGTERM
        assert _running_from(clone) == []


def _wait_for(part: str, folder: Path) -> None:
    """Until a program of that folder runs that has this in its command line."""
    latest = time.monotonic() + 30
    while not any(part in argv for argv in _running_from(folder)):
        assert time.monotonic() < latest, f"{part} was not started"
        time.sleep(0.02)


def _system_python() -> str:
    """The Python below the environment that runs the tests, as a newcomer has it."""
    return str(Path(sys.base_prefix) / ("python.exe" if os.name == "nt" else "bin/python3"))


def _running_from(folder: Path) -> list[str]:
    """Processes whose program stands in the folder."""
    running = (process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"]))
    return [" ".join(argv) for argv in running if any(str(folder) in part for part in argv)]
