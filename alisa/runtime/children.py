"""Child processes that never become orphans, and that can be ended with all that they started.

Each system has other means: Linux kills the child when its parent dies (PR_SET_PDEATHSIG),
Windows when the parent's job object closes, elsewhere a leash does. Alisa's own processes also end
when their stdin does (`tasks`). Below all that lies a record of what was started, by which the
next start recognises and ends what a killed run left behind. What the children do, and when they
are started again, is not known here.

Start a child with `start`, or with `popen_kwargs` and then `adopt`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home, private_write

if TYPE_CHECKING:
    import psutil

Stream: TypeAlias = int | IO[bytes] | None

CREATED_TOLERANCE_SECONDS = 2.0
"""Linux derives a process's start from the boot time, which moves a little when the clock is set."""
KILL_SECONDS = 5.0
"""How long a killed process may take to disappear; longer means that the system is stuck."""
_FIRST_LOOK_SECONDS = 0.005
_LOOK_SECONDS = 0.05
"""How often a process that is to end is looked at."""


async def start(
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: Stream = subprocess.PIPE,
    stdout: Stream = None,
    stderr: Stream = None,
    limit: int = 2**16,
    leash: bool = False,
) -> asyncio.subprocess.Process:
    """Start a child that dies with this process. Raises MissingError when there is no such program.

    With the default `stdin`, a pipe, one of Alisa's own processes notices by itself that its parent is
    gone. Give `leash=True` for any other program: where the system does not end it, a small program
    that does runs in between (the process returned is then that one). `limit` is for the readers of
    its pipes, in bytes. Call this from the main thread: Linux ends the child when the thread that
    started it ends. Whoever is cancelled meanwhile leaves no child behind.
    """
    if leash and sys.platform not in ("linux", "win32"):
        argv, stdin = leashed(argv), subprocess.PIPE
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *argv, env=env, cwd=cwd, stdin=stdin, stdout=stdout, stderr=stderr, limit=limit, **popen_kwargs()
        )
    )
    try:
        process = await asyncio.shield(starting)
    except asyncio.CancelledError:
        with contextlib.suppress(OSError):
            await terminate_tree(await starting, 0.0)
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise MissingError(
            "cannot_start", f"{argv[0]} could not be started: {reason}.", "Run `alisa doctor` to see what is missing."
        ) from error
    adopt(process.pid)
    return process


def leashed(argv: Sequence[str]) -> list[str]:
    """Return the command that runs `argv` and ends it when its own stdin, a pipe from here, ends."""
    script = Path(__file__).with_name("leash.py")
    return [sys.executable, "-S", "-E", "-s", str(script), *argv]


def popen_kwargs() -> dict[str, Any]:
    """Return what `subprocess.Popen` needs so that the child dies with this process.

    The child leads a session (Windows: a process group) of its own, so that Ctrl-C in the
    terminal reaches the parent alone, which then stops its children in order.
    """
    kwargs: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        kwargs = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    elif sys.platform == "linux":
        kwargs["preexec_fn"] = _dies_with(os.getpid())
    return kwargs


def adopt(pid: int) -> None:
    """Bind a child that was just started to this process's life, where that is done from outside."""
    if sys.platform == "win32":
        from alisa.runtime import job_object

        job_object.assign(pid)


def die_with_parent(orphan_signal: int = signal.SIGTERM) -> None:
    """Ask Linux to signal this process when the one that started it is gone; elsewhere nothing happens."""
    if sys.platform == "linux":
        _prctl()(_PR_SET_PDEATHSIG, orphan_signal, 0, 0, 0)


_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_SIGKILL = 9


def _prctl() -> Any:
    import ctypes

    return ctypes.CDLL(None, use_errno=True).prctl


def _dies_with(parent: int) -> Any:
    """Return what the child runs between fork and exec; everything it needs is looked up before the fork."""
    prctl, getppid, leave = _prctl(), os.getppid, os._exit

    def bind() -> None:
        prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        if getppid() != parent:  # the parent died before the line above
            leave(1)

    return bind


# --- ending ----------------------------------------------------------------------------------


async def terminate_tree(process: asyncio.subprocess.Process | int, grace_seconds: float = 5.0) -> bool:
    """End a process and all that it started; return whether it went by itself within the grace.

    It is asked first (SIGTERM; Windows: Ctrl-Break; its stdin is closed). What is still there after
    the grace, and what it leaves behind, is killed. A process that is already gone is fine. Give the
    number only of a process that is no child of this one, or its exit code is lost.
    """
    if isinstance(process, int):
        pid = process
    else:
        pid = process.pid
        if process.stdin is not None:
            process.stdin.close()
        if process.returncode is not None:  # its number may belong to another process by now
            return True
    tree, group = _tree(pid), _own_group(pid)
    for root in tree[:1]:
        _ask_to_end(root)
    ended = await _ended(process, tree[:1], grace_seconds)
    if not ended:
        tree += _tree(pid)[1:]
    if group is not None:
        _kill_group(group)
    for member in tree:
        _kill(member)
    await _ended(process, tree, KILL_SECONDS)
    return ended


async def _ended(process: asyncio.subprocess.Process | int, members: list[psutil.Process], seconds: float) -> bool:
    """Wait until the processes are gone, and return whether they are.

    psutil's own wait would take a child's exit code away from asyncio, and would wait for a zombie
    that nobody collects (in a container, say); so both are looked at here.
    """
    deadline = time.monotonic() + seconds
    pause = _FIRST_LOOK_SECONDS
    while True:
        own_ended = isinstance(process, int) or process.returncode is not None
        if own_ended and not any(_is_alive(member) for member in members):
            return True
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        await asyncio.sleep(min(pause, left))
        pause = min(pause * 2, _LOOK_SECONDS)


def _is_alive(member: psutil.Process) -> bool:
    import psutil

    try:
        return member.is_running() and member.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _kill(member: psutil.Process) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        member.kill()


def _tree(pid: int) -> list[psutil.Process]:
    """Return the process and its descendants, itself first; empty when it is gone."""
    import psutil

    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def _own_group(pid: int) -> int | None:
    """Return the process group that a child of `start` leads, or None where it leads none."""
    leads = False
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            leads = os.getpgid(pid) == pid != os.getpgrp()
    return pid if leads else None


def _kill_group(group: int) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)


def _ask_to_end(root: psutil.Process) -> None:
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            root.send_signal(signal.CTRL_BREAK_EVENT)
        else:
            root.terminate()


# --- what a killed run left behind -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Record:
    """A child and its parent; each named by its number and its start, since numbers are used again."""

    pid: int
    created: float
    """seconds since the epoch"""
    owner: int
    owner_created: float


def record(home: Home, name: str, pid: int) -> None:
    """Write down that this process started `pid` under this name. Raises StorageError."""
    import psutil

    try:
        entry = Record(pid, psutil.Process(pid).create_time(), os.getpid(), psutil.Process().create_time())
    except psutil.Error:
        return  # it is gone already
    home.ensure()
    folder = home.run / "children"
    folder.mkdir(mode=0o700, exist_ok=True)
    private_write(folder / f"{name}.json", json.dumps(asdict(entry)).encode())


def forget(home: Home, name: str) -> None:
    """Remove the record of a child that has ended."""
    (home.run / "children" / f"{name}.json").unlink(missing_ok=True)


async def sweep(home: Home, grace_seconds: float = 2.0) -> list[str]:
    """End the children whose parent was killed, and return their names.

    A child whose parent still runs is not touched, nor is a stranger that got its number.
    """
    ended = []
    for path in sorted((home.run / "children").glob("*.json")):
        entry = _read(path)
        if entry is not None and is_running(entry.owner, entry.owner_created):
            continue
        if entry is not None and is_running(entry.pid, entry.created):
            await terminate_tree(entry.pid, grace_seconds)
            ended.append(path.stem)
        path.unlink(missing_ok=True)
    return ended


def _read(path: Path) -> Record | None:
    try:
        raw = json.loads(path.read_bytes())
        return Record(int(raw["pid"]), float(raw["created"]), int(raw["owner"]), float(raw["owner_created"]))
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def is_running(pid: int, created: float) -> bool:
    """Does the process that was started then still run under this number?"""
    import psutil

    try:
        process = psutil.Process(pid)
        return abs(process.create_time() - created) <= CREATED_TOLERANCE_SECONDS and _is_alive(process)
    except (psutil.Error, ValueError, OverflowError):
        return False
