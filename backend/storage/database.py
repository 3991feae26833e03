"""The open database: threads, connections, one writer at a time, failures in words, a condition for health.

A piece of work is one function over a SQLAlchemy connection, run whole in a thread: one for the writer, a few
for readers. A driver that crosses into a thread for every statement (aiosqlite) took 1.4 ms to commit a
message where this takes 0.3 ms, and the user's message is committed before the model is asked. What is
written is not known here; `History` is for that.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, Literal, Self, TypeVar

from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, exists, select
from sqlalchemy.engine.interfaces import DBAPIConnection

from alisa.runtime.clock import Clock
from alisa.runtime.errors import StorageError
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage import backups, integrity, salvage
from backend.storage.failures import DAMAGED, told
from backend.storage.files import uri
from backend.storage.opening import check_for_reading, open_for_use
from backend.storage.tables import messages
from backend.storage.types import Restored, StorageCondition

T = TypeVar("T")
Kind = Literal["read", "write"]

_READERS = 3
_WRITES = "alisa_writes"
_CACHE_KIB = 4096
_WRITES_PER_CHECKPOINT = 128
_LOG_PAGES_AT_MOST = 20_000
"""80 MB: when the checkpoints beside the writer do not keep up, the writer makes one itself."""


class Database:
    """History's file, open. Made by `open`, or by `open_for_reading` beside a hub that runs.

    Every failure is a StorageError: `database_locked`, `database_readonly`, `disk_full`, `database_damaged`,
    `storage_closed`, `storage_failed`. None of them loses what was committed, and reading goes on where it can.
    """

    def __init__(
        self,
        home: Home,
        settings: StorageSettings,
        clock: Clock,
        *,
        lock: FileLock | None,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.home = home
        self.notices: list[str] = list(notices)
        """what a person should know, in plain words: a healing, a backup that could not be made"""
        self._settings = settings
        self.clock = clock
        self._lock = lock
        self._engine = _engine(home, settings, read_only=lock is None)
        self._writer = ThreadPoolExecutor(1, "storage-writer")
        self._readers = ThreadPoolExecutor(_READERS, "storage-reader")
        self._one_backup = threading.Lock()
        self._running: set[asyncio.Future[Any]] = set()
        self._daily: asyncio.Task[None] | None = None
        self._writes = 0
        self._condition = StorageCondition("ready", clock.now())
        self._failing: Kind | None = None

    @classmethod
    async def open(cls, home: Home, settings: StorageSettings, clock: Clock) -> Self:
        """Open history for this process alone: checked, healed where it was damaged, of today's schema.

        Today's backup, where it is still to be made, is made in the background. Raises StorageError.
        """
        opened = await asyncio.to_thread(open_for_use, home, settings, clock.now())
        database = cls(home, settings, clock, lock=opened.lock, notices=opened.notices)
        if opened.backup_due:
            database._daily = asyncio.create_task(database._back_up_today(), name="daily-backup")
        return database

    @classmethod
    async def open_for_reading(cls, home: Home, settings: StorageSettings, clock: Clock) -> Self:
        """Open history only to read it, whether a hub runs or not. Raises StorageError."""
        await asyncio.to_thread(check_for_reading, home)
        return cls(home, settings, clock, lock=None)

    @property
    def condition(self) -> StorageCondition:
        """How storage is doing, as of the last thing that was tried, with the notices in its detail."""
        return replace(self._condition, detail={"notices": tuple(self.notices)} if self.notices else {})

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work`, in a thread, over one snapshot of the database. Raises StorageError."""
        return await self._run(self._readers, "read", lambda: self._read(work))

    async def write(self, work: Callable[[Connection], T], then: Callable[[T], None] | None = None) -> T:
        """Run `work`, in a thread, in a transaction, and return once that is committed.

        Raises StorageError: then nothing changed. Writes run one after another, in the order in which they were
        asked for, and are finished even when the caller is cancelled; `then` is called, in the event loop, with the
        result of each that was committed.
        """
        result = await self._run(self._writer, "write", lambda: self._write(work), then)
        self._writes += 1
        if self._writes % _WRITES_PER_CHECKPOINT == 0:
            self._track(asyncio.get_running_loop().run_in_executor(self._readers, self._checkpoint))
        return result

    async def back_up(self, reason: backups.Reason) -> backups.Backup:
        """Make a backup now and remove the oldest beyond the number to keep. Raises StorageError."""
        return await self._run(self._readers, "read", lambda: self._back_up(reason))

    async def clear(self, work: Callable[[Connection], int], then: Callable[[object], None]) -> tuple[int, str | None]:
        """Back up, run `work`, which forgets, and back up what is left, with no other write in between.

        Returns what `work` returned and the name of the backup from before: none where nothing was ever said.
        The second backup is what a damaged file would be healed from: healing must not bring back what was
        forgotten. Raises StorageError: then nothing changed.
        """
        return await self._run(self._writer, "write", lambda: self._clear(work), then)

    async def empty_log(self) -> None:
        """Write the log into the file and empty it: what was overwritten or deleted still stood there.

        Raises StorageError.
        """
        await self._run(self._writer, "write", self._empty_log)

    async def restore_backup(self, name: str, then: Callable[[object], None]) -> Restored:
        """Bring back whatever a backup holds and history has no more; what was said since stays.

        Raises UsageError for a name that does not exist, StorageError for a backup that is damaged.
        """
        return await self._run(self._writer, "write", lambda: restore(self.home, self._settings, name), then)

    async def settled(self) -> None:
        """Wait until the work in the background (today's backup) is done."""
        if self._daily is not None:
            await asyncio.shield(self._daily)

    async def close(self) -> None:
        """Finish what was begun, then let go of the file. May be called twice."""
        if self._condition.state == "closed":
            return
        await self.settled()
        self._condition = replace(self._condition, state="closed", since=self.clock.now())
        await asyncio.gather(*self._running, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(self._writer, self._engine.dispose)
        self._writer.shutdown()
        self._readers.shutdown()
        if self._lock is not None:
            self._lock.release()

    # --- in the event loop -------------------------------------------------------------------

    async def _run(
        self, threads: Executor, kind: Kind, work: Callable[[], T], then: Callable[[T], None] | None = None
    ) -> T:
        """Run `work` to its end in a thread, whatever becomes of the caller, and keep the condition."""
        if self._condition.state == "closed":
            raise StorageError("storage_closed", "The history is closed: Alisa is stopping.", "Start her again.")
        future = self._track(asyncio.get_running_loop().run_in_executor(threads, work))
        if then is not None:
            future.add_done_callback(lambda done: then(done.result()) if _succeeded(done) else None)
        with self._watched(kind):
            return await asyncio.shield(future)

    def _track(self, future: asyncio.Future[T]) -> asyncio.Future[T]:
        self._running.add(future)
        future.add_done_callback(self._forget)
        return future

    def _forget(self, future: asyncio.Future[Any]) -> None:
        self._running.discard(future)
        _succeeded(future)  # the caller may be gone: nobody else looks at a failure then

    async def _back_up_today(self) -> None:
        try:
            await self.back_up(backups.Reason.DAILY)
        except StorageError as error:
            self.notices.append(f"Today's backup of the history could not be made. {error}")

    @contextmanager
    def _watched(self, kind: Kind) -> Iterator[None]:
        """Put failures into words and keep the condition; damage that is met has the next start check the file."""
        try:
            with told():
                yield
        except StorageError as error:
            if error.code == DAMAGED:
                integrity.mark_suspect(self.home.database)
            self._failing = kind
            self._turn("failing", str(error))
            raise
        else:
            if self._failing and kind in (self._failing, "write"):
                self._failing = None
                self._turn("ready", self._condition.last_error)

    def _turn(self, state: Literal["ready", "failing"], last_error: str) -> None:
        if self._condition.state != "closed":
            since = self._condition.since if self._condition.state == state else self.clock.now()
            self._condition = StorageCondition(state, since, last_error)

    # --- in a thread -------------------------------------------------------------------------

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            return work(connection)

    def _write(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                return work(connection)

    def _checkpoint(self) -> None:
        """Bring the log into the file beside the writer, so that no message waits for the disk's flush."""
        with closing(self._engine.raw_connection()) as connection:  # outside of any transaction
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _empty_log(self) -> None:
        with closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _clear(self, work: Callable[[Connection], int]) -> tuple[int, str | None]:
        if not self._read(_holds_messages):
            return 0, None
        undo = self._back_up(backups.Reason.CLEARING)
        forgotten = self._write(work)
        self._empty_log()
        try:
            self._back_up(backups.Reason.CLEARED)
        except StorageError as error:
            self.notices.append(f"A backup of the cleared history could not be made. {error}")
        return forgotten, undo.name

    def _back_up(self, reason: backups.Reason) -> backups.Backup:
        with self._one_backup:
            made = backups.make(self.home.database, self.home.backups, reason, self.clock.now())
            backups.prune(self.home.backups, self._settings.backups)
            return made


def _succeeded(future: asyncio.Future[Any]) -> bool:
    return not future.cancelled() and future.exception() is None


def _holds_messages(connection: Connection) -> bool:
    return bool(connection.scalar(select(exists(select(messages.c.id)))))


def restore(home: Home, settings: StorageSettings, name: str) -> Restored:
    """Bring back what a backup holds and history has no more. Safe beside a hub that runs.

    Raises UsageError for a name that does not exist, StorageError for a backup that is damaged.
    """
    with told():
        backup = backups.named(home.backups, name)
        wrong = backups.problem(backup)
        if wrong:
            raise StorageError(
                "backup_damaged", f"The backup {name} is damaged ({wrong}).", "Choose another; nothing was changed."
            )
        seconds = settings.busy_timeout_ms / 1000
        taken = salvage.merge(backup.path, home.database, "immutable", whole_turns_only=True, wait_seconds=seconds)
    return Restored(taken.messages, name)


def _engine(home: Home, settings: StorageSettings, *, read_only: bool) -> Engine:
    """Return an engine whose connections leave transactions to SQLAlchemy and never wait for ever."""
    name = uri(home.database, "ro" if read_only else "rw")
    engine = create_engine(
        URL.create("sqlite", database=name, query={"uri": "true"}),
        poolclass=QueuePool,
        pool_size=_READERS + 1,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={settings.busy_timeout_ms}",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is forgotten is overwritten, not only unlinked
            f"cache_size=-{_CACHE_KIB}",
            f"wal_autocheckpoint={_LOG_PAGES_AT_MOST}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        driver: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
