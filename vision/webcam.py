"""The webcam eye: looks, and tells when something has changed. The thin loop around the pure halves.

All that blocks happens in one thread of its own, which alone touches the camera. The camera is open only while
`run` runs or one look is taken; pictures are forgotten with the look. A camera that is not there is told once and
tried again ever more seldom; when it comes back, that is told, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from alisa.protocol.sight import SightFace
from alisa.protocol.tags import Attention, Presence
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError, EngineError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from vision import attention, pace, presence
from vision.detectors import engines as detectors
from vision.detectors.faces import Detector, Face, Picture, nearest
from vision.settings import VisionSettings
from vision.sources import engines as sources
from vision.sources.source import Source
from vision.steady import Steady

OPEN, AWAY = "open", "away"
FIRST_RETRY_SECONDS = 2.0
LONGEST_RETRY_SECONDS = 60.0

Tell = Callable[[SightFace], None]
Report = Callable[[str, str], None]
Sleep = Callable[[float], Awaitable[None]]
R = TypeVar("R")

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found."""

    faces: tuple[Face, ...]
    at: float
    """on the clock's monotonic time"""
    took: float
    """seconds that it took to find them"""


@dataclass(slots=True)
class _Known:
    """What the looks have shown together, and what was told of it last."""

    watch: presence.Watch = field(default_factory=presence.Watch)
    attention: Steady[Attention | None] = field(default_factory=lambda: Steady(None))
    told: SightFace | None = None

    @property
    def unsettled(self) -> bool:
        return self.watch.unsettled or self.attention.unsettled

    def add(self, look: Look) -> SightFace | None:
        """Take a look in; return what is to be told, or None when nothing has changed."""
        self.watch = presence.look(self.watch, len(look.faces), look.at)
        there = self.watch.presence.value
        if there is None:
            return None
        if there is Presence.PRESENT:
            self.attention = attention.look(self.attention, nearest(look.faces), look.at)
        else:
            self.attention = Steady(None)
        now = SightFace(there, self.attention.value, self.watch.faces.value)
        if now == self.told:
            return None
        self.told = now
        return now

    def interrupted(self) -> None:
        """The camera was away: what counts still counts, what was about to count begins again."""
        self.watch = presence.Watch(Steady(self.watch.presence.value), Steady(self.watch.faces.value))
        self.attention = Steady(self.attention.value)


class Webcam:
    """The eye. One `run` at a time; `look_once` may be asked at any time."""

    def __init__(self, settings: VisionSettings, home: Home, clock: Clock, *, sleep: Sleep = asyncio.sleep) -> None:
        """Nothing is opened yet. `sleep` waits, in the time of `clock`."""
        self._settings = settings
        self._home = home
        self._clock = clock
        self._sleep = sleep
        self._preset = pace.PRESETS[settings.preset]
        self._source: Source | None = None
        self._opened = False
        self._detector: Detector | None = None
        self._last: Look | None = None
        self._running = False
        self._thread = ThreadPoolExecutor(1, "webcam")

    async def run(self, tell: Tell, report: Report) -> None:
        """Look until cancelled; `tell` what has changed, `report` that the eye is open, or away and why."""
        known, state, retry = _Known(), "", FIRST_RETRY_SECONDS
        waited = self._preset.fastest_seconds
        self._running = True
        try:
            while True:
                try:
                    look = await self._in_thread(self._look)
                except AlisaError as error:
                    await self._in_thread(self._close)
                    if state != AWAY:
                        state, retry = AWAY, FIRST_RETRY_SECONDS
                        known.interrupted()
                        log.info("the webcam is away", code=error.code, why=str(error))
                        report(AWAY, str(error))
                    await self._sleep(retry)
                    retry = min(2 * retry, LONGEST_RETRY_SECONDS)
                    continue
                if state != OPEN:
                    state = OPEN
                    report(OPEN, "")
                news = known.add(look)
                if news is not None:
                    tell(news)
                waited = pace.interval(self._preset, waited, look.took, unsettled=known.unsettled or news is not None)
                await self._sleep(waited)
        finally:
            self._running = False
            await asyncio.shield(self._in_thread(self._close))

    async def look_once(self) -> SightFace:
        """Return what is seen now, by one look; one of the last half second answers, too. Raises AlisaError."""
        if self._last is None or not pace.fresh(self._last.at, self._clock.monotonic()):
            try:
                self._last = await self._in_thread(self._look)
            finally:
                if not self._running:
                    await asyncio.shield(self._in_thread(self._close))
        return _sight(self._last.faces)

    async def _in_thread(self, work: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # --- in the eye's thread ------------------------------------------------------------------------

    def _look(self) -> Look:
        """Take a picture and find the faces in it; what is not open yet is opened. Raises AlisaError."""
        if self._detector is None:
            self._detector = detectors.create(self._settings, self._home, self._preset)
        if self._source is None:
            self._source = sources.create(self._settings, self._clock)
        if not self._opened:
            self._source.open()
            self._opened = True
        picture = self._source.read()  # mostly waits
        began = self._clock.monotonic()
        faces = _found(picture, self._detector)
        at = self._clock.monotonic()
        # On a busy machine it took longer than its work, and is done less often: rightly so.
        self._last = Look(tuple(faces), at, at - began)
        return self._last

    def _close(self) -> None:
        """Release the camera, and what the detector holds. They can be opened again."""
        self._opened = False
        try:
            if self._source is not None:
                self._source.close()
        finally:
            if self._detector is not None:
                self._detector.close()


def face_in(picture: Picture, detector: Detector) -> SightFace:
    """Return what one picture shows, taken by itself. Raises AlisaError."""
    return _sight(_found(picture, detector))


def _sight(faces: tuple[Face, ...] | list[Face]) -> SightFace:
    if not faces:
        return SightFace(Presence.ABSENT)
    return SightFace(Presence.PRESENT, attention.glance(nearest(faces)), min(len(faces), presence.MOST_FACES))


def _found(picture: Picture, detector: Detector) -> list[Face]:
    try:
        return detector.find(picture)
    except AlisaError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise EngineError(
            "detector_failed",
            f"The face detector failed: {reason}.",
            "Choose another one: alisa config set vision.detector haar",
        ) from error
