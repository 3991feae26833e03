"""One picture of a face, without any screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from overlay.avatar import load_avatar
from overlay.compose import screenshot
from overlay.expressions import Expression
from tests.overlay.avatar import art


def test_a_picture_is_transparent_around_her(tmp_path: Path) -> None:
    """With straight alpha, as PNG wants it, at the size that was asked for."""
    image = screenshot(load_avatar(art.layered(tmp_path)), Expression.HAPPY, 0.5)
    assert (image.mode, image.size) == ("RGBA", (128, 192))
    assert image.getpixel((0, 191)) == (0, 0, 0, 0)
    red, green, blue, alpha = image.getpixel((64, 180))  # type: ignore[misc]
    assert (alpha, abs(red - 0xE9) < 3, abs(green - 0xDC) < 3, abs(blue - 0xFF) < 3) == (255, True, True, True)


@pytest.mark.parametrize("background", ["#171326", "white"])
def test_a_picture_on_a_colour_is_opaque(tmp_path: Path, background: str) -> None:
    """The colour is seen where she is not."""
    image = screenshot(load_avatar(art.simple(tmp_path)), Expression.SAD, 1.0, background)
    assert image.mode == "RGB"
    assert image.getpixel((0, 0)) == {"#171326": (0x17, 0x13, 0x26), "white": (255, 255, 255)}[background]
