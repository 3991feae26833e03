"""The sections of the configuration that only the hub reads."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from alisa.runtime.settings import Section, strictest


class ConversationSettings(Section):
    """How a conversation is held."""

    section: ClassVar[str] = "conversation"

    persona: str = "alisa"
    """Who she is: the name of a card in `data/personas` or in the personas folder of your Alisa home."""
    mode: str = ""
    """The mode in which a new conversation begins; empty: the persona's own."""
    window_turns: int = Field(10, ge=1, le=200)
    """How many past turns the model sees word for word."""
    window_tokens: int = Field(3000, ge=200, le=500_000)
    """How many tokens of past turns the model sees at the most."""
    max_waiting: int = Field(32, ge=1, le=1000)
    """How many messages may wait for their answer in one conversation."""


class StorageSettings(Section):
    """Where history is kept and how it is backed up."""

    section: ClassVar[str] = "storage"

    backups: int = Field(5, ge=1, le=100)
    """How many backups of the database are kept; one is made at the first start of each day and before each
    migration. Those that let you undo a clearing are counted separately, by the same number."""
    busy_timeout_ms: int = Field(5000, ge=0, le=60_000)
    """How long a write waits for another program that holds the database, in milliseconds."""


class JournalSettings(Section):
    """A record of every frame between the hub and its clients, for finding out what happened."""

    section: ClassVar[str] = "journal"

    enabled: bool = strictest(False)
    """Write every frame to `logs/journal.jsonl`. It holds what was said, so turn it on only for as long as needed."""
    max_mib: int = Field(20, ge=1, le=1024)
    """The size at which the journal is rotated, in MiB."""
    keep: int = Field(2, ge=1, le=50)
    """How many rotated journals are kept."""
