"""The screen eye: looks, reads what is new, and tells when something has changed. The thin loop around one look.

All that blocks happens in one thread of its own, which alone touches the screen. A screen that is not there is told
once and tried again ever more seldom. Help is offered as `offers` allows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TypeVar

from alisa.protocol.sight import SightScreen
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from vision.describe import Describer
from vision.offers import Offers
from vision.screen_eye import Glance, Parts, ScreenEye, read_picture
from vision.settings import VisionSettings

__all__ = ["Screen", "read_picture"]

OPEN, AWAY = "open", "away"
FIRST_RETRY_SECONDS = 2.0
LONGEST_RETRY_SECONDS = 60.0
TEXT_SECONDS = 10.0
"""When nothing but the words or the title has changed, it is told no more often."""

Tell = Callable[[SightScreen], None]
Report = Callable[[str, str], None]
Sleep = Callable[[float], Awaitable[None]]
R = TypeVar("R")

log = get_logger(__name__)


@dataclass(slots=True)
class News:
    """What was told last, and whether what is seen now is news. Pure."""

    offers: Offers = field(default_factory=Offers)
    _told: SightScreen = field(default_factory=SightScreen)
    _told_at: float = 0.0

    def of(self, seen: SightScreen, now: float) -> SightScreen | None:
        """Return what is to be told of this sight at this time (in seconds); None: nothing."""
        plain = replace(seen, offer="")
        if self.offers.may_offer(seen, now):
            return self._tell(plain, now, seen)
        if plain == self._told:
            return None
        if _gist(plain) == _gist(self._told) and now - self._told_at < TEXT_SECONDS:
            return None
        return self._tell(plain, now, plain)

    def _tell(self, plain: SightScreen, now: float, told: SightScreen) -> SightScreen:
        self._told, self._told_at = plain, now
        return told


def _gist(sight: SightScreen) -> SightScreen:
    """Return a sight without what changes with every key that is pressed. The first words of a window are no such."""
    return replace(sight, window="", text="" if not sight.text else "…")


class Screen:
    """The eye. One `run` at a time; `look_once` may be asked at any time."""

    def __init__(
        self,
        settings: VisionSettings,
        home: Home,
        clock: Clock,
        *,
        sleep: Sleep = asyncio.sleep,
        parts: Parts | None = None,
        describer: Describer | None = None,
    ) -> None:
        """Nothing is opened yet. `sleep` waits, in the time of `clock`; `parts` and `describer` are for tests."""
        self._settings = settings
        self._parts = parts
        self._clock = clock
        self._sleep = sleep
        self._eye = ScreenEye(settings, parts)
        self._describer = describer or (Describer(home) if settings.describe else None)
        self._thread = ThreadPoolExecutor(1, "screen")

    async def run(self, tell: Tell, report: Report) -> None:
        """Look until cancelled; `tell` what has changed, `report` that the eye is open, or away and why."""
        news, reported, retry = News(), ("", ""), FIRST_RETRY_SECONDS

        def say(state: str, note: str) -> None:
            nonlocal reported
            if (state, note) != reported:
                reported = (state, note)
                report(state, note)

        try:
            while True:
                try:
                    glance = await self._in_thread(lambda: self._eye.look(self._clock.monotonic()))
                except AlisaError as error:
                    await self._in_thread(self._eye.close)
                    if reported[0] != AWAY:
                        log.info("the screen is away", code=error.code, why=str(error))
                        retry = FIRST_RETRY_SECONDS
                        say(AWAY, str(error))
                    await self._sleep(retry)
                    retry = min(2 * retry, LONGEST_RETRY_SECONDS)
                    continue
                sight = await self._described(glance)
                say(OPEN, glance.note or (self._describer.note if self._describer else ""))
                told = news.of(sight, self._clock.monotonic())
                if told is not None:
                    tell(told)
                await self._sleep(self._eye.looks.pause(unread=glance.unread))
        finally:
            await asyncio.shield(self._in_thread(self._eye.close))

    async def look_once(self) -> SightScreen:
        """Return what is seen now, all of it read. Raises AlisaError: no screen, nothing to read with."""
        return await self._in_thread(self._look_once)

    def _look_once(self) -> SightScreen:
        eye = ScreenEye(self._settings, self._parts)
        try:
            return eye.look_once()
        finally:
            eye.close()

    async def _described(self, glance: Glance) -> SightScreen:
        """Add what a model says that sees the picture, where the user wants that."""
        if self._describer is None:
            return glance.sight
        now = self._clock.monotonic()
        if glance.switched:
            self._describer.forget()
        picture = glance.picture if not glance.unread else None  # in what is not read yet may stand a secret
        if picture is not None and self._describer.may_see(glance.sight) and self._describer.wants(now):
            await asyncio.to_thread(self._describer.look, picture, now)
        return self._describer.added_to(glance.sight)

    async def _in_thread(self, work: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
