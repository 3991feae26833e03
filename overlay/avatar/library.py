"""The sets that there are: the person's own in the Alisa home, and those that ship; what to show when one is broken.

What stands inside a set is not known here.
"""

from __future__ import annotations

from pathlib import Path

from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home, data_folder
from alisa.runtime.sources import guess
from overlay.avatar.layered import load_layered
from overlay.avatar.manifest import MANIFEST
from overlay.avatar.sets import AvatarError, AvatarSet
from overlay.avatar.simple import load_simple

BUILT_IN = "alisa"


def load_avatar(folder: Path) -> AvatarSet:
    """Read the set in that folder, layered or simple. Raises AvatarError with every problem, file by file."""
    if not folder.is_dir():
        raise AvatarError(
            "avatar_missing",
            f"There is no folder of pictures at {folder}.",
            "Name the folder that holds her pictures.",
            ("the folder is not there.",),
        )
    return load_layered(folder) if (folder / MANIFEST).exists() else load_simple(folder)


def avatar_folders(home: Home) -> dict[str, Path]:
    """Every set by name in small letters; one in the home wins over one that ships. Nothing is read yet."""
    return dict(sorted((_shipped() | _folders(home.root / "avatars")).items()))


def choose_avatar(name: str, home: Home) -> tuple[AvatarSet, tuple[str, ...]]:
    """The set of that name, else the one of that name that ships, else the built-in one; and what was wrong.

    Raises AvatarError only when the built-in one cannot be used, either.
    """
    wanted = name.strip().casefold() or BUILT_IN
    shipped = _shipped()
    candidates = [avatar_folders(home).get(wanted), shipped.get(wanted), shipped.get(BUILT_IN)]
    problems: list[str] = []
    if candidates[0] is None:
        problems.append(str(_unknown(name, home)))
    for folder in dict.fromkeys(path for path in candidates if path is not None):
        try:
            return load_avatar(folder), tuple(problems)
        except AvatarError as error:
            problems += [f"{folder.name}: {problem}" for problem in error.problems]
    raise AvatarError(
        "no_avatar",
        "The pictures that ship with Alisa are not there, or damaged.",
        "Install Alisa again, or clone the project again.",
        problems,
    )


def _unknown(name: str, home: Home) -> AvatarError:
    known = avatar_folders(home)
    near = guess(name.strip(), known)
    question = f"Did you mean {near}? " if near else ""
    return AvatarError(
        "unknown_avatar",
        f"There is no avatar called {name.strip()[:60]!r}.",
        f"{question}Choose one of: {', '.join(known)}." if known else "",
    )


def _shipped() -> dict[str, Path]:
    try:
        return _folders(data_folder() / "avatars")
    except AlisaError:
        return {}


def _folders(folder: Path) -> dict[str, Path]:
    """The sets in a folder by name. A name is looked up here, and never becomes part of a path."""
    try:
        return {
            path.name.casefold(): path for path in sorted(folder.iterdir()) if path.is_dir() and path.name[0] != "."
        }
    except OSError:
        return {}
