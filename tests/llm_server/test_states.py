"""What other processes see of the model server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alisa.runtime.paths import Home
from llm_server import states
from llm_server.states import Endpoint, State, observe, probe

NOW = datetime(2026, 11, 21, 20, 14, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


@contextlib.asynccontextmanager
async def answering(**answers: str) -> AsyncIterator[str]:
    """A server that gives these raw answers for the paths `/health` and `/slots`; silence for the others."""

    serving: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        path = (await reader.readline()).split()[1].decode().strip("/")
        if path in answers:
            writer.write(answers[path].encode())
        else:
            await reader.read()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        await asyncio.gather(*(task for task in serving if task))


def http(status: int, body: str = "{}") -> str:
    return f"HTTP/1.1 {status} Whatever\r\nContent-Length: {len(body)}\r\n\r\n{body}"


IDLE = http(200, '[{"id": 0, "is_processing": false}]')
WORKING = http(200, '[{"id": 0, "is_processing": false}, {"id": 1, "is_processing": true}]')


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"health": http(200), "slots": IDLE}, State.READY),
        ({"health": http(200), "slots": WORKING}, State.BUSY),
        ({"health": http(200), "slots": http(200, "not json")}, State.BUSY),
        ({"health": http(200)}, State.BUSY),
        ({"health": http(503)}, State.LOADING),
        ({"health": http(500)}, State.DOWN),
        ({"health": "SSH-2.0-OpenSSH\r\n"}, State.DOWN),
        ({"health": ""}, State.DOWN),
        ({}, State.DOWN),
    ],
)
async def test_health_and_slots_tell_the_state(answers: dict[str, str], state: State) -> None:
    """503 is loading, a working slot is busy, silence and nonsense are down."""
    async with answering(**answers) as url:
        assert await probe(url, "key", timeout_seconds=0.3) is state


@pytest.mark.parametrize("url", ["", "not a url", "https://127.0.0.1:1/v1", "http://127.0.0.1:1/v1"])
async def test_an_address_that_nobody_answers_at_is_down(url: str) -> None:
    """Whatever stands in the file, looking at it never fails."""
    assert await probe(url, "", timeout_seconds=0.3) is State.DOWN


async def test_what_is_written_is_what_is_seen(home: Home) -> None:
    """Loading before there is an address, then what the address says; down when all is over."""
    states.write_state(home, State.LOADING, "big", "", NOW)
    assert (await observe(home)).state is State.LOADING
    async with answering(health=http(200), slots=IDLE) as url:
        states.write_endpoint(home, Endpoint(url, "key", "big", "bundled", os.getpid(), NOW.isoformat(), 4096))
        states.write_state(home, State.READY, "big", "why", NOW)
        seen = await observe(home)
        assert (seen.state, seen.model, seen.detail) == (State.READY, "big", "why")
        assert seen.since == "2026-11-21T20:14:00+00:00"
    states.remove_endpoint(home)
    states.write_state(home, State.DOWN, "big", "", NOW)
    assert (await observe(home)).state is State.DOWN


@pytest.mark.parametrize("content", ["", "[]", "{", '{"state": "flying", "pid": 1}', '{"state": "ready", "pid": "x"}'])
async def test_a_damaged_or_stale_state_is_down(home: Home, content: str) -> None:
    """A file of a process that is gone, or that makes no sense, says nothing."""
    assert (await observe(home)).state is State.DOWN
    states.state_file(home).write_text(content)
    assert (await observe(home)).state is State.DOWN


def test_the_address_of_another_process_is_left_alone(home: Home) -> None:
    """A server that ends never takes away the file of the one that came after it."""
    other = Endpoint("http://127.0.0.1:1/v1", "key", "m", "bundled", os.getpid() + 1, NOW.isoformat(), 4096)
    states.write_endpoint(home, other)
    states.remove_endpoint(home)
    assert json.loads(home.llm_file.read_text())["pid"] == os.getpid() + 1
