"""`python -m overlay.art`: draw her set of layers again, or the sheet of her faces."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from alisa.runtime.errors import AlisaError, MissingError

SET = Path(__file__).resolve().parents[2] / "data" / "avatars" / "alisa"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m overlay.art", description="Draw Alisa's picture.")
    parser.add_argument("--out", type=Path, default=SET, help="the folder for the layers and manifest.toml")
    parser.add_argument("--sheet", type=Path, help="draw a sheet of all her faces into this PNG instead")
    asked = parser.parse_args(arguments)
    try:
        said = draw_sheet(asked.sheet) if asked.sheet else draw_set(asked.out)
    except AlisaError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(said + "\n")
    return 0


def draw_set(folder: Path) -> str:
    """Write every layer and the manifest into the folder; what is no layer any more is removed."""
    need_skia()
    from overlay.art.layers import draw_all
    from overlay.art.manifest import manifest

    layers = draw_all()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        if old.stem not in layers:
            old.unlink()
    size = 0
    for layer in layers.values():
        size += (folder / layer.file).write_bytes(layer.png())
    (folder / "manifest.toml").write_text(manifest(layers), encoding="utf-8", newline="\n")
    return f"{len(layers)} layers, {size / 1024:.0f} KB, are in {folder}."


def draw_sheet(file: Path) -> str:
    """Write the sheet of her faces."""
    need_skia()
    from overlay.art.sheet import sheet

    file.parent.mkdir(parents=True, exist_ok=True)
    sheet().save(file, "PNG", optimize=True)
    return f"The sheet is in {file}."


def need_skia() -> None:
    """Say what to install where skia is missing."""
    try:
        import skia  # noqa: F401
    except ImportError as error:
        raise MissingError(
            "extra_missing",
            "Drawing her picture needs skia, which is not installed.",
            'In Alisa\'s folder run: python -m pip install -e ".[art]"',
        ) from error


if __name__ == "__main__":
    sys.exit(main())
