"""Her mouth: one shape for each feeling, and the shapes of speech (visemes)."""

from __future__ import annotations

import skia

from overlay.art import palette as ink
from overlay.art.pen import Pen, down, moved, oval, shape

CENTRE = (256.0, 394.0)


def laugh(pen: Pen) -> None:
    """A laugh: wide open, teeth above, tongue below."""
    _cavity(pen, "M -38 -14 C -20 -9 20 -9 38 -14 C 38 12 24 32 0 32 C -24 32 -38 12 -38 -14 Z", teeth=-3, tongue=15)
    for side in (-1, 1):
        pen.brush(_at(f"M {side * 35} -19 Q {side * 42} -16 {side * 43} -9"), ink.LIP, 5)


def smile(pen: Pen) -> None:
    """A quiet smile."""
    _line(pen, "M -30 -9 C -18 11 18 11 30 -9", 6)
    for side in (-1, 1):
        pen.brush(_at(f"M {side * 26} -12 Q {side * 33} -12 {side * 35} -5"), ink.LIP, 4)
    pen.brush(_at("M -9 13 Q 0 16 9 13"), ink.SKIN_SHADE, 5)


def even(pen: Pen) -> None:
    """Neither glad nor sad."""
    pen.line(_at("M -14 0 Q 0 4 14 0"), ink.LIP, 3.8)
    pen.brush(_at("M -6 12 Q 0 14 6 12"), ink.SKIN_SHADE, 3.4)


def tongue_out(pen: Pen) -> None:
    """A cat's smile with the tongue out."""
    tongue = _at("M -2 2 C -6 26 2 36 12 35 C 24 34 27 20 23 0 Z")
    pen.fill(tongue, down(394, 430, "#ff7288", ink.TONGUE))
    pen.brush(_at("M 11 6 Q 11 18 11 26"), "#d9506a", 4)
    pen.line(tongue, ink.LIP, 3)
    for half in ("M 0 -6 C -4 9 -30 11 -37 -13", "M 0 -6 C 4 9 30 11 37 -13"):
        pen.line(_at(half), ink.LIP, 4.4)
    for side in (-1, 1):
        pen.brush(_at(f"M {side * 31} -15 Q {side * 38} -18 {side * 43} -11"), ink.LIP, 5)


def wavering(pen: Pen) -> None:
    """A small mouth that does not know what to say."""
    pen.line(_at("M -27 3 C -22 -10 -13 -10 -9 0 C -5 10 5 10 9 0 C 13 -10 22 -10 27 3"), ink.LIP, 4.4)


def firm(pen: Pen) -> None:
    """Pressed together, the corners down."""
    pen.line(_at("M -27 2 C -20 -1 20 -1 27 2"), ink.LIP, 5.4)
    pen.brush(_at("M -12 14 Q 0 10 12 14"), ink.SKIN_SHADE, 6)


def sobbing(pen: Pen) -> None:
    """Open and turned down, the lip trembling."""
    _cavity(pen, "M -29 18 C -27 -16 27 -16 29 18 C 20 9 13 16 7 11 C 2 8 -3 15 -9 11 C -15 8 -22 13 -29 18 Z",
            teeth=None, tongue=None)  # fmt: skip
    pen.brush(_at("M -10 23 Q 0 19 10 23"), ink.SKIN_SHADE, 6)


def sidelong(pen: Pen) -> None:
    """Pursed and pulled to one side."""
    pen.line(_at("M -6 8 C -2 -6 10 -8 17 -1 C 22 4 30 3 34 -7"), ink.LIP, 4.8)


def expectant(pen: Pen) -> None:
    """Lips a little apart in a small smile."""
    _cavity(pen, "M -18 -7 C -9 -4 9 -4 18 -7 C 16 10 8 14 0 14 C -8 14 -16 10 -18 -7 Z", teeth=None, tongue=5)


def gasp(pen: Pen) -> None:
    """A tall, round gasp."""
    _cavity(pen, "M 0 -18 C 16 -18 22 -2 22 11 C 22 26 12 33 0 33 C -12 33 -22 26 -22 11 C -22 -2 -16 -18 0 -18 Z",
            teeth=None, tongue=17)  # fmt: skip


def yawning(pen: Pen) -> None:
    """Slack, with a thread of drool."""
    drool = _at("M 17 4 C 27 12 29 26 22 31 C 13 31 11 18 13 7 Z")
    pen.fill(drool, down(396, 426, "#e8fbff", ink.WATER))
    pen.line(drool, ink.WATER_DEEP, 2.4)
    _cavity(pen, "M -17 2 C -16 -9 14 -11 18 0 C 19 11 10 15 0 15 C -10 15 -17 11 -17 2 Z", teeth=None, tongue=8)


def rest(pen: Pen) -> None:
    """Closed, between two words."""
    pen.line(_at("M -16 -2 Q 0 6 16 -2"), ink.LIP, 4.2)


def aa(pen: Pen) -> None:
    """The widest: as in "father"."""
    _cavity(pen, "M -24 -11 C -12 -15 12 -15 24 -11 C 29 15 15 31 0 31 C -15 31 -29 15 -24 -11 Z", teeth=-5, tongue=14)


def ih(pen: Pen) -> None:
    """As in "bit": half open, not wide."""
    _cavity(pen, "M -20 -7 C -9 -10 9 -10 20 -7 C 22 9 12 15 0 15 C -12 15 -22 9 -20 -7 Z", teeth=-1, tongue=8)


def ou(pen: Pen) -> None:
    """As in "you": small and round."""
    _cavity(pen, "M 0 -9 C 9 -9 11 -2 11 4 C 11 11 6 15 0 15 C -6 15 -11 11 -11 4 C -11 -2 -9 -9 0 -9 Z",
            teeth=None, tongue=None)  # fmt: skip
    pen.brush(_at("M -8 21 Q 0 24 8 21"), ink.SKIN_SHADE, 5)


def ee(pen: Pen) -> None:
    """As in "see": wide, the teeth almost closed."""
    mouth = "M -31 -9 C -14 -5 14 -5 31 -9 C 28 11 15 15 0 15 C -15 15 -28 11 -31 -9 Z"
    _cavity(pen, mouth, teeth=9, tongue=None)
    with pen.inside(_at(mouth)):
        pen.line(_at("M -30 3 Q 0 8 30 3"), "#c9b3c9", 2)


def oh(pen: Pen) -> None:
    """As in "go": round and taller than wide."""
    _cavity(pen, "M 0 -14 C 14 -14 17 -3 17 6 C 17 18 10 24 0 24 C -10 24 -17 18 -17 6 C -17 -3 -14 -14 0 -14 Z",
            teeth=None, tongue=14)  # fmt: skip


def _cavity(pen: Pen, drawn: str, *, teeth: float | None, tongue: float | None) -> None:
    """An open mouth. `teeth` is where the upper teeth end, `tongue` where the tongue begins, from its middle down."""
    mouth = _at(drawn)
    bounds = mouth.getBounds()
    x, y = CENTRE
    pen.fill(mouth, down(bounds.top(), bounds.bottom(), ink.MOUTH_DEEP, ink.MOUTH))
    with pen.inside(mouth):
        if tongue is not None:
            width = bounds.width() * 0.36
            pen.fill(oval(x, y + tongue + width * 0.62, width, width * 0.72), ink.TONGUE)
            pen.fill(oval(x, y + tongue + width * 0.42, width * 0.5, width * 0.2), "#ffb3ba", blur=2, alpha=0.8)
        if teeth is not None:
            pen.fill(shape(f"M {x - 50} {y - 40} L {x + 50} {y - 40} L {x + 50} {y + teeth - 2} "
                           f"Q {x} {y + teeth + 5} {x - 50} {y + teeth - 2} Z"), ink.WHITE)  # fmt: skip
    pen.line(mouth, ink.LIP, 3.8)


def _line(pen: Pen, drawn: str, width: float) -> None:
    pen.brush(_at(drawn), ink.LIP, width)
    pen.line(_at(drawn), ink.LIP, 2.4)


def _at(drawn: str) -> skia.Path:
    return moved(shape(drawn), *CENTRE)
