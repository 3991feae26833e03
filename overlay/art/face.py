"""Her face without its features, and the colour of her cheeks."""

from __future__ import annotations

import skia

from overlay.art import palette as ink
from overlay.art.hair import FRINGE
from overlay.art.pen import Pen, down, mirrored, oval, shape, union

_HALF = shape("M 258 140 C 160 140 106 180 106 262 C 106 316 112 356 146 386 C 184 418 228 437 258 437 Z")
FACE = union(_HALF, mirrored(_HALF))


def face(pen: Pen) -> None:
    """Skin, the shadow of the fringe, and the nose."""
    pen.fill(FACE, down(180, 434, ink.SKIN_LIGHT, ink.SKIN, ink.SKIN, "#ffdccc", stops=(0, 0.35, 0.75, 1)))
    with pen.inside(FACE):
        shadow = skia.Path(FRINGE)
        shadow.offset(3, 11)
        pen.fill(shadow, ink.SKIN_SHADE, blur=2, alpha=0.75)
        pen.both(lambda: pen.fill(oval(158, 356, 46, 26), ink.SKIN_WARM, blur=14, alpha=0.7))
        pen.fill(shape("M 190 426 C 220 414 292 414 322 426 L 322 450 L 190 450 Z"), ink.SKIN_WARM, blur=6, alpha=0.8)
        pen.fill(oval(256, 300, 40, 60), ink.WHITE, blur=18, alpha=0.35)
    pen.line(FACE, ink.SKIN_LINE, 3)
    pen.brush(shape("M 250 361 Q 256 367 263 360"), "#c8705f", 3.6)
    pen.fill(oval(257, 354, 3, 3.4), ink.WHITE, blur=1.2, alpha=0.9)


def cheeks_soft(pen: Pen) -> None:
    """The colour that she has at rest."""
    pen.both(lambda: pen.fill(oval(152, 368, 25, 12), ink.BLUSH, blur=8, alpha=0.42))


def cheeks_warm(pen: Pen) -> None:
    """Glad cheeks: round, with two strokes of light."""
    pen.both(lambda: pen.fill(oval(152, 368, 29, 17), ink.BLUSH, blur=7, alpha=0.8))
    for x in (146, 160, 352, 366):
        pen.brush(shape(f"M {x + 4} 360 L {x - 5} 377"), ink.BLUSH_DEEP, 4.2, alpha=0.8)


def cheeks_burning(pen: Pen) -> None:
    """Her whole face blushes, over the nose from ear to ear."""
    with pen.inside(FACE):
        pen.fill(shape("M 96 338 C 170 352 342 352 416 338 L 416 388 C 342 398 170 398 96 388 Z"),
                 ink.BLUSH, blur=11, alpha=0.8)  # fmt: skip
        pen.both(lambda: pen.fill(oval(152, 368, 36, 20), ink.BLUSH_DEEP, blur=8, alpha=0.62))
    for x in (130, 146, 162, 178, 342, 358, 374, 390):
        pen.brush(shape(f"M {x + 6} 355 L {x - 7} 381"), "#d9304f", 4.6, alpha=0.85)


def cheeks_tearful(pen: Pen) -> None:
    """Red under the eyes and on the nose, from crying."""
    pen.both(lambda: pen.fill(oval(170, 366, 34, 9), ink.BLUSH_DEEP, blur=6, alpha=0.55))
    pen.fill(oval(256, 362, 11, 7), ink.BLUSH_DEEP, blur=4, alpha=0.6)


def cheeks_pale(pen: Pen) -> None:
    """The blood has left her face: a cold shadow falls from the fringe."""
    with pen.inside(FACE):
        pen.fill(shape("M 96 150 L 416 150 L 416 288 C 340 262 172 262 96 288 Z"), "#8f86d8", blur=16, alpha=0.5)
