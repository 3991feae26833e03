"""The fixtures of `screen.py`: screens for a whole session, one Tk root a test."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest

from tests.rig.screen import NoScreenError, Screen, screen

tkinter = pytest.importorskip("tkinter", reason="Tk is not installed (sudo apt install python3-tk).")

__all__ = ["bare", "composited", "each_screen", "lasting_screens", "tk_root"]


@pytest.fixture(scope="session")
def lasting_screens() -> Iterator[Callable[[bool], Screen]]:
    """A screen with or without compositor, started when first asked for, for the whole session."""
    import contextlib

    made: dict[bool, Screen] = {}
    with contextlib.ExitStack() as stack:

        def give(compositor: bool) -> Screen:
            if compositor not in made:
                try:
                    made[compositor] = stack.enter_context(screen(compositor=compositor, lasting=True))
                except NoScreenError as reason:
                    pytest.skip(str(reason))
            return made[compositor]

        yield give


def _rested(given: Screen, compositor: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    monkeypatch.setenv("DISPLAY", given.display)
    monkeypatch.setenv("XAUTHORITY", given.environment["XAUTHORITY"])
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")
    yield given
    given.rest(compositor)


@pytest.fixture
def composited(lasting_screens: Callable[[bool], Screen], monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """A screen with a compositor."""
    yield from _rested(lasting_screens(True), True, monkeypatch)


@pytest.fixture
def bare(lasting_screens: Callable[[bool], Screen], monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    """A screen without compositor."""
    yield from _rested(lasting_screens(False), False, monkeypatch)


@pytest.fixture(params=["composited", "bare"])
def each_screen(request: pytest.FixtureRequest) -> Screen:
    """Both, one after the other."""
    given: Screen = request.getfixturevalue(request.param)
    return given


@pytest.fixture
def tk_root() -> Iterator[Callable[[Screen], tkinter.Tk]]:
    """Make a withdrawn Tk root on a screen, in this process; it is destroyed after the test."""
    roots: list[tkinter.Tk] = []

    def make(on: Screen) -> tkinter.Tk:
        assert on.lasting, "Tk ends this process when the screen goes: use a fixture's screen, or a subprocess"
        assert not roots, "one root at a time"
        root = tkinter.Tk(screenName=on.display)
        root.withdraw()
        roots.append(root)
        return root

    yield make
    for root in roots:
        root.update()
        root.destroy()
    gc.collect()  # Tk's pictures and variables talk to the root when they go: now, in this thread
