"""One life of a llama.cpp server: started, loading, answering, ended. Why it ended is told in plain words.

When to start another, and with which model, is decided by `service`.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import socket
import subprocess
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from dataclasses import asdict
from pathlib import Path

from alisa.runtime import children
from alisa.runtime.errors import StorageError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from llm_server.binaries import Engine
from llm_server.command import KEY_VARIABLE, Parameters, server_argv
from llm_server.diagnosis import Diagnosis, diagnose
from llm_server.states import State, health

log = get_logger(__name__)

RECORD = "llama"
"""The name under which the child is recorded, so that the next start finds one that was left behind."""
STOP_SECONDS = 1.5
"""How long it may take to end when asked; with an open stream it would take ten and more."""
_KEPT_LINES = 60
_LONGEST_LINE = 256 * 1024
_FIRST_LOOKS = (0.02,) * 50 + (0.1,) * 50
_LATER_LOOK = 0.5
_LOADING_ASK_SECONDS = 1.0


class Child:
    """A llama.cpp server that was started by this process and dies with it."""

    def __init__(self, process: asyncio.subprocess.Process, engine: Engine, given: Parameters, home: Home) -> None:
        self.engine = engine
        self.given = given
        self._process = process
        self._home = home
        self._lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._reading = asyncio.create_task(self._read_lines(), name="llama.cpp's words")

    @classmethod
    async def start(
        cls, engine: Engine, given: Parameters, api_key: str, home: Home, without: Collection[str] = ()
    ) -> Child:
        """Start a server. Raises MissingError when there is no such program."""
        environment = dict(os.environ)
        environment.pop("ALISA_SUPERVISED", None)
        if engine.bundled:
            argv = list(engine.argv)
            environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parents[1]), *_python_path()])
        else:
            argv = server_argv(engine.argv, given, without)
            environment[KEY_VARIABLE] = api_key
        process = await children.start(
            argv,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            limit=_LONGEST_LINE,
            leash=not engine.bundled,
        )
        child = cls(process, engine, given, home)
        if engine.bundled and process.stdin:
            process.stdin.write(json.dumps({"api_key": api_key, "parameters": asdict(given)}).encode() + b"\n")
        try:
            await asyncio.to_thread(children.record, home, RECORD, process.pid)
        except StorageError as error:  # a full disk: only the sweep after a kill would miss it
            log.warning(str(error))
        return child

    @property
    def url(self) -> str:
        return f"http://{self.given.host}:{self.given.port}/v1"

    async def until_ready(self) -> Diagnosis | None:
        """Wait until it answers; return None, or why it ended before."""
        ended = asyncio.ensure_future(self._process.wait())
        try:
            for pause in itertools.chain(_FIRST_LOOKS, itertools.repeat(_LATER_LOOK)):
                await asyncio.wait({ended}, timeout=pause)
                if ended.done():
                    return await self._why(loading=True)
                if await health(self.url, _LOADING_ASK_SECONDS) is State.READY and not ended.done():
                    return None
        finally:
            ended.cancel()
        raise AssertionError  # the pauses never end

    async def until_ended(
        self, hang_seconds: float, tick_seconds: float, tick: Callable[[], Awaitable[bool]]
    ) -> Diagnosis | None:
        """Watch it; return why it ended, or None when `tick`, called now and then, said that it should.

        A server that does not answer `/health` for `hang_seconds` counts as hanging and is ended.
        """
        ended = asyncio.ensure_future(self._process.wait())
        loop = asyncio.get_running_loop()
        answered = loop.time()
        try:
            while True:
                await asyncio.wait({ended}, timeout=tick_seconds)
                if ended.done():
                    return await self._why(loading=False)
                if await tick():
                    return None
                if await health(self.url, timeout_seconds=hang_seconds) is not State.DOWN:
                    answered = loop.time()
                elif loop.time() - answered >= hang_seconds and not ended.done():
                    log.error("the model server hangs; it is started again")
                    await self.stop()
                    return diagnose(None, ["it did not answer any more"], self.given.alias, loading=False)
        finally:
            ended.cancel()

    async def stop(self) -> None:
        """End it: asked first, then killed."""
        await children.terminate_tree(self._process, STOP_SECONDS)
        self._reading.cancel()
        children.forget(self._home, RECORD)

    async def _why(self, *, loading: bool) -> Diagnosis:
        """Return why it ended, once its last words have been read."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._reading, timeout=1.0)
        children.forget(self._home, RECORD)
        return diagnose(self._process.returncode, list(self._lines), self.given.alias, loading=loading)

    async def _read_lines(self) -> None:
        stream = self._process.stderr
        if stream is None:
            return
        while True:
            try:
                line = await stream.readline()
            except ValueError:  # longer than any line that matters
                continue
            if not line:
                return
            text = line.decode("utf-8", "replace").rstrip()
            self._lines.append(text)
            log.debug("llama.cpp", line=text)


def port_is_taken(host: str, port: int) -> bool:
    """Does another program listen on this port? A connection that is still closing there does not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _python_path() -> list[str]:
    return [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
