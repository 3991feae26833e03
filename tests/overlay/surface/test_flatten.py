"""Pictures for windows without alpha keep her colours, and their edges are hers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from overlay.surface.flatten import OUTLINE, over, solid
from overlay.surface.windows_keyed import KEY, keyed
from tests.overlay.surface.pictures import CENTRE, CORNER, RING, SIZE, blended, disc, farthest

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@given(COLOURS, COLOURS)
def test_laid_on_a_ground_it_is_what_the_eye_sees(colour: tuple[int, int, int], ground: tuple[int, int, int]) -> None:
    """Premultiplied colours plus what is left of the ground, to within rounding."""
    picture = disc(colour, (40, 40)).resize((20, 20))
    assert farthest(over(picture, Image.new("RGB", picture.size, ground)), blended(picture, ground)) <= 1


def test_solid_is_what_is_at_least_half_there() -> None:
    """The outline of a shaped window runs where alpha crosses one half."""
    outline = solid(disc((255, 0, 0)).getchannel("a"))
    assert [bool(outline.getpixel(at)) for at in (CENTRE, RING, CORNER)] == [True, True, False]
    assert not any(solid(Image.new("L", (4, 4), 127)).get_flattened_data())


@given(COLOURS)
def test_only_where_she_is_not_the_key_is_left(colour: tuple[int, int, int]) -> None:
    """No pixel of hers has the colour that Windows leaves out, even if her colours come to it."""
    picture = disc(colour, (200, 200)).resize((50, 50))
    mask = picture.getchannel("a")
    left_out = Image.eval(solid(mask).convert("L"), lambda value: 255 - value)
    window = keyed(picture, mask)
    is_key = Image.new("L", window.size)
    is_key.putdata([255 if pixel == KEY else 0 for pixel in window.get_flattened_data()])
    assert is_key.tobytes() == left_out.tobytes()


def test_the_key_is_next_to_the_outline() -> None:
    """A stray pixel of the key's colour looks like her line, not like a fringe."""
    assert max(abs(one - other) for one, other in zip(KEY, OUTLINE, strict=True)) == 1
    mask = Image.new("L", SIZE, 255)
    exact = Image.new("RGBa", SIZE, (*KEY, 255))
    assert keyed(exact, mask).getpixel(CENTRE) == OUTLINE
