"""Eyes are opened and closed as the settings and the keys say."""

from __future__ import annotations

import asyncio

import pytest

from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import MissingError
from vision.lids import AGAIN_SECONDS, Lids, Report
from vision.settings import VisionSettings
from vision.status import SCREEN, WEBCAM, Board, EyeState

pytestmark = pytest.mark.looptime


class Scene:
    """Eyes that note when they are opened and closed."""

    def __init__(self) -> None:
        self.board = Board()
        self.log: list[str] = []
        self.faults: dict[str, Exception] = {}
        eyes = {name: self._eye(name) for name in (WEBCAM, SCREEN, "system")}
        self.lids = Lids(eyes, self.board, ManualClock(), lambda name: self.log.append(f"{name} shut"))

    def _eye(self, name: str):
        async def look(settings: VisionSettings, report: Report) -> None:
            self.log.append(f"{name} open")
            if name in self.faults:
                raise self.faults[name]
            report("open", "")
            try:
                await asyncio.Event().wait()
            finally:
                self.log.append(f"{name} closed")

        return look

    def states(self) -> tuple[str, str]:
        return self.board.now.eyes[WEBCAM].state.value, self.board.now.eyes[SCREEN].state.value

    async def apply(self, **settings: object) -> None:
        await self.lids.apply(VisionSettings(**settings))
        await asyncio.sleep(0.01)


async def test_both_are_closed_until_they_are_opened() -> None:
    """With both closed, the system is asked and nothing is looked at."""
    scene = Scene()
    await scene.apply()
    assert scene.log == ["system open"]
    assert scene.states() == ("closed", "closed")
    await scene.apply(screen=True)
    assert scene.states() == ("closed", "open")
    assert scene.log == ["system open", "screen open"]
    await scene.apply()
    assert scene.states() == ("closed", "closed")
    assert scene.log[2:] == ["screen closed", "screen shut"]
    await scene.lids.close()


async def test_a_setting_of_one_eye_leaves_the_other_open() -> None:
    """The light of the camera does not blink because a program was denied."""
    scene = Scene()
    await scene.apply(webcam=True, screen=True)
    scene.log.clear()
    await scene.apply(webcam=True, screen=True, deny_apps=["steam"])
    assert scene.log == ["screen closed", "screen shut", "screen open"]
    scene.log.clear()
    await scene.apply(webcam=True, screen=True, deny_apps=["steam"], camera="2")
    assert scene.log == ["webcam closed", "webcam shut", "webcam open"]
    await scene.lids.close()


async def test_the_keys_close_and_open() -> None:
    """Paused eyes stay closed whatever the settings become; then they are as the settings say."""
    scene = Scene()
    await scene.apply(webcam=True)
    await scene.lids.pause(True)
    assert scene.states() == ("paused", "closed")
    await scene.apply(webcam=True, screen=True)
    assert scene.states() == ("paused", "paused")
    assert "screen open" not in scene.log
    await scene.lids.pause(False)
    await asyncio.sleep(0.01)
    assert scene.states() == ("open", "open")
    await scene.lids.close()
    assert scene.log.count("webcam closed") == scene.log.count("webcam open") == 2


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MissingError("x", "There is no camera.", "Plug one in."), "no camera"),
        (RuntimeError("private"), "RuntimeError"),
    ],
)
async def test_one_that_fails_does_not_stop_the_other(fault: Exception, said: str) -> None:
    """It is said, without what only a log should hold, and tried again later."""
    scene = Scene()
    scene.faults[WEBCAM] = fault
    await scene.apply(webcam=True, screen=True)
    assert scene.states() == ("away", "open")
    note = scene.board.now.eyes[WEBCAM].note
    assert said in note
    assert "private" not in note
    scene.faults.clear()
    await asyncio.sleep(AGAIN_SECONDS + 1)
    assert scene.states() == ("open", "open")
    await scene.lids.close()


async def test_the_system_is_left_alone_where_the_user_wants_that() -> None:
    """The sense can be switched off."""
    scene = Scene()
    await scene.apply(system=False)
    assert scene.log == []
    assert scene.board.now.state is EyeState.CLOSED
