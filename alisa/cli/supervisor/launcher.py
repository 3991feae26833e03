"""Starting the detached supervisor and hearing from it, from a command that has no event loop.

The supervisor belongs to this command until `keep`: when this command ends before, however it
ends, the supervisor stops what it started and goes too.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from alisa.cli.supervisor.session import Order
from alisa.cli.supervisor.spec import Status, status_from_json
from alisa.runtime.errors import AlisaError

_STOP_SECONDS = 60.0
_LAST_WORDS_SECONDS = 2.0
_WAIT_SECONDS = 0.2
"""Windows does not let Ctrl-C interrupt a wait, so no wait is long."""


class Detached:
    """A supervisor that was just started in the background, and still belongs to this command."""

    def __init__(self, order: Order) -> None:
        """Start it. Raises AlisaError when Python cannot be started."""
        from alisa.cli.supervisor.__main__ import write_order

        argv = [sys.executable, "-P", "-m", "alisa.cli.supervisor"]
        env = {key: value for key, value in order.env.items() if key != "ALISA_SUPERVISED"}
        try:
            self._process = subprocess.Popen(
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=order.folder,
                **_apart(),
            )
        except OSError as error:
            raise AlisaError(
                "cannot_start", f"Python could not be started: {error.strerror}.", "Run `alisa doctor`."
            ) from error
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._reading = threading.Thread(target=self._read, name="supervisor", daemon=True)
        self._reading.start()
        self._write(write_order(order))

    @property
    def pid(self) -> int:
        return self._process.pid

    def news(self, timeout_seconds: float) -> Iterator[Status | tuple[Status, ...]]:
        """Yield each change, and at last, once all are ready or failed, how all of them are.

        Raises AlisaError when the supervisor refuses or fails, and `start_timeout` when it takes too long.
        """
        deadline = time.monotonic() + timeout_seconds
        last_words = ""
        while True:
            try:
                line = self._lines.get(timeout=_WAIT_SECONDS)
            except queue.Empty:
                if time.monotonic() < deadline:
                    continue
                raise AlisaError(
                    "start_timeout",
                    f"Alisa was not awake within {timeout_seconds:.0f} s.",
                    "Look into `alisa logs`, or give her more time with `--timeout`.",
                ) from None
            if line is None:
                reason = f": {last_words}" if last_words else ""
                raise AlisaError("supervisor_died", f"The supervisor ended{reason}.", "Run `alisa doctor`.")
            try:
                value = json.loads(line)
            except ValueError:
                last_words = line.decode("utf-8", "replace").strip() or last_words
                continue
            yield from _news(value)
            if "settled" in value:
                return

    def keep(self) -> None:
        """Let it live on when this command ends."""
        from alisa.cli.supervisor.__main__ import KEEP

        self._write(KEEP)

    def stop(self) -> None:
        """Let it stop what it started, and wait until nothing of it is left."""
        with contextlib.suppress(OSError):
            if self._process.stdin:
                self._process.stdin.close()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reading.join(_LAST_WORDS_SECONDS)

    def _write(self, line: bytes) -> None:
        with contextlib.suppress(OSError):  # it has died; `news` will say so
            if self._process.stdin:
                self._process.stdin.write(line)
                self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        if stream:
            with stream:
                for line in stream:
                    self._lines.put(line)
        self._lines.put(None)


def _news(value: Any) -> Iterator[Status | tuple[Status, ...]]:
    if "error" in value:
        error = value["error"]
        raise AlisaError(error["code"], error["message"], error["hint"])
    if "status" in value:
        yield status_from_json(value["status"])
    if "settled" in value:
        yield tuple(status_from_json(each) for each in value["settled"])


def _apart() -> dict[str, Any]:
    """Keep it out of this terminal: it neither hears its Ctrl-C nor ends with it."""
    if os.name == "nt":
        return {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0) | 0x200}  # CREATE_NEW_PROCESS_GROUP
    return {"start_new_session": True}
