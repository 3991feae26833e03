"""`python -m overlay.avatar check FOLDER`: is this set whole? Each problem on a line of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from overlay.avatar.library import load_avatar
from overlay.avatar.sets import AvatarError

USAGE = "python -m overlay.avatar check FOLDER"


def main(arguments: list[str]) -> int:
    """Check the folder that is named. Returns the exit code: 0 fine, 1 broken, 2 wrong use."""
    if len(arguments) != 2 or arguments[0] != "check":
        sys.stderr.write(f"{USAGE}\n")
        return 2
    try:
        avatar = load_avatar(Path(arguments[1]))
    except AvatarError as error:
        sys.stdout.write("".join(f"{problem}\n" for problem in error.problems))
        return 1
    width, height = avatar.canvas
    sys.stdout.write(f"fine: {avatar.name}, {avatar.kind}, {width} x {height}, {len(avatar.layers)} pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
