"""The channel through which other commands speak with the supervisor."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Mapping
from typing import Any

import pytest

from alisa.cli.supervisor.control import ControlServer, ask
from alisa.cli.supervisor.state import Running
from alisa.runtime.errors import AlisaError, UsageError

SECRET = "a secret of the user"


async def answer(command: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answer as the supervisor might."""
    if command == "refuse":
        raise UsageError("no", "No.", "Ask for something else.")
    if command == "forever":
        await asyncio.Event().wait()
    return {"command": command, "given": request.get("given")}


async def exchange(port: int, line: bytes) -> dict[str, Any] | None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(line)
    writer.write_eof()
    text = await reader.read()
    writer.close()
    return json.loads(text) if text else None


async def test_a_command_is_answered() -> None:
    """Whoever knows the secret gets an answer, through the function that commands use."""
    async with ControlServer(SECRET, answer) as control:
        running = Running(os.getpid(), 0.0, control.port, SECRET)
        told = await asyncio.to_thread(ask, running, "status", given=5)
    assert told == {"ok": True, "command": "status", "given": 5}


async def test_a_refusal_is_an_error_with_a_hint() -> None:
    """What the supervisor refuses reaches the user in its words."""
    async with ControlServer(SECRET, answer) as control:
        running = Running(os.getpid(), 0.0, control.port, SECRET)
        with pytest.raises(UsageError) as caught:
            await asyncio.to_thread(ask, running, "refuse")
    assert (caught.value.code, caught.value.hint) == ("no", "Ask for something else.")


@pytest.mark.parametrize(
    "line",
    [
        b'{"command": "status"}\n',
        b'{"secret": "wrong", "command": "status"}\n',
        b'{"secret": "", "command": "status"}\n',
        b'{"secret": 5, "command": "status"}\n',
        b'{"secret": "\\ud800", "command": "status"}\n',
        b"[]\n",
        b"null\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\xff\xfe\n",
        b"[" * 5000 + b"\n",
        b"\n",
    ],
)
async def test_without_the_secret_there_is_nothing(line: bytes) -> None:
    """A wrong secret, a web page, noise: refused, and the channel stays open for others."""
    async with ControlServer(SECRET, answer) as control:
        told = await exchange(control.port, line)
        assert told is not None
        assert told["error"]["code"] == "refused"
        assert SECRET not in json.dumps(told)
        good = await exchange(control.port, json.dumps({"secret": SECRET, "command": "x"}).encode() + b"\n")
        assert good is not None
        assert good["ok"]


async def test_a_line_that_never_ends_is_cut_off() -> None:
    """More than a line's worth closes the connection."""
    async with ControlServer(SECRET, answer) as control:
        reader, writer = await asyncio.open_connection("127.0.0.1", control.port)
        writer.write(b"x" * 200_000)
        assert await asyncio.wait_for(_read(reader), 5.0) == b""
        writer.close()


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def test_closing_does_not_wait_for_an_answer_that_takes_long() -> None:
    """A command that waits does not keep the supervisor from ending."""
    async with ControlServer(SECRET, answer) as control:
        reader, writer = await asyncio.open_connection("127.0.0.1", control.port)
        writer.write(json.dumps({"secret": SECRET, "command": "forever"}).encode() + b"\n")
        await asyncio.sleep(0)
    assert await asyncio.wait_for(_read(reader), 5.0) == b""
    writer.close()


def test_nobody_answers() -> None:
    """A supervisor that is gone is an error that says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(AlisaError) as caught:
        ask(Running(1, 0.0, port, SECRET), "status")
    assert caught.value.code == "supervisor_silent"
    assert "alisa stop" in caught.value.hint


@pytest.mark.parametrize("reply", [b"", b"nonsense\n", b"[]\n", b"\xff\n"])
def test_an_answer_that_makes_no_sense(reply: bytes) -> None:
    """Another program on that port is not the supervisor."""
    import threading

    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(AlisaError) as caught:
            ask(Running(1, 0.0, server.getsockname()[1], SECRET), "status", timeout_seconds=2.0)
        thread.join()
    assert caught.value.code == "supervisor_silent"
