"""Shapes written as in SVG, and strokes that thin at their ends."""

from __future__ import annotations

import pytest
import skia

from overlay.art.pen import HEIGHT, WIDTH, Pen, heart, mirrored, moved, oval, shape, star, union


def bounds(path: skia.Path) -> tuple[float, float, float, float]:
    box = path.computeTightBounds()
    return (box.left(), box.top(), box.right(), box.bottom())


def test_a_path_is_read_as_svg_writes_it() -> None:
    """Lines, curves, commas, and letters that are left out."""
    path = shape("M 10,10 L 20 10 30 20 Q 40 30 30 40 C 20 50 10 50 10 40 Z")
    assert path.countVerbs() == 6
    assert bounds(path)[:2] == (10, 10)


def test_the_other_side_is_a_mirror_image() -> None:
    """What lies 10 from the left lies 10 from the right."""
    left, top, right, bottom = bounds(mirrored(oval(30, 50, 20, 5)))
    assert (left, top, right, bottom) == pytest.approx((WIDTH - 50, 45, WIDTH - 10, 55))


def test_moving_leaves_the_original() -> None:
    """Paths are shared between drawings, so they must not change."""
    whole = oval(0, 0, 1, 1)
    assert bounds(moved(whole, 100, 50, 10)) == pytest.approx((90, 40, 110, 60), abs=0.01)
    assert bounds(whole) == pytest.approx((-1, -1, 1, 1), abs=0.01)


def test_a_union_covers_both() -> None:
    """Two halves make one outline."""
    assert bounds(union(oval(10, 10, 5, 5), oval(18, 10, 5, 5))) == pytest.approx((5, 5, 23, 15), abs=0.01)


@pytest.mark.parametrize("path", [heart(50, 50, 20), star(50, 50, 20)])
def test_charms_keep_to_their_size(path: skia.Path) -> None:
    """Neither is wider than its size says."""
    left, top, right, bottom = bounds(path)
    assert left >= 29.9
    assert right <= 70.1
    assert top >= 29.9
    assert bottom <= 70.1


@pytest.mark.parametrize(("thin", "ends"), [("both", (0, 0)), ("start", (0, 1)), ("end", (1, 0))])
def test_a_brush_thins_where_it_is_said(thin: str, ends: tuple[int, int]) -> None:
    """Ten pixels wide in its middle, and thin at the ends that are named."""
    surface = skia.Surface(WIDTH, HEIGHT)
    Pen(surface.getCanvas()).brush(shape("M 100 100 L 200 100"), "#000000", 10, thin=thin)
    alpha = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[:, :, 3]
    heights = [int((alpha[:, x] > 128).sum()) for x in (102, 150, 198)]
    assert heights[1] >= 7
    assert (heights[0] >= 7, heights[2] >= 7) == (bool(ends[0]), bool(ends[1]))
