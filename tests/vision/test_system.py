"""Whether this is a moment to be left alone, over time."""

from __future__ import annotations

import asyncio

import pytest

from alisa.protocol.sight import SightSystem
from alisa.runtime.clock import ManualClock
from alisa.runtime.paths import Home
from vision.desktop.busy import Busy
from vision.desktop.scripted import ScriptedDesktop
from vision.desktop.system import Desktop, no_screen
from vision.desktop.window import Window
from vision.settings import VisionSettings
from vision.system import RETRY_SECONDS, SystemSense, open_busy, sight_of

FILM = Window("A film", "mpv", 5, (0, 0, 1920, 1080), fullscreen=True)


class ScriptedBusy:
    """Says what it is told to."""

    def __init__(self) -> None:
        self.busy = Busy()
        self.closed = False

    def ask(self, now: float) -> Busy:
        return self.busy

    def close(self) -> None:
        self.closed = True


def run(home: Home, desktop: object, busy: ScriptedBusy, script: list[object]) -> list[SightSystem]:
    """Let it ask until the script, one step an asking, has ended."""
    clock, told, steps = ManualClock(), list[SightSystem](), iter(script)

    async def sleep(seconds: float) -> None:
        clock.advance(seconds)
        step = next(steps, None)
        if step is None:
            raise asyncio.CancelledError
        step()  # type: ignore[operator]

    sense = SystemSense(VisionSettings(), home, clock, sleep=sleep, desktop=desktop, busy=lambda: busy)  # type: ignore[arg-type]
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(sense.run(told.append))
    return told


def test_only_changes_are_told(home: Home) -> None:
    """A film, then a call, then nothing; idleness in steps."""
    desktop, busy = ScriptedDesktop(), ScriptedBusy()

    def film() -> None:
        desktop.window = FILM

    def call() -> None:
        desktop.window, busy.busy = None, Busy(call=True, idle_seconds=70)

    def later() -> None:
        busy.busy = Busy(call=True, idle_seconds=90)

    told = run(home, lambda: desktop, busy, [film, lambda: None, call, later])
    assert told == [SightSystem(), SightSystem(fullscreen=True), SightSystem(call=True, idle_seconds=60)]
    assert desktop.closed
    assert busy.closed


def test_without_a_desktop_the_rest_is_asked(home: Home) -> None:
    """The desktop is tried again now and then, and found when it is there."""
    busy, tries, there = ScriptedBusy(), [], []

    def open_desktop() -> Desktop:
        tries.append(1)
        if not there:
            raise no_screen("DISPLAY is not set")
        return ScriptedDesktop(FILM)

    def locked() -> None:
        busy.busy = Busy(locked=True)

    steps = [locked, *[lambda: None] * int(RETRY_SECONDS), lambda: there.append(1), *[lambda: None] * 12]
    told = run(home, open_desktop, busy, steps)
    assert told == [SightSystem(), SightSystem(locked=True), SightSystem(locked=True, fullscreen=True)]
    assert 2 < len(tries) < 8


def test_slides_are_a_presentation() -> None:
    """Whether the system says so or the window."""
    assert sight_of(Window("p", "keynote", 1, (0, 0, 9, 9), fullscreen=True), Busy()).presentation
    assert sight_of(None, Busy(presentation=True)).presentation


def test_this_system_can_be_asked() -> None:
    """Whatever it has."""
    busy = open_busy("linux")
    busy.close()
