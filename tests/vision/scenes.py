"""Pictures of windows with known words, drawn with the typeface that Pillow brings: no font need be installed."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from vision.change import Picture

LIGHT, DARK = ((250, 250, 250), (25, 25, 25)), ((18, 18, 28), (225, 225, 225))
TRACEBACK = (
    "Traceback (most recent call last):",
    '  File "/home/mira/shop/app.py", line 48, in <module>',
    "    main()",
    '  File "/home/mira/shop/checkout.py", line 17, in checkout',
    "    price = prices[item.name]",
    "KeyError: 'green tea'",
)


def blank(colour: tuple[int, int, int] = LIGHT[0], size: tuple[int, int] = (640, 360)) -> Picture:
    """An empty window."""
    return np.asarray(Image.new("RGB", size, colour))[:, :, ::-1].copy()


def written(
    lines: tuple[str, ...],
    colours: tuple[tuple[int, int, int], tuple[int, int, int]] = LIGHT,
    *,
    points: int = 16,
    size: tuple[int, int] = (640, 360),
    at: tuple[int, int] = (12, 10),
) -> Picture:
    """A window with these lines, paper and ink in `colours`."""
    image = Image.new("RGB", size, colours[0])
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(points)
    for row, line in enumerate(lines):
        draw.text((at[0], at[1] + round(row * points * 1.3)), line, font=font, fill=colours[1])
    return np.asarray(image)[:, :, ::-1].copy()
