"""The card as pixels: a rounded ground with a tail, an edge in her colour, and strips for what the product says.

Pure: from sizes to a Pillow picture. The outline is hard (a pixel belongs to the
card or does not), so that it can be cut out of a window without alpha; inside, everything is smooth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from overlay.bubble.place import Side

_FINE = 4
"""Drawn so much larger, then reduced: smooth edges."""

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1; the last two are just outside"""


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the card points."""

    side: Side
    """where the card stands, seen from her"""
    at: int
    """the middle of its root along that side"""
    length: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The form of a card. `body` is its size without the tail; without a tail and with `radius` 0 it is a rectangle."""

    body: tuple[int, int]
    radius: int
    tail: Tail | None = None

    @property
    def corner(self) -> tuple[int, int]:
        """Where the body's upper left corner lies in the window."""
        if self.tail is None:
            return 0, 0
        return {Side.RIGHT: (self.tail.length, 0), Side.BELOW: (0, self.tail.length)}.get(self.tail.side, (0, 0))

    @property
    def size(self) -> tuple[int, int]:
        """The size of the window, tail included."""
        width, height = self.body
        if self.tail is None:
            return width, height
        beside = self.tail.side in (Side.LEFT, Side.RIGHT)
        return (width + self.tail.length, height) if beside else (width, height + self.tail.length)


def paint(outline: Outline, ground: str, edge: str, edge_width: int, strips: Sequence[tuple[Box, str]]) -> Image.Image:
    """The card as RGBA; alpha is 0 or 255. `strips` are boxes within the body, with their colour."""
    picture = Image.new("RGB", outline.size, edge)
    picture.paste(ground, (0, 0), _mask(outline, edge_width))
    x, y = outline.corner
    for (x0, y0, x1, y1), colour in strips:
        fine = Image.new("L", ((x1 - x0) * _FINE, (y1 - y0) * _FINE))
        box = (0, 0, fine.width - 1, fine.height - 1)
        ImageDraw.Draw(fine).rounded_rectangle(box, outline.radius * _FINE // 2, 255)
        picture.paste(colour, (x + x0, y + y0), fine.reduce(_FINE))
    picture.putalpha(_mask(outline, 0).point(lambda alpha: 255 if alpha >= 128 else 0))
    return picture


def _mask(outline: Outline, inset: int) -> Image.Image:
    """How much of each pixel lies at least `inset` pixels inside of the outline, 0 to 255."""
    width, height = outline.size
    fine = Image.new("L", (width * _FINE, height * _FINE))
    draw = ImageDraw.Draw(fine)
    x, y = outline.corner
    right, bottom = x + outline.body[0], y + outline.body[1]
    box = [(x + inset) * _FINE, (y + inset) * _FINE, (right - inset) * _FINE - 1, (bottom - inset) * _FINE - 1]
    draw.rounded_rectangle(box, max(0, outline.radius - inset) * _FINE, 255)
    if outline.tail is not None:
        points = _tail_points(outline, outline.tail, inset)
        draw.polygon([(px * _FINE, py * _FINE) for px, py in points], 255)
    return fine.reduce(_FINE)


def _tail_points(outline: Outline, tail: Tail, inset: int) -> list[tuple[float, float]]:
    """The tail as a triangle whose root lies a little inside of the body."""
    half, length = tail.length * 0.62, float(tail.length)
    angle = math.atan2(half, length)
    depth = inset + 2.0
    root = half * (length + depth) / length - inset / math.cos(angle)
    tip = length - inset / math.sin(angle)
    x, y = outline.corner
    width, height = outline.body
    match tail.side:
        case Side.ABOVE:
            line, outward = y + height, 1.0
        case Side.BELOW:
            line, outward = y, -1.0
        case Side.LEFT:
            line, outward = x + width, 1.0
        case Side.RIGHT:
            line, outward = x, -1.0
    across = [(tail.at - root, line - outward * depth), (tail.at, line + outward * tip)]
    across.append((tail.at + root, line - outward * depth))
    if tail.side in (Side.ABOVE, Side.BELOW):
        return across
    return [(along, at) for at, along in across]
