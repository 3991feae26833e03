"""Make the environment `.venv` from the pinned, hashed requirements; quick when nothing changed.

Runs before anything is installed, so it uses the standard library alone. `start.py` and `test.py`
share it. It knows nothing about Alisa herself.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
WINDOWS = os.name == "nt"
FULL = "The disk is full: Alisa needs about 1 GB here. Free some space and start again."


class SetupError(Exception):
    """The environment could not be made; the message says what happened and what to do next."""


def ensure(kind: str = "run") -> Path:
    """Make `.venv` fit `requirements/<kind>.txt` and return its Python.

    kind: `run` (what Alisa needs) or `test` (that, and what the tests need).
    Raises SetupError with a sentence for the user.
    """
    try:
        return _ensure(kind, ROOT / "requirements" / f"{kind}.txt")
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise SetupError(FULL) from error
        reason = error.strerror or type(error).__name__
        raise SetupError(
            f"The environment could not be made in {ENVIRONMENT}: {reason}. "
            "Check that this folder is yours and can be written to, and start again."
        ) from error


def unless_cancelled(main: Callable[[], int]) -> int:
    """Run a script to its exit code. Ctrl-C is the user's right, and no trace."""
    try:
        return main()
    except KeyboardInterrupt:
        say("\nCancelled. The same command goes on from what is there.")
        return 130


def _ensure(kind: str, requirements: Path) -> Path:
    with _one_at_a_time():
        if _stamp(kind).is_file() and _stamp(kind).read_text() == _fingerprint(requirements) and python().is_file():
            return python()
        _make_environment()
        _install_requirements(requirements)
        _install_alisa()
        _stamp(kind).write_text(_fingerprint(requirements))
        if kind != "run":  # the test set holds the run set, from the same pins
            _stamp("run").write_text(_fingerprint(ROOT / "requirements" / "run.txt"))
    return python()


def python() -> Path:
    """The environment's Python."""
    return ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")


def command(name: str) -> Path:
    """A command that the environment holds, such as `alisa`."""
    return ENVIRONMENT / (f"Scripts/{name}.exe" if WINDOWS else f"bin/{name}")


def say(text: str) -> None:
    """Tell the user what happens; standard output stays free for replies."""
    print(text, file=sys.stderr, flush=True)


def _stamp(kind: str) -> Path:
    return ENVIRONMENT / f".alisa-{kind}"


def _fingerprint(requirements: Path) -> str:
    """Changes when pins, Python or the folder change (an environment cannot be moved)."""
    digest = hashlib.sha256()
    for part in (requirements.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()):
        digest.update(hashlib.sha256(part).digest())
    return f"{digest.hexdigest()} {sys.version_info.major}.{sys.version_info.minor}\n"


def _make_environment() -> None:
    if _environment_works():
        return
    if ENVIRONMENT.exists():
        say("The environment .venv does not fit any more; making it anew.")
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    say("Making the environment .venv …")
    made = subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        raise SetupError(_why_no_environment(made.stdout + made.stderr))


def _environment_works() -> bool:
    """Whether its Python starts, is ours, and pip is there."""
    if not python().is_file():
        return False
    probe = (
        "import pip, sys; "
        f"sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r} or sys.prefix != {str(ENVIRONMENT)!r})"
    )
    return subprocess.run([str(python()), "-c", probe], capture_output=True, check=False).returncode == 0


def _why_no_environment(output: str) -> str:
    if "ensurepip" in output:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return (
            "Python's venv module is not complete on this system. "
            f"Install it (Debian, Ubuntu: sudo apt install python{version}-venv) and start again."
        )
    if "No space left" in output:
        return FULL
    return f"The environment could not be made in {ENVIRONMENT}: {_last_line(output)}"


def _install_requirements(requirements: Path) -> None:
    total = len(re.findall(r"^[a-z0-9].*==", requirements.read_text(), re.MULTILINE))
    say(f"Installing {total} pinned packages; the first time this takes a minute or so.")
    arguments = ["install", "--require-hashes", "--disable-pip-version-check", "--no-input", "-r", str(requirements)]
    _pip(arguments, total)


def _install_alisa() -> None:
    # The build tool is among the pinned packages, so that nothing is fetched past the lock.
    arguments = ["install", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--no-input"]
    _pip([*arguments, "--editable", str(ROOT)], 0)


def _pip(arguments: list[str], total: int) -> None:
    with subprocess.Popen(
        [str(python()), "-m", "pip", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        assert pip.stdout is not None
        lines: list[str] = []
        seen = 0
        try:
            for line in pip.stdout:
                lines.append(line.rstrip())
                if total and (name := _begun(line)):
                    seen += 1
                    _progress(seen, total, name)
                elif total and line.startswith("Installing collected packages"):
                    _progress(total, total, "unpacking …")
        except KeyboardInterrupt:
            pip.terminate()
            raise
    if total and sys.stderr.isatty():
        say("")
    if pip.returncode:
        raise SetupError(_why_no_install("\n".join(lines[-30:])))


def _begun(line: str) -> str:
    """The package that pip turns to with this line, wherever it takes it from; empty for any other line."""
    if line.startswith("Processing "):  # a file; its name has no dash before the version
        return line.split()[1].replace("\\", "/").rsplit("/", 1)[-1].split("-")[0]
    for sign in ("Collecting ", "Requirement already satisfied: "):
        if line.startswith(sign):
            return re.split(r"[ =<>\[]", line.removeprefix(sign))[0]
    return ""


def _progress(done: int, total: int, name: str) -> None:
    """A bar on a terminal; a line for every tenth package elsewhere."""
    done = min(done, total)
    if sys.stderr.isatty():
        filled = 30 * done // total
        print(
            f"\r  [{'#' * filled}{'.' * (30 - filled)}] {done}/{total} {name:<28.28}",
            end="",
            file=sys.stderr,
            flush=True,
        )
    elif done % 10 == 0 or done == total:
        say(f"  {done}/{total}")


def _why_no_install(output: str) -> str:
    # "from versions: none": not one version of a package that exists, so the index was not reached.
    if any(word in output for word in ("NewConnectionError", "ConnectTimeoutError", "from versions: none")):
        return (
            "The packages could not be fetched: there seems to be no network. "
            "Connect and start again; what is there already is kept."
        )
    if "No space left" in output:
        return FULL
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "A package did not match its pinned hash and was refused. Try again later; if it stays, please report it."
        )
    return f"The packages could not be installed: {_last_line(output)}"


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no reason was given"])[-1]


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two starts at once wait for one another. The lock goes with its process, however that ends."""
    with (ROOT / ".venv.lock").open("a+b") as lock:
        if WINDOWS:
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another start is making the environment; waiting for it …")
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield
