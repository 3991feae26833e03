"""From the table to pictures: each layer drawn alone, cropped to what is on it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import skia
from PIL import Image

from overlay.art.pen import HEIGHT, MARGIN, WIDTH, Pen
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
    whole = Image.fromarray(pixels)
    left, top, right, bottom = whole.getchannel("A").getbbox() or (0, 0, 1, 1)
    return Layer(name, whole.crop((left, top, right, bottom)), (left, top))


def draw_all() -> dict[str, Layer]:
    """Every layer of the table."""
    return {name: draw(name) for name in LAYERS}
