"""What needs no screen: her picture as a file, and the list of what there is to choose."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from alisa.runtime.errors import AlisaError, UsageError
from alisa.runtime.paths import Home, write_error
from alisa.runtime.settings import load
from overlay.avatar import AvatarError, AvatarSet, avatar_folders, choose_avatar, load_avatar
from overlay.compose import screenshot
from overlay.options import Options
from overlay.settings import OverlaySettings
from overlay.surface import KINDS

if TYPE_CHECKING:
    from PIL.Image import Image


def run(options: Options, home: Home) -> int:
    """Do that; return the exit code. Raises AlisaError."""
    if options.screenshot is not None:
        return _write_picture(options, options.screenshot, home)
    return _list(home)


def _write_picture(options: Options, path: Path, home: Home) -> int:
    avatar = _avatar(options, home)
    try:
        picture = screenshot(avatar, options.emotion, options.size or 1.0, options.background or None)
    except ValueError as error:
        if options.background:
            raise UsageError("wrong_use", f"{options.background!r} is no colour.", "Try #171326 or white.") from error
        raise
    _save(picture, path)
    return 0


def _avatar(options: Options, home: Home) -> AvatarSet:
    """The set that was named, or raises; without a name the one of the settings, or what takes its place."""
    if not options.avatar:
        chosen, problems = choose_avatar(load(OverlaySettings, home=home)[OverlaySettings].avatar, home)
        for problem in problems:
            sys.stderr.write(f"{problem}\n")
        return chosen
    folder = avatar_folders(home).get(options.avatar.strip().casefold())
    if folder is not None:
        return load_avatar(folder)
    _, problems = choose_avatar(options.avatar, home)
    raise UsageError("unknown_avatar", problems[0])


def _save(picture: Image, path: Path) -> None:
    try:
        picture.save(path)
    except OSError as error:
        raise write_error(error, path) from error
    except ValueError as error:
        message = f"{path.name} names no kind of picture."
        raise UsageError("wrong_use", message, "Try a name that ends in .png.") from error


def _list(home: Home) -> int:
    out = sys.stdout
    chosen = load(OverlaySettings, home=home)[OverlaySettings].avatar.strip().casefold()
    out.write("Avatars (`alisa config set overlay.avatar NAME`):\n")
    for name, folder in avatar_folders(home).items():
        mark = "*" if name == chosen else " "
        out.write(f"{mark} {name:<16} {_described(folder)}\n")
    out.write(
        "\nKinds of window; the best one that works is taken by itself (`alisa config set overlay.surface NAME`):\n"
    )
    for name, what in KINDS.items():
        out.write(f"  {name:<16} {what}\n")
    return 0


def _described(folder: Path) -> str:
    try:
        avatar = load_avatar(folder)
    except AvatarError:
        return f'broken; `python -m overlay.avatar check "{folder}"` tells why'
    except AlisaError as error:
        return f"broken: {error.message}"
    width, height = avatar.canvas
    return f"{avatar.name}, {avatar.kind}, {width} x {height}"
