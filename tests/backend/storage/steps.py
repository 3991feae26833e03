"""Steps that many tests of storage take."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from backend.storage.history import History
from backend.storage.types import StoredMessage

NOW = datetime(2026, 11, 21, 20, 14, tzinfo=UTC)


async def say(history: History, text: str | None, conversation: str = "main", cause: Cause = Cause.USER) -> int:
    """Begin a turn, as the driver does."""
    return await history.open_turn(conversation, cause, text=text, source=Source.TYPED, origin="chat", at=NOW)


async def answer(
    history: History,
    turn: int,
    text: str,
    *,
    reason: EndReason = EndReason.STOP,
    interrupted: bool = False,
    emotion: Emotion | None = Emotion.HAPPY,
) -> None:
    """End a turn, as the driver does."""
    await history.close_turn(
        turn,
        reason=reason,
        text=text,
        emotion=emotion,
        interrupted=interrupted,
        origin="openai:starter",
        timings={"first_token": 6.5},
        at=NOW + timedelta(seconds=2),
    )


async def talk(history: History, *exchanges: tuple[str, str], conversation: str = "main") -> list[int]:
    """Hold whole turns; return their ids."""
    turns = []
    for user, her in exchanges:
        turns.append(await say(history, user, conversation))
        await answer(history, turns[-1], her)
    return turns


async def chatter(history: History, count: int, conversation: str = "main") -> list[int]:
    """Hold so many different turns, long enough to fill a few pages of the file."""
    exchanges = [(f"question {n} " + "about cats " * 20, f"answer {n} " + "about dogs " * 20) for n in range(count)]
    return await talk(history, *exchanges, conversation=conversation)


def texts(messages: list[StoredMessage]) -> list[str]:
    """What was said, in order."""
    return [message.text for message in messages]


def ask(database: Path, query: str) -> list[tuple[object, ...]]:
    """Look into a file with nothing but SQLite."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()
