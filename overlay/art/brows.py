"""Her brows: a pair for each feeling, drawn over the fringe with a light edge, since they say most of what she feels.

Each brow is a bend of three points from its own middle: u outwards, v down.
"""

from __future__ import annotations

from dataclasses import dataclass

from overlay.art import palette as ink
from overlay.art.pen import Pen, mirrored, moved, shape

CENTRE = (328.0, 238.0)
"""the middle of the brow on the picture's right"""

Bend = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Brows:
    """Both brows: inner end, bend, outer end."""

    right: Bend
    """on the picture's right"""
    left: Bend | None = None
    """on the picture's left, where it differs"""
    width: float = 12


RELAXED = Brows(((-30, 10), (2, -6), (33, 8)))
GLAD = Brows(((-31, -2), (0, -30), (35, 0)))
EASED = Brows(((-28, 8), (10, 0), (36, 20)), width=10)
COCKED = Brows(((-32, -4), (0, -34), (36, -4)), ((-32, 22), (4, 12), (34, 14)))
BASHFUL = Brows(((-26, -6), (6, -8), (32, 14)), width=11)
STERN = Brows(((-40, 30), (-2, 13), (40, 4)), width=16)
PLEADING = Brows(((-38, -18), (-8, -2), (38, 24)), width=13)
PONDERING = Brows(((-34, -10), (4, -36), (37, -6)), ((-38, 26), (-6, 12), (34, 20)), width=13)
ATTENTIVE = Brows(((-30, -6), (2, -20), (34, -2)))
STARTLED = Brows(((-30, -24), (0, -48), (34, -20)), width=11)
DROOPING = Brows(((-30, 6), (2, 8), (36, 24)), width=9)


def brows(pen: Pen, pair: Brows) -> None:
    """Both brows."""
    right = moved(shape(_written(pair.right)), *CENTRE)
    left = moved(mirrored(shape(_written(pair.left or pair.right))), -CENTRE[0], CENTRE[1])
    for path in (right, left):
        pen.brush(path, ink.SKIN_LIGHT, pair.width + 7, alpha=0.55, blur=2)
        pen.brush(path, ink.BROW, pair.width)


def _written(bend: Bend) -> str:
    (inner_u, inner_v), (middle_u, middle_v), (outer_u, outer_v) = bend
    return f"M {inner_u} {inner_v} Q {middle_u} {middle_v} {outer_u} {outer_v}"
