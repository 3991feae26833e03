"""The eyes put together: settings, keys and eyes on one side, the hub on the other."""

from __future__ import annotations

import asyncio

import pytest

from alisa.desktop.bell import Bell
from alisa.protocol.messages import Status
from alisa.protocol.sight import SightFace, SightSystem
from alisa.protocol.tags import Presence, Tag
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings
from alisa.runtime.settings import Settings
from vision.app import Eyes, chosen
from vision.lids import Report
from vision.options import Options, parse
from vision.settings import VisionSettings


class Keys(Bell):
    """Keys that a test presses."""

    problem = ""


class Scene:
    """The process without a hub, with eyes of the test's own."""

    def __init__(self, home: Home, **settings: object) -> None:
        self.keys = Keys()
        self.listened: list[str] = []
        eyes = dict.fromkeys(("webcam", "screen", "system"), self._look)
        self.eyes = Eyes(
            home,
            Settings.of(VisionSettings(**settings), HubSettings()),
            Options(),
            eyes=eyes,
            listen=self._listen,
        )

    def _listen(self, text: str) -> Keys:
        self.listened.append(text)
        return self.keys

    async def _look(self, settings: VisionSettings, report: Report) -> None:
        report("open", "")
        await asyncio.Event().wait()

    @property
    def told(self) -> dict[str, object]:
        status = self.eyes.line._known.get(Tag.STATUS)
        return dict(status.values) if isinstance(status, Status) else {}

    async def until(self, eye: str, state: str) -> None:
        async with asyncio.timeout(20):
            while self.told.get(f"eyes_{eye}") != state:
                await asyncio.sleep(0.02)


async def test_settings_and_keys_while_it_runs(home: Home) -> None:
    """The file opens an eye, the keys close it and open it again, the file closes it; no key is taken before."""
    scene = Scene(home)
    running = asyncio.create_task(scene.eyes.run())
    try:
        await scene.until("screen", "closed")
        assert scene.listened == []
        home.config_file.write_text("[vision]\nscreen = true\n")
        await scene.until("screen", "open")
        async with asyncio.timeout(20):
            while not scene.listened:
                await asyncio.sleep(0.02)
        assert scene.listened == ["ctrl+alt+e"]
        scene.keys.ring()
        await scene.until("screen", "paused")
        scene.keys.ring()
        await scene.until("screen", "open")
        home.config_file.write_text("[vision]\nscreen = false\n")
        await scene.until("screen", "closed")
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_what_a_closed_eye_saw_is_forgotten(home: Home) -> None:
    """The hub is not told of it later; the sense of the system takes back what it said."""
    scene = Scene(home, webcam=True)
    running = asyncio.create_task(scene.eyes.run())
    await scene.until("webcam", "open")
    scene.eyes.line.send(SightFace(Presence.PRESENT))
    scene.eyes.line.send(SightSystem(locked=True))
    await scene.eyes.close()
    assert Tag.SIGHT_FACE not in scene.eyes.line._known
    assert scene.eyes.line._known[Tag.SIGHT_SYSTEM] == SightSystem()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    scene.keys.close()


@pytest.mark.parametrize(
    ("arguments", "webcam", "screen"),
    [
        ([], False, True),
        (["--webcam"], True, False),
        (["--screen"], False, True),
        (["--screen", "--webcam"], True, True),
    ],
)
def test_the_command_line_names_eyes(arguments: list[str], webcam: bool, screen: bool) -> None:
    """An eye that is named is open and the other is not; with none named the settings count."""
    seen = chosen(VisionSettings(screen=True), parse(arguments))
    assert (seen.webcam, seen.screen) == (webcam, screen)


def test_wrong_use_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2."""
    with pytest.raises(SystemExit) as leaving:
        parse(["--nose"])
    assert leaving.value.code == 2
    assert "--nose" in capsys.readouterr().err
