"""One worker process as its client sees it: started, spoken to in frames, ended, and known when it is broken.

What is asked of it, and what happens when it fails, is known to `client`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alisa.runtime import children
from alisa.runtime.errors import EngineError
from alisa.runtime.logs import get_logger
from voice.tts.engines import Limits
from voice.tts.frames import Decoder, Frame, FrameError, Kind, encode

_WAITING_FRAMES = 256
"""So many frames wait for who reads them, then the worker does: about a minute of sound."""
_READ_BYTES = 65536
_KILL_GRACE_SECONDS = 0.0
_LAST_LINES = 20
_LIBRARY_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

log = get_logger(__name__)


class WorkerProcess:
    """A running worker. Made by `start`; when it is broken, `frame` says so once and for ever."""

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self.name = name
        self.notice = ""
        self._process = process
        self._frames: asyncio.Queue[Frame | EngineError] = asyncio.Queue(_WAITING_FRAMES)
        self._broken: EngineError | None = None
        self._lines: deque[str] = deque(maxlen=_LAST_LINES)
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._listen())]

    @classmethod
    async def start(cls, name: str, options: Mapping[str, Any], limits: Limits, python: str = "") -> WorkerProcess:
        """Start a worker and wait until its engine is ready. Raises MissingError, EngineError."""
        script = Path(__file__).with_name("worker.py")
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
        for variable in _LIBRARY_THREADS:
            environment.setdefault(variable, "1")
        if python:
            environment.pop("PYTHONPATH", None)  # another Python has libraries of its own
        worker = cls(
            name,
            await children.start(
                [python or sys.executable, "-P", str(script), name],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            ),
        )
        try:
            await worker._open(options, limits)
        except BaseException:
            await worker.end()
            raise
        return worker

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Does it still run, and make sense?"""
        return self._process.returncode is None and self._broken is None

    async def send(self, data: bytes) -> None:
        """Send frames. Raises EngineError when it is gone."""
        stdin = self._process.stdin
        try:
            if stdin is None:
                raise BrokenPipeError
            stdin.write(data)
            await stdin.drain()
        except OSError:
            raise self._died() from None

    async def frame(self, deadline: float, beat_seconds: float) -> Frame:
        """The next frame that means something; heartbeats only show that it lives.

        Raises EngineError `speech_hung` when none came until `deadline` (the loop's clock), or none at all,
        heartbeats included, for `beat_seconds`; `speech_died`, `speech_garbled`.
        """
        loop = asyncio.get_running_loop()
        while True:
            if self._broken is not None and self._frames.empty():
                raise self._broken
            until = min(deadline, loop.time() + beat_seconds)
            try:
                async with asyncio.timeout_at(until):
                    found = await self._frames.get()
            except TimeoutError:
                raise self._hung() from None
            if isinstance(found, EngineError):
                raise found
            if found.kind is not Kind.BEAT:
                return found

    async def end(self) -> None:
        """End it now, whatever it does."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await children.terminate_tree(self._process, _KILL_GRACE_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _open(self, options: Mapping[str, Any], limits: Limits) -> None:
        await self.send(encode(Kind.OPEN, {"options": dict(options)}))
        deadline = asyncio.get_running_loop().time() + limits.open_seconds
        first = await self.frame(deadline, limits.open_seconds)
        if first.kind is Kind.FAILED:
            raise failure(first)
        if first.kind is not Kind.READY:
            raise self._garbled("it began in the middle")
        self.notice = str(first.json().get("notice", ""))

    async def _read(self) -> None:
        """Take frames off its stdout as far as they fit, and say at the end why there are no more."""
        decoder, stdout = Decoder(), self._process.stdout
        try:
            while stdout is not None and (data := await stdout.read(_READ_BYTES)):
                for frame in decoder.feed(data):
                    await self._frames.put(frame)
            broken = self._died()
        except FrameError as error:
            broken = self._garbled(str(error))
        self._broken = broken
        await self._frames.put(broken)

    async def _listen(self) -> None:
        """Log what it prints, and keep the last of it."""
        stderr = self._process.stderr
        while stderr is not None:
            try:
                line = await stderr.readline()
            except ValueError:  # a line longer than the buffer
                continue
            if not line:
                return
            text = line.decode("utf-8", "replace").rstrip()
            self._lines.append(text)
            log.debug("a voice printed", engine=self.name, line=text)

    def _died(self) -> EngineError:
        log.info("a voice died", engine=self.name, printed=list(self._lines))
        return EngineError(
            "speech_died",
            f"The voice {self.name!r} stopped in the middle of its work.",
            "She goes on with another one; `alisa logs voice` shows what it printed.",
        )

    def _hung(self) -> EngineError:
        return EngineError(
            "speech_hung",
            f"The voice {self.name!r} does not answer.",
            "She goes on with another one; if it happens often, choose one that this machine can carry.",
        )

    def _garbled(self, reason: str) -> EngineError:
        log.warning("a voice sent what is no frame", engine=self.name, reason=reason)
        return EngineError(
            "speech_garbled",
            f"The voice {self.name!r} sent something that is no speech.",
            "Install that voice again, or choose another one: `alisa voices`.",
        )


def failure(frame: Frame) -> EngineError:
    """The error that a worker told."""
    from alisa.runtime.errors import MissingError

    told = frame.json()
    kind = MissingError if told.get("missing") else EngineError
    code, message, hint = (str(told.get(name, "")) for name in ("code", "message", "hint"))
    return kind(code or "speech_failed", message, hint)  # type: ignore[return-value]  # both are AlisaErrors
