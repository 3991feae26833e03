"""A whole Alisa in a folder of its own: the real command, the real hub, the real llama.cpp server.

Used by the benchmarks and by the process tests. Nothing here measures.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
import websockets

from alisa.protocol.codec import decode, encode
from alisa.protocol.message import Message
from alisa.protocol.messages import End, Hello, Say, Welcome
from alisa.runtime.paths import Home
from alisa.runtime.ports import free_port
from alisa.runtime.token import read_or_make_token


@dataclass(frozen=True)
class Rig:
    """A running Alisa: where she listens, her processes, her home."""

    home: Home
    port: int
    token: str
    environment: Mapping[str, str]

    @property
    def http(self) -> str:
        """The hub's address for HTTP."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket(self) -> str:
        """The hub's address for WebSockets."""
        return f"ws://127.0.0.1:{self.port}/ws/chat"

    @property
    def headers(self) -> dict[str, str]:
        """What shows that we may."""
        return {"Authorization": f"Bearer {self.token}"}

    def alisa(self, *arguments: str, timeout: float = 60, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run the command `alisa` in this home."""
        argv = [sys.executable, "-m", "alisa", *arguments]
        return subprocess.run(
            argv, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False, **options
        )

    def status(self) -> dict[str, Any]:
        """What `alisa status --json` says."""
        status: dict[str, Any] = json.loads(self.alisa("status", "--json").stdout)
        return status

    def process(self, name: str) -> psutil.Process:
        """A supervised process by name, such as `backend`."""
        pids = {row["name"]: row["pid"] for row in self.status()["processes"]}
        return psutil.Process(pids[name])

    def model(self) -> dict[str, Any]:
        """Where the local model listens, with its key: the content of run/llm.json."""
        found: dict[str, Any] = json.loads(self.home.llm_file.read_text())
        return found

    @contextlib.asynccontextmanager
    async def client(self, *, role: str = "chat", **hello: Any) -> AsyncIterator[Client]:
        """A client of the full dialect that has been welcomed."""
        async with websockets.connect(self.socket, additional_headers=self.headers, max_size=None) as socket:
            client = Client(socket)
            await client.send(Hello(role=role, **hello))
            await client.until(Welcome)
            yield client


@dataclass
class Client:
    """A WebSocket that speaks the full dialect."""

    socket: websockets.ClientConnection

    async def send(self, message: Message) -> None:
        """Send one message."""
        await self.socket.send(encode(message))

    async def receive(self) -> Message:
        """The next message; plain text does not occur in the full dialect."""
        while True:
            frame = await self.socket.recv(decode=True)
            message = decode(str(frame))
            if isinstance(message, Message):
                return message

    async def until(self, kind: type[Message]) -> list[Message]:
        """All messages up to and including the first of that kind."""
        seen: list[Message] = []
        while not seen or not isinstance(seen[-1], kind):
            seen.append(await self.receive())
        return seen

    async def ask(self, text: str) -> list[Message]:
        """Say something and take the whole turn."""
        await self.send(Say(text))
        return await self.until(End)


@contextlib.contextmanager
def running(only: str = "backend,llm_server", settings: Mapping[str, str] | None = None) -> Iterator[Rig]:
    """Start Alisa with `alisa up --detach` in a new home, and stop her at the end."""
    with fresh(settings) as rig:
        started = rig.alisa("up", "--detach", "--only", only)
        if started.returncode:
            raise RuntimeError(f"alisa up failed: {started.stdout}{started.stderr}")
        yield rig


@contextlib.contextmanager
def fresh(settings: Mapping[str, str] | None = None) -> Iterator[Rig]:
    """A new home in which nothing runs yet; whatever was started in it is stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="alisa rig ", ignore_cleanup_errors=True) as folder:
        port = free_port()
        environment = {key: value for key, value in os.environ.items() if not key.startswith("ALISA_")}
        environment |= {"ALISA_HOME": folder, "ALISA_HUB__PORT": str(port), "NO_COLOR": "1", **(settings or {})}
        home = Home.find(environment)
        home.ensure()
        rig = Rig(home, port, read_or_make_token(home), environment)
        try:
            yield rig
        finally:
            rig.alisa("stop")


def wait_for_hub(rig: Rig, seconds: float = 10) -> None:
    """Return when the hub answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{rig.http}/health/live", timeout=1).status_code == 200:
                return
        time.sleep(0.02)
    raise TimeoutError(f"the hub did not answer within {seconds} s")


def memory_mib(processes: Sequence[psutil.Process]) -> float:
    """Resident memory of the processes together, in MiB."""
    return sum(process.memory_info().rss for process in processes) / 2**20
