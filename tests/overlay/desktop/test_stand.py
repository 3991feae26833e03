"""Where she stands, whatever the hand, the wheel and the monitors do."""

from __future__ import annotations

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from overlay.desktop.geometry import Monitor, Rect, keep_in_sight
from overlay.desktop.placement import Place, Placements
from overlay.desktop.stand import Stand


class Memory:
    """Places that are kept in this process only."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.writes = 0

    def recall(self, arrangement: str) -> Place | None:
        return self.places.get(arrangement)

    @property
    def latest_scale(self) -> float | None:
        return next((place.scale for place in reversed(self.places.values())), None)

    def remember(self, arrangement: str, place: Place) -> None:
        self.places[arrangement] = place
        self.writes += 1


def size_at(scale: float) -> tuple[int, int]:
    return round(256 * scale), round(384 * scale)


def screen(name: str, x: int, y: int, width: int, height: int) -> Monitor:
    return Monitor(name, Rect(x, y, width, height), Rect(x, y, width, height - 30), primary=name == "a")


DESK = (screen("a", 0, 0, 1280, 800), screen("b", 1280, -100, 1920, 1080))
TRAIN = (screen("a", 0, 0, 1280, 800),)
OFFICE = (screen("a", 0, 0, 1280, 800), screen("c", -2560, 0, 2560, 1440))

steps = st.lists(
    st.one_of(
        st.tuples(st.just("drag"), st.integers(-9999, 9999), st.integers(-9999, 9999)),
        st.tuples(st.just("size"), st.floats(-1, 9), st.just(0)),
        st.tuples(st.just("monitors"), st.sampled_from([DESK, TRAIN, OFFICE]), st.just(0)),
    ),
    max_size=12,
)


def stand(memory: Memory, monitors: tuple[Monitor, ...] = DESK, scale: float = 1.0) -> Stand:
    return Stand(cast("Placements", memory), monitors, size_at, scale)


@given(steps, st.integers(0, 40))
def test_she_is_in_sight_whatever_happens(happenings: list[tuple[object, ...]], snap_pixels: int) -> None:
    """And stands there again after a restart."""
    memory = Memory()
    her = stand(memory)
    for kind, first, second in happenings:
        if kind == "drag":
            her.drag_to(cast("int", first), cast("int", second))
            her.drop(snap_pixels)
        elif kind == "size":
            her.resize(cast("float", first))
        else:
            her.rearrange(cast("tuple[Monitor, ...]", first))
        assert keep_in_sight(her.place, her.monitors) == her.place
        assert her.place.size == size_at(her.scale)
    her.remember()
    again = stand(memory, her.monitors)
    assert (again.place, again.scale) == (her.place, her.scale)


@given(st.sampled_from([TRAIN, OFFICE]), st.integers(-2000, 3000), st.integers(-200, 1000), st.floats(0.5, 3))
def test_when_the_monitors_are_back_so_is_she(away: tuple[Monitor, ...], x: int, y: int, scale: float) -> None:
    """Placed by hand or not, remembered or not."""
    her = stand(Memory(), DESK, scale)
    her.drag_to(x, y)
    her.drop(16)
    place, size = her.place, her.scale
    her.rearrange(away)
    her.rearrange(DESK)
    assert (her.place, her.scale) == (place, size)


def test_what_she_does_by_herself_is_not_written() -> None:
    """Only what somebody did with her is."""
    memory = Memory()
    her = stand(memory)
    her.resize(2.0)
    her.rearrange(TRAIN)
    assert memory.writes == 0
    her.drag_to(5, 5)
    assert memory.writes == 0
    her.drop(0)
    assert memory.writes == 1


def test_large_and_small_again_she_stands_on_the_same_spot() -> None:
    """Though at her largest she had to be kept in sight elsewhere."""
    her = stand(Memory(), TRAIN)
    before = her.place
    her.resize(3.0)
    assert keep_in_sight(her.place, TRAIN) == her.place
    her.resize(1.0)
    assert her.place == before


def test_on_an_unknown_arrangement_she_has_the_size_that_she_was_given_last() -> None:
    """In the corner; the setting counts only when nobody has sized her."""
    memory = Memory()
    assert stand(memory, TRAIN, scale=1.5).scale == 1.5
    memory.remember("elsewhere", Place(0, 0, 0.7))
    assert stand(memory, TRAIN, scale=1.5).scale == 0.7
