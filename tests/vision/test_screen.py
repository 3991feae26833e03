"""The screen eye over time, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from alisa.protocol.sight import SightScreen
from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from tests.vision.scenes import DARK, TRACEBACK, written
from vision.desktop.scripted import ScriptedDesktop
from vision.desktop.system import no_screen
from vision.desktop.window import Window
from vision.grab import ScriptedGrabber
from vision.ocr.scripted import ScriptedOcr
from vision.offers import APART_SECONDS
from vision.screen import AWAY, OPEN, TEXT_SECONDS, News, Screen
from vision.screen_eye import Parts
from vision.settings import VisionSettings

TERMINAL = Window("mira@desk: ~/shop", "XTerm", 7, (100, 80, 640, 360), fullscreen=False)
FAILED = "make: *** [Makefile:7: all] Error 2"


class Watched:
    """An eye that runs, what it told, and a clock that its sleeps move."""

    def __init__(self, home: Home) -> None:
        self.desktop = ScriptedDesktop(TERMINAL)
        self.grabber = ScriptedGrabber([written(TRACEBACK, DARK)])
        self.ocr = ScriptedOcr("all is well")
        self.clock = ManualClock()
        self.told: list[tuple[float, SightScreen]] = []
        self.reports: list[tuple[str, str]] = []
        self.looks = 0
        self.script: Callable[[float], None] = lambda _now: None
        parts = Parts(self._open, lambda: self.grabber, lambda: self.ocr)
        self.screen = Screen(VisionSettings(), home, self.clock, sleep=self._sleep, parts=parts)

    def _open(self) -> ScriptedDesktop:
        if self.desktop.error is not None:
            raise self.desktop.error
        return self.desktop

    async def _sleep(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.looks += 1
        self.script(self.clock.monotonic())
        if self.clock.monotonic() >= self.until:
            raise asyncio.CancelledError

    def run(self, seconds: float) -> None:
        """Let it look for so long."""
        self.until = self.clock.monotonic() + seconds

        async def run() -> None:
            await self.screen.run(
                lambda sight: self.told.append((self.clock.monotonic(), sight)),
                lambda state, note: self.reports.append((state, note)),
            )

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(run())

    @property
    def sights(self) -> list[SightScreen]:
        return [sight for _, sight in self.told]


@pytest.fixture
def watched(home: Home) -> Watched:
    return Watched(home)


def test_only_changes_are_told(watched: Watched) -> None:
    """An hour in front of one window is two messages: its name, its words."""
    watched.run(3600)
    assert [bool(sight.text) for sight in watched.sights] == [False, True]
    assert watched.reports == [(OPEN, "")]
    assert watched.looks < 1000
    assert watched.desktop.closed


def test_an_offer_is_made_once(watched: Watched) -> None:
    """The error stays known, the offer is not repeated when the user looks elsewhere and comes back."""
    watched.ocr.text = FAILED
    mail = replace(TERMINAL, title="Inbox - Thunderbird", app="thunderbird", pid=8)
    letter, trace = written(("Dear Mira",)), written(TRACEBACK, DARK)

    def script(now: float) -> None:
        elsewhere = now % 60 > 40
        watched.desktop.window = mail if elsewhere else TERMINAL
        watched.ocr.text = "dear Mira" if elsewhere else FAILED
        watched.grabber.pictures = [letter if elsewhere else trace]

    watched.script = script
    watched.run(900)
    offers = [sight for sight in watched.sights if sight.offer]
    assert len(offers) == 1
    assert offers[0].error_line == 7
    assert len([sight for sight in watched.sights if sight.error_kind]) > 5


def test_words_that_change_all_the_time_are_told_now_and_then(watched: Watched) -> None:
    """A log that runs by: not with every line of it."""

    def script(now: float) -> None:
        watched.ocr.text = f"line {int(now * 10)}"
        watched.grabber.pictures = [written((f"{watched.looks} words",) * 4, points=20, size=(200, 120))]

    watched.script = script
    watched.run(120)
    times = [at for at, _ in watched.told[2:]]
    assert len(times) > 3
    assert all(later - earlier >= TEXT_SECONDS for earlier, later in pairwise(times))


def test_a_screen_that_is_away_is_said_once(watched: Watched) -> None:
    """And that it is back; meanwhile it is tried ever more seldom."""
    watched.desktop.error = no_screen("the display has gone away")

    def script(now: float) -> None:
        if now > 3000:
            watched.desktop.error = None

    watched.script = script
    watched.run(3600)
    assert [state for state, _ in watched.reports] == [AWAY, OPEN]
    assert "no screen to look at" in watched.reports[0][1]
    assert watched.sights[-1].text == "all is well"


def test_a_missing_reader_is_said_once(watched: Watched) -> None:
    """The eye stays open: names of windows can be seen."""
    watched.ocr.error = MissingError("tesseract_missing", "Tesseract is not installed.", "Install it: brew install it")
    watched.run(1800)
    assert [state for state, note in watched.reports if note] == [OPEN]
    assert "brew install" in watched.reports[-1][1]
    assert watched.sights[-1].app == "XTerm"


def test_what_is_not_looked_at_is_said_without_its_name(watched: Watched) -> None:
    """And nothing of it is told."""
    watched.desktop.window = Window("Secrets.kdbx - KeePassXC", "KeePassXC", 3, (0, 0, 640, 360), fullscreen=False)
    watched.run(60)
    assert watched.sights == []
    assert watched.reports[-1][1].startswith("Not looked at: ")
    assert "Secrets" not in str(watched.reports)


async def test_one_look_reads_all_there_is(home: Home) -> None:
    """For a person to try; nothing stays open."""
    watched = Watched(home)
    sight = await watched.screen.look_once()
    assert sight.app == "XTerm"
    assert "all is well" in sight.text
    assert watched.ocr.closed


def test_an_offer_waits_for_its_time() -> None:
    """A second error within five minutes is told at once, its offer when the time has come and it is still there."""
    news = News()
    first = SightScreen(app="XTerm", error_kind="python", error_file="a.py", error_line=1, offer="help with it")
    second = replace(first, error_file="b.py")
    assert news.of(first, 0.0) == first
    assert news.of(first, 1.0) is None
    told = news.of(second, 2.0)
    assert told is not None
    assert told.offer == ""
    assert news.of(second, 3.0) is None
    assert news.of(second, APART_SECONDS) == second
