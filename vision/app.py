"""The eyes, put together: the one file that names the concrete parts, opens them and closes them again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from alisa.desktop.hotkey import Listener
from alisa.link import HubLink, finder
from alisa.protocol.message import Message
from alisa.protocol.messages import Hello, Status
from alisa.protocol.sight import SightSystem
from alisa.protocol.tags import Tag
from alisa.runtime.clock import Clock, SystemClock
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings
from alisa.runtime.settings import Settings, load
from vision import watch
from vision.hub import Line
from vision.lids import SYSTEM, Lids, Open, Report
from vision.options import Options
from vision.settings import VisionSettings
from vision.status import SCREEN, WEBCAM, Board, Snapshot

_TAGS = {WEBCAM: Tag.SIGHT_FACE, SCREEN: Tag.SIGHT_SCREEN, SYSTEM: Tag.SIGHT_SYSTEM}

log = get_logger(__name__)


def chosen(settings: VisionSettings, options: Options) -> VisionSettings:
    """The settings, with what the command line wants otherwise this once."""
    if not (options.webcam or options.screen):
        return settings
    return settings.model_copy(update={"webcam": options.webcam, "screen": options.screen})


class Eyes:
    """The process: `run` looks until it is cancelled, `close` lets go of everything that looks."""

    def __init__(
        self,
        home: Home,
        settings: Settings,
        options: Options,
        *,
        clock: Clock | None = None,
        eyes: Mapping[str, Open] | None = None,
        listen: Callable[[str], Listener] = watch.keys,
    ) -> None:
        """Nothing is opened yet. `eyes` and `listen` are for tests."""
        self._home = home
        self._options = options
        self._clock = clock or SystemClock()
        self._listen = listen
        self.board = Board()
        self.line = Line(lambda hello: _link(home, settings[HubSettings], hello), self._came_or_went)
        self._lids = Lids(eyes or self._real(), self.board, self._clock, self._shut)
        self._first = chosen(settings[VisionSettings], options)
        self._stamp = watch.stamp(home.config_file)
        self._told: dict[str, Any] | None = None
        self._hotkey = ""
        self._keys: asyncio.Task[None] | None = None
        self.board.watch(self._tell_status)

    async def run(self) -> None:
        """Look, as the settings say now and later, until it is cancelled."""
        await self._apply(self._first)
        tasks = [
            asyncio.create_task(work)
            for work in (
                self.line.run(),
                watch.file_changes(self._home.config_file, self._settings_changed, since=self._stamp),
            )
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.close()

    async def close(self) -> None:
        """Close the eyes and give the keys back; the line to the hub stays."""
        await self._wait_for_keys("")
        await self._lids.close()

    # --- what changes -----------------------------------------------------------------------------------

    async def _settings_changed(self) -> None:
        found = load(VisionSettings, home=self._home)
        for problem in found.problems:
            log.warning(str(problem))
        await self._apply(chosen(found[VisionSettings], self._options))

    async def _apply(self, settings: VisionSettings) -> None:
        await self._lids.apply(settings)
        await self._wait_for_keys(settings.pause_hotkey if self._lids.wanted else "")

    async def _wait_for_keys(self, text: str) -> None:
        """Wait for these keys, and no longer for others; with no eye to close, no key is taken from anybody."""
        if text == self._hotkey:
            return
        self._hotkey = text
        if self._keys is not None:
            self._keys.cancel()
            await asyncio.gather(self._keys, return_exceptions=True)
            self._keys = None
        if text:
            self._keys = asyncio.create_task(self._hear(text), name="pause keys")
        else:
            self.board.change(note="")

    async def _hear(self, text: str) -> None:
        opening = asyncio.create_task(asyncio.to_thread(self._listen, text))
        try:
            listener = await asyncio.shield(opening)
        except asyncio.CancelledError:
            (await opening).close()  # what a thread has opened meanwhile
            raise
        self.board.change(note=listener.problem)
        if listener.problem:
            log.warning(listener.problem)
        try:
            await watch.presses(listener, self._pressed)
        finally:
            listener.close()

    async def _pressed(self) -> None:
        paused = not self._lids.paused
        log.info("the eyes are closed by the keys" if paused else "the eyes are opened by the keys")
        await self._lids.pause(paused)

    # --- who is told ------------------------------------------------------------------------------------

    def _came_or_went(self, connected: bool) -> None:
        if not connected:
            self._told = None
        self.board.change(connected=connected)

    def _tell_status(self, snapshot: Snapshot) -> None:
        wire = snapshot.wire()
        if wire != self._told:
            self._told = wire
            self.line.send(Status(wire))

    def _shut(self, name: str) -> None:
        """An eye is closed. That it sees nothing is told by its state; the sense of the system has none."""
        self.line.forget(_TAGS[name])
        if name == SYSTEM:
            self.line.send(SightSystem())

    # --- the real eyes ----------------------------------------------------------------------------------

    def _real(self) -> Mapping[str, Open]:
        return {WEBCAM: self._webcam, SCREEN: self._screen, SYSTEM: self._system}

    async def _webcam(self, settings: VisionSettings, report: Report) -> None:
        from vision.webcam import Webcam

        await Webcam(settings, self._home, self._clock).run(self._tell, report)

    async def _screen(self, settings: VisionSettings, report: Report) -> None:
        from vision.screen import Screen

        await Screen(settings, self._home, self._clock).run(self._tell, report)

    async def _system(self, settings: VisionSettings, _report: Report) -> None:
        from vision.system import SystemSense

        await SystemSense(settings, self._home, self._clock).run(self._tell)

    def _tell(self, message: Message) -> None:
        self.line.send(message)


def _link(home: Home, hub: HubSettings, hello: Hello) -> HubLink:
    return HubLink("", "", hello, find=finder(home, hub, may_be_plain=True))
