"""Keeping one process alive: wait for what it needs, start it, see it ready, watch it, start it again.

Decisions are `policy`'s; this is the part that awaits. It knows nothing about the other processes
but the coroutine that says that they are ready.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from alisa.cli.supervisor import probe
from alisa.cli.supervisor.child import Child
from alisa.cli.supervisor.policy import Again, Finished, GiveUp, Life, Policy, Record
from alisa.cli.supervisor.probe import Answer
from alisa.cli.supervisor.spec import SETTLED, ProcessSpec, State, Status
from alisa.runtime import children
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one looks."""

    first_look_seconds: float = 0.02
    slower: float = 1.15
    slowest_look_seconds: float = 0.25
    watch_seconds: float = 10.0
    watch_timeout_seconds: float = 8.0
    silent_looks: int = 3
    """so many looks in a row without an answer: it hangs"""


@dataclass(frozen=True, slots=True)
class World:
    """What a keeper needs from around it."""

    home: Home
    clock: Clock
    env: Mapping[str, str]
    folder: Path
    """the working folder of the processes"""
    policy: Policy = field(default_factory=Policy)
    pace: Pace = field(default_factory=Pace)


class Keeper:
    """Keeps one process alive until it is told to stop."""

    def __init__(
        self,
        spec: ProcessSpec,
        world: World,
        changed: Callable[[Status], None],
        needs: Callable[[], Awaitable[None]],
    ) -> None:
        self.spec = spec
        self._world = world
        self._changed = changed
        self._needs = needs
        self._child: Child | None = None
        self._wish: asyncio.Event = asyncio.Event()
        self._stopping = False
        self._record = Record()
        self.status = Status(spec.name, State.WAITING, self._now())

    # --- what others may ask ---------------------------------------------------------------

    async def run(self) -> None:
        """Keep it alive; ends after `stop` or `kill`."""
        if not await self._unless_wished(self._needs()):
            self._wish.clear()
        while not self._stopping:
            life, why = await self._live()
            await self._until_next(life, why)
        if self.status.state not in (State.FAILED, State.STOPPED):
            self._show(State.STOPPED, "")

    def stop(self) -> None:
        """Ask it to end, then let `run` end."""
        self._stopping = True
        self._wish.set()

    def kill(self) -> None:
        """End it at once, then let `run` end."""
        self.stop()
        if self._child:
            self._child.kill()

    def restart(self) -> None:
        """End the present life, if there is one, and begin a new one with a clean record."""
        self._record = Record()
        if self.status.state in SETTLED:  # from now on, so that nobody who waits takes the old life for the new one
            self._show(State.RESTARTING, "as asked", pid=self.status.pid)
        self._wish.set()

    # --- one life --------------------------------------------------------------------------

    async def _live(self) -> tuple[Life, str]:
        """Start it and stay with it to its end; return how it went, and why it ended."""
        started = self._seconds()
        self._show(State.STARTING, "")
        try:
            child = self._child = await Child.start(self.spec, self._world.env, self._world.folder)
        except AlisaError as error:
            return Life(started, None, self._seconds(), error.exit_code), str(error)
        ready_at: list[float] = []
        self._show(State.STARTING, "", pid=child.pid)
        ended = asyncio.ensure_future(child.wait())
        hung = asyncio.ensure_future(self._watch(child, ready_at))
        wished = asyncio.ensure_future(self._wish.wait())
        try:
            await asyncio.to_thread(self._write_down, child.pid)
            await asyncio.wait({ended, hung, wished}, return_when=asyncio.FIRST_COMPLETED)
            why = hung.result() if hung.done() and not ended.done() else ""
            if not ended.done():
                hung.cancel()  # what it answers from now on is no news: it is ending
                self._show(State.STOPPING if wished.done() else State.RESTARTING, why, pid=child.pid)
                await child.stop(self.spec.stop_seconds)
            code = await ended
        finally:
            hung.cancel()
            wished.cancel()
            if child.code is None:
                child.kill()
            self._child = None
        children.forget(self._world.home, self.spec.name)
        life = Life(started, ready_at[0] if ready_at else None, self._seconds(), None if why else code)
        return life, why or describe_end(code, child.said)

    async def _watch(self, child: Child, ready_at: list[float]) -> str:
        """Show how it does, for as long as it does well; return the reason when it must be ended."""
        ready, pace = self.spec.ready, self._world.pace
        if not ready.file:
            await asyncio.sleep(ready.settle_seconds)
            ready_at.append(self._seconds())
            self._show(State.READY, "", pid=child.pid)
            await asyncio.Event().wait()
        waiting_since, pause, silent = self._seconds(), pace.first_look_seconds, 0
        while True:
            seen = await probe.look(ready, child.owns, pace.watch_timeout_seconds)
            silent = silent + 1 if seen.answer is Answer.SILENT else 0
            if seen.answer is Answer.READY:
                if not ready_at:
                    ready_at.append(self._seconds())
                self._show(State.READY, seen.url, pid=child.pid)
                waiting_since, pause = -1.0, pace.watch_seconds
            elif self.status.state is State.READY and seen.answer is Answer.SILENT and silent < pace.silent_looks:
                pause = pace.watch_seconds
            elif self.status.state is State.READY and seen.answer is Answer.SILENT:
                return f"it did not answer {silent} times in a row"
            else:
                if waiting_since < 0:
                    waiting_since, pause = self._seconds(), pace.first_look_seconds
                if self._seconds() - waiting_since > ready.limit_seconds:
                    return f"it was not ready within {ready.limit_seconds:.0f} s"
                if seen.answer is Answer.LOADING or ready_at:
                    self._show(State.LOADING, "", pid=child.pid)
                pause = min(pause * pace.slower, pace.slowest_look_seconds)
            await asyncio.sleep(pause)

    def _write_down(self, pid: int) -> None:
        """Let the next start recognise this process, should we be killed. A full disk is no reason to stop."""
        with contextlib.suppress(AlisaError):
            children.record(self._world.home, self.spec.name, pid)

    # --- between two lives -----------------------------------------------------------------

    async def _until_next(self, life: Life, why: str) -> None:
        """Wait as the policy says; return early when somebody wishes something."""
        if self._wish.is_set():
            self._wish.clear()
            if not self._stopping:
                self._count_restart()
            return
        verdict, self._record = self._world.policy.judge(self._record, life, may_leave=self.spec.may_leave)
        if isinstance(verdict, Again):
            self._show(State.RESTARTING, why)
            await self._unless_wished(asyncio.sleep(verdict.seconds))
        elif isinstance(verdict, GiveUp):
            self._show(State.FAILED, f"{verdict.why}, the last time so: {why}" if verdict.why else why)
            await self._wish.wait()
        elif isinstance(verdict, Finished):
            self._show(State.STOPPED, why)
            await self._wish.wait()
        self._wish.clear()
        if not self._stopping:
            self._count_restart()

    async def _unless_wished(self, awaitable: Awaitable[None]) -> bool:
        """Await it; return False when somebody wished something first."""
        task = asyncio.ensure_future(awaitable)
        wished = asyncio.ensure_future(self._wish.wait())
        try:
            await asyncio.wait({task, wished}, return_when=asyncio.FIRST_COMPLETED)
            return task.done()
        finally:
            task.cancel()
            wished.cancel()

    # --- small things ----------------------------------------------------------------------

    def _count_restart(self) -> None:
        self.status = replace(self.status, restarts=self.status.restarts + 1)

    def _show(self, state: State, detail: str, *, pid: int | None = None) -> None:
        before = self.status
        if (before.state, before.detail, before.pid) == (state, detail, pid):
            return
        since = before.since if before.state is state else self._now()
        self.status = replace(before, state=state, detail=detail, pid=pid, since=since)
        self._changed(self.status)

    def _now(self) -> str:
        return self._world.clock.now().isoformat(timespec="milliseconds")

    def _seconds(self) -> float:
        return self._world.clock.monotonic()


_STAMP = re.compile(r"^\d\d:\d\d:\d\d (debug|info|warning|error|critical)\s+\w+\s+")
"""How the lines of Alisa's own processes begin."""
_SPOKEN_CODES = frozenset({1, 2, 3})
"""With these a process of Alisa ends that has said what is wrong, in a whole sentence."""


def describe_end(code: int, said: tuple[str, ...]) -> str:
    """How a process ended, with its last words: they are the ones that say why."""
    fatal = [line for line in said if line.startswith("Fatal Python error")]  # faulthandler's; frames follow it
    line = _STAMP.sub("", (fatal or said or ("",))[-1]).strip()
    if code == 0:
        return line or "it ended by itself"
    if code in _SPOKEN_CODES and line.endswith("."):
        return line
    how = f"it ended with exit code {code}"
    if code < 0:
        try:
            how = f"it was ended by {signal.Signals(-code).name}"
        except ValueError:
            how = f"it was ended by signal {-code}"
    return f"{how}: {line}" if line else how
