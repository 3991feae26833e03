"""The channel through which other commands speak with the running supervisor.

One line of JSON each way over loopback TCP: `{"secret", "command", …}` and `{"ok": true, …}` or
`{"error": {"code", "message", "hint"}}`. The secret stands in a file that only the user can read,
so another user of the machine, or a web page, gets nothing here.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

from alisa.cli.supervisor.state import Running
from alisa.runtime.errors import AlisaError, MissingError, UsageError

Answer = Callable[[str, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
"""Given the command and the whole request, do it and return what to answer. May raise AlisaError."""

_KINDS: tuple[type[AlisaError], ...] = (UsageError, MissingError)
_MAX_LINE = 65536
_READ_SECONDS = 5.0


class ControlServer:
    """Listens on a free loopback port while the `async with` block lasts."""

    def __init__(self, secret: str, answer: Answer) -> None:
        self._secret = secret
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[Any]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_MAX_LINE)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server:
            self._server.close()
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        try:
            async with asyncio.timeout(_READ_SECONDS):
                line = await reader.readline()
            writer.write(json.dumps(await self._reply(line)).encode() + b"\n")
            await writer.drain()
        except (OSError, TimeoutError, ValueError, asyncio.CancelledError):
            pass  # the other side went away or said nothing that is a line, or the supervisor ends
        finally:
            writer.close()

    async def _reply(self, line: bytes) -> Mapping[str, Any]:
        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            request = None
        given = request.get("secret") if isinstance(request, dict) else None
        if not isinstance(given, str) or not hmac.compare_digest(
            given.encode("utf-8", "replace"), self._secret.encode()
        ):
            return {"error": {"code": "refused", "message": "This is not the secret.", "hint": ""}}
        try:
            return {"ok": True, **await self._answer(str(request.get("command")), request)}
        except AlisaError as error:
            return {
                "error": {
                    "code": error.code,
                    "message": error.message,
                    "hint": error.hint,
                    "exit_code": error.exit_code,
                }
            }


def ask(running: Running, command: str, *, timeout_seconds: float | None = 5.0, **values: Any) -> dict[str, Any]:
    """Ask the running supervisor, and wait for its answer. For commands, which have no event loop.

    Raises AlisaError: what the supervisor answered, or `supervisor_silent` when it does not answer.
    """
    request = json.dumps({"secret": running.secret, "command": command, **values}).encode() + b"\n"
    line = b""
    with contextlib.suppress(OSError, ValueError):
        line = _exchange(running.port, request, timeout_seconds)
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise AlisaError(
            "supervisor_silent", "Alisa's supervisor does not answer.", "Run `alisa stop`, then `alisa up` again."
        )
    error = answer.get("error")
    if isinstance(error, dict):
        kind = next((each for each in _KINDS if each.exit_code == error.get("exit_code")), AlisaError)
        raise kind(str(error.get("code")), str(error.get("message")), str(error.get("hint")))
    return answer


def _exchange(port: int, request: bytes, timeout_seconds: float | None) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=timeout_seconds) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as answers:
            return answers.readline()
