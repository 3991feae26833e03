"""History: what was said, by whom, in which turn. Every conversation is by itself.

A promise holds for every method that changes something: when it returns, the change is committed, and a kill of
the process takes nothing of it back. What is shown to the model, and when, is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, CursorResult, bindparam, case, delete, exists, insert, literal, or_, select, update
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.errors import StorageError, UsageError
from backend.storage import backups, queries, search
from backend.storage.database import Database
from backend.storage.forgetting import forget
from backend.storage.queries import HERS, USERS, to_emotion, to_info, to_message, to_pending
from backend.storage.recent import SPARE_TURNS, RecentTurns
from backend.storage.tables import conversations, messages, turns
from backend.storage.text import storable
from backend.storage.types import (
    Cleared,
    ConversationInfo,
    HistorySummary,
    PendingTurn,
    Restored,
    StoredMessage,
)

MAX_PAGE = 1000
_EXPORT_BATCH = 500
_NEW_TURN = insert(turns)
_NEW_MESSAGE = insert(messages)
_BIGGEST_ID = 2**63 - 1


class History:
    """What was said. Times are aware datetimes; every method may raise StorageError (see `Database`)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids: dict[str, int] = {}
        """conversations by name, as committed; one is never removed"""
        self._recent = RecentTurns()
        self._open: dict[int, str] = {}
        """the conversations of the turns that were opened here and are not closed yet"""
        self._asked: dict[str, int] = {}
        """how many turns a conversation's window was last asked to hold"""
        self._reading: set[asyncio.Task[None]] = set()

    # --- a turn ------------------------------------------------------------------------------

    async def open_turn(
        self,
        conversation: str,
        cause: Cause,
        *,
        text: str | None,
        source: Source | None,
        origin: str,
        at: datetime,
    ) -> int:
        """Begin a turn, with the user's words where there are any, and return its id: greater than any before."""

        name, origin = storable(conversation), storable(origin)

        def work(connection: Connection) -> tuple[int, int]:
            within = self._ids.get(name) or _conversation(connection, name, at)
            turn = {"conversation_id": within, "cause": cause, "source": source, "origin": origin, "began_at": at}
            number = _inserted(connection.execute(_NEW_TURN, turn))
            if text is not None:
                said = {"turn_id": number, "conversation_id": within, "role": USERS, "text": storable(text)}
                rest = {"emotion": None, "origin": origin, "interrupted": False, "at": at}
                connection.execute(_NEW_MESSAGE, said | rest)
            return within, number

        def then(opened: tuple[int, int]) -> None:
            self._ids[name], turn = opened
            self._open[turn] = name
            self._recent.touched(turn, name)

        return (await self._database.write(work, then))[1]

    async def save_partial(self, turn: int, text: str, emotion: Emotion | None, at: datetime) -> None:
        """Keep what she has said so far, marked interrupted until `close_turn` says otherwise.

        Of a turn that was cleared meanwhile nothing is kept.
        """
        said = {"text": storable(text), "emotion": emotion, "interrupted": True}
        await self._database.write(
            lambda connection: _upsert_hers(connection, turn, said, at),
            lambda _: self._recent.touched(turn, self._open.get(turn)),
        )

    async def close_turn(
        self,
        turn: int,
        *,
        reason: EndReason,
        text: str,
        emotion: Emotion | None,
        interrupted: bool,
        origin: str,
        timings: Mapping[str, float],
        at: datetime,
    ) -> None:
        """End a turn with what stands in history of her words; without any, no message of hers is kept."""
        said = {"text": storable(text), "emotion": emotion, "interrupted": interrupted, "origin": storable(origin)}

        def work(connection: Connection) -> None:
            ended = {"ended_at": at, "reason": reason, "timings": dict(timings)}
            connection.execute(update(turns).where(turns.c.id == turn).values(ended))
            if text.strip():
                _upsert_hers(connection, turn, said, at, moved=True)
            else:
                connection.execute(delete(messages).where(messages.c.turn_id == turn, messages.c.role == HERS))

        def then(_: None) -> None:
            name = self._open.pop(turn, None)
            self._recent.touched(turn, name)
            self._read_ahead(name)

        await self._database.write(work, then)

    async def amend_heard(self, conversation: str, turn: int, heard: Callable[[str], str]) -> str | None:
        """Let a reply that is over become what was heard of it, marked interrupted; of nothing heard nothing is kept.

        `heard` returns a beginning of the text that it is given. Return what stands now; None where nothing
        changed: there is no such reply in this conversation, it is not over, or all of it was heard.
        """
        name = storable(conversation)
        hers = (messages.c.turn_id == turn, messages.c.role == HERS)

        def work(connection: Connection) -> str | None:
            text = connection.scalar(queries.finished_reply(name, min(turn, _BIGGEST_ID)))
            if text is None:
                return None
            part = storable(heard(text)).rstrip()
            if part == text or not text.startswith(part):
                return None
            change = update(messages).values(text=part, interrupted=True) if part else delete(messages)
            connection.execute(change.where(*hers))
            connection.execute(update(turns).where(turns.c.id == turn).values(reason=EndReason.INTERRUPTED))
            return part

        def then(changed: str | None) -> None:
            if changed is not None:
                self._recent.touched(turn, name)
                self._read_ahead(name)

        return await self._database.write(work, then)

    async def recover(self, at: datetime) -> list[PendingTurn]:
        """At start: close the turns that a crash left open, and return what the user still waits for.

        Where she had begun to speak, what was kept stands as interrupted; where not, the turn ends as failed.
        """

        def work(connection: Connection) -> list[PendingTurn]:
            spoke = exists().where(messages.c.turn_id == turns.c.id, messages.c.role == HERS)
            cut_off = or_(spoke, turns.c.cause != Cause.USER)
            reason = case((cut_off, EndReason.INTERRUPTED), else_=EndReason.ERROR)
            connection.execute(update(turns).where(turns.c.ended_at.is_(None)).values(ended_at=at, reason=reason))
            return [to_pending(row) for row in connection.execute(queries.unanswered(None))]

        return await self._database.write(work, lambda _: self._recent.forget())

    # --- what was said -----------------------------------------------------------------------

    async def window(self, conversation: str, *, turns: int, before_turn: int | None = None) -> list[StoredMessage]:
        """Return the messages of the newest turns that hold any, oldest first, in a turn the user's before hers."""
        name = storable(conversation)
        self._asked[name] = turns
        kept = self._recent.window(name, turns, before_turn)
        return await self._window(name, turns, before_turn) if kept is None else kept

    async def unanswered(self, conversation: str | None = None) -> list[PendingTurn]:
        """Return what the user said since she last spoke (or was cut off), oldest first."""
        asked = queries.unanswered(None if conversation is None else storable(conversation))
        return await self._database.read(lambda connection: [to_pending(row) for row in connection.execute(asked)])

    async def page(
        self,
        *,
        conversation: str | None = None,
        limit: int = 50,
        before: int | None = None,
        query: str | None = None,
    ) -> list[StoredMessage]:
        """Return the newest messages, newest last: those with an id below `before`, those that hold these words.

        `query` may be any text: all its words must occur, the last one may be a beginning, words in double quotes
        are a phrase. A query without anything to search for is none. `limit` is kept within 1 and `MAX_PAGE`.
        """
        searched = search.plan(query) if query else None
        name = None if conversation is None else storable(conversation)
        if before is not None and before > _BIGGEST_ID:
            before = None
        asked = queries.page(name, min(max(limit, 1), MAX_PAGE), before, searched)
        newest_first = await self._database.read(
            lambda connection: [to_message(row) for row in connection.execute(asked)]
        )
        return newest_first[::-1]

    async def turns_after(self, conversation: str, turn: int, limit: int = 200) -> list[list[StoredMessage]]:
        """Return the newest turns after this one, oldest first, each with its messages.

        Of a turn that still runs only the user's message is there: what she is saying comes over the socket.
        """
        asked = queries.said_after(storable(conversation), min(turn, _BIGGEST_ID), limit)
        read = await self._database.read(lambda connection: [to_message(row) for row in connection.execute(asked)])
        return [list(said) for _, said in groupby(read, key=lambda message: message.turn)]

    async def export(self, conversation: str | None = None) -> AsyncIterator[StoredMessage]:
        """Yield everything, one conversation after the other, each by turn. Nothing is held open in between.

        Raises UsageError `unknown_conversation`.
        """
        names = [info.name for info in await self.conversations()]
        if conversation is not None:
            known, names = names, [name for name in names if name == storable(conversation)]
            if not names:
                there_are = f"There are: {', '.join(known)}." if known else "Nothing has been said yet."
                raise UsageError("unknown_conversation", f"There is no conversation named {conversation!r}.", there_are)
        for name in names:
            last = 0
            while batch := await self._batch(name, last):
                for message in batch:
                    yield message
                last = batch[-1].turn

    async def _batch(self, name: str, after_turn: int) -> list[StoredMessage]:
        """Return the next whole turns of a conversation; a turn has two messages at most."""
        asked = queries.export(name, after_turn, _EXPORT_BATCH)
        batch = await self._database.read(lambda connection: [to_message(row) for row in connection.execute(asked)])
        if len(batch) == _EXPORT_BATCH:
            return [message for message in batch if message.turn != batch[-1].turn]
        return batch

    async def _window(self, name: str, count: int, before_turn: int | None) -> list[StoredMessage]:
        asked = queries.window(name, count, before_turn)
        return await self._database.read(lambda connection: [to_message(row) for row in connection.execute(asked)])

    def _read_ahead(self, name: str | None) -> None:
        """Read the next turn's window now that a turn has ended, so that the user's next message need not wait."""
        if name in self._asked:
            task = asyncio.create_task(self._keep_recent(name, self._asked[name] + SPARE_TURNS))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _keep_recent(self, name: str, count: int) -> None:
        changes = self._recent.changes
        with suppress(StorageError):  # the window is then read when it is needed, and says so
            read = await self._window(name, count, None)
            if changes == self._recent.changes:
                self._recent.keep(name, read, count)

    # --- conversations -----------------------------------------------------------------------

    async def conversations(self) -> list[ConversationInfo]:
        """Return all conversations, in the order in which they began."""
        return await self._database.read(
            lambda connection: [to_info(row) for row in connection.execute(queries.infos())]
        )

    async def ensure_conversation(self, name: str, mode: str, persona: str) -> ConversationInfo:
        """Return the conversation of this name; where there is none, it begins with this mode and persona."""
        name = storable(name)

        def work(connection: Connection) -> ConversationInfo:
            _conversation(connection, name, self._database.clock.now(), storable(mode), storable(persona))
            return to_info(connection.execute(queries.infos(name)).one())

        return await self._database.write(work)

    async def set_mode(self, name: str, mode: str) -> None:
        """Give a conversation another mode; where there is no such conversation, nothing happens."""
        change = update(conversations).where(conversations.c.name == storable(name)).values(mode=storable(mode))
        await self._database.write(lambda connection: connection.execute(change))

    async def latest(self, conversation: str) -> tuple[int | None, Emotion | None]:
        """Return the id of the newest turn and what she felt last."""
        name = storable(conversation)

        def work(connection: Connection) -> tuple[int | None, Emotion | None]:
            emotion = to_emotion(connection.scalar(queries.latest_emotion(name)))
            return connection.scalar(queries.latest_turn(name)), emotion

        return await self._database.read(work)

    # --- all of it ---------------------------------------------------------------------------

    async def summary(self) -> HistorySummary:
        """Return history in a few numbers."""

        def work(connection: Connection) -> HistorySummary:
            count, hers, interrupted, with_messages, first_at, last_at = connection.execute(queries.totals()).one()
            felt_often = connection.execute(queries.emotions()).all()
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
            return HistorySummary(
                messages=count,
                from_user=count - hers,
                from_her=hers,
                interrupted=interrupted,
                turns=with_messages,
                first_at=first_at,
                last_at=last_at,
                emotions={felt: often for word, often in felt_often if (felt := to_emotion(word))},
                conversations=tuple(to_info(row) for row in connection.execute(queries.infos())),
                database_bytes=pages * size,
                backups=tuple(backup.name for backup in backups.available(self._database.home.backups)),
            )

        return await self._database.read(work)

    async def clear(self, conversation: str | None = None) -> Cleared:
        """Forget a conversation, or everything; a backup is made first, so that `restore_backup` can undo it.

        Reminders that were said or cancelled go with it; those that are still to come stay. Her thoughts are
        forgotten, too.
        """
        name, now = None if conversation is None else storable(conversation), self._database.clock.now()
        forgotten, backup = await self._database.clear(
            lambda connection: forget(connection, name, now), lambda _: self._recent.forget()
        )
        return Cleared(forgotten, backup)

    async def restore_backup(self, name: str) -> Restored:
        """Bring back what this backup holds and history has no more; what was said since stays.

        Raises UsageError where there is no such backup.
        """
        return await self._database.restore_backup(name, lambda _: self._recent.forget())


def _conversation(connection: Connection, name: str, at: datetime, mode: str = "", persona: str = "") -> int:
    """Return the id of a conversation, which begins now if there is none of that name."""
    found = connection.scalar(select(conversations.c.id).where(conversations.c.name == name))
    if found is None:
        begun = {"name": name, "mode": mode, "persona": persona, "created_at": at}
        found = _inserted(connection.execute(insert(conversations), begun))
    return int(found)


def _inserted(result: CursorResult[Any]) -> int:
    """Return the id that the inserted row was given."""
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 - a table with one integer key always gives it
    return int(key[0])


def _upsert_hers(
    connection: Connection, turn: int, said: Mapping[str, Any], at: datetime, *, moved: bool = False
) -> None:
    """Insert her message of a turn, or change the one that is there, its time only where it has `moved`; without the
    turn there is nothing to do."""
    changed = (*said, "at") if moved else tuple(said)
    connection.execute(_hers(changed), {"origin": "", **said, "at": at, "turn": turn})


@cache
def _hers(changed: tuple[str, ...]) -> Insert:
    """The statement, made once: making it takes as long as all the rest, and the words wait for it."""
    row = ("emotion", "origin", "text", "interrupted", "at")
    values = (bindparam(name, type_=messages.c[name].type) for name in row)
    source = select(turns.c.id, turns.c.conversation_id, literal(HERS), *values).where(turns.c.id == bindparam("turn"))
    new = upsert(messages).from_select(["turn_id", "conversation_id", "role", *row], source)
    return new.on_conflict_do_update(
        index_elements=["turn_id", "role"], set_={name: new.excluded[name] for name in changed}
    )
