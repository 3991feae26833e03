"""All the processes together: started side by side as far as they do not need each other, and
stopped in reverse.

It knows when each may start and when each may stop; keeping one alive is `keeper`'s business.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from alisa.cli.supervisor.keeper import Keeper, World
from alisa.cli.supervisor.spec import SETTLED, ProcessSpec, State, Status, stops_before
from alisa.runtime.errors import UsageError

_OVER = frozenset({State.FAILED, State.STOPPED})


class Group:
    """The processes that one supervisor keeps alive."""

    def __init__(
        self, specs: Iterable[ProcessSpec], world: World, changed: Callable[[Status], None] = lambda _: None
    ) -> None:
        specs = tuple(specs)
        self._tell = changed
        self._moved = asyncio.Event()
        self._stop = asyncio.Event()
        self._before = stops_before(specs)
        self._keepers = {
            spec.name: Keeper(spec, world, self._changed, lambda spec=spec: self._ready(spec.waits_for))  # type: ignore[misc]
            for spec in specs
        }

    def statuses(self) -> tuple[Status, ...]:
        """How each process does, in the order of their start."""
        return tuple(keeper.status for keeper in self._keepers.values())

    async def run(self) -> None:
        """Keep all alive until `stop` or `kill`, or until none is left to keep; then none runs any more."""
        running = {name: asyncio.create_task(keeper.run(), name=name) for name, keeper in self._keepers.items()}
        try:
            ended = asyncio.ensure_future(self._until(lambda: all(s.state in _OVER for s in self.statuses())))
            stopped = asyncio.ensure_future(self._stop.wait())
            await asyncio.wait({ended, stopped, *running.values()}, return_when=asyncio.FIRST_COMPLETED)
            ended.cancel()
            stopped.cancel()
            await asyncio.gather(*(self._end(name, running) for name in running))
            await asyncio.gather(*running.values())
        finally:
            self.kill()

    def stop(self) -> None:
        """Ask all to end, in reverse order, each within its time."""
        self._stop.set()

    def kill(self) -> None:
        """End all at once."""
        self._stop.set()
        for keeper in self._keepers.values():
            keeper.kill()

    def restart(self, name: str) -> None:
        """End that process and start it again. Raises UsageError for a name that is not here."""
        if name not in self._keepers:
            raise UsageError(
                "unknown_process", f"There is no process called {name} here.", f"Running: {', '.join(self._keepers)}."
            )
        self._keepers[name].restart()

    async def settled(self) -> tuple[Status, ...]:
        """Wait until every process is ready, failed or stopped."""
        await self._until(lambda: all(status.state in SETTLED for status in self.statuses()))
        return self.statuses()

    async def _ready(self, names: Iterable[str]) -> None:
        """Wait until those of the named processes that are here are ready."""
        keepers = [self._keepers[name] for name in names if name in self._keepers]
        await self._until(lambda: all(keeper.status.state is State.READY for keeper in keepers))

    async def _end(self, name: str, running: dict[str, asyncio.Task[None]]) -> None:
        """Stop one process once those that must end before it have ended."""
        earlier = [running[other] for other in self._before[name]]
        if earlier:
            await asyncio.wait(earlier)
        self._keepers[name].stop()

    async def _until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            moved = self._moved
            await moved.wait()

    def _changed(self, status: Status) -> None:
        self._moved.set()
        self._moved = asyncio.Event()
        self._tell(status)
