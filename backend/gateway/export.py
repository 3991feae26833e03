"""History as a file to keep: JSON for programs, Markdown for people. Written piece by piece, however long it is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from backend.storage.types import StoredMessage


def as_json(message: StoredMessage) -> dict[str, Any]:
    """One message, as `/history` shows it."""
    return {
        "id": message.id,
        "turn": message.turn,
        "conversation": message.conversation,
        "role": message.role,
        "text": message.text,
        "emotion": None if message.emotion is None else message.emotion.value,
        "cause": message.cause.value,
        "origin": message.origin,
        "interrupted": message.interrupted,
        "at": message.at.isoformat(),
    }


async def json_file(messages: AsyncIterator[StoredMessage], at: datetime) -> AsyncIterator[str]:
    """`{"exported_at": …, "messages": [ … ]}`, a message a line."""
    yield f'{{"exported_at": {json.dumps(at.isoformat())}, "messages": ['
    separator = "\n"
    async for message in messages:
        yield separator + json.dumps(as_json(message), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


async def markdown_file(messages: AsyncIterator[StoredMessage], at: datetime, her_name: str) -> AsyncIterator[str]:
    """A heading for each conversation and each day, then who said what. Times are in the zone of `at`."""
    yield f"# Conversations with {her_name}\n\nExported on {_day(at)}.\n"
    conversation = day = ""
    async for message in messages:
        if message.conversation != conversation:
            conversation, day = message.conversation, ""
            yield f"\n## {conversation}\n"
        local = message.at.astimezone(at.tzinfo)
        if _day(local) != day:
            day = _day(local)
            yield f"\n### {day}\n"
        yield f"\n{_heading(message, local, her_name)}\n\n{_quoted(message.text)}\n"


def _heading(message: StoredMessage, local: datetime, her_name: str) -> str:
    who = "You" if message.role == "user" else her_name
    notes = [] if message.emotion is None else [message.emotion.value]
    notes += ["interrupted"] if message.interrupted else []
    return f"**{who}** · {local:%H:%M}" + (f" · {', '.join(notes)}" if notes else "")


def _quoted(text: str) -> str:
    """As a quotation, so that nothing that was said can pass for a heading of this file."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines()) or ">"


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B} {at.year}"
