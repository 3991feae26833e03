"""When she steps aside."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from overlay.desktop.fullscreen import FullScreenWatch
from overlay.desktop.geometry import Monitor, Rect
from overlay.desktop.system import Program
from overlay.desktop.windows import is_full_screen

HERS, OTHER = Rect(0, 0, 1280, 800), Rect(1280, 0, 1920, 1080)
FILM, EDITOR, MAIL = 1, 2, 3


@dataclass
class Desk:
    """A desktop as a test tells it."""

    front: int | None = None
    programs: dict[int, Program] = field(default_factory=dict)

    def monitors(self) -> tuple[Monitor, ...]:
        return (Monitor("hers", HERS, HERS), Monitor("other", OTHER, OTHER))

    def active(self) -> int | None:
        return self.front

    def program(self, window: int) -> Program | None:
        return self.programs.get(window)

    def close(self) -> None:
        pass


def film(on: Rect, shown: bool = True) -> Program:
    return Program(on, full_screen=True, shown=shown)


def window(on: Rect) -> Program:
    return Program(Rect(on.x + 50, on.y + 50, 400, 300), full_screen=False, shown=True)


def test_a_film_on_her_monitor_is_in_front() -> None:
    """And it is not when it ends."""
    desk = Desk(FILM, {FILM: film(HERS)})
    watch = FullScreenWatch(desk)
    assert watch.in_front(HERS)
    desk.programs.clear()
    assert not watch.in_front(HERS)


def test_a_film_on_another_monitor_does_not_matter() -> None:
    """She stays where nobody looks for a film."""
    assert not FullScreenWatch(Desk(FILM, {FILM: film(OTHER)})).in_front(HERS)


def test_a_film_goes_on_while_the_user_works_elsewhere() -> None:
    """It is still on her monitor: she does not come back over it."""
    desk = Desk(FILM, {FILM: film(HERS), MAIL: window(OTHER)})
    watch = FullScreenWatch(desk)
    assert watch.in_front(HERS)
    desk.front = MAIL
    assert watch.in_front(HERS)
    desk.front = None
    assert watch.in_front(HERS)
    desk.programs[FILM] = film(HERS, shown=False)
    assert not watch.in_front(HERS)


def test_another_window_on_her_monitor_brings_her_back() -> None:
    """The film is behind it."""
    desk = Desk(FILM, {FILM: film(HERS), EDITOR: window(HERS)})
    watch = FullScreenWatch(desk)
    assert watch.in_front(HERS)
    desk.front = EDITOR
    assert not watch.in_front(HERS)
    desk.front = FILM
    assert watch.in_front(HERS)


def test_a_window_that_only_fills_the_screen_is_no_film() -> None:
    """A maximised window without a panel covers everything, too, and wants her beside it."""
    assert not FullScreenWatch(Desk(EDITOR, {EDITOR: Program(HERS, full_screen=False, shown=True)})).in_front(HERS)


def test_a_film_that_leaves_full_screen_without_leaving() -> None:
    """Escape, and she is back."""
    desk = Desk(FILM, {FILM: film(HERS)})
    watch = FullScreenWatch(desk)
    assert watch.in_front(HERS)
    desk.programs[FILM] = window(HERS)
    assert not watch.in_front(HERS)


@pytest.mark.parametrize(
    ("area", "maximised", "state", "full"),
    [
        (HERS, False, 5, True),  # a borderless game
        (HERS, True, 5, False),  # maximised over a taskbar that hides itself
        (HERS, True, 2, True),  # a browser at F11, which Windows calls busy
        (Rect(0, 0, 1280, 760), False, 2, False),
        (Rect(-8, -8, 1296, 816), True, 5, False),
    ],
)
def test_what_windows_calls_full_screen(area: Rect, maximised: bool, state: int, full: bool) -> None:
    """The window's place decides, and where that is not enough, what the system says."""
    assert is_full_screen(area, HERS, maximised=maximised, state=state) is full
