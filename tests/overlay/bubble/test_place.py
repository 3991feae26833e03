"""The bubble stands where it belongs, and never off the screen."""

from hypothesis import given
from hypothesis import strategies as st

from overlay.bubble.place import Side, place_bubble, place_entry
from overlay.desktop.geometry import Monitor, Rect

WORK = Rect(0, 0, 1280, 760)
MONITORS = [Monitor("one", Rect(0, 0, 1280, 800), WORK, True)]
TAIL, CORNER = 12, 26


def test_above_her_where_there_is_room() -> None:
    """It hovers above her head, its tail in the middle of her."""
    place = place_bubble((300, 100), Rect(500, 300, 256, 384), MONITORS, TAIL, CORNER)
    assert place.side is Side.ABOVE
    assert place.body == Rect(478, 300 - 12 - 100, 300, 100)
    assert place.body.x + place.tail_at == 628


def test_beside_her_at_the_upper_edge() -> None:
    """Without room above it stands on the side that has more, at the height of her face."""
    place = place_bubble((300, 100), Rect(900, 10, 256, 384), MONITORS, TAIL, CORNER)
    assert place.side is Side.LEFT
    assert place.body.right == 900 - TAIL
    assert place.body.y + place.tail_at == 10 + round(384 * 0.27)
    assert place_bubble((300, 100), Rect(50, 10, 256, 384), MONITORS, TAIL, CORNER).side is Side.RIGHT


def test_below_her_as_the_last_resort() -> None:
    """Where neither above nor beside has room, it stands below."""
    narrow = [Monitor("tall", Rect(0, 0, 320, 800), Rect(0, 0, 320, 800))]
    assert place_bubble((300, 100), Rect(20, 10, 256, 384), narrow, TAIL, CORNER).side is Side.BELOW


rects = st.builds(Rect, st.integers(-500, 2600), st.integers(-500, 1300), st.integers(60, 800), st.integers(90, 1200))
sizes = st.tuples(st.integers(40, 400), st.integers(40, 300))
TWO = [*MONITORS, Monitor("two", Rect(1280, 100, 1024, 768), Rect(1280, 130, 1024, 738))]


@given(rects, sizes)
def test_never_off_the_screen(her: Rect, size: tuple[int, int]) -> None:
    """Wherever she stands, however large: bubble and field are wholly on one monitor, the tail off the corners."""
    place = place_bubble(size, her, TWO, TAIL, CORNER)
    assert any(monitor.work.covers(place.body) for monitor in TWO)
    along = size[0] if place.side in (Side.ABOVE, Side.BELOW) else size[1]
    assert CORNER <= place.tail_at <= along - CORNER or place.tail_at == along // 2
    assert any(monitor.work.covers(place_entry(size, her, TWO)) for monitor in TWO)


@given(rects, sizes)
def test_it_covers_her_only_when_it_must(her: Rect, size: tuple[int, int]) -> None:
    """Where any side has room, she is not covered."""
    place = place_bubble(size, her, MONITORS, TAIL, CORNER)
    room = her.y - TAIL - size[1] >= WORK.y and her.y <= WORK.bottom and 0 <= her.x < WORK.right
    assert not room or place.body.shares(her) == 0
