"""A whole Alisa with ears and a voice on the sound rig, and what is told about her, for tests by sound alone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import httpx
import numpy as np

from alisa.protocol.message import Message
from alisa.protocol.messages import Status
from benchmarks import rig
from benchmarks.rig import Client, Rig
from tests.rig.sound import RATE, Tape

M = TypeVar("M", bound=Message)
LOUD = 0.01
"""what is louder is heard"""


class Watcher:
    """What an avatar and a chat are told."""

    def __init__(self) -> None:
        self.told: list[Message] = []

    def all(self, kind: type[M]) -> list[M]:
        return [message for message in self.told if isinstance(message, kind)]

    @property
    def state(self) -> object:
        """How the voice does."""
        told = self.all(Status)
        return told[-1].values.get("voice") if told else None

    async def until(self, holds: Callable[[], object], what: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"{what} did not come; told was {self.told[-8:]}"
            await asyncio.sleep(0.01)

    async def listen(self, client: Client) -> None:
        with contextlib.suppress(Exception):  # the hub is stopped at the end, or killed by the test
            while True:
                self.told.append(await client.receive())


@asynccontextmanager
async def awake(
    tmp_path: Path, *replies: Sequence[object], parts: str = "backend,voice", **settings: str
) -> AsyncIterator[tuple[Rig, Watcher]]:
    """Alisa with ears and a voice. `replies` are a script; without, she repeats what she was told."""
    script = tmp_path / "script.json"
    script.write_text(json.dumps(replies))
    chosen = {"ALISA_LLM__ENGINE": "scripted", "ALISA_VOICE__TTS": "espeak"}
    chosen |= {"ALISA_LLM__MODEL": str(script)} if replies else {}
    with rig.running(parts, {**chosen, **settings}) as running:
        watcher = Watcher()
        async with running.client(role="overlay") as overlay, running.client(role="chat") as chat:
            listening = [asyncio.create_task(watcher.listen(client)) for client in (overlay, chat)]
            await watcher.until(lambda: watcher.state == "idle", "a voice that waits")
            yield running, watcher
            for task in listening:
                task.cancel()


def history(running: Rig) -> list[tuple[str, str, bool]]:
    """What the hub remembers: who said what, and whether it was interrupted."""
    answer = httpx.get(f"{running.http}/history", headers=running.headers, timeout=10)
    return [(row["role"], row["text"], row["interrupted"]) for row in answer.json()["messages"]]


def loud(tape: Tape, begin: float, end: float | None = None) -> bool:
    """Whether her voice was heard between these seconds of the tape."""
    samples = tape.speaker.samples[int(begin * RATE) : None if end is None else int(end * RATE)]
    return bool((np.abs(samples) > LOUD).any())


def end_of_speech(tape: Tape) -> float:
    """When the last sound went into the microphone, in seconds of the tape."""
    return float(np.nonzero(np.abs(tape.microphone.samples) > LOUD)[0][-1]) / RATE
