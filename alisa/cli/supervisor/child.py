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
from alisa.runtime.errors import MissingError

if TYPE_CHECKING:
    import psutil

_KEPT_LINES = 40
_MAX_LINE_CHARS = 2000
_LAST_WORDS_SECONDS = 1.0


class Child:
    """A process that was started. Make it with `start`."""

    def __init__(self, transport: asyncio.SubprocessTransport, ears: _Ears) -> None:
        self._transport = transport
        self._ears = ears
        self.pid = transport.get_pid()

    @classmethod
    async def start(cls, spec: ProcessSpec, env: Mapping[str, str], folder: Path) -> Child:
        """Start the process in `folder`. Raises MissingError when its program cannot be run."""
        pipe = asyncio.subprocess.PIPE
        try:
            transport, ears = await asyncio.get_running_loop().subprocess_exec(
                _Ears,
                *spec.argv,
                stdin=pipe,
                stdout=pipe,
                stderr=asyncio.subprocess.STDOUT,
                env={**env, **spec.env},
                cwd=folder,
                **children.popen_kwargs(),
            )
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise MissingError(
                "cannot_start", f"{spec.argv[0]} could not be started: {reason}.", "Run `alisa doctor`."
            ) from error
        children.adopt(transport.get_pid())
        return cls(transport, ears)

    @property
    def code(self) -> int | None:
        """The exit code; negative: ended by that signal; None while it runs."""
        return self._transport.get_returncode()

    @property
    def said(self) -> tuple[str, ...]:
        """The last lines that it wrote, oldest first."""
        return tuple(self._ears.lines)

    def owns(self, pid: int) -> bool:
        """Whether `pid` is this process or one that it started."""
        return pid == self.pid or any(pid == member.pid for member in _descendants(self.pid))

    async def wait(self) -> int:
        """Wait until it has ended, and everything that it said was heard."""
        await self._ears.ended.wait()
        _kill_group(self.pid)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ears.fell_silent.wait(), _LAST_WORDS_SECONDS)
        code = self.code
        self._transport.close()
        return 0 if code is None else code

    async def stop(self, grace_seconds: float) -> None:
        """Ask it to end; kill it when it has not within the grace, and whatever it leaves behind."""
        if self._ears.ended.is_set():
            return
        started = _descendants(self.pid)
        self._ask_to_end()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ears.ended.wait(), grace_seconds)
        self.kill()
        await self._ears.ended.wait()
        _kill_all(started)

    def kill(self) -> None:
        """End it, and all that it started, at once."""
        if self._ears.ended.is_set():
            return
        started = _descendants(self.pid)
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()
        _kill_group(self.pid)
        _kill_all(started)

    def _ask_to_end(self) -> None:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._transport.send_signal(signal.CTRL_BREAK_EVENT)
            else:
                self._transport.terminate()
        stdin = self._transport.get_pipe_transport(0)
        if stdin:
            stdin.close()


class _Ears(asyncio.SubprocessProtocol):
    """Hears what a process says, and that it has ended, which may be before the last holder of its pipe has."""

    def __init__(self) -> None:
        self.lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self.ended = asyncio.Event()
        self.fell_silent = asyncio.Event()
        self._rest = b""

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 (asyncio's signature)
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-_MAX_LINE_CHARS:]
        self._keep(lines[-_KEPT_LINES:])

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002 (the same)
        if fd == 1:
            self._keep([self._rest])
            self.fell_silent.set()

    def process_exited(self) -> None:
        self.ended.set()

    def _keep(self, lines: list[bytes]) -> None:
        for line in lines:
            text = line[:_MAX_LINE_CHARS].decode("utf-8", "replace").strip()
            if text:
                self.lines.append(text)


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
