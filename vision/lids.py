"""The lids: which eye is open, as the settings and the keys say. One eye that fails leaves the other open.

The eyes are made when they are opened and forgotten when they are closed; what is costly (OpenCV, the reader) is not
even loaded before. What an eye sees, and how, is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from vision.settings import VisionSettings
from vision.status import EYES, WEBCAM, Board, EyeState

AGAIN_SECONDS = 60.0
"""After an eye failed in a way that nobody expected."""
SYSTEM = "system"
"""The sense that asks the system; it has no lid of its own: nothing is looked at."""

Report = Callable[[str, str], None]
Open = Callable[[VisionSettings, Report], Coroutine[Any, Any, None]]
"""Makes an eye and looks until it is cancelled."""

log = get_logger(__name__)


_CONCERNS: Mapping[str, frozenset[str]] = {
    WEBCAM: frozenset({"camera", "source", "source_path", "detector", "preset"}),
    SYSTEM: frozenset({"screen_source"}),
}
"""The settings that an eye must be opened anew for; the rest are the other eye's."""


class Lids:
    """Opens and closes. `eyes` has a row for `webcam`, `screen` and `system`; `shut` is told which one closed."""

    def __init__(
        self,
        eyes: Mapping[str, Open],
        board: Board,
        clock: Clock,
        shut: Callable[[str], None],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._eyes = eyes
        self._board = board
        self._clock = clock
        self._shut = shut
        self._sleep = sleep
        self._settings = VisionSettings()
        self._paused = False
        self._open: dict[str, tuple[asyncio.Task[None], VisionSettings]] = {}
        self._moving = asyncio.Lock()

    @property
    def paused(self) -> bool:
        """Whether the keys have closed the eyes."""
        return self._paused

    @property
    def wanted(self) -> tuple[str, ...]:
        """The eyes that the settings want open."""
        return tuple(name for name in EYES if getattr(self._settings, name))

    async def apply(self, settings: VisionSettings) -> None:
        """The settings are these now: open, close, or open again what they change."""
        async with self._moving:
            self._settings = settings
            await self._move()

    async def pause(self, on: bool) -> None:
        """Close both eyes for now, or open them again."""
        async with self._moving:
            self._paused = on
            await self._move()

    async def close(self) -> None:
        """Close everything for good."""
        async with self._moving:
            await asyncio.gather(*(self._close(name) for name in tuple(self._open)))

    async def _move(self) -> None:
        wanted = {name for name in self.wanted if not self._paused}
        if self._settings.system and SYSTEM in self._eyes:
            wanted.add(SYSTEM)
        for name, (_, opened_with) in tuple(self._open.items()):
            if name not in wanted or not _same(name, opened_with, self._settings):
                await self._close(name)
        for name in EYES:
            if name not in wanted:
                state = EyeState.PAUSED if self._paused and name in self.wanted else EyeState.CLOSED
                self._say(name, state, "")
        for name in wanted - self._open.keys():
            task = asyncio.create_task(self._look(name, self._settings), name=f"eye: {name}")
            self._open[name] = task, self._settings

    async def _close(self, name: str) -> None:
        task, _ = self._open.pop(name)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self._shut(name)

    async def _look(self, name: str, settings: VisionSettings) -> None:
        """Look for ever; what fails is said, and tried again later."""

        def report(state: str, note: str) -> None:
            self._say(name, EyeState(state), note)

        while True:
            try:
                await self._eyes[name](settings, report)
            except AlisaError as error:
                report(EyeState.AWAY, str(error))
            except Exception as error:
                log.error("an eye failed", eye=name, exc_info=error)
                report(EyeState.AWAY, f"The {name} eye failed ({type(error).__name__}) and is tried again in a minute.")
            await self._sleep(AGAIN_SECONDS)

    def _say(self, name: str, state: EyeState, note: str) -> None:
        if name in EYES:
            self._board.change_eye(name, state, note, self._clock.now().isoformat(timespec="seconds"))


def _same(name: str, one: VisionSettings, other: VisionSettings) -> bool:
    """Would an eye that was opened with the one look just so with the other?"""
    skipped = _CONCERNS[WEBCAM] | {"webcam", "screen", "pause_hotkey"}
    fields = _CONCERNS.get(name, frozenset(VisionSettings.model_fields) - skipped)
    return all(getattr(one, field) == getattr(other, field) for field in fields)
