"""Our own command as a child of the hub: what `alisa … --json` answers, or the sentence that it fails with.

The hub does not import the settings of other processes; the command knows them all.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from typing import Any

from alisa.runtime import children
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from alisa.runtime.tasks import SUPERVISED

_MOST_BYTES = 4 * 1024 * 1024
_log = get_logger(__name__)


class Command:
    """Runs `alisa` for this home. Arguments are a list; no shell reads them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._running: set[asyncio.Task[dict[str, Any]]] = set()

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """Begin, and return the child. Raises MissingError."""
        env = {name: value for name, value in os.environ.items() if name != SUPERVISED}
        return await children.start(
            [sys.executable, "-P", "-m", "alisa", *arguments],
            env={**env, "ALISA_HOME": str(self._home.root), "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, limit=_MOST_BYTES,
        )  # fmt: skip

    async def ask(self, *arguments: str, given: str = "", limit_seconds: float) -> dict[str, Any]:
        """What it answers; `given` goes to its standard input. Raises AlisaError: what it says, or that it failed."""
        return await answer_of(await self.start(*arguments), given=given, limit_seconds=limit_seconds)

    def begin(self, *arguments: str, limit_seconds: float) -> asyncio.Task[dict[str, Any]]:
        """As `ask`, for an answer that need not be waited for. What goes wrong is logged, too."""
        task = asyncio.create_task(self.ask(*arguments, limit_seconds=limit_seconds), name=f"alisa {arguments[0]}")
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def aclose(self) -> None:
        """End what nobody waits for."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[dict[str, Any]]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.warning("our own command failed", command=task.get_name(), why=str(error))


async def answer_of(process: asyncio.subprocess.Process, *, given: str = "", limit_seconds: float) -> dict[str, Any]:
    """Wait for the child's answer, and end it when it takes too long or nobody waits any more. Raises AlisaError."""
    try:
        async with asyncio.timeout(limit_seconds):
            printed, _ = await process.communicate(given.encode("utf-8", "surrogatepass"))
    except TimeoutError:
        raise AlisaError("command_slow", "That took too long, so it was stopped.", "Try again in a moment.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    try:
        answer = json.loads(printed)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or (process.returncode and "error" not in answer):
        _log.error("our own command failed", exit_code=process.returncode)
        raise AlisaError("command_failed", "That did not work.", "`alisa doctor` in a terminal tells more.")
    if isinstance(error := answer.get("error"), dict):
        raise AlisaError(str(error.get("code")), str(error.get("message")), str(error.get("hint")))
    return answer
