"""How a layer is drawn: shapes written as in SVG, filled, outlined, or drawn with a brush that thins at its ends.

Knows skia and nothing of what is drawn. Lengths are pixels of the art, which is twice as large as she is on screen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import skia

WIDTH, HEIGHT = 512, 768
"""the canvas of the art, pixels"""

Point = tuple[float, float]
Ink: TypeAlias = str | skia.Shader
"""a colour ("#rrggbb" or "#rrggbbaa") or a gradient"""

_ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
_STEPS = {"M": "moveTo", "L": "lineTo", "Q": "quadTo", "C": "cubicTo"}


def shape(drawn: str) -> skia.Path:
    """A path from SVG's words M, L, Q, C and Z (absolute only); a letter that repeats may be left out."""
    path = skia.Path()
    words = drawn.replace(",", " ").split()
    letter, at = "", 0
    while at < len(words):
        if words[at] in _ARGUMENTS:
            letter, at = words[at], at + 1
        if letter == "Z":
            path.close()
            continue
        count = _ARGUMENTS[letter]
        getattr(path, _STEPS[letter])(*(float(word) for word in words[at : at + count]))
        at += count
    return path


def oval(x: float, y: float, rx: float, ry: float) -> skia.Path:
    """An upright ellipse around x, y."""
    return skia.Path().addOval(skia.Rect(x - rx, y - ry, x + rx, y + ry))


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> skia.Path:
    """A rectangle with round corners."""
    return skia.Path().addRoundRect(skia.Rect(left, top, right, bottom), radius, radius)


def star(x: float, y: float, radius: float, *, points: int = 4, waist: float = 0.3, turn: float = 0.0) -> skia.Path:
    """A star whose sides bend inwards; `waist` is its inner radius over its outer one, `turn` is in degrees."""
    path = skia.Path()
    for step in range(2 * points + 1):
        angle = math.radians(turn - 90 + step * 180 / points)
        reach = radius if step % 2 == 0 else radius * waist
        spot = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        (path.lineTo if step else path.moveTo)(*spot)
    path.close()
    return path


def heart(x: float, y: float, size: float) -> skia.Path:
    """A heart around x, y; `size` is half its width."""
    path = shape(
        "M 0 -0.42 C -0.2 -0.98 -1 -0.92 -1 -0.26 C -1 0.32 -0.34 0.62 0 1 C 0.34 0.62 1 0.32 1 -0.26 "
        "C 1 -0.92 0.2 -0.98 0 -0.42 Z"
    )
    return moved(path, x, y, size)


def moved(path: skia.Path, x: float, y: float, scale: float = 1.0, turn: float = 0.0) -> skia.Path:
    """The path, scaled and turned (degrees) about the origin, then carried to x, y."""
    matrix = skia.Matrix.Translate(x, y).preRotate(turn).preScale(scale, scale)
    copy = skia.Path(path)
    copy.transform(matrix)
    return copy


def mirrored(path: skia.Path) -> skia.Path:
    """The path on the other side of her."""
    copy = skia.Path(path)
    copy.transform(skia.Matrix.Translate(WIDTH, 0).preScale(-1, 1))
    return copy


def union(*paths: skia.Path) -> skia.Path:
    """One path around all of them."""
    whole = paths[0]
    for path in paths[1:]:
        whole = skia.Op(whole, path, skia.kUnion_PathOp)
    return whole


def down(top: float, bottom: float, *colours: str, stops: Sequence[float] | None = None) -> skia.Shader:
    """A gradient from top to bottom."""
    return across((0, top), (0, bottom), *colours, stops=stops)


def across(start: Point, end: Point, *colours: str, stops: Sequence[float] | None = None) -> skia.Shader:
    """A gradient along a line."""
    return skia.GradientShader.MakeLinear([start, end], [_colour(c) for c in colours], _listed(stops))


def around(x: float, y: float, radius: float, *colours: str, stops: Sequence[float] | None = None) -> skia.Shader:
    """A gradient from a centre outwards."""
    return skia.GradientShader.MakeRadial((x, y), radius, [_colour(c) for c in colours], _listed(stops))


class Pen:
    """Draws on one layer."""

    def __init__(self, canvas: skia.Canvas) -> None:
        self._canvas = canvas

    def fill(self, path: skia.Path, ink: Ink, *, blur: float = 0.0, alpha: float = 1.0) -> None:
        """Fill a path; `blur` is the sigma of a soft edge."""
        self._canvas.drawPath(path, _paint(ink, blur, alpha))

    def line(self, path: skia.Path, ink: Ink, width: float, *, blur: float = 0.0, alpha: float = 1.0) -> None:
        """A line of even width with round ends."""
        paint = _paint(ink, blur, alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        self._canvas.drawPath(path, paint)

    def brush(
        self, path: skia.Path, ink: Ink, width: float, *, thin: str = "both", blur: float = 0.0, alpha: float = 1.0
    ) -> None:
        """A line that thins towards "both" ends, its "start" or its "end", as a pen pressed by a hand does."""
        self.fill(_swept(path, width, thin), ink, blur=blur, alpha=alpha)

    @contextmanager
    def inside(self, path: skia.Path) -> Iterator[None]:
        """What is drawn meanwhile shows only inside of the path."""
        self._canvas.save()
        self._canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        try:
            yield
        finally:
            self._canvas.restore()

    @contextmanager
    def turned(self, x: float, y: float, degrees: float) -> Iterator[None]:
        """What is drawn meanwhile is turned about x, y."""
        self._canvas.save()
        self._canvas.rotate(degrees, x, y)
        try:
            yield
        finally:
            self._canvas.restore()

    def both(self, draw: Callable[[], None]) -> None:
        """Draw something, and its mirror image on the other side of her."""
        draw()
        self.other_side(draw)

    def other_side(self, draw: Callable[[], None]) -> None:
        """Draw the mirror image of something."""
        self._canvas.save()
        self._canvas.translate(WIDTH, 0)
        self._canvas.scale(-1, 1)
        draw()
        self._canvas.restore()


_PROFILES: dict[str, Callable[[float], float]] = {
    "both": lambda t: math.sin(math.pi * t) ** 0.7,
    "end": lambda t: math.cos(math.pi * t / 2) ** 0.7,
    "start": lambda t: math.sin(math.pi * t / 2) ** 0.7,
}


def _swept(path: skia.Path, width: float, thin: str) -> skia.Path:
    """The outline that a brush leaves along a path."""
    measure = skia.PathMeasure(path, False)
    length = measure.getLength()
    steps = max(8, int(length / 3))
    left: list[Point] = []
    right: list[Point] = []
    for step in range(steps + 1):
        t = step / steps
        spot, tangent = measure.getPosTan(min(length * t, length - 1e-3))
        half = width / 2 * max(0.0, _PROFILES[thin](t)) + 0.25
        left.append((spot.x() - tangent.y() * half, spot.y() + tangent.x() * half))
        right.append((spot.x() + tangent.y() * half, spot.y() - tangent.x() * half))
    swept = skia.Path()
    swept.addPoly([skia.Point(*p) for p in (*left, *reversed(right))], True)
    return swept


def _paint(ink: Ink, blur: float, alpha: float) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True)
    if isinstance(ink, str):
        paint.setColor(_colour(ink))
    else:
        paint.setShader(ink)
    paint.setAlphaf(paint.getAlphaf() * alpha)
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def _colour(written: str) -> int:
    digits = written.removeprefix("#")
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return int(skia.Color(red, green, blue, int(digits[6:8] or "ff", 16)))


def _listed(stops: Sequence[float] | None) -> list[float] | None:
    return None if stops is None else list(stops)
