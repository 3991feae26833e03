"""One running process: started so that it cannot outlive us, heard, asked to end, and ended.

It is asked to end in the two ways that a process of Alisa understands: its standard input closes
(everywhere), and SIGTERM or Ctrl-Break. What it leaves behind is killed with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from alisa.cli.supervisor.spec import ProcessSpec
from alisa.runtime import children

if TYPE_CHECKING:
    import psutil

_KEPT_LINES = 40
_MAX_LINE_CHARS = 2000
_LAST_WORDS_SECONDS = 1.0


class Child:
    """A process that was started. Make it with `start`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid
        self.said: deque[str] = deque(maxlen=_KEPT_LINES)
        """the last lines that it wrote, oldest first"""
        self._listening = asyncio.create_task(self._listen(), name=f"listen-{process.pid}")

    @classmethod
    async def start(cls, spec: ProcessSpec, env: Mapping[str, str], folder: Path) -> Child:
        """Start the process in `folder`. Raises MissingError when its program cannot be run."""
        pipe = asyncio.subprocess.PIPE
        return cls(
            await children.start(
                spec.argv, env={**env, **spec.env}, cwd=folder, stdout=pipe, stderr=asyncio.subprocess.STDOUT
            )
        )

    @property
    def code(self) -> int | None:
        """The exit code; negative: ended by that signal; None while it runs."""
        return self._process.returncode

    def owns(self, pid: int) -> bool:
        """Whether `pid` is this process or one that it started."""
        return pid == self.pid or any(pid == member.pid for member in _descendants(self.pid))

    async def wait(self) -> int:
        """Wait until it has ended, and everything that it said was heard."""
        code = await self._process.wait()
        _kill_group(self.pid)
        await asyncio.wait({self._listening}, timeout=_LAST_WORDS_SECONDS)
        self._listening.cancel()
        return code

    async def stop(self, grace_seconds: float) -> None:
        """Ask it to end; kill it when it has not within the grace, and whatever it leaves behind."""
        if self.code is not None:
            return
        started = _descendants(self.pid)
        self._ask_to_end()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), grace_seconds)
        if self.code is None:
            self.kill()
            await self._process.wait()
        _kill_all(started)

    def kill(self) -> None:
        """End it, and all that it started, at once."""
        if self.code is not None:
            return
        started = _descendants(self.pid)
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        _kill_group(self.pid)
        _kill_all(started)

    def _ask_to_end(self) -> None:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.send_signal(signal.CTRL_BREAK_EVENT)
            else:
                self._process.terminate()
        if self._process.stdin:
            self._process.stdin.close()

    async def _listen(self) -> None:
        stream, rest = self._process.stdout, b""
        while stream and (chunk := await stream.read(65536)):
            *lines, rest = (rest + chunk).split(b"\n")
            self._keep(lines)
            rest = rest[-_MAX_LINE_CHARS:]
        self._keep([rest])

    def _keep(self, lines: list[bytes]) -> None:
        for line in lines[-_KEPT_LINES:]:
            text = line[:_MAX_LINE_CHARS].decode("utf-8", "replace").strip()
            if text:
                self.said.append(text)


def _descendants(pid: int) -> list[psutil.Process]:
    import psutil

    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _kill_group(pid: int) -> None:
    """Kill what is left of the process group that the process led; it is gone when it left none."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _kill_all(processes: Iterable[psutil.Process]) -> None:
    """Kill those of them that still run; psutil makes sure that a number was not used again."""
    import psutil

    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
