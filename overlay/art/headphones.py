"""The headphones with cat's ears that she always wears."""

from __future__ import annotations

from overlay.art import palette as ink
from overlay.art.pen import Pen, across, around, box, down, oval, shape

_BAND = shape("M 82 286 C 70 150 128 58 256 58 C 384 58 442 150 430 286")
_EAR = shape("M 92 146 C 84 104 88 54 100 26 C 104 18 112 18 118 24 C 146 44 172 62 188 78 C 150 90 114 114 92 146 Z")
_EAR_INSIDE = shape("M 106 116 C 102 90 104 64 111 46 C 130 58 148 70 162 80 C 140 90 120 102 106 116 Z")


def headphones(pen: Pen) -> None:
    """The band over her hair, a cup at each side, an ear on each half of the band."""
    pen.both(lambda: _ear(pen))
    pen.line(_BAND, ink.CLOTH_LINE, 25)
    pen.line(_BAND, down(58, 286, ink.WHITE, ink.LAVENDER), 19)
    pen.line(shape("M 90 250 C 86 150 142 66 256 66 C 370 66 426 150 422 250"), ink.CLOTH_DEEP, 3.4, alpha=0.8)
    pen.brush(shape("M 106 150 C 130 88 190 56 256 55"), ink.WHITE, 6)
    pen.both(lambda: _cup(pen))
    for x in (70, 442):
        pen.fill(oval(x - 8, 284, 6, 11), ink.WHITE, blur=1.4, alpha=0.85)


def _ear(pen: Pen) -> None:
    pen.fill(_EAR, across((86, 40), (180, 130), ink.WHITE, ink.CLOTH, ink.CLOTH_SHADE))
    pen.fill(_EAR_INSIDE, down(46, 116, "#ff9db8", ink.HEART))
    pen.brush(shape("M 113 56 C 111 76 110 92 112 108"), "#ffd0dc", 7, alpha=0.8)
    pen.line(_EAR, ink.CLOTH_LINE, 3.2)


def _cup(pen: Pen) -> None:
    cushion = box(84, 258, 112, 350, 14)
    pen.fill(cushion, across((84, 0), (112, 0), ink.HAIR_DARK, ink.HAIR_DEEP))
    pen.line(cushion, ink.HAIR_LINE, 3)
    cup = box(46, 250, 96, 358, 25)
    pen.fill(cup, across((46, 250), (96, 358), "#8af5ea", ink.ACCENT, "#2496a8"))
    with pen.inside(cup):
        pen.fill(shape("M 84 240 L 104 240 L 104 370 L 70 370 C 84 340 88 290 84 240 Z"), "#1b7f96", blur=5, alpha=0.6)
    pen.line(cup, "#17566e", 3.2)
    pen.fill(oval(70, 304, 16, 24), around(70, 304, 24, ink.WHITE, ink.LAVENDER))
    pen.line(oval(70, 304, 16, 24), "#17566e", 2.6)
    pen.fill(oval(70, 304, 7, 11), ink.HEART)
