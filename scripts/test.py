#!/usr/bin/env python3
"""Run every check and every test: style, types, import contracts, then pytest, slow ones last.

python3 scripts/test.py                     everything
python3 scripts/test.py --quick             without the tests that start real processes
python3 scripts/test.py -- -k markup -x     only pytest, with these arguments
"""

from __future__ import annotations

import argparse
import contextlib
import glob
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass

import environment

# What the tests need of a Debian or Ubuntu system, and the file or program that shows it is there.
SYSTEM_PACKAGES = {
    "libgomp1": "libgomp.so.1",
    "tmux": "tmux",
    # a screen of our own for the avatar: an X server, a window manager, a compositor, a pointer
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "picom": "picom",
    "xdotool": "xdotool",
    "x11-utils": "xprop",
    "x11-xserver-utils": "xrandr",
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    # what the eyes read, and what they read it with
    "xterm": "xterm",
    "tesseract-ocr": "tesseract",
    # a sound server of our own for the voice, and somebody who speaks
    "pulseaudio": "pulseaudio",
    "pulseaudio-utils": "pactl",
    "libasound2-plugins": "/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so",
    "libportaudio2": "libportaudio.so.2",
    "flite": "flite",
    # a browser for the settings page
    "chromium": "chromium",
    "fonts-dejavu-core": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
}

ENGINES = ("kokoro", "mediapipe", "piper")
"""those whose libraries have an environment of their own; their tests are told its Python"""
_MAKE_ENVIRONMENT = """
import sys
from pathlib import Path
from alisa.runtime.paths import Home
from alisa.runtime import environments
name, home = sys.argv[1], Home(Path(sys.argv[2]))
environments.is_ready(name, home) or environments.make(name, home)
print(environments.python_in(environments.folder_of(name, home)))
"""


ONE_HALF = ("tests/alisa", "tests/backend", "tests/flow", "tests/llm_server")
"""About half of the tests that only compute: they and the others run side by side. So do, after them, those with sound
and those with other real processes and screens: both mostly wait."""


@dataclass(frozen=True)
class Step:
    """One check: a name for people, the command, and another that runs beside it."""

    name: str
    argv: list[str]
    beside: list[str] | None = None


def main() -> int:
    """Install what is needed, run every step, and say which failed."""
    options = _parse(sys.argv[1:])
    try:
        python = str(environment.ensure("test"))
    except environment.SetupError as failure:
        environment.say(str(failure))
        return 3
    _install_system_packages()
    _make_environments(python)
    pytest = [python, "-m", "pytest"]
    if options.rest:
        return subprocess.run([*pytest, *options.rest], cwd=environment.ROOT, check=False).returncode
    computing = [*pytest, "-m", "not process and not screen and not sound"]
    steps = [
        Step("style", [python, "-m", "ruff", "check", "."]),
        Step("format", [python, "-m", "ruff", "format", "--check", "."]),
        Step("types", [python, "-m", "mypy"]),
        Step("import contracts", [str(environment.command("lint-imports"))]),
        Step("tests", [*computing, *ONE_HALF], [*computing, *(f"--ignore={folder}" for folder in ONE_HALF)]),
    ]
    if not options.quick:
        others = [*pytest, "-m", "(process or screen) and not sound"]
        steps.append(Step("tests with real processes", [*pytest, "-m", "sound"], others))
    failed = [step.name for step in steps if not _passes(step)]
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All checks passed.'}", flush=True)
    return 1 if failed else 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    description, examples = (__doc__ or "").split("\n\n", 1)
    parser = argparse.ArgumentParser(
        prog="test.py",
        description=description,
        epilog="examples:\n" + examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="leave out the tests that start real processes")
    parser.add_argument("rest", nargs="*", metavar="-- ARG", help="run only pytest, with these arguments")
    return parser.parse_args(arguments)


def _passes(step: Step) -> bool:
    print(f"\n=== {step.name}", flush=True)
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        beside = stack.enter_context(_started(step.beside)) if step.beside else None
        code = subprocess.run(step.argv, cwd=environment.ROOT, check=False).returncode
        if beside:
            said, _ = beside.communicate()
            print(said, flush=True)
            code = code or beside.returncode
    print(f"--- {step.name}: {'ok' if code == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
    return code == 0


def _started(argv: list[str]) -> subprocess.Popen[str]:
    """Start it; what it says is kept, to be read in one piece."""
    return subprocess.Popen(
        argv, cwd=environment.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )


def _install_system_packages() -> None:
    """Install what is missing where we may; otherwise say how. The tests that need it say so, too."""
    missing = [package for package, sign in SYSTEM_PACKAGES.items() if not _present(sign)]
    if not missing or not sys.platform.startswith("linux"):
        return
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        environment.say(
            f"Not on this system: {', '.join(missing)}. Install them (sudo apt install {' '.join(missing)})."
        )
        return
    environment.say(f"Installing {', '.join(missing)} …")
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([apt, "-qq", "update"], check=False, **quiet)
    subprocess.run([apt, "-qq", "install", "-y", "--no-install-recommends", *missing], check=False, **quiet)


def _make_environments(python: str) -> None:
    """Make the engines' environments, as `alisa models pull` does; where that cannot be, their tests are skipped."""
    for name in ENGINES:
        variable = f"{name.upper()}_PYTHON"
        if variable in os.environ:
            continue
        argv = [python, "-c", _MAKE_ENVIRONMENT, name, str(environment.ROOT / ".venv-voices")]
        made = subprocess.run(argv, cwd=environment.ROOT, capture_output=True, text=True, check=False)
        if made.returncode == 0:
            os.environ[variable] = made.stdout.strip()
        else:
            reason = (made.stderr.strip().splitlines() or ["no reason given"])[-1]
            environment.say(f"The tests that need the libraries of {name} are skipped: {reason}")


def _present(sign: str) -> bool:
    if sign.startswith("/"):
        return bool(glob.glob(sign))  # noqa: PTH207
    if ".so" not in sign:
        return shutil.which(sign) is not None
    known = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=False)
    return sign in known.stdout


if __name__ == "__main__":
    sys.exit(environment.unless_cancelled(main))
