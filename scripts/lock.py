#!/usr/bin/env python3
"""Pin every package anew: one lock for Linux, macOS and Windows, Python 3.11 and newer, with hashes.

    python3 scripts/lock.py                     write requirements/*.txt
    python3 scripts/lock.py --upgrade           take newer versions where there are any

Needs `uv` (pip install uv); only those who change the dependencies need it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compile all sets; the test set takes the pins of the run set, engines with an environment of their own do not."""
    if "--help" in sys.argv or "-h" in sys.argv:
        print(__doc__)
        return 0
    uv = shutil.which("uv")
    if uv is None:
        print("uv is not installed: pip install uv", file=sys.stderr)
        return 3
    common = [uv, "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
    common += ["--no-emit-index-url", "--quiet", "--custom-compile-command", "python3 scripts/lock.py"]
    common += [argument for argument in sys.argv[1:] if argument == "--upgrade"]
    sources = ["pyproject.toml", "requirements/build.in"]
    for arguments in (
        [*sources, "-o", "requirements/run.txt"],
        [*sources, "--extra", "test", "-c", "requirements/run.txt", "-o", "requirements/test.txt"],
        *([f"requirements/{name}.in", "-o", f"requirements/{name}.txt"] for name in ("kokoro", "mediapipe", "piper")),
    ):
        code = subprocess.run([*common, *arguments], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
