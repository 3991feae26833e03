"""The hub as a process of its own, with a scripted model: who it lets in, how it starts and how it stops."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
import websockets

from alisa.runtime.paths import Home
from tests.faults import needs_posix

pytestmark = pytest.mark.process

START_SECONDS = 30.0


@dataclass
class HubProcess:
    """A hub that runs."""

    process: subprocess.Popen[bytes]
    home: Home
    url: str
    output: Path

    @property
    def socket(self) -> str:
        return self.url.replace("http://", "ws://") + "/ws/chat"

    @property
    def token(self) -> str:
        return self.home.token_file.read_text().strip()

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def said(self) -> str:
        """All that it wrote, to its terminal and to its log."""
        log = self.home.logs / "backend.jsonl"
        return self.output.read_text("utf-8") + (log.read_text("utf-8") if log.exists() else "")


def start(home: Home, output: Path, **settings: str) -> subprocess.Popen[bytes]:
    usual = {"ALISA_HOME": str(home.root), "ALISA_HUB__PORT": "0", "ALISA_LLM__ENGINE": "scripted"}
    with output.open("ab") as sink:
        return subprocess.Popen(
            [sys.executable, "-m", "backend"], env={**os.environ, **usual, **settings}, stdout=sink, stderr=sink,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip


@contextlib.contextmanager
def hub(home: Home, **settings: str) -> Iterator[HubProcess]:
    """A hub in this home, killed at the end if it still runs."""
    output = home.root / "output"
    process = start(home, output, **settings)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError, ValueError):
                found = json.loads(home.hub_file.read_text())
                if found["pid"] == process.pid and httpx.get(found["url"], timeout=5).status_code == 200:
                    break
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < deadline, output.read_text()
            time.sleep(0.02)
        yield HubProcess(process, home, found["url"], output)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def script(home: Home, *replies: list[object]) -> dict[str, str]:
    """Settings with which she says these replies."""
    path = home.root / "script.json"
    path.write_text(json.dumps(replies))
    return {"ALISA_LLM__MODEL": str(path)}


async def heard_until(socket: websockets.ClientConnection, prefix: str) -> list[str]:
    frames: list[str] = []
    async with asyncio.timeout(20):
        while not frames or not frames[-1].startswith(prefix):
            frames.append(str(await socket.recv()))
    return frames


async def test_strangers_are_refused_and_the_token_is_nowhere_written(home: Home) -> None:
    """By page, by name, by token, over HTTP and before the WebSocket's handshake; no log ever holds the token."""
    with hub(home) as running:
        for headers, status in (
            ({}, 401),
            ({"Authorization": "Bearer wrong"}, 401),
            ({**running.bearer, "Origin": "https://evil.example"}, 403),
        ):
            with pytest.raises(websockets.InvalidStatus) as caught:
                async with websockets.connect(running.socket, additional_headers=headers):
                    pass
            assert caught.value.response.status_code == status
            assert httpx.get(f"{running.url}/history", headers=headers).status_code == status
        rebound = {**running.bearer, "Host": "evil.example"}
        assert httpx.get(f"{running.url}/health", headers=rebound).status_code == 403
        for url in (f"{running.socket}?token={running.token}", f"{running.socket}?token=x{running.token}"):
            with contextlib.suppress(websockets.InvalidStatus):
                async with websockets.connect(url) as socket:
                    await socket.send("hello")
                    await heard_until(socket, "[END]")
        httpx.get(f"{running.url}/", params={"token": running.token})
        httpx.get(f"{running.url}/history", params={"token": running.token})
        assert running.token not in running.said()


@needs_posix
async def test_told_to_stop_she_says_so_and_leaves_nothing(home: Home) -> None:
    """The reply is cut off and stored, clients hear its end and then goodbye; exit 0, no announcement is left."""
    settings = script(home, ["<emotion=calm>", "Well, let me think.", " Hm", "stall"])
    with hub(home, **settings) as running:
        async with websockets.connect(running.socket, additional_headers=running.bearer) as socket:
            await socket.send('[HELLO]{"role":"chat"}')
            await socket.send('[SAY]{"text":"hi"}')
            await heard_until(socket, "[TOKEN:1] Hm")
            running.process.send_signal(signal.SIGTERM)
            assert '"reason":"interrupted"' in (await heard_until(socket, "[END:1]"))[-1]
            with pytest.raises(websockets.ConnectionClosed):
                await socket.recv()
            assert socket.close_code == 1012
        assert running.process.wait(10) == 0
        assert not home.hub_file.exists()
    with hub(home) as again:
        messages = httpx.get(f"{again.url}/history", headers=again.bearer).json()["messages"]
        assert [(m["text"], m["interrupted"]) for m in messages][1] == ("Well, let me think. Hm", True)


async def test_killed_in_mid_reply_she_keeps_what_was_said(home: Home) -> None:
    """The message is there, and of the reply what came up to its last sentence, marked."""
    with hub(home, **script(home, ["One sentence is complete.", " And another", "stall"])) as running:
        async with websockets.connect(running.socket, additional_headers=running.bearer) as socket:
            await socket.send('[HELLO]{"role":"dashboard"}')
            await socket.send('[SAY]{"text":"tell me"}')
            await heard_until(socket, "[SENTENCE:1]")
            running.process.kill()
    with hub(home) as again:
        messages = httpx.get(f"{again.url}/history", headers=again.bearer).json()["messages"]
        assert [(m["role"], m["text"], m["interrupted"]) for m in messages] == [
            ("user", "tell me", False), ("assistant", "One sentence is complete.", True),
        ]  # fmt: skip


def test_a_port_that_is_taken_is_one_sentence(home: Home, tmp_path: Path) -> None:
    """Two hubs on one port: the second one says who has it and what to do, exit 1; the first one runs on."""
    with hub(home) as first:
        port = first.url.rpartition(":")[2]
        other = Home(tmp_path / "other").ensure()
        second = start(other, other.root / "output", ALISA_HUB__PORT=port)
        assert second.wait(30) == 1
        said = (other.root / "output").read_text().strip()
        assert len(said.splitlines()) == 1
        assert f"Port {port} is taken by" in said
        assert "alisa config set hub.port" in said
        assert httpx.get(first.url).status_code == 200


def test_two_hubs_of_one_home_are_one_sentence(home: Home) -> None:
    """The second one would write into the same history: it says so and leaves the first one's announcement alone."""
    with hub(home) as first:
        announced = home.hub_file.read_text()
        output = home.root / "second output"
        assert start(home, output).wait(30) == 1
        assert len(output.read_text().strip().splitlines()) == 1
        assert home.hub_file.read_text() == announced
        assert httpx.get(first.url).status_code == 200


async def test_a_broken_configuration_is_named_and_healed(home: Home) -> None:
    """A value that cannot be used is named once; a security setting falls to its strictest value; she starts."""
    home.config_file.write_text('[hub]\nallow_guests = "maybe"\nqueue_frames = -5\n[conversation]\nwindow_turns = 4\n')
    with hub(home) as running:
        said = running.output.read_text()
        assert said.count("hub.allow_guests") == 1
        assert said.count("hub.queue_frames") == 1
        with pytest.raises(websockets.InvalidStatus):
            async with websockets.connect(running.socket):
                pass


def test_an_engine_that_does_not_exist(home: Home) -> None:
    """One sentence with the names of those that do, exit 2, no trace."""
    output = home.root / "output"
    assert start(home, output, ALISA_LLM__ENGINE="scriptd").wait(30) == 2
    said = output.read_text()
    assert "scripted" in said
    assert "Traceback" not in said


def test_at_rest_she_takes_little(home: Home) -> None:
    """The hub's resident memory stays under 120 MiB."""
    with hub(home) as running:
        assert psutil.Process(running.process.pid).memory_info().rss < 120 * 2**20


@needs_posix
def test_she_stops_quickly(home: Home) -> None:
    """With nobody connected it takes less than two seconds."""
    with hub(home) as running:
        began = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(10) == 0
        assert time.monotonic() - began < 2
