"""The start command: what it says to people on machines that are not ready."""

from __future__ import annotations

import ast
import errno
import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.faults import needs_posix

ROOT = Path(__file__).parents[2]
START = ROOT / "scripts" / "start.py"


def test_an_old_python_is_told_what_to_do() -> None:
    """A person with Python 3.8 reads a sentence, not a syntax error: old grammars can read the file."""
    ast.parse(START.read_text(), feature_version=(3, 8))


def test_help_shows_examples() -> None:
    """`--help` says how to use it."""
    shown = subprocess.run([sys.executable, START, "--help"], capture_output=True, text=True, check=True)
    assert '--say "hello"' in shown.stdout


def test_wrong_use_exits_with_2() -> None:
    """An option that does not exist is wrong use."""
    done = subprocess.run([sys.executable, START, "--sing"], capture_output=True, text=True, check=False)
    assert done.returncode == 2


def script(name: str) -> ModuleType:
    """One of the scripts, as a module."""
    sys.path.insert(0, str(START.parent))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(START.parent))


@pytest.mark.parametrize(
    ("running", "hub", "asleep", "ready"),
    [
        (False, "down", True, False),
        (True, "down", False, False),  # `alisa up` in another terminal, not ready yet: she is not ours to stop
        (True, "ready", False, True),
        (False, "degraded", False, True),  # a hub that was started by hand
        (True, "silent", False, False),
    ],
)
def test_who_is_awake_is_left_awake(running: bool, hub: str, asleep: bool, ready: bool) -> None:
    """`--say` wakes her only where she sleeps, and puts nobody to sleep whom it has not woken."""
    assert script("start").read_status(json.dumps({"running": running, "hub": {"state": hub}})) == (asleep, ready)
    assert script("start").read_status("Traceback …") == (True, False)


@needs_posix
@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        (["--run", "backend"], ["-m", "backend"]),
        (["--run", "all", "--", "--detach"], ["up", "--detach"]),
        ([], ["up", "--chat"]),
    ],
)
def test_what_is_started_takes_the_place_of_the_script(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], ending: list[str]
) -> None:
    """Whoever ends `start_backend.sh` by its number ends the hub: no script stands between that could die alone."""

    def become(program: str, argv: list[str]) -> None:
        assert program == argv[0]
        assert argv[-2:] == ending
        raise SystemExit(42)

    monkeypatch.setattr(os, "execv", become)
    monkeypatch.setattr(os, "chdir", lambda _folder: None)
    monkeypatch.setattr(script("environment"), "ensure", lambda _kind: None)
    monkeypatch.setattr(sys, "argv", ["start.py", *arguments])
    with pytest.raises(SystemExit) as left:
        script("start").main()
    assert left.value.code == 42


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Collecting alembic==1.20.1 (from -r run.txt (line 174))", "alembic"),
        ("Collecting python-xlib==0.33 (from x)", "python-xlib"),
        ("Collecting uvicorn[standard]==0.55 (from x)", "uvicorn"),
        ("Requirement already satisfied: anyio==4.16.0 in /x/y", "anyio"),
        ("Processing /opt/wheels/mako-1.4.3-py3-none-any.whl (from -r run.txt)", "mako"),
        ("Processing c:\\wheels\\mako-1.4.3-py3-none-any.whl", "mako"),
        ("  Downloading alembic-1.20.1-py3-none-any.whl (270 kB)", ""),
    ],
)
def test_progress_counts_every_package(line: str, name: str) -> None:
    """Wherever pip takes it from: an index, the environment itself, a folder of wheels."""
    assert script("environment")._begun(line) == name


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "can be written to")])
def test_a_folder_that_takes_nothing_is_told(monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    """A full disk or a clone of somebody else's is a sentence with what to do, not a trace."""
    environment = script("environment")

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(environment, "_one_at_a_time", fail)
    with pytest.raises(environment.SetupError, match=said):
        environment.ensure("run")


def test_ctrl_c_is_no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever stops the first start reads that the next one goes on; the exit code is 130."""

    def stopped() -> int:
        raise KeyboardInterrupt

    assert script("environment").unless_cancelled(stopped) == 130
    assert "goes on" in capsys.readouterr().err


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The scripts and pins in a folder with spaces, as in a fresh clone, without an environment."""
    folder = tmp_path / "a folder with spaces"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def start(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the start command there."""
    argv = [sys.executable, str(checkout / "scripts" / "start.py"), "--say", "hello"]
    return subprocess.run(
        argv, capture_output=True, text=True, check=False, timeout=100, env={**os.environ, **environment}
    )


@pytest.mark.process
def test_without_a_network_it_says_so(checkout: Path) -> None:
    """No packages, no network: a sentence that says what to do, exit code 3, no trace."""
    done = start(
        checkout,
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_EXTRA_INDEX_URL="",
        PIP_RETRIES="0",
        PIP_NO_CACHE_DIR="1",
        PIP_CONFIG_FILE=os.devnull,
        PIP_FIND_LINKS="",
    )
    assert done.returncode == 3
    assert "no network" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.process
def test_a_package_that_does_not_match_its_hash_is_refused(checkout: Path) -> None:
    """A changed package never gets in: the pinned hash is checked."""
    run = checkout / "requirements" / "run.txt"
    lines = run.read_text().splitlines()
    first = next(i for i, line in enumerate(lines) if "==" in line)
    run.write_text(f"{lines[first]}\n    --hash=sha256:{'0' * 64}\n")
    done = start(checkout)
    assert done.returncode == 3
    assert "refused" in done.stderr
