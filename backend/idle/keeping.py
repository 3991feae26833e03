"""What of her initiative outlives the hub: thoughts, and what the user wishes of it.

Work for the store waits in line, so that nothing in the hub waits for the disk; what fails there is said in the log.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from alisa.runtime.errors import StorageError
from alisa.runtime.logs import get_logger
from backend.idle.limits import remark_of
from backend.idle.mind import NEW_DAY_AFTER, Mind
from backend.idle.policy import SAID_BEFORE
from backend.storage.thoughts import StoredThought

SNOOZED_UNTIL, GOODBYE, OFF = "snoozed_until", "goodbye", "off:"

log = get_logger(__name__)


class Store(Protocol):
    """Where thoughts and wishes are kept."""

    async def keep(self, thought: StoredThought) -> None: ...
    async def judge(self, turn: int, verdict: str) -> None: ...
    async def drop(self, turn: int) -> None: ...
    async def forget(self, conversation: str = "") -> None: ...
    async def since(self, moment: datetime) -> list[StoredThought]: ...
    async def wishes(self) -> dict[str, str]: ...
    async def wish(self, name: str, value: str | None) -> None: ...


async def recall(store: Store, mind: Mind, now: datetime) -> None:
    """Take up what was said and wished before the hub was started, so that no cap begins anew."""
    try:
        thoughts, wishes = await store.since(now - SAID_BEFORE), await store.wishes()
    except StorageError as error:
        log.warning("what she said before cannot be read", code=error.code, error=error.message)
        return
    mind.recall([remark_of(thought, now) for thought in thoughts], now)
    for name, value in wishes.items():
        if name == SNOOZED_UNTIL:
            mind.snoozed_until = _moment(value)
        elif name == GOODBYE:  # a hub that is started again at once has not brought the user back
            at = _moment(value)
            mind.goodbye = at is not None and now - at < NEW_DAY_AFTER
        elif name.startswith(OFF):
            mind.given_up[name.removeprefix(OFF)] = value


def _moment(text: str) -> datetime | None:
    with contextlib.suppress(ValueError):
        found = datetime.fromisoformat(text)
        return found if found.tzinfo is not None else None
    return None


class Keeper:
    """A line of work for the store. `run` it as a task; `finish` does what is left."""

    def __init__(self) -> None:
        self._line: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()

    def later(self, work: Callable[[], Awaitable[None]]) -> None:
        """Put this into the line."""
        self._line.put_nowait(work)

    async def run(self) -> None:
        """Work, for ever."""
        while True:
            await self._do(await self._line.get())

    async def finish(self) -> None:
        """Do all that waits."""
        while not self._line.empty():
            await self._do(self._line.get_nowait())

    async def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except StorageError as error:
            log.warning("a thought could not be kept", code=error.code, error=error.message)
