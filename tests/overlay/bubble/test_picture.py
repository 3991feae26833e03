"""The card's form and colours are those that were asked for."""

import pytest

from overlay.bubble.picture import Outline, Tail, paint
from overlay.bubble.place import Side

GROUND, EDGE = (246, 244, 255), (109, 91, 208)


def colour(pixel: object) -> tuple[int, int, int]:
    assert isinstance(pixel, tuple)
    return pixel[:3]


@pytest.mark.parametrize("side", list(Side))
def test_the_tail_points_at_her(side: Side) -> None:
    """The window is as much larger as the tail is long, and the tip is on the side where she is."""
    outline = Outline((200, 100), 14, Tail(side, 50, 12))
    picture = paint(outline, "#f6f4ff", "#6d5bd0", 2, ())
    width, height = outline.size
    assert (width, height) == ((200, 112) if side in (Side.ABOVE, Side.BELOW) else (212, 100))
    tip = {Side.ABOVE: (50, 110), Side.BELOW: (50, 1), Side.LEFT: (210, 50), Side.RIGHT: (1, 50)}[side]
    assert picture.getpixel(tip)[3] == 255
    x, y = outline.corner
    root = {Side.ABOVE: (50, 101), Side.BELOW: (50, 10), Side.LEFT: (201, 50), Side.RIGHT: (10, 50)}[side]
    assert colour(picture.getpixel(root)) == GROUND
    assert colour(picture.getpixel((x + 100, y + 50))) == GROUND
    assert colour(picture.getpixel((x + 100, y if side is not Side.BELOW else y + 99))) == EDGE
    assert picture.getpixel((x, y))[3] == 0


def test_the_outline_is_hard() -> None:
    """A pixel belongs to the card or not: windows without alpha have no fringe."""
    picture = paint(Outline((200, 100), 14, Tail(Side.ABOVE, 50, 12)), "#f6f4ff", "#6d5bd0", 2, ())
    assert set(picture.getchannel("A").tobytes()) == {0, 255}


def test_a_plain_rectangle_where_nothing_can_be_cut_out() -> None:
    """Without radius and tail every pixel is there."""
    picture = paint(Outline((60, 40), 0), "#f6f4ff", "#6d5bd0", 2, [((10, 10, 50, 30), "#ffb454")])
    assert set(picture.getchannel("A").tobytes()) == {255}
    assert colour(picture.getpixel((30, 20))) == (255, 180, 84)
