"""Screenshots side by side, with captions: the pictures of the documents. What is on them is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from overlay.bubble.palette import BY_DAY, BY_NIGHT

Colour = tuple[int, int, int]

MOST_BYTES = 400_000
_COLOURS = 256
_CAPTION = 34
_LETTERS = 17


@dataclass(frozen=True, slots=True)
class Tile:
    """One screenshot, and what it shows."""

    caption: str
    picture: Image.Image
    ground: Colour
    """the colour of the desktop on it"""


def write(path: Path, rows: Sequence[Sequence[Tile]]) -> None:
    """Write rows of tiles as one small PNG; what is lower than its row stands at the bottom."""
    lines = [_beside(row) for row in rows]
    sheet = Image.new("RGB", (max(line.width for line in lines), sum(line.height for line in lines)), rows[0][0].ground)
    y = 0
    for line in lines:
        sheet.paste(line, (0, y))
        y += line.height
    sheet.quantize(_COLOURS, kmeans=4, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.name} is too large for the documents: {path.stat().st_size} bytes")


def _beside(row: Sequence[Tile]) -> Image.Image:
    height = max(tile.picture.height for tile in row)
    line = Image.new("RGB", (sum(tile.picture.width for tile in row), height + _CAPTION))
    x = 0
    for tile in row:
        line.paste(_captioned(tile, height), (x, 0))
        x += tile.picture.width
    return line


def _captioned(tile: Tile, height: int) -> Image.Image:
    width = tile.picture.width
    whole = Image.new("RGB", (width, height + _CAPTION), tile.ground)
    whole.paste(tile.picture, (0, height - tile.picture.height))
    ink = BY_DAY.words if sum(tile.ground) > 3 * 128 else BY_NIGHT.words
    font = ImageFont.load_default(_LETTERS)
    ImageDraw.Draw(whole).text((width // 2, height + _CAPTION // 2), tile.caption, ink, font, anchor="mm")
    return whole
