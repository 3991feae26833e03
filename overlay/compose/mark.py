"""The mark that shows while one of her eyes is open: a small eye in a corner of her picture, drawn by code.

Ink and teal on lavender, so that it is seen on light and dark desktops alike.
"""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

from overlay.compose.sprites import MODE, Box

SIDE = 26
"""of the mark at scale 1.0, in pixels"""
LEAST_SIDE = 16
_MARGIN = 4
_FINE = 8
"""it is drawn so many times larger, then made small: soft edges"""
_LAVENDER, _INK, _TEAL, _WHITE = (233, 220, 255, 255), (58, 42, 92, 255), (62, 207, 198, 255), (255, 255, 255, 255)


def place(size: tuple[int, int], scale: float) -> Box:
    """Where the mark is in a picture of that size: its upper right corner."""
    side = max(LEAST_SIDE, round(SIDE * scale))
    margin = round(_MARGIN * scale)
    left = max(0, size[0] - side - margin)
    return (left, margin, left + side, margin + side)


@lru_cache(maxsize=8)
def draw(side: int) -> Image.Image:
    """The mark, premultiplied."""
    wide = side * _FINE
    image = Image.new("RGBA", (wide, wide))
    pen = ImageDraw.Draw(image)
    pen.ellipse((0, 0, wide - 1, wide - 1), fill=_LAVENDER, outline=_INK, width=max(1, wide // 16))
    lens = _lens(wide)
    image.paste(_WHITE, (0, 0), lens)
    iris = wide * 0.17
    pen.ellipse(_around(wide, iris), fill=_TEAL)
    pen.ellipse(_around(wide, iris * 0.5), fill=_INK)
    rim = ImageChops.subtract(_lens(wide, 1.12), lens)
    image.paste(_INK, (0, 0), rim)
    return image.resize((side, side), Image.Resampling.LANCZOS).convert(MODE)


def _lens(wide: int, size: float = 1.0) -> Image.Image:
    """The shape of an eye: what two circles share."""
    half, high = wide * 0.33 * size, wide * 0.2 * size
    radius = (half * half + high * high) / (2 * high)
    masks = []
    for up in (-1, 1):
        mask = Image.new("L", (wide, wide))
        middle = wide / 2 + up * (radius - high)
        ImageDraw.Draw(mask).ellipse((wide / 2 - radius, middle - radius, wide / 2 + radius, middle + radius), fill=255)
        masks.append(mask)
    return ImageChops.multiply(*masks)


def _around(wide: int, radius: float) -> tuple[float, float, float, float]:
    middle = wide / 2
    return (middle - radius, middle - radius, middle + radius, middle + radius)
