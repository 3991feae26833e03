"""Pictures for the tests: a solid disc, a ring of half alpha around it, nothing in the corners."""

from __future__ import annotations

from PIL import Image, ImageDraw

SIZE = (200, 300)
CENTRE = (100, 150)
"""in the disc"""
RING = (100, 85)
"""in the ring of half alpha"""
CORNER = (5, 5)
"""where there is nothing"""


def disc(colour: tuple[int, int, int], size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture (mode "RGBa") with a disc of this colour in the middle and a ring of alpha 160 around it."""
    x, y = size[0] // 2, size[1] // 2
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((x - 80, y - 80, x + 80, y + 80), fill=(*colour, 160))
    pen.ellipse((x - 50, y - 50, x + 50, y + 50), fill=(*colour, 255))
    return image.convert("RGBa")


def blended(picture: Image.Image, ground: tuple[int, int, int]) -> Image.Image:
    """What the eye sees of the picture on a ground: the definition, pixel by pixel."""
    seen = Image.new("RGB", picture.size)
    seen.putdata(
        [
            tuple(
                round(channel + below * (255 - pixel[3]) / 255) for channel, below in zip(pixel, ground, strict=False)
            )
            for pixel in picture.get_flattened_data()
        ]
    )
    return seen


def farthest(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any channel of any pixel."""
    from PIL import ImageChops

    return max(high for _, high in ImageChops.difference(one, other).getextrema())
