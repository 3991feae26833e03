"""One run of the supervisor from its lock to its last process: the same in the foreground and detached.

It takes the lock, ends what a killed run left behind, starts the processes, opens the control
channel and says where it is. Who is told what happens is the caller's choice.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import secrets
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alisa.cli.supervisor import state
from alisa.cli.supervisor.control import ControlServer
from alisa.cli.supervisor.group import Group
from alisa.cli.supervisor.journal import log
from alisa.cli.supervisor.keeper import Pace, World
from alisa.cli.supervisor.policy import Policy
from alisa.cli.supervisor.spec import ProcessSpec, State, Status
from alisa.runtime import children
from alisa.runtime.clock import SystemClock
from alisa.runtime.errors import AlisaError, UsageError
from alisa.runtime.paths import Home
from alisa.runtime.tasks import PHASE_SECONDS, Lifetime, Phase

STOP_LIMITS: Mapping[Phase, float] = {**PHASE_SECONDS, Phase.FINISH: 60.0}
"""Each process has its own limit (`ProcessSpec.stop_seconds`); this one only bounds their sum."""
_KILL_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Order:
    """What to keep alive, and around what."""

    home: Home
    specs: tuple[ProcessSpec, ...]
    env: Mapping[str, str]
    folder: Path
    pace: Pace = field(default_factory=Pace)


Tell = Callable[[Status], None]
Settled = Callable[[tuple[Status, ...]], None]


async def supervise(lifetime: Lifetime, order: Order, tell: Tell, settled: Settled) -> int | None:
    """Keep the ordered processes alive until the lifetime stops; return the exit code, None for the lifetime's own.

    `tell` hears each change, `settled` is called once, when every process is ready or has failed.
    Raises AlisaError `already_running` when another supervisor has this home.
    """
    lock = state.lock(order.home)
    if lock is None:
        raise AlisaError("already_running", "Alisa is already running.", "`alisa status` shows how she is.")
    try:
        for name in await children.sweep(order.home):
            log.warning("%s was left behind by an earlier run and was ended", name)
        return await _keep(lifetime, order, tell, settled)
    finally:
        state.remove(order.home, os.getpid())
        lock.release()


async def _keep(lifetime: Lifetime, order: Order, tell: Tell, settled: Settled) -> int | None:
    def changed(status: Status) -> None:
        _write_down(status)
        tell(status)

    jitter = random.SystemRandom()
    policy = Policy(jitter=lambda: jitter.uniform(0.5, 1.0))
    group = Group(order.specs, World(order.home, SystemClock(), order.env, order.folder, policy, order.pace), changed)
    running = asyncio.create_task(group.run(), name="group")

    async def stop() -> None:
        group.stop()
        await asyncio.wait({running})

    lifetime.on_stop(Phase.FINISH, stop)
    _stop_with_the_terminal(lifetime)
    secret = secrets.token_urlsafe(32)
    try:
        async with ControlServer(secret, _Desk(lifetime, group)) as control:
            state.write(order.home, state.Running(os.getpid(), _my_start(), control.port, secret))
            statuses = asyncio.ensure_future(group.settled())
            await asyncio.wait({statuses, running}, return_when=asyncio.FIRST_COMPLETED)
            settled(statuses.result() if statuses.done() else group.statuses())
            statuses.cancel()
            await asyncio.wait({running})
            running.result()
    finally:
        group.kill()
        await asyncio.wait({running}, timeout=_KILL_SECONDS)
    if lifetime.stopping.is_set():
        return None
    return 1 if any(status.state is State.FAILED for status in group.statuses()) else 0


class _Desk:
    """Answers what the control channel is asked."""

    def __init__(self, lifetime: Lifetime, group: Group) -> None:
        self._lifetime = lifetime
        self._group = group

    async def __call__(self, command: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        if command == "restart":
            name = str(request.get("name"))
            self._group.restart(name)
            log.info("%s is restarted as asked", name)
        elif command == "wait":
            await self._group.settled()
        elif command == "stop":
            log.info("stopping as asked")
            asyncio.get_running_loop().call_later(0.01, self._lifetime.stop, "asked to stop", 0)
        elif command != "status":
            raise UsageError("unknown_command", f"The supervisor does not know {command!r}.", "")
        return {"pid": os.getpid(), "processes": [status.to_json() for status in self._group.statuses()]}


def _my_start() -> float:
    import psutil

    return psutil.Process().create_time()


def _stop_with_the_terminal(lifetime: Lifetime) -> None:
    """Stop in order when the terminal is closed, too."""
    if sys.platform != "win32":
        with contextlib.suppress(RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, lifetime.stop, "terminal closed", 0)


def _write_down(status: Status) -> None:
    level = log.error if status.state is State.FAILED else log.info
    pid = f" (process {status.pid})" if status.pid else ""
    level("%s: %s%s%s", status.name, status.state, pid, f": {status.detail}" if status.detail else "")
