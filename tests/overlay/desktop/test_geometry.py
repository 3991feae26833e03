"""Where she may stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from overlay.desktop.geometry import (
    LARGEST,
    SMALLEST,
    Monitor,
    Rect,
    arrangement_key,
    clamp_scale,
    first_place,
    keep_in_sight,
    monitor_of,
    rehomed,
    scaled_by,
    snap,
    standing_at,
)


def monitor(name: str, x: int, y: int, width: int, height: int, panel: int = 0, primary: bool = False) -> Monitor:
    """A monitor with a panel of so many pixels at its lower edge."""
    return Monitor(name, Rect(x, y, width, height), Rect(x, y, width, height - panel), primary)


LEFT = monitor("left", 0, 0, 1280, 800, panel=30, primary=True)
RIGHT = monitor("right", 1280, 0, 1920, 1080)
HER = (256, 384)

rects = st.builds(Rect, st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(1, 900), st.integers(1, 1300))
areas = st.builds(Rect, st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(1, 4000), st.integers(1, 3000))
monitors = st.lists(areas, min_size=1, max_size=4).map(
    lambda all_areas: tuple(Monitor(f"m{at}", area, area) for at, area in enumerate(all_areas))
)


@given(rects, monitors)
def test_a_good_part_of_her_is_always_in_sight(rect: Rect, arrangement: tuple[Monitor, ...]) -> None:
    """Wherever she is dropped: on one monitor half of her shows, or all of the monitor if that is smaller."""
    kept = keep_in_sight(rect, arrangement)
    assert kept.size == rect.size
    seen = [kept.overlap(one.area) for one in arrangement]
    wanted = [(min(rect.width // 2, m.area.width), min(rect.height // 2, m.area.height)) for m in arrangement]
    assert any(part.width >= w and part.height >= h for part, (w, h) in zip(seen, wanted, strict=True))


@given(rects, monitors)
def test_keeping_her_in_sight_twice_changes_nothing(rect: Rect, arrangement: tuple[Monitor, ...]) -> None:
    """Where she is kept, she stays: no creeping from start to start."""
    kept = keep_in_sight(rect, arrangement)
    assert keep_in_sight(kept, arrangement) == kept


@given(areas, st.data())
def test_who_is_wholly_on_a_monitor_is_left_alone(area: Rect, data: st.DataObject) -> None:
    """Keeping in sight never moves what can be seen."""
    width, height = data.draw(st.integers(1, area.width)), data.draw(st.integers(1, area.height))
    x = data.draw(st.integers(area.x, area.right - width))
    y = data.draw(st.integers(area.y, area.bottom - height))
    rect = Rect(x, y, width, height)
    assert keep_in_sight(rect, (Monitor("one", area, area),)) == rect


def test_between_two_monitors_she_may_stand_on_both() -> None:
    """The gap between two screens is no edge."""
    middle = Rect(1280 - 128, 100, *HER)
    assert keep_in_sight(middle, (LEFT, RIGHT)) == middle


def test_her_head_is_not_pushed_off_the_top() -> None:
    """Above, no more than a quarter of her is cut off."""
    assert keep_in_sight(Rect(100, -900, *HER), (LEFT,)).y == -96


@given(rects, monitors, st.integers(0, 60))
def test_snapping_moves_no_farther_than_its_reach(rect: Rect, arrangement: tuple[Monitor, ...], reach: int) -> None:
    """A snap is a nudge."""
    snapped = snap(rect, arrangement[0], reach)
    assert abs(snapped.x - rect.x) <= reach
    assert abs(snapped.y - rect.y) <= reach
    assert snapped.size == rect.size


def test_she_snaps_to_edges_and_panels_that_are_near() -> None:
    """Sixteen pixels pull, seventeen do not; a panel's edge pulls as the screen's does."""
    assert snap(Rect(16, 200, *HER), LEFT).x == 0
    assert snap(Rect(17, 200, *HER), LEFT).x == 17
    assert snap(Rect(1280 - 256 - 10, 200, *HER), LEFT).right == 1280
    assert snap(Rect(300, 770 - 384 + 9, *HER), LEFT).bottom == 770
    assert snap(Rect(300, 800 - 384 - 3, *HER), LEFT).bottom == 800
    assert snap(Rect(300, -7, *HER), LEFT).y == 0


@given(st.integers(-5000, 5000), st.integers(-5000, 5000), st.integers(1, 900), st.integers(1, 1300))
def test_her_feet_stay_where_they_are(x: int, y: int, width: int, height: int) -> None:
    """Whatever her size is, she stands on the same spot."""
    assert standing_at((x, y), (width, height)).feet == (x, y)


@given(st.floats(allow_nan=False, allow_infinity=True))
def test_every_size_is_a_size_that_she_can_have(scale: float) -> None:
    """A half to three times."""
    assert SMALLEST <= clamp_scale(scale) <= LARGEST


@given(st.integers(5, 30), st.integers(-25, 25))
def test_as_many_notches_back_give_the_size_before(tenths: int, notches: int) -> None:
    """Nothing is lost by rounding."""
    scale = tenths / 10
    there = scaled_by(scale, notches)
    if SMALLEST < there < LARGEST:
        assert scaled_by(there, -notches) == scale


def test_the_first_place_is_the_corner_of_the_primary_monitor() -> None:
    """Out of the way, above the panel."""
    place = first_place(HER, (RIGHT, LEFT))
    assert place.bottom == 770
    assert LEFT.area.covers(place)
    assert place.right > 1200


@given(st.integers(100, 700), st.integers(100, 900), monitors)
def test_the_first_place_is_in_sight_on_any_desktop(width: int, height: int, arrangement: tuple[Monitor, ...]) -> None:
    """The smallest screen shows her."""
    place = first_place((width, height), arrangement)
    assert keep_in_sight(place, arrangement) == place


def test_her_monitor_disappears() -> None:
    """She stands at the same place of the one that remains, in proportion."""
    there = Rect(RIGHT.area.right - 256, RIGHT.area.bottom - 384, *HER)
    assert rehomed(there, (LEFT, RIGHT), (LEFT,)) == Rect(1280 - 256, 770 - 384, *HER)


def test_another_monitor_appears_on_the_left() -> None:
    """Her own monitor has moved on the desktop; she moves with it."""
    moved = monitor("right", 1920, 200, 1920, 1080)
    assert rehomed(Rect(1300, 50, *HER), (RIGHT,), (monitor("new", 0, 0, 1920, 1080), moved)) == Rect(1940, 250, *HER)


def test_her_monitor_becomes_smaller() -> None:
    """At the right edge she stays at the right edge."""
    small = monitor("right", 1280, 0, 1024, 768)
    assert rehomed(Rect(1280 + 1920 - 256, 0, *HER), (LEFT, RIGHT), (LEFT, small)).right == 1280 + 1024


@given(rects, monitors, monitors)
def test_whatever_happens_to_the_monitors_she_is_in_sight(
    rect: Rect, before: tuple[Monitor, ...], after: tuple[Monitor, ...]
) -> None:
    """No arrangement loses her."""
    place = rehomed(rect, before, after)
    assert keep_in_sight(place, after) == place


def test_her_monitor_is_the_one_that_shows_most_of_her() -> None:
    """Or the nearest, where none does."""
    assert monitor_of(Rect(1280 - 100, 0, *HER), (LEFT, RIGHT)) is RIGHT
    assert monitor_of(Rect(1280 - 200, 0, *HER), (LEFT, RIGHT)) is LEFT
    assert monitor_of(Rect(9000, 0, *HER), (LEFT, RIGHT)) is RIGHT


@given(st.permutations([LEFT, RIGHT, monitor("high", 0, -1080, 1920, 1080)]))
def test_an_arrangement_has_one_name(arrangement: list[Monitor]) -> None:
    """In whatever order the system tells its monitors."""
    assert arrangement_key(arrangement) == "1920x1080+0-1080 1280x800+0+0 1920x1080+1280+0"


def test_what_two_rectangles_share() -> None:
    """Nothing, where they do not meet."""
    assert Rect(0, 0, 10, 10).shares(Rect(5, 5, 10, 10)) == 25
    assert Rect(0, 0, 10, 10).shares(Rect(10, 0, 5, 5)) == 0
    assert Rect(0, 0, 10, 10).covers(Rect(2, 2, 8, 8))
    assert not Rect(0, 0, 10, 10).covers(Rect(2, 2, 9, 8))
