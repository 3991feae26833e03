"""Her eyes: what the gaze moves (iris), what it moves behind (white), and what lies over both (lashes and shadow).

Lids are given for the eye on the picture's right, from its own middle: u outwards, v down. The other eye is its mirror
image, but for the lights in the iris, which come from one side.
"""

from __future__ import annotations

from dataclasses import dataclass

import skia

from overlay.art import palette as ink
from overlay.art.pen import WIDTH, Pen, around, down, mirrored, moved, oval, shape, star

CENTRE = (327.0, 314.0)
"""the middle of the eye on the picture's right"""
TRAVEL = (13, 10)
"""how far the iris goes at a gaze of 1, pixels"""


@dataclass(frozen=True, slots=True)
class Lids:
    """The outline of one eye: two corners, and how far each half of each lid bends from the middle."""

    inner: tuple[float, float] = (-37, 10)
    outer: tuple[float, float] = (40, 4)
    upper: tuple[float, float] = (-66, -66)
    """bend of the upper lid: inner half, outer half"""
    lower: tuple[float, float] = (62, 60)
    """bend of the lower lid: inner half, outer half"""
    lash: float = 16
    """how thick the upper lashes are"""
    iris: float = 0.95
    """size of the iris"""

    def outline(self) -> skia.Path:
        """The opening between the lids."""
        (x, y), (inner, outer) = self.inner, self.lower
        return _placed(f"{self._upper()} C {self.outer[0] - 2} {outer} {x + 10} {inner} {x} {y} Z")

    def lashes(self) -> skia.Path:
        """The band of the upper lashes, thickest outside, with a wing."""
        wing = (self.outer[0] + 11, self.outer[1] - 8)
        back = (
            f"C {self.outer[0] - 4} {self.upper[1] - self.lash * 1.25} "
            f"{self.inner[0] + 4} {self.upper[0] - self.lash * 0.75} {self.inner[0] - 2} {self.inner[1] + 1}"
        )
        return _placed(f"{self._upper()} L {wing[0]} {wing[1]} {back} Z")

    def crease(self) -> skia.Path:
        """The fold of the lid over the lashes."""
        rise = 22 + self.lash
        start = f"{self.inner[0] + 16} {self.inner[1] + self.upper[0] * 0.75 - 14}"
        first = f"{self.inner[0] + 30} {self.upper[0] * 0.8 - rise * 0.55}"
        second = f"{self.outer[0] - 24} {self.upper[1] * 0.8 - rise * 0.6}"
        return _placed(f"M {start} C {first} {second} {self.outer[0] - 4} {self.outer[1] + self.upper[1] * 0.62 - 8}")

    def under(self) -> skia.Path:
        """The thin line of the lower lashes, in the outer half only."""
        low = max(self.lower) * 0.74 + 1
        return _placed(
            f"M {self.outer[0] - 1} {self.outer[1] + 8} C {self.outer[0] - 5} {low * 0.86} {8} {low + 2} {-14} {low}"
        )

    def _upper(self) -> str:
        return (
            f"M {self.inner[0]} {self.inner[1]} C {self.inner[0] + 2} {self.upper[0]} "
            f"{self.outer[0] - 8} {self.upper[1]} {self.outer[0]} {self.outer[1]}"
        )


OPEN = Lids()
WIDE = Lids(upper=(-82, -82), lower=(74, 72), lash=13, iris=0.66)
SOFT = Lids(inner=(-37, 16), outer=(41, 15), upper=(-22, -28), lower=(60, 58), lash=19)
NARROW = Lids(inner=(-39, 6), outer=(43, -8), upper=(-22, -36), lower=(44, 42), lash=20, iris=0.86)
TEARFUL = Lids(inner=(-36, -2), outer=(40, 16), upper=(-66, -40), lower=(64, 66), lash=14, iris=1.06)
BASHFUL = Lids(inner=(-36, 6), outer=(39, 14), upper=(-48, -38), lower=(60, 58), lash=17, iris=0.85)
ALOFT = Lids(upper=(-70, -70), lash=14, iris=0.78)
DROWSY = Lids(inner=(-37, 16), outer=(41, 22), upper=(4, 4), lower=(58, 58), lash=20)
HALF = Lids(inner=(-37, 14), outer=(40, 12), upper=(-14, -14), lower=(60, 58), lash=18)


def white(pen: Pen, lids: Lids) -> None:
    """The eyeball, shaded from above; its alpha is where the iris may show."""
    outline = lids.outline()
    top = outline.getBounds().top()
    pen.both(lambda: pen.fill(outline, down(top, top + 60, "#d6cdf4", ink.WHITE, stops=(0, 0.75))))


def iris(pen: Pen, lids: Lids, *, watery: bool = False) -> None:
    """Both irises, looking straight on: dark above, aglow below, with lights."""
    for x in (WIDTH - CENTRE[0] + 3, CENTRE[0] - 3):
        _one_iris(pen, x, CENTRE[1] + 5, lids.iris, watery=watery)


def one_iris(pen: Pen, lids: Lids) -> None:
    """The iris of the eye on the picture's right alone: the other winks."""
    _one_iris(pen, CENTRE[0] - 3, CENTRE[1] + 5, lids.iris, watery=False)


def lashes(pen: Pen, lids: Lids) -> None:
    """Lashes, the shadow of the lid on the eye, and the crease."""
    pen.both(lambda: _lashes(pen, lids))


def _lashes(pen: Pen, lids: Lids) -> None:
    outline, band = lids.outline(), lids.lashes()
    top = outline.getBounds().top()
    with pen.inside(outline):
        shadow = skia.Path(band)
        shadow.offset(0, 9)
        pen.fill(shadow, "#34246e", blur=5, alpha=0.5)
    pen.fill(band, down(top - 16, top + 50, ink.LASH, ink.LASH, "#4a2f78", stops=(0, 0.6, 1)))
    pen.line(band, ink.LASH, 1.6)
    u, v = CENTRE[0] + lids.outer[0], CENTRE[1] + lids.outer[1]
    for du, dv, length in ((4, -14, 13), (1, -3, 11)):
        pen.brush(shape(f"M {u + du - 8} {v + dv + 1} Q {u + du + 3} {v + dv - 1} {u + du + length} {v + dv - 9}"),
                  ink.LASH, 7, thin="end")  # fmt: skip
    pen.brush(lids.under(), ink.LASH, 3.6, alpha=0.85)
    pen.brush(lids.crease(), ink.SKIN_LINE, 3, alpha=0.55)


def _one_iris(pen: Pen, x: float, y: float, size: float, *, watery: bool) -> None:
    rx, ry = 28.5 * size, 38 * size
    disc = oval(x, y, rx, ry)
    pen.fill(disc, down(y - ry, y + ry, ink.IRIS_TOP, ink.IRIS_MIDDLE, ink.IRIS_LOW, stops=(0.12, 0.52, 0.95)))
    with pen.inside(disc):
        for turn in range(-60, 61, 15):
            ray = moved(shape("M -1.6 10 L 0 36 L 1.6 10 Z"), x, y, size, turn)
            pen.fill(ray, ink.IRIS_GLOW, alpha=0.3)
        pen.fill(oval(x, y + ry * 0.72, rx * 0.72, ry * 0.4), ink.IRIS_GLOW, blur=4 * size, alpha=0.85)
        pen.fill(shape(f"M {x - rx} {y - ry} L {x + rx} {y - ry} L {x + rx} {y - ry * 0.15} Q {x} {y - ry * 0.5} "
                       f"{x - rx} {y - ry * 0.15} Z"), ink.PUPIL, blur=5 * size, alpha=0.6)  # fmt: skip
        pen.fill(oval(x, y - 1, rx * 0.46, ry * 0.5), around(x, y - 1, ry * 0.5, ink.PUPIL, ink.IRIS_TOP))
        pen.line(oval(x, y, rx - 2, ry - 2), ink.PUPIL, 5, alpha=0.7)
    pen.line(disc, ink.PUPIL, 2.6)
    _lights(pen, x, y, rx, ry, watery=watery)


def _lights(pen: Pen, x: float, y: float, rx: float, ry: float, *, watery: bool) -> None:
    pen.fill(oval(x - rx * 0.36, y - ry * 0.46, rx * 0.36, ry * 0.3), ink.WHITE)
    pen.fill(oval(x + rx * 0.42, y + ry * 0.36, rx * 0.2, ry * 0.16), ink.WHITE, alpha=0.95)
    pen.fill(star(x + rx * 0.42, y - ry * 0.36, rx * 0.26), ink.WHITE, alpha=0.85)
    if watery:
        pen.fill(oval(x - rx * 0.3, y + ry * 0.52, rx * 0.3, ry * 0.22), ink.WHITE, alpha=0.9)
        pen.fill(oval(x + rx * 0.1, y + ry * 0.12, rx * 0.15, ry * 0.11), ink.WHITE, alpha=0.85)


def pool(pen: Pen, lids: Lids) -> None:
    """Lashes over eyes that brim with tears."""
    outline = lids.outline()
    bottom = outline.getBounds().bottom()
    x = CENTRE[0]

    def water() -> None:
        with pen.inside(outline):
            rim = shape(
                f"M {x - 44} {bottom - 15} Q {x - 22} {bottom - 22} {x} {bottom - 14} Q {x + 22} {bottom - 8} "
                f"{x + 44} {bottom - 20} L {x + 44} {bottom + 6} L {x - 44} {bottom + 6} Z"
            )
            pen.fill(rim, ink.WATER, alpha=0.8)
            pen.line(rim, ink.WHITE, 2.4, alpha=0.9)

    pen.both(water)
    lashes(pen, lids)


def flat(pen: Pen, lids: Lids) -> None:
    """White, iris and lashes in one, for a moment in which the gaze does not show."""
    white(pen, lids)
    for x, outline in ((WIDTH - CENTRE[0] + 3, mirrored(lids.outline())), (CENTRE[0] - 3, lids.outline())):
        with pen.inside(outline):
            _one_iris(pen, x, CENTRE[1] + 8, lids.iris, watery=False)
    lashes(pen, lids)


def closed(pen: Pen) -> None:
    """Shut, lashes down."""

    def draw() -> None:
        pen.brush(_placed("M -38 16 C -26 36 22 38 42 14"), ink.LASH, 12)
        pen.line(_placed("M -32 21 C -20 33 20 34 37 18"), ink.LASH, 4.4)
        for start, end in (((38, 18), (51, 22)), ((30, 26), (42, 33)), ((18, 31), (27, 40))):
            pen.brush(_placed(f"M {start[0]} {start[1]} L {end[0]} {end[1]}"), ink.LASH, 6, thin="end")
        pen.brush(_placed("M -20 6 C -6 14 14 14 26 4"), ink.SKIN_LINE, 2.6, alpha=0.5)

    pen.both(draw)


def smile(pen: Pen) -> None:
    """Shut from joy: two arches."""
    pen.both(lambda: _arch(pen))


def wink(pen: Pen) -> None:
    """The lashes of a wink: the eye on the picture's left is an arch, the other is open."""
    _lashes(pen, OPEN)
    pen.other_side(lambda: _arch(pen))


def wink_white(pen: Pen) -> None:
    """The white of the open eye of a wink."""
    outline = OPEN.outline()
    top = outline.getBounds().top()
    pen.fill(outline, down(top, top + 60, "#d6cdf4", ink.WHITE, stops=(0, 0.75)))


def _arch(pen: Pen) -> None:
    pen.line(_placed("M -36 22 C -24 -26 22 -28 40 20"), ink.LASH, 8)
    pen.brush(_placed("M -36 24 C -24 -32 24 -34 41 22"), ink.LASH, 13)
    for start, end in (((36, 8), (50, 6)), ((30, -5), (43, -12))):
        pen.brush(_placed(f"M {start[0]} {start[1]} L {end[0]} {end[1]}"), ink.LASH, 6.5, thin="end")


def _placed(drawn: str) -> skia.Path:
    return moved(shape(drawn), *CENTRE)
