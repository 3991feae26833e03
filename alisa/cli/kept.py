"""The database of this home for a command that finds no hub: read beside whoever has it, or opened alone to write."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home

if TYPE_CHECKING:
    from backend.settings import StorageSettings
    from backend.storage.database import Database

T = TypeVar("T")
Work = Callable[["Database"], Coroutine[Any, Any, T]]


def read(home: Home, work: Work[T]) -> T | None:
    """Run `work` over the database, read-only; None where there is none. Raises StorageError."""
    if not home.database.exists():
        return None
    from backend.storage.database import Database

    async def run() -> T:
        database = await Database.open_for_reading(home, _settings(home), SystemClock())
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


def write(home: Home, work: Work[T]) -> T:
    """Run `work` over the database, which this process alone has meanwhile. Raises StorageError."""
    from backend.storage.database import Database

    async def run() -> T:
        database = await Database.open(home, _settings(home), SystemClock())
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


def _settings(home: Home) -> StorageSettings:
    from alisa.runtime.settings import load
    from backend.settings import StorageSettings

    return load(StorageSettings, home=home)[StorageSettings]
