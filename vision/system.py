"""Whether this is a moment to be left alone, as the system tells it: asked every few seconds, told when it changes.

Nothing is looked at for it: no picture, no words but the title of the window in front, which stays here.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from alisa.protocol.sight import SightSystem
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from vision.desktop.busy import Busy, BusySense, idle_step, is_presentation
from vision.desktop.system import Desktop, open_desktop
from vision.desktop.window import Window
from vision.settings import VisionSettings

EVERY_SECONDS = 3.0
RETRY_SECONDS = 30.0
"""A desktop that is not there is asked for again so much later."""

Tell = Callable[[SightSystem], None]
Sleep = Callable[[float], Awaitable[None]]

log = get_logger(__name__)


def sight_of(window: Window | None, busy: Busy) -> SightSystem:
    """Return what is told of a window in front and of what the system says. Pure."""
    return SightSystem(
        fullscreen=window is not None and window.fullscreen,
        call=busy.call,
        presentation=busy.presentation or is_presentation(window),
        locked=busy.locked,
        do_not_disturb=busy.do_not_disturb,
        idle_seconds=idle_step(busy.idle_seconds),
    )


def open_busy(platform: str = sys.platform) -> BusySense:
    """Return what this system is asked with."""
    if platform in ("win32", "darwin"):
        module = importlib.import_module("vision.desktop.busy_" + ("windows" if platform == "win32" else "macos"))
        return cast("BusySense", module.create())
    from vision.desktop.busy_linux import LinuxBusy

    return LinuxBusy()


class SystemSense:
    """Asks until it is cancelled. What cannot be asked counts as not so: she is held back by what is known alone."""

    def __init__(
        self,
        settings: VisionSettings,
        home: Home,  # noqa: ARG002 - the eyes are made alike
        clock: Clock,
        *,
        sleep: Sleep = asyncio.sleep,
        desktop: Callable[[], Desktop] | None = None,
        busy: Callable[[], BusySense] | None = None,
    ) -> None:
        """Nothing is opened yet. `sleep` waits, in the time of `clock`; `desktop` and `busy` are for tests."""
        self._clock = clock
        self._sleep = sleep
        watched = settings.screen_source == "screen"
        self._open_desktop = desktop or (open_desktop if watched else _no_desktop)
        self._open_busy = busy or open_busy
        self._desktop: Desktop | None = None
        self._busy: BusySense | None = None
        self._desktop_again_at = 0.0
        self._thread = ThreadPoolExecutor(1, "system")

    async def run(self, tell: Tell) -> None:
        """Ask until cancelled; `tell` what has changed."""
        told: SightSystem | None = None
        loop = asyncio.get_running_loop()
        try:
            while True:
                seen = await loop.run_in_executor(self._thread, self._ask)
                if seen != told:
                    told = seen
                    tell(seen)
                await self._sleep(EVERY_SECONDS)
        finally:
            await asyncio.shield(loop.run_in_executor(self._thread, self._close))

    def _ask(self) -> SightSystem:
        now = self._clock.monotonic()
        if self._busy is None:
            self._busy = self._open_busy()
        return sight_of(self._front(now), self._busy.ask(now))

    def _front(self, now: float) -> Window | None:
        if self._desktop is None and now < self._desktop_again_at:
            return None
        try:
            if self._desktop is None:
                self._desktop = self._open_desktop()
            return self._desktop.active()
        except AlisaError as error:
            if not self._desktop_again_at:
                log.info("the desktop cannot be asked", code=error.code, why=str(error))
            self._desktop_again_at = now + RETRY_SECONDS
            desktop, self._desktop = self._desktop, None
            if desktop is not None:
                desktop.close()
            return None

    def _close(self) -> None:
        desktop, self._desktop = self._desktop, None
        busy, self._busy = self._busy, None
        for part in (desktop, busy):
            if part is not None:
                part.close()


def _no_desktop() -> Desktop:
    from vision.desktop.scripted import ScriptedDesktop

    return ScriptedDesktop()
