"""Which processes `alisa up` starts on this machine, and which it leaves out and why. Pure.

The parts and their order stand here; what a machine offers is told by `machine`, and keeping
processes alive is the supervisor's business.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alisa.cli.machine import PARTS, Machine
from alisa.cli.supervisor.spec import ProcessSpec, Ready
from alisa.runtime.errors import MissingError, UsageError
from alisa.runtime.sources import guess
from overlay.needs import TK_FIX, XWAYLAND_FIX

if TYPE_CHECKING:
    from alisa.runtime.paths import Home
    from alisa.runtime.sections import LlmSettings

TITLES: Mapping[str, str] = {
    "backend": "hub",
    "llm_server": "model",
    "overlay": "avatar",
    "voice": "voice",
    "vision": "eyes",
}
"""What a person calls each part."""

NEEDED = frozenset({"llm_server", "backend"})
"""Without one of these she does not live; without the others she does."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that is not started. `needed` is False where everything works without it."""

    name: str
    why: str
    fix: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What is started, in this order, and what is not."""

    processes: tuple[ProcessSpec, ...]
    missing: tuple[Missing, ...]


def make_plan(
    llm: LlmSettings,
    machine: Machine,
    home: Home,
    python: str,
    *,
    only: Iterable[str] = (),
    without: Iterable[str] = (),
) -> Plan:
    """Return what to start. `only` and `without` name parts; with neither, all that can run here.

    Raises UsageError for a name that is no part, and when nothing is left to start; MissingError when a
    part that was asked for by name cannot run.
    """
    asked, refused = _checked(only), _checked(without)
    wanted = [part for part in PARTS if (part in asked or not asked) and part not in refused]
    if not wanted:
        raise UsageError("nothing_to_start", "Nothing is left to start.", f"Name some of: {', '.join(PARTS)}.")
    missing = [absent for part in wanted if (absent := _absent(part, llm, machine))]
    for absent in missing:
        if absent.needed and absent.name in asked:
            raise MissingError("part_missing", f"The {TITLES[absent.name]} cannot run: {absent.why}.", absent.fix)
    gone = {absent.name for absent in missing}
    if len(gone) == len(wanted) and (needed := [absent for absent in missing if absent.needed]):
        why = "; ".join(f"{absent.name}: {absent.why}" for absent in needed)
        raise MissingError("part_missing", f"Nothing of what is left can run here ({why}).", needed[0].fix)
    return Plan(tuple(_spec(part, home, python) for part in wanted if part not in gone), tuple(missing))


def _checked(names: Iterable[str]) -> frozenset[str]:
    chosen = frozenset(names)
    for name in sorted(chosen - set(PARTS)):
        near = guess(name, PARTS) or next((part for part, title in TITLES.items() if title == name.lower()), None)
        question = f"Did you mean {near}? " if near else ""
        raise UsageError(
            "unknown_part", f"There is no part called {name!r}.", f"{question}Choose from: {', '.join(PARTS)}."
        )
    return chosen


def _absent(part: str, llm: LlmSettings, machine: Machine) -> Missing | None:
    """Why the part is not started on this machine; None when it is."""
    if part == "llm_server" and llm.engine != "openai":
        return Missing(part, f"not needed: the {llm.engine} engine makes the words", needed=False)
    if part == "llm_server" and llm.url:
        return Missing(part, f"not needed: the model is at {_without_login(llm.url)}", needed=False)
    if part not in machine.parts:
        return Missing(part, "not part of this version yet", "Nothing to do: she talks with you in writing.")
    if part == "overlay" and not machine.display:
        return Missing(part, "there is no display", "Start Alisa from your desktop session.")
    if part == "overlay" and not machine.x11:
        return Missing(part, "there is no XWayland, which shows her under Wayland", XWAYLAND_FIX)
    if part == "overlay" and not machine.tk:
        return Missing(part, "tkinter is missing", TK_FIX)
    if part == "voice" and not machine.sound:
        return Missing(part, "there is no sound device", "Connect one, then run `alisa up` again.")
    if part == "vision" and not (machine.camera or machine.display):
        return Missing(part, "there is neither a camera nor a display", "Connect one, then run `alisa up` again.")
    return None


def _without_login(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}" if separator else url


def _spec(part: str, home: Home, python: str) -> ProcessSpec:
    argv = (python, "-P", "-m", part)  # -P: a folder of that name where the user stands is not ours
    if part == "llm_server":
        ready = Ready(str(home.llm_file), "/health", limit_seconds=600)  # a big model on a slow disk
        return ProcessSpec(part, argv, ready, outlives=("backend",), stop_seconds=10)
    if part == "backend":
        ready = Ready(str(home.hub_file), "/health/live", limit_seconds=120)
        return ProcessSpec(part, argv, ready, stop_seconds=10)
    if part == "overlay":
        ready = Ready(str(home.avatar_file), limit_seconds=60)
        return ProcessSpec(part, argv, ready, waits_for=("backend",), may_leave=True, stop_seconds=5)
    # A voice that finds no way to use the sound of this computer says so and leaves; everything else works without it.
    return ProcessSpec(part, argv, waits_for=("backend",), may_leave=part == "voice", stop_seconds=10)


def environment(base: Mapping[str, str], home: Home, code: str) -> dict[str, str]:
    """The environment of every part: its home, its code, and that it ends with the supervisor."""
    path = [code, *(entry for entry in base.get("PYTHONPATH", "").split(os.pathsep) if entry and entry != code)]
    return {
        **base,
        "ALISA_HOME": str(home.root),
        "ALISA_SUPERVISED": "1",
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONUTF8": "1",
        "PYTHONFAULTHANDLER": "1",
    }
