"""She speaks up by herself, all parts real: her eyes on a face and on a screen, the hub, the model; one asks her why.

Only the clock is wound: minutes and nights in which nothing happens pass at once (`tests.rig.wound_hub`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shlex
import shutil
import sys
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from alisa.protocol.messages import End, Say, Token, Turn, Vision
from alisa.protocol.tags import Cause
from benchmarks import rig
from benchmarks.rig import Client, Rig
from tests.faults import needs_linux
from tests.process.spoken import Watcher
from tests.rig.fixtures import bare, lasting_screens
from tests.rig.screen import Screen
from tests.rig.wound_hub import WoundHub, wound_hub
from tests.vision.photographs import photograph, portrait
from vision.detectors.faces import Picture
from vision.opencv import opencv

__all__ = ["bare", "lasting_screens"]

missing = [name for name in ("xterm", "tesseract") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.process,
    pytest.mark.timeout(400),
    needs_linux,
    pytest.mark.skipif(bool(missing), reason=f"Not installed: {', '.join(missing)}."),
]

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0
"""For what takes a second or two on a machine that has nothing else to do."""
PROGRAM = "def total(prices):\n    return sum(prices) / len(prices)\n\n\ntotal([])\n"


@dataclass
class Room:
    """The user's room, as the test plays it: who sits before the webcam, and what stands in the terminal."""

    screen: Screen
    pictures: Path
    programs: Path
    windows: contextlib.ExitStack
    _shown: int = 0

    def show(self, picture: Picture) -> None:
        """This is before the webcam from now on."""
        self._shown += 1
        unfinished = self.pictures / "unfinished"
        unfinished.write_bytes(opencv().imencode(".png", picture)[1].tobytes())
        unfinished.rename(self.pictures / f"{self._shown:03}.png")

    def fails(self, name: str, line: int) -> None:
        """A program is run in a new terminal, and fails in this line: a traceback stands there, in a real window."""
        (self.programs / name).write_text("\n" * (line - 2) + PROGRAM)
        self.opens(f"{shlex.quote(sys.executable)} {name}")

    def opens(self, command: str) -> None:
        """A new terminal comes to the front, with what this command prints."""
        script = f"cd {shlex.quote(str(self.programs))}; {command}; sleep 1000"
        font = ("-fa", "DejaVu Sans Mono", "-fs", "12", "-geometry", "96x24+10+10")
        argv = ["xterm", *font, "-T", "Terminal", "-e", "bash", "-c", script]
        self.windows.enter_context(self.screen.run(argv))


class Evening(Watcher):
    """What a client is told, and what the user asks and says."""

    def __init__(self, running: Rig, hub: WoundHub, client: Client) -> None:
        super().__init__()
        self.running = running
        self.hub = hub
        self.client = client

    @property
    def remarks(self) -> list[Turn]:
        """What she began by herself."""
        return [turn for turn in self.all(Turn) if turn.cause is not Cause.USER]

    @property
    def sight(self) -> Mapping[str, Any]:
        """What her eyes told last."""
        seen = self.all(Vision)
        return seen[-1].values if seen else {}

    def words(self, turn: Turn) -> str:
        return "".join(token.text for token in self.all(Token) if token.turn == turn.turn)

    async def sees(self, *words: str) -> None:
        """Her eyes tell this."""
        await self.until(lambda: all(word in json.dumps(self.sight) for word in words), f"{words}", PATIENCE_SECONDS)

    async def sees_error(self, name: str, line: int) -> None:
        """Her eyes have read this file and this line."""

        def told() -> bool:
            screen = self.sight.get("screen", {})
            return str(screen.get("error_file")).endswith(name) and screen.get("error_line") == line

        await self.until(told, f"an error in {name}", PATIENCE_SECONDS)

    async def speaks(self, count: int) -> Turn:
        """She has spoken up so many times."""
        await self.until(lambda: len(self.remarks) >= count, f"remark {count}", PATIENCE_SECONDS)
        await self.ended(self.remarks[-1])
        assert len(self.remarks) == count
        return self.remarks[-1]

    async def ended(self, turn: Turn) -> None:
        await self.until(lambda: any(end.turn == turn.turn for end in self.all(End)), "an end", PATIENCE_SECONDS)

    async def says(self, text: str) -> None:
        """The user says something, and hears the answer."""
        before = len(self.all(Turn))
        await self.client.send(Say(text))
        await self.until(lambda: len(self.all(Turn)) > before, "an answer", PATIENCE_SECONDS)
        await self.ended(self.all(Turn)[-1])

    async def tells(self, pattern: str, *command: object) -> None:
        """A command of hers prints this; on a busy machine the hub may be too slow for one that asks only once."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            done = await asyncio.to_thread(self.running.alisa, *map(str, command))
            if done.returncode == 0 and re.search(pattern, done.stdout):
                return
            assert time.monotonic() < deadline, f"{command} printed: {done.stdout}{done.stderr}"


@contextlib.asynccontextmanager
async def evening(room: Room, begins: str) -> AsyncIterator[Evening]:
    """The model, the hub and both eyes, and a client that listens."""
    settings = {
        **room.screen.environment,
        "TZ": "UTC",
        "ALISA_VISION__WEBCAM": "true",
        "ALISA_VISION__SOURCE": "folder",
        "ALISA_VISION__SOURCE_PATH": str(room.pictures),
        "ALISA_VISION__PRESET": "enhanced",
        "ALISA_VISION__SCREEN": "true",
        "ALISA_VISION__SYSTEM": "false",
        "ALISA_VISION__PAUSE_HOTKEY": "",
    }
    with rig.fresh(settings) as running, wound_hub(begins, running.environment) as hub:
        model = asyncio.create_task(asyncio.to_thread(running.alisa, "up", "--detach", "--only", "llm_server"))
        eyes = [sys.executable, "-P", "-m", "vision"]
        with room.screen.run(eyes, {**running.environment, "PYTHONPATH": str(ROOT)}):
            assert (await model).returncode == 0
            await asyncio.to_thread(rig.wait_for_hub, running, PATIENCE_SECONDS)
            async with running.client(role="dashboard") as client:
                told = Evening(running, hub, client)
                listening = asyncio.create_task(told.listen(client))
                yield told
                listening.cancel()


async def test_she_greets_helps_once_learns_and_keeps_quiet(bare: Screen, tmp_path: Path) -> None:
    """Somebody who comes back is greeted; an error brings one offer of help, which names file and line; after "not now"
    nothing more is offered for four hours, nor in the night. Each time `alisa why`, the status and the log say why."""
    with contextlib.ExitStack() as windows:
        room = Room(bare, tmp_path / "webcam", tmp_path / "my work", windows)
        for folder in (room.pictures, room.programs):
            folder.mkdir()
        room.show(photograph("brick"))
        room.opens("echo ready")
        async with evening(room, "18:00") as she:
            await is_greeted(she, room)
            await is_offered_help_once(she, room)
            await waves_her_away(she, room)
            await has_a_quiet_night(she, room)
            gates = ("content", "snoozed", "budget", "quiet_hours")
            silent = (rf"kept silent  kind=stuck  gate={gate}  reason=\w" for gate in gates)
            await she.tells(r"[\s\S]*".join(silent), "logs", "backend", "-n", 200)


async def is_greeted(she: Evening, room: Room) -> None:
    """An empty chair for a quarter of an hour, then a face."""
    await she.sees('"absent"', "Terminal")
    await she.hub.passes(minutes=15)
    assert not she.remarks
    room.show(portrait())
    greeting = await she.speaks(1)
    assert greeting.cause is Cause.VISION
    assert she.words(greeting)
    await she.tells(r"Because you came back after 15 minutes\.", "why", greeting.turn)
    await she.tells(r"mind   silent: .*\n +spoke up .*Because you came back after 15 minutes\.", "status")
    await she.says("hello, I am back")


async def is_offered_help_once(she: Evening, room: Room) -> None:
    """A traceback that stays brings one offer, with its file and line, and the same one brings no other."""
    await she.hub.passes(minutes=21)
    room.fails("basket.py", 17)
    await she.sees_error("basket.py", 17)
    await she.hub.passes(minutes=2)
    offer = await she.speaks(2)
    words = she.words(offer)
    assert re.search(r"\bbasket\.py\b", words), words
    assert re.search(r"\b17\b", words), words
    await she.tells(r"Because an error in basket\.py, line 17 had been on the screen", "why", offer.turn)
    await she.says("yes please")
    await she.hub.passes(minutes=22)
    assert len(she.remarks) == 2
    about = r"She might have spoken because an error in basket\.py, line 17 had been on the screen"
    await she.tells(rf"silent: She has said this within the last fortnight\. {about}", "why")


async def waves_her_away(she: Evening, room: Room) -> None:
    """Another error brings help; after "not now" the next one does not, and it is known for later."""
    room.fails("cart.py", 9)
    await she.sees_error("cart.py", 9)
    await she.hub.passes(minutes=2)
    await she.speaks(3)
    await she.says("not now")
    await she.tells(r"mind   quiet until .*\d\d:\d\d, as you asked", "status")
    await she.tells("stuck: welcome 1, ignored 0, waved away 1", "habits")
    await she.hub.passes(minutes=65)
    await she.says("how are you?")
    room.fails("parser.py", 33)
    await she.sees_error("parser.py", 33)
    await she.hub.passes(minutes=5)
    assert len(she.remarks) == 3
    silent = r"mind   silent: You waved away what she said last; she says nothing by herself until \d\d:\d\d\."
    await she.tells(rf"{silent}\n +spoke up .*an error in cart\.py, line 9 .*\(you waved it away\)", "status")


async def has_a_quiet_night(she: Evening, room: Room) -> None:
    """When those hours are over it is night, and the next error is left alone, too."""
    await she.hub.sleeps(minutes=180)
    room.fails("night.py", 5)
    await she.sees_error("night.py", 5)
    await she.hub.passes(minutes=5)
    assert len(she.remarks) == 3
    quiet = r"silent: These are quiet hours, from 22:00 to 08:00\."
    await she.tells(f"mind   {quiet}", "status")
    await she.tells(rf"{quiet} She might have spoken because an error in night\.py, line 5", "why")
