"""What floats beside her and says at a glance what she feels. Each has a light edge: it must show on any background."""

from __future__ import annotations

import skia

from overlay.art import palette as ink
from overlay.art.pen import Ink, Pen, down, heart, moved, oval, shape, star, union

_DROP = shape("M 0 -1.3 C 0.25 -0.6 0.72 -0.25 0.72 0.32 C 0.72 0.78 0.4 1 0 1 C -0.4 1 -0.72 0.78 -0.72 0.32 "
              "C -0.72 -0.25 -0.25 -0.6 0 -1.3 Z")  # fmt: skip


def sparkle(pen: Pen) -> None:
    """Stars of joy."""
    for x, y, size in ((458, 176, 34), (486, 118, 19), (44, 186, 26), (24, 138, 13)):
        _charm(pen, star(x, y, size, waist=0.34), down(y - size, y + size, "#fff1a8", ink.GOLD), ink.GOLD_DEEP)


def leaf(pen: Pen) -> None:
    """Two leaves on a slow breeze."""
    for x, y, size, turn in ((462, 176, 30, 28), (40, 226, 20, -40)):
        blade = moved(shape("M 0 -1.3 C 0.9 -0.7 0.9 0.5 0 1.1 C -0.9 0.5 -0.9 -0.7 0 -1.3 Z"), x, y, size, turn)
        _charm(pen, blade, down(y - size, y + size, "#8ff0c4", "#2fb79a"), "#14705f")
        pen.brush(moved(shape("M 0 -1 Q 0.1 0.2 0 1.6"), x, y, size, turn), "#14705f", 4)


def star_wink(pen: Pen) -> None:
    """The star that a wink throws, and a little heart."""
    _charm(pen, star(52, 236, 30, points=5, waist=0.5, turn=-14), down(206, 266, "#fff1a8", ink.GOLD), ink.GOLD_DEEP)
    _charm(pen, heart(464, 160, 25), down(134, 186, "#ff9db8", ink.HEART), "#a8305a")
    _charm(pen, heart(490, 112, 13), down(98, 126, "#ff9db8", ink.HEART), "#a8305a")


def steam(pen: Pen) -> None:
    """She steams with shame, and a drop of sweat runs down."""
    for x, y in ((24, 214), (48, 196), (70, 160)):
        _stroke(pen, moved(shape("M 0 0 C -16 -14 14 -24 0 -40 C -10 -52 4 -58 2 -64"), x, y), "#ff8fa6", 8)
    drop(pen, 466, 200, 30)


def drop(pen: Pen, x: float, y: float, size: float) -> None:
    """One drop of water."""
    whole = moved(_DROP, x, y, size)
    _charm(pen, whole, down(y - size * 1.3, y + size, "#e8fbff", ink.WATER, "#74c8f2"), ink.WATER_DEEP)
    pen.brush(moved(shape("M -0.42 0.2 Q -0.42 0.62 -0.05 0.72"), x, y, size), ink.WHITE, size * 0.22)


def tears(pen: Pen) -> None:
    """Tears that run down both cheeks."""
    for x, y, size in ((160, 392, 19), (352, 398, 17), (146, 446, 13), (370, 452, 12)):
        drop(pen, x, y, size)


def gloom(pen: Pen) -> None:
    """A small cloud that rains on her alone."""
    cloud = union(oval(446, 122, 24, 22), oval(474, 128, 22, 19), oval(424, 134, 20, 17), oval(452, 138, 34, 16))
    for x in (422, 444, 468):
        _stroke(pen, shape(f"M {x} 164 L {x - 7} 188"), ink.WATER_DEEP, 6)
    _charm(pen, cloud, down(100, 154, "#b9c3e6", "#7f8cc0"), "#3f4a80")


def anger_mark(pen: Pen) -> None:
    """The swollen vein of comics: no face of hers has it (serious is not angry), but a set that builds on hers may."""
    for turn in range(0, 360, 90):
        _stroke(pen, moved(shape("M 6 25 C 8 10 10 8 25 6"), 424, 146, 1.15, turn), ink.RED, 8)


def focus(pen: Pen) -> None:
    """An exclamation that means it."""
    bar = shape("M 452 96 C 452 84 484 84 484 96 L 477 160 C 476 168 460 168 459 160 Z")
    for part in (bar, oval(468, 190, 12, 12)):
        _charm(pen, part, down(88, 202, "#ff8a76", ink.RED), "#8e1f3a")


def thought(pen: Pen) -> None:
    """A bubble with three dots, which rises from her head."""
    cloud = union(oval(446, 62, 36, 32), oval(420, 78, 30, 24), oval(476, 76, 30, 26), oval(450, 88, 44, 24))
    for x, y, size in ((420, 158, 8), (434, 132, 12)):
        _charm(pen, oval(x, y, size, size), ink.WHITE, ink.INK)
    _charm(pen, cloud, ink.WHITE, ink.INK)
    for x in (424, 448, 472):
        pen.fill(oval(x, 76, 8, 8), ink.VIOLET)


def waves(pen: Pen) -> None:
    """Sound that comes to her ears."""
    for side in (-1, 1):
        x = 256 + side * 200
        for reach, high, colour in ((20, 26, ink.ACCENT), (35, 43, ink.TEAL), (50, 60, ink.VIOLET)):
            far, near = x + side * reach, x + side * (reach - 12)
            _stroke(pen, shape(f"M {near} {304 - high} Q {far} 304 {near} {304 + high}"), colour, 8)


def note(pen: Pen) -> None:
    """A note of what she hears."""
    flag = shape("M 458 190 L 458 118 L 492 108 L 492 178")
    _stroke(pen, flag, ink.VIOLET, 8)
    for x, y in ((448, 191), (482, 180)):
        _charm(pen, oval(x, y, 13, 10), ink.VIOLET, ink.HAIR_LINE)


def burst(pen: Pen) -> None:
    """Lines that start from her head, and a mark."""
    for line in ("M 44 154 L 19 134", "M 64 106 L 46 74", "M 40 204 L 16 201"):
        _stroke(pen, shape(line), ink.GOLD, 11)
    for left, top in ((440, 70), (474, 84)):
        bar = moved(shape("M -12 -40 C -12 -50 12 -50 12 -40 L 7 12 C 6 18 -6 18 -7 12 Z"), left, top + 40, 1, 10)
        for part in (bar, moved(oval(0, 34, 9, 9), left, top + 40, 1, 10)):
            _charm(pen, part, down(top - 10, top + 90, "#ffe27a", "#ffab2e"), "#9a4f10")


def zzz(pen: Pen) -> None:
    """The breath of sleep."""
    for x, y, size in ((422, 176, 13), (450, 126, 19), (474, 62, 26)):
        letter = moved(shape("M -0.8 -0.9 L 0.8 -0.9 L -0.8 0.9 L 0.8 0.9"), x, y, size, -8)
        _stroke(pen, letter, ink.VIOLET, size * 0.42)


def _charm(pen: Pen, path: skia.Path, filled: Ink, edge: str) -> None:
    """A filled thing with a dark line and a light edge around it."""
    pen.line(path, ink.WHITE, 9, alpha=0.95)
    pen.fill(path, filled)
    pen.line(path, edge, 3)


def _stroke(pen: Pen, path: skia.Path, colour: str, width: float) -> None:
    pen.line(path, ink.WHITE, width + 6)
    pen.line(path, colour, width)
