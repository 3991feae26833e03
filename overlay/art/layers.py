"""From the table to pictures: each layer drawn alone, cropped to what is on it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import skia
from PIL import Image

from overlay.art.pen import HEIGHT, WIDTH, Pen
from overlay.art.table import LAYERS


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer, and where its upper left corner lies on the canvas."""

    name: str
    picture: Image.Image
    """RGBA, alpha not multiplied in"""
    at: tuple[int, int]

    @property
    def file(self) -> str:
        return f"{self.name}.png"

    def png(self) -> bytes:
        """The file, as small as PNG gets without loss."""
        written = BytesIO()
        self.picture.save(written, "PNG", optimize=True)
        return written.getvalue()


def draw(name: str) -> Layer:
    """Draw one layer of the table."""
    surface = skia.Surface(WIDTH, HEIGHT)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    LAYERS[name](Pen(canvas))
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    whole = _thrifty(Image.fromarray(pixels))
    left, top, right, bottom = whole.getchannel("A").getbbox() or (0, 0, 1, 1)
    return Layer(name, whole.crop((left, top, right, bottom)), (left, top))


def _thrifty(picture: Image.Image) -> Image.Image:
    """The picture in 6 bits a channel, fewer where it is faint: nobody sees it, and the files are a quarter smaller."""
    alpha = picture.getchannel("A").point([_rounded(value, 6) for value in range(256)])
    colours = picture.convert("RGB")
    thrifty = colours.point([_rounded(value, 6) for value in range(256)] * 3)
    for below, bits in ((128, 5), (64, 4), (24, 3)):
        faint = alpha.point([255 if value < below else 0 for value in range(256)])
        thrifty.paste(colours.point([_rounded(value, bits) for value in range(256)] * 3), (0, 0), faint)
    thrifty.putalpha(alpha)
    return thrifty


def _rounded(value: int, bits: int) -> int:
    """The nearest of the values that so many bits can tell, spread over 0 to 255."""
    top = (1 << bits) - 1
    return round(value * top / 255) * 255 // top


def draw_all() -> dict[str, Layer]:
    """Every layer of the table."""
    return {name: draw(name) for name in LAYERS}
