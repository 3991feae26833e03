"""The mark of an open eye."""

from __future__ import annotations

import pytest
from PIL import Image

from overlay.compose import mark


@pytest.mark.parametrize("scale", [0.5, 1.0, 3.0])
def test_it_stands_inside_her_picture_and_can_be_seen(scale: float) -> None:
    """In its corner at every size, opaque in its middle, on light and dark alike."""
    size = (round(256 * scale), round(384 * scale))
    left, top, right, bottom = mark.place(size, scale)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert right - left >= mark.LEAST_SIDE
    drawn = mark.draw(right - left)
    assert drawn.getchannel("a").getpixel((drawn.width // 2, drawn.height // 2)) == 255
    assert drawn.getchannel("a").getpixel((0, 0)) == 0
    for ground in ((246, 244, 255), (23, 19, 38)):
        page = Image.new("RGB", drawn.size, ground)
        page.paste(drawn.convert("RGBA"), (0, 0), drawn.getchannel("a"))
        greys = page.convert("L").getextrema()
        assert greys[1] - greys[0] > 100
