"""The file that tells other commands where the running supervisor is, and the lock that keeps it the only one.

The lock decides, because the system lets go of it when its holder dies, however it dies. The file
only says where to knock: a stale or damaged one is the same as none.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alisa.cli.files import number, read_object, seconds
from alisa.runtime.children import is_running
from alisa.runtime.paths import Home, private_write

if TYPE_CHECKING:
    from filelock import BaseFileLock


_LOCK_SECONDS = 0.2
"""Long enough to outwait a command that only looked whether the lock is free."""


@dataclass(frozen=True, slots=True)
class Running:
    """A running supervisor: who it is (`created` in seconds since the epoch), and its control channel."""

    pid: int
    created: float
    port: int
    secret: str


def lock(home: Home) -> BaseFileLock | None:
    """Take the lock of the one supervisor of this home; None when another one holds it."""
    from filelock import FileLock, Timeout

    home.ensure()
    held = FileLock(lock_file(home), mode=0o600)
    try:
        held.acquire(timeout=_LOCK_SECONDS, poll_interval=0.02)
    except Timeout:
        return None
    return held


def lock_file(home: Home) -> Path:
    return home.run / "supervisor.lock"


def write(home: Home, running: Running) -> None:
    """Say where the supervisor is, readable by its owner alone. Raises StorageError."""
    private_write(home.supervisor_file, json.dumps(asdict(running)).encode())


def read(home: Home) -> Running | None:
    """Return what the file says, if it makes sense and that very process is alive."""
    value = read_object(home.supervisor_file)
    pid, port = number(value.get("pid")), number(value.get("port"))
    running = Running(pid, seconds(value.get("created")), port, str(value.get("secret")))
    return running if pid and port and is_running(pid, running.created) else None


def wait_for(home: Home, limit_seconds: float) -> Running | None:
    """Return where the supervisor is that is just starting, or None when it does not say so in time."""
    deadline = time.monotonic() + limit_seconds
    while (running := read(home)) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    return running


def is_free(home: Home) -> bool:
    """Whether no supervisor runs, as far as the lock tells; leaves things as they are."""
    if not lock_file(home).exists():
        return True
    held = lock(home)
    if held:
        held.release()
    return held is not None


def remove(home: Home, pid: int) -> None:
    """Take the file back, unless another supervisor has written it since."""
    if read_object(home.supervisor_file).get("pid") == pid:
        home.supervisor_file.unlink(missing_ok=True)
