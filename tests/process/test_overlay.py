"""The avatar as a process, in a real window: beside the real hub, without one, and beside a hub that means ill."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageChops
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from alisa.protocol import Emotion, Tag
from alisa.protocol.messages import EmotionShown
from benchmarks import rig
from overlay.bubble.palette import BY_DAY
from overlay.expressions import Expression
from tests.faults import needs_linux
from tests.rig.fixtures import bare, composited, lasting_screens
from tests.rig.her import BUBBLE, face, her_on, window
from tests.rig.screen import Screen

__all__ = ["bare", "composited", "lasting_screens"]

pytestmark = [pytest.mark.process, pytest.mark.timeout(180), needs_linux]

SCRIPT = [
    ["<emotion=happy>", " There you are!"],
    ["<emotion=sad>", " Oh no."],
    ["<emotion=serious>", " Listen."],
    ["<emotion=happy>", " Better."],
]


@pytest.fixture
def script(tmp_path: Path) -> dict[str, str]:
    """Settings of a hub whose model says what stands in SCRIPT."""
    path = tmp_path / "script.json"
    path.write_text(json.dumps(SCRIPT))
    return {"ALISA_LLM__ENGINE": "scripted", "ALISA_LLM__MODEL": str(path), "ALISA_QUIET__ON": "false"}


def shows(screen: Screen, expression: Expression) -> None:
    screen.wait(lambda: face(screen) is expression, f"a face that is {expression}")


async def say(hub: rig.Rig, text: str = "hi") -> EmotionShown:
    """Say it as the user does; return what she felt."""
    async with hub.client() as client:
        said = await client.ask(text)
    return next(message for message in said if isinstance(message, EmotionShown))


async def test_what_she_feels_is_seen(composited: Screen, script: dict[str, str]) -> None:
    """Beside the real hub: the emotion of each reply changes her pixels, and what she says stands beside her."""
    with rig.running(settings=script, only="backend") as hub, her_on(composited, hub.home.root):
        composited.wait(lambda: window(composited), "her window")
        for expression in (Expression.HAPPY, Expression.SAD, Expression.SERIOUS):
            felt = await say(hub)
            assert felt.emotion.value == expression.value
            await asyncio.to_thread(shows, composited, expression)
            assert composited.find(BUBBLE) is not None


async def test_the_hub_is_killed_and_she_dozes_until_it_is_back(bare: Screen, script: dict[str, str]) -> None:
    """She stays on the screen, falls asleep, and wakes when the supervisor has started the hub again."""
    with rig.running(settings=script, only="backend") as hub, her_on(bare, hub.home.root) as she:
        bare.wait(lambda: window(bare), "her window")
        await say(hub)
        await asyncio.to_thread(shows, bare, Expression.HAPPY)
        assert hub.alisa("stop").returncode == 0
        await asyncio.to_thread(shows, bare, Expression.SLEEPY)
        assert hub.alisa("up", "--detach", "--only", "backend").returncode == 0
        await asyncio.to_thread(bare.wait, lambda: face(bare) is not Expression.SLEEPY, "that she wakes")
        assert (await say(hub)).emotion is Emotion.HAPPY
        await asyncio.to_thread(shows, bare, Expression.HAPPY)
        assert she.process.poll() is None


# --- a hub that means ill -------------------------------------------------------------------------


class Hostile:
    """A hub that takes every client in and says whatever it likes."""

    def __init__(self) -> None:
        self.clients: asyncio.Queue[ServerConnection] = asyncio.Queue()
        self.url = ""

    async def serve(self, connection: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for frame in connection:
                if str(frame).startswith("[HELLO]") and '"overlay"' in str(frame):
                    await connection.send('[WELCOME]{"server":"1","conversation":"main"}')
                    self.clients.put_nowait(connection)


@contextlib.asynccontextmanager
async def hostile() -> AsyncIterator[Hostile]:
    hub = Hostile()
    async with serve(hub.serve, "127.0.0.1", 0, max_size=None) as server:
        hub.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/ws/chat"
        yield hub


WORDS = [
    "", "a", "Hello there.", "\u202e\u0000\ud7ff", "🙂" * 50, "x" * 5000, "[END]", "\n" * 40, "مرحبا", "$HOME `id`",
]  # fmt: skip
BODIES = [
    "", "happy", "sad", "furious", "0.4", "1e400", "-1", "nan", "{", "[]", "{}", "null", '{"cause":"idle"}',
    '{"reason":"stop"}', '{"code":"x","message":"m"}', '{"muted":true}', '{"llm":"ready","voice":7}',
    '{"action":"a","title":"t","token":"k","details":{"path":"/x"}}', '{"action":"a","outcome":"done"}',
    '{"server":"1","conversation":"main","mode":"calm"}', '{"heard":"x","completed":false}', "[" * 900,
    '{"voice":"listening"}',
]  # fmt: skip


def odd_frame(chance: random.Random) -> str:
    """A frame of any kind: valid, half valid, or nonsense."""
    tag = chance.choice([tag.value for tag in Tag] + ["NOPE", "", "TOKEN:"])
    turn = chance.choice(["", "", ":1", f":{chance.randrange(40)}", ":999999999999999999", ":-1", ":x"])
    body = chance.choice(BODIES if chance.random() < 0.7 else WORDS)
    return body if chance.random() < 0.1 else f"[{tag}{turn}]{body}"


async def test_ten_thousand_odd_frames_leave_her_on_the_screen(composited: Screen, tmp_path: Path) -> None:
    """Whatever a hub sends, she stays, keeps to her memory, and shows the next thing that is meant."""
    chance = random.Random(20)
    async with hostile() as hub:
        settings = {"ALISA_OVERLAY__HUB_URL": hub.url, "ALISA_OVERLAY__DIALECT": "full"}
        with her_on(composited, tmp_path, settings=settings) as she:
            client = await asyncio.wait_for(hub.clients.get(), 30)
            await asyncio.to_thread(composited.wait, lambda: window(composited), "her window")
            before = psutil.Process(she.process.pid).memory_info().rss
            for number in range(10_000):
                await client.send(odd_frame(chance))
                if number % 500 == 0:
                    await client.send(b"\x00binary")
            await asyncio.to_thread(composited.wait, lambda: window(composited), "her window, still")
            await client.close()
            client = await asyncio.wait_for(hub.clients.get(), 30)  # turns begin anew: the odd ones were far ahead
            await client.send("[EMOTION:1]shy")
            await asyncio.to_thread(shows, composited, Expression.SHY)
            assert she.process.poll() is None
            assert psutil.Process(she.process.pid).memory_info().rss - before < 60e6
            assert "went wrong" not in she.said()


async def test_a_hub_of_an_older_system(composited: Screen, tmp_path: Path) -> None:
    """She finds out by herself that it speaks the plain dialect: no introduction is sent, and what it says is shown."""
    heard: list[str] = []
    clients: asyncio.Queue[ServerConnection] = asyncio.Queue()

    async def seed(connection: ServerConnection) -> None:
        clients.put_nowait(connection)
        heard.extend([str(frame) async for frame in connection])

    async with serve(seed, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/ws/chat"
        with her_on(composited, tmp_path, settings={"ALISA_OVERLAY__HUB_URL": url}):
            client = await asyncio.wait_for(clients.get(), 30)
            for frame in ("[EMOTION]teasing", "You ", "again? ", "Welcome.", "[END]"):
                await client.send(frame)
            await asyncio.to_thread(shows, composited, Expression.TEASING)
            await asyncio.to_thread(composited.wait, lambda: composited.find(BUBBLE), "her bubble")
            assert client.request is not None
            assert "Authorization" not in client.request.headers
    assert heard == []


# --- beginnings and ends --------------------------------------------------------------------------


def test_a_broken_picture_is_told_and_she_is_there(bare: Screen, tmp_path: Path) -> None:
    """The set that ships takes its place, and the bubble says what is wrong."""
    broken = tmp_path / "avatars" / "mine"
    broken.mkdir(parents=True)
    (broken / "base.png").write_bytes(b"no picture")
    with her_on(bare, tmp_path, settings={"ALISA_OVERLAY__AVATAR": "mine", "ALISA_OVERLAY__DIALECT": "plain"}):
        bare.wait(lambda: window(bare) and bare.find(BUBBLE), "she and a bubble")
        # On her way between these two she looks calm for a moment.
        bare.wait(lambda: face(bare) in {Expression.NEUTRAL, Expression.SLEEPY}, "the face that ships")


def test_another_size_this_once(bare: Screen, tmp_path: Path) -> None:
    """`--size` counts over the size that she remembers; an avatar that is not there gives way to the one that ships."""
    for size, width in (("1.5", 384), ("0.5", 128)):
        with her_on(bare, tmp_path, "--size", size, "--avatar", "nobody"):
            bare.wait(
                lambda width=width: (found := window(bare)) and found.box[2] - found.box[0] == width, "her in that size"
            )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_she_ends_when_asked(bare: Screen, tmp_path: Path, number: signal.Signals, code: int) -> None:
    """Cleanly and soon, and nothing is said that sounds like a fault."""
    with her_on(bare, tmp_path) as she:
        bare.wait(lambda: window(bare), "her window")
        she.process.send_signal(number)
        assert she.process.wait(5) == code
        assert bare.find("Alisa") is None
        assert "Traceback" not in she.said()


def test_a_second_start_shows_the_first(bare: Screen, tmp_path: Path) -> None:
    """Two of her would be one too many."""
    with her_on(bare, tmp_path) as first:
        bare.wait(lambda: window(bare), "her window")
        with her_on(bare, tmp_path) as second:
            assert second.process.wait(20) == 0
            assert "already" in second.said()
        assert first.process.poll() is None


@pytest.fixture
def supervised(composited: Screen, script: dict[str, str]) -> Iterator[tuple[Screen, rig.Rig]]:
    """`alisa up` with the hub and the avatar, on a screen."""
    settings = {**script, "ALISA_OVERLAY__HOTKEY": "", **composited.environment}
    with rig.running(settings=settings, only="backend,overlay") as running:
        yield composited, running


def state_of(running: rig.Rig, name: str) -> str:
    return next(str(row["state"]) for row in running.status()["processes"] if row["name"] == name)


def until(holds: Callable[[], object], screen: Screen, what: str) -> None:
    screen.wait(holds, what)


def menu(screen: Screen) -> tuple[int, int, int, int] | None:
    """The part of the screen that is in the menu's colour, once it is large enough for a menu."""
    ground = Image.new("RGB", screen.size, BY_DAY.ground)
    same = ImageChops.difference(screen.grab(), ground).convert("L").point(lambda value: 255 * (value == 0))
    return same.getbbox() if same.histogram()[255] > 20_000 else None


def test_up_shows_her_and_quit_is_quit(supervised: tuple[Screen, rig.Rig]) -> None:
    """`alisa up` starts her; killed, she comes back; closed by the user, she stays away until she is asked for."""
    screen, running = supervised
    until(lambda: window(screen), screen, "her window")
    assert state_of(running, "overlay") == "ready"
    running.process("overlay").kill()
    until(lambda: state_of(running, "overlay") == "ready" and window(screen), screen, "that she is back")
    x0, y0, x1, y1 = window(screen).box  # type: ignore[union-attr]
    screen.click((x0 + x1) // 2, (y0 + y1) // 2, button=3)
    until(lambda: menu(screen), screen, "her menu")
    left, _, _, bottom = menu(screen) or (0, 0, 0, 0)
    screen.click(left + 40, bottom - 12)  # its last entry
    until(lambda: state_of(running, "overlay") == "stopped", screen, "that she is gone for good")
    row = next(row for row in running.status()["processes"] if row["name"] == "overlay")
    assert "alisa restart overlay" in row["detail"]
    assert running.alisa("restart", "overlay").returncode == 0
    until(lambda: window(screen), screen, "that she is back")


def test_she_ends_with_whoever_started_her(bare: Screen, tmp_path: Path) -> None:
    """A supervised avatar whose supervisor is gone goes, too."""
    env = {**bare.environment, "ALISA_HOME": str(tmp_path), "ALISA_SUPERVISED": "1", "ALISA_OVERLAY__HOTKEY": ""}
    argv = [sys.executable, "-m", "overlay"]
    with subprocess.Popen(argv, env=env, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as she:
        bare.wait(lambda: window(bare), "her window")
        assert she.stdin is not None
        she.stdin.close()
        assert she.wait(10) == 0


@pytest.mark.parametrize("extra", [{"DISPLAY": ""}, {"DISPLAY": ":987"}])
def test_without_a_screen(tmp_path: Path, extra: dict[str, str]) -> None:
    """One sentence and exit code 3; supervised it is no failure, since everything else works without her."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("ALISA_")}
    env |= {"ALISA_HOME": str(tmp_path), **extra}
    argv = [sys.executable, "-m", "overlay"]
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert "The screen cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr
    env["ALISA_SUPERVISED"] = "1"
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False, timeout=60, stdin=None)
    assert done.returncode == 0
