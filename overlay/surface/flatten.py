"""Her picture for windows without alpha: laid on a ground, or cut out along her outline. Pure."""

from __future__ import annotations

from PIL import Image, ImageChops

OUTLINE = (47, 33, 104)
"""The colour that soft edges are mixed with where they are cut: that of the lines she is drawn with."""
SOLID = 128
"""Alpha from which a pixel belongs to a window that knows no alpha, of 255."""

_IS_SOLID = [255 if alpha >= SOLID else 0 for alpha in range(256)]


def over(picture: Image.Image, ground: Image.Image) -> Image.Image:
    """Lay a picture ("RGBa") on a ground ("RGB") of the same size; the result is "RGB"."""
    *colours, alpha = picture.split()
    rest = ImageChops.invert(alpha)
    mixed = (
        ImageChops.add(colour, ImageChops.multiply(below, rest))
        for colour, below in zip(colours, ground.split(), strict=True)
    )
    return Image.merge("RGB", tuple(mixed))


def solid(mask: Image.Image) -> Image.Image:
    """Return where she is solid (mode "1") from a mask (mode "L")."""
    return mask.point(_IS_SOLID, "1")
