"""What the machine gives: Python, libraries, memory, disk, display, sound, camera, clock."""

from __future__ import annotations

import platform
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alisa.cli.doctor.finding import Finding, Patient, ok, problem, warning
from alisa.cli.machine import has_camera, has_display, has_sound, has_tk, has_x11
from alisa.runtime.paths import project_folder
from overlay.needs import TK_FIX, XWAYLAND_FIX

_GIB = 1024**3
_MIB = 1024**2
_NEWEST_TRIED = (3, 13)
_AGAIN = "In Alisa's folder run: python3 scripts/start.py --say hello"
_DISK_PROBLEM_BYTES = 100 * _MIB
_DISK_WARNING_BYTES = 1 * _GIB
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)\s*(;[^\\]*)?", re.MULTILINE)


def python(_: Patient) -> Iterator[Finding]:
    version = platform.python_version()
    if sys.maxsize < 2**32:
        yield problem(
            f"Python {version} is a 32-bit one.", "Install the 64-bit Python from python.org and start again."
        )
    elif sys.version_info[:2] > _NEWEST_TRIED:
        newest = ".".join(map(str, _NEWEST_TRIED))
        yield warning(f"Python {version} is newer than what Alisa is tried with.", f"If something fails, use {newest}.")
    else:
        yield ok(f"Python {version}.")


def libraries(_: Patient) -> Iterator[Finding]:
    project = project_folder()
    pins = project / "requirements" / "run.txt" if project else None
    if pins is None or not pins.is_file():
        yield ok("Installed as a package: there are no pins to compare with.")
        return
    missing, other = compare_pins(pins)
    if missing:
        yield problem(f"Not installed: {', '.join(missing)}.", _AGAIN)
    if other:
        yield warning(f"Not the pinned versions: {', '.join(other)}.", _AGAIN)
    if not missing and not other:
        yield ok("All libraries are here, in the pinned versions.")


def compare_pins(pins: Path) -> tuple[list[str], list[str]]:
    """Return the libraries that are missing, and those (with both versions) that are not as pinned.

    A library may have several pins, each for another Python or system; what is here must be one of them.
    """
    from importlib.metadata import PackageNotFoundError, version

    pinned: dict[str, dict[str, str]] = {}
    for name, wanted, condition in _PIN.findall(pins.read_text(encoding="utf-8")):
        pinned.setdefault(name, {})[wanted] = condition
    missing, other = [], []
    for name, versions in pinned.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            if not all(versions.values()):  # with a condition, it may be for another system
                missing.append(name)
            continue
        if installed.partition("+")[0] not in {wanted.partition("+")[0] for wanted in versions}:
            other.append(f"{name} {installed} (pinned {' or '.join(versions)})")
    return missing, other


def memory(patient: Patient) -> Iterator[Finding]:
    import psutil

    found = psutil.virtual_memory()
    total, free = found.total / _GIB, found.available / _GIB
    needed = _needed_by_model(patient) / _GIB
    says = f"{free:.1f} of {total:.1f} GiB of memory are free"
    if needed and needed > total:
        fix = "Choose a smaller model: `alisa models list`."
        yield problem(f"{says}; the model needs about {needed:.1f} GiB.", fix)
    elif needed and needed > free:
        fix = "Close other programs, or choose a smaller model: `alisa models list`."
        yield warning(f"{says}; the model needs about {needed:.1f} GiB.", fix)
    elif free < 0.3:
        yield warning(f"{says}.", "Close other programs.")
    else:
        yield ok(f"{says}.")


def _needed_by_model(patient: Patient) -> int:
    """Bytes that the chosen model takes; 0 where it is elsewhere, on a graphics card, or cannot be found."""
    from alisa.cli.doctor.model import chosen_model
    from alisa.runtime.errors import AlisaError
    from llm_server.fitting import memory_needed
    from llm_server.machine import nvidia_cards

    llm = patient.llm
    if llm.url or llm.engine != "openai":
        return 0
    try:
        file = chosen_model(patient)
    except AlisaError:
        return 0
    needed = memory_needed(file.size, file.kv_bytes, llm.context_tokens, llm.parallel)
    return 0 if sum(card.memory for card in nvidia_cards()) >= needed else needed


def disk(patient: Patient) -> Iterator[Finding]:
    folder = next((each for each in (patient.home.root, *patient.home.root.parents) if each.exists()), Path("/"))
    free = shutil.disk_usage(folder).free
    says = f"{free / _GIB:.1f} GiB are free where Alisa keeps her files."
    if free < _DISK_PROBLEM_BYTES:
        yield problem(says, "Free some space: history cannot be stored on a full disk.")
    elif free < _DISK_WARNING_BYTES:
        yield warning(says, "Free some space before you get a bigger model.")
    else:
        yield ok(says)


def display(patient: Patient) -> Iterator[Finding]:
    if not has_display(patient.env):
        yield warning(
            "There is no display: she has no face here, and talks in the terminal.",
            "Start Alisa from a terminal of your desktop session.",
        )
    elif not has_x11(patient.env):
        yield warning("There is a display, but no XWayland: under Wayland her face needs it.", XWAYLAND_FIX)
    elif not has_tk():
        yield warning("There is a display, but tkinter is missing: her face needs it.", TK_FIX)
    else:
        yield ok("There is a display.")


def sound(patient: Patient) -> Iterator[Finding]:
    if not has_sound(patient.env):
        yield warning(
            "There is no sound device: she writes, and cannot hear or speak.", "Connect a microphone and speakers."
        )
    elif not _has_portaudio():
        yield warning(
            "PortAudio is not installed: she cannot use the sound devices.",
            "Debian, Ubuntu: sudo apt install libportaudio2. Fedora: sudo dnf install portaudio.",
        )
    else:
        yield ok("There is sound.")


def _has_portaudio() -> bool:
    """Whether the library is here; on Windows and macOS the sounddevice package brings it."""
    if sys.platform in ("win32", "darwin"):
        return True
    from ctypes.util import find_library

    return find_library("portaudio") is not None


def camera(_: Patient) -> Iterator[Finding]:
    if has_camera():
        yield ok("There is a camera, or the system does not tell without opening it.")
    else:
        yield warning("There is no camera: she does not see whether you are there.", "Connect one, if you want that.")


def clock(patient: Patient) -> Iterator[Finding]:
    now = datetime.now(UTC)
    newest = _newest_file(patient)
    if newest and newest > now + timedelta(hours=1):
        says = f"The clock stands at {now:%Y-%m-%d %H:%M} UTC, before Alisa's own newest file."
        yield problem(says, "Set the date and time: history is ordered by them.")
    else:
        zone = now.astimezone().tzname() or "unknown"
        yield ok(f"It is {now.astimezone():%Y-%m-%d %H:%M}, time zone {zone}.")


def _newest_file(patient: Patient) -> datetime | None:
    times = []
    for path in (patient.home.database, patient.home.config_file, Path(__file__)):
        try:
            times.append(path.stat().st_mtime)
        except OSError:
            continue
    return datetime.fromtimestamp(max(times), UTC) if times else None
