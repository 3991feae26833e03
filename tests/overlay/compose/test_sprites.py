"""Layers at another scale: edges stay sharp, colours stay premultiplied, no layer moves against another."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from overlay.avatar.sets import Layer
from overlay.compose.sprites import scaled, union


def solid(box: tuple[int, int, int, int], colour: str = "#ff8040") -> Layer:
    left, top, right, bottom = box
    return Layer(Image.new("RGBA", (right - left, bottom - top), colour).convert("RGBa"), (left, top))


@pytest.mark.parametrize("factor", [0.1875, 0.25, 0.5, 0.77, 1.0, 1.5])
def test_a_layer_lies_where_it_lay(factor: float) -> None:
    """Its edges are where the scale puts them, to a pixel."""
    sprite = scaled(solid((101, 77, 303, 201)), factor, (512, 768))
    mask = sprite.image.getchannel("a").point(lambda value: 255 * (value >= 128))
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    seen = (sprite.x + left, sprite.y + top, sprite.x + right, sprite.y + bottom)
    for edge, art in zip(seen, (101, 77, 303, 201), strict=True):
        assert abs(edge - art * factor) <= 0.5 + 1e-9


@pytest.mark.parametrize("factor", [0.25, 0.5, 1.5])
def test_no_colour_is_above_its_alpha(factor: float) -> None:
    """The filter overshoots at edges; the pictures do not."""
    sprite = scaled(solid((30, 30, 90, 90), "#ffffff"), factor, (128, 128))
    *colours, alpha = sprite.image.split()
    assert all(ImageChops.subtract(colour, alpha).getbbox() is None for colour in colours)


@pytest.mark.parametrize("factor", [0.25, 0.5, 0.66, 1.5])
def test_what_fills_the_canvas_fills_the_picture(factor: float) -> None:
    """No softened line around a set without transparency."""
    canvas = (120, 180)
    sprite = scaled(solid((0, 0, *canvas)), factor, canvas)
    left, top = -sprite.x, -sprite.y
    width, height = round(120 * factor), round(180 * factor)
    assert sprite.image.getchannel("a").crop((left, top, left + width, top + height)).getextrema() == (255, 255)


def test_nothing_to_see_is_no_picture() -> None:
    """An empty layer costs nothing."""
    assert scaled(Layer(Image.new("RGBa", (1, 1)), (5, 5)), 0.5, (64, 64)).image.size == (0, 0)
    assert union([(1, 1, 1, 4)]) is None
    assert union([(1, 1, 2, 2), (5, 0, 6, 1), (9, 9, 9, 9)]) == (1, 0, 6, 2)
