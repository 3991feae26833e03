"""Finding a llama.cpp server on this machine: where the user says, where it is usually put, else the bundled one.

Pure over a view of the file system, so that each system's places can be tested on any system.
Whether a program found here really works shows when it is started; that is `service`'s business.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Protocol

from alisa.runtime.errors import MissingError

BUNDLED = "bundled"
"""The engine's name for llama.cpp as it comes with Alisa (the `xllamacpp` wheel)."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One way to run llama.cpp's server: the beginning of a command line."""

    name: str
    """what a person and `run/llm.json` call it: `bundled`, or the program's path"""
    argv: tuple[str, ...]

    @property
    def bundled(self) -> bool:
        return self.name == BUNDLED


class Files(Protocol):
    """What is asked of the file system."""

    def which(self, name: str) -> str | None:
        """The program of this name on PATH."""
        ...

    def is_program(self, path: PurePath) -> bool:
        """Can this file be run?"""
        ...

    def glob(self, folder: PurePath, pattern: str) -> Sequence[PurePath]:
        """The files below `folder` that match."""
        ...


class RealFiles:
    """The file system of this machine."""

    def which(self, name: str) -> str | None:
        return shutil.which(name)

    def is_program(self, path: PurePath) -> bool:
        return Path(path).is_file() and os.access(path, os.X_OK)

    def glob(self, folder: PurePath, pattern: str) -> Sequence[PurePath]:
        try:
            return sorted(Path(folder).glob(pattern))
        except OSError:
            return ()


def engines(
    server_path: str, files: Files, system: str = sys.platform, env: Mapping[str, str] = os.environ
) -> tuple[Engine, ...]:
    """Return the ways to run llama.cpp, the preferred one first.

    `server_path` is what the user configured: then it is the only way, and MissingError is raised
    when it is no program. Otherwise what is installed comes first (it may use the graphics card),
    the bundled one last.
    """
    if server_path.strip():
        return (_configured(server_path.strip(), files),)
    found = [_installed(path) for path in _programs(files, system, env)]
    bundled = Engine(BUNDLED, (sys.executable, "-P", "-m", "llm_server.bundled"))
    return (*found[:1], bundled)


def usual_places(system: str, env: Mapping[str, str]) -> tuple[PurePath, ...]:
    """Return where package managers and people put `llama-server` on a system (`sys.platform`'s word)."""
    if system == "win32":
        return tuple(
            PureWindowsPath(env[variable], *parts, "llama-server.exe")
            for variable, parts in (
                ("LOCALAPPDATA", ("Microsoft", "WinGet", "Links")),
                ("PROGRAMFILES", ("llama.cpp",)),
                ("LOCALAPPDATA", ("Programs", "llama.cpp")),
                ("USERPROFILE", ("scoop", "shims")),
                ("USERPROFILE", ("llama.cpp",)),
                ("USERPROFILE", ("llama.cpp", "build", "bin", "Release")),
            )
            if env.get(variable)
        )
    home = PurePosixPath(env.get("HOME") or "/")
    shared = ["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin"]
    if system != "darwin":
        shared = ["/usr/local/bin", "/usr/bin", "/home/linuxbrew/.linuxbrew/bin", "/opt/llama.cpp/bin", "/snap/bin"]
    folders = [home / ".local" / "bin", *map(PurePosixPath, shared), home / ".nix-profile" / "bin"]
    folders += [home / "llama.cpp", home / "llama.cpp" / "build" / "bin"]
    return tuple(folder / "llama-server" for folder in folders)


def _programs(files: Files, system: str, env: Mapping[str, str]) -> list[str]:
    on_path = [path for name in ("llama-server", "llama") if (path := files.which(name))]
    elsewhere = [place for place in usual_places(system, env) if files.is_program(place)]
    if system == "win32" and env.get("LOCALAPPDATA"):
        packages = PureWindowsPath(env["LOCALAPPDATA"], "Microsoft", "WinGet", "Packages")
        elsewhere += files.glob(packages, "ggml.llamacpp_*/**/llama-server.exe")
    return [*on_path, *map(str, elsewhere)]


def _configured(path: str, files: Files) -> Engine:
    full = str(Path(path).expanduser())
    program = full if files.is_program(Path(full)) else files.which(path)
    if not program:
        raise MissingError(
            "server_missing",
            f"llm.server_path names no program: {path}.",
            "Correct it with `alisa config set llm.server_path …`, or leave it empty for the bundled server.",
        )
    return _installed(program)


def _installed(program: str) -> Engine:
    """Return the engine for a program: the single `llama` command has the server as a subcommand."""
    stem = program.replace("\\", "/").rsplit("/", 1)[-1].lower().removesuffix(".exe")
    return Engine(program, (program, "serve") if stem == "llama" else (program,))
