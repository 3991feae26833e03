"""A terminal for a real process: a pty whose screen pyte keeps, with the answers that a terminal gives."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import struct
import sys
import termios
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import pyte

DEADLINE_SECONDS = 20.0


class _Screen(pyte.HistoryScreen):
    """A screen that answers through the terminal that it belongs to."""

    answer: Callable[[bytes], None]

    def write_process_input(self, data: str) -> None:
        self.answer(data.encode())


class Terminal:
    """`async with Terminal("chat", env=…) as terminal`: runs `alisa …` in a pty of `columns` by `rows`."""

    def __init__(self, *arguments: str, env: Mapping[str, str], columns: int = 80, rows: int = 24) -> None:
        self._arguments = arguments
        self._env = {"PATH": os.environ.get("PATH", ""), "TERM": "xterm-256color", "LANG": "C.UTF-8", **env}
        self.screen = _Screen(columns, rows, history=1000, ratio=0.01)
        self._stream = pyte.ByteStream(self.screen)
        self._changed = asyncio.Event()
        self.raw = b""

    async def __aenter__(self) -> Self:
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", self.screen.lines, self.screen.columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.screen.answer = lambda data: os.write(self._master, data)  # type: ignore[func-returns-value]
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "alisa", *self._arguments,
            stdin=slave, stdout=slave, stderr=slave, env=self._env, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        asyncio.get_running_loop().add_reader(self._master, self._read)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._master)

    def _read(self) -> None:
        try:
            data = os.read(self._master, 65536)
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._master)
        self.raw += data
        self._stream.feed(data)
        self._changed.set()

    def type(self, keys: str) -> None:
        """Press keys; `\\r` is Enter, `\\x1b\\r` Alt-Enter, `\\x03` Ctrl-C."""
        os.write(self._master, keys.encode())

    @property
    def text(self) -> str:
        """What the screen shows now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def all_text(self) -> str:
        """What was scrolled away, and what the screen shows now."""
        above = ["".join(line[x].data for x in range(self.screen.columns)).rstrip() for line in self.screen.history.top]
        return "\n".join([*above, self.text])

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait until something holds; fails with the screen after the deadline."""
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                while not holds():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"never came: {what}\n--- the screen:\n{self.all_text}") from None

    async def shows(self, text: str) -> None:
        """Wait until the text is on the screen."""
        await self.until(lambda: text in self.text, text)

    async def ended(self) -> int:
        """Wait for the end of the process; its exit code."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            return await self.process.wait()
