"""What this machine offers: a display and what draws on it, sound, a camera, and which parts of Alisa are here.

Only looks, quickly, without importing any of those parts and without opening a device.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

PARTS = ("llm_server", "backend", "overlay", "voice", "vision")
"""Every part of Alisa that is a process, in the order in which they are started."""


_LINUX = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Machine:
    """Facts about this machine. Where the system does not tell without opening a device: True."""

    parts: frozenset[str]
    """the parts of Alisa that can be started"""
    display: bool
    x11: bool
    """windows of Tk can be shown; False under Wayland without XWayland"""
    tk: bool
    """tkinter can be imported"""
    sound: bool
    camera: bool


def look_around(env: Mapping[str, str] = os.environ) -> Machine:
    """Return the facts about this machine."""
    return Machine(
        parts=frozenset(part for part in PARTS if is_here(part)),
        display=has_display(env),
        x11=has_x11(env),
        tk=has_tk(),
        sound=has_sound(env),
        camera=has_camera(),
    )


def is_here(part: str) -> bool:
    """Whether `python -m part` would find something to run."""
    spec = PathFinder.find_spec(part) or PathFinder.find_spec(part, [str(code_folder())])
    folders = spec.submodule_search_locations if spec else None
    return any((Path(folder) / "__main__.py").is_file() for folder in folders or ())


def code_folder() -> Path:
    """The folder that holds the packages of Alisa."""
    return Path(__file__).resolve().parents[2]


def has_display(env: Mapping[str, str]) -> bool:
    """Whether there is a desktop session to show anything in."""
    if _LINUX:
        return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))
    return not env.get("SSH_CONNECTION")


def has_x11(env: Mapping[str, str]) -> bool:
    """Whether Tk finds a screen: on Linux it needs an X server, which under Wayland is XWayland's."""
    return bool(env.get("DISPLAY")) if _LINUX else True


def has_tk() -> bool:
    """Whether this Python brings tkinter, whole: some systems package it apart."""
    return all(importlib.util.find_spec(name) is not None for name in ("tkinter", "_tkinter"))


def has_sound(env: Mapping[str, str], proc: Path = Path("/proc")) -> bool:
    """Whether there is a sound card or a sound server."""
    if not _LINUX:
        return True
    if env.get("PULSE_SERVER"):
        return True
    runtime = env.get("XDG_RUNTIME_DIR")
    if runtime and any((Path(runtime) / name).exists() for name in ("pulse/native", "pipewire-0")):
        return True
    try:
        return "[" in (proc / "asound" / "cards").read_text()
    except OSError:
        return False


def has_camera(dev: Path = Path("/dev")) -> bool:
    """Whether there is a camera."""
    return any(dev.glob("video[0-9]*")) if _LINUX else True
