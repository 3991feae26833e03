"""A history in a home of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from alisa.runtime.clock import ManualClock
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage.database import Database
from backend.storage.history import History


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def settings() -> StorageSettings:
    return StorageSettings(busy_timeout_ms=50)


@pytest.fixture
async def database(home: Home, settings: StorageSettings, clock: ManualClock) -> AsyncIterator[Database]:
    database = await Database.open(home, settings, clock)
    yield database
    await database.close()


@pytest.fixture
def history(database: Database) -> History:
    return History(database)
