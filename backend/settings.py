"""The sections of the configuration that only the hub reads."""

from __future__ import annotations

from typing import ClassVar, Literal

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


class InitiativeSettings(Section):
    """Whether she speaks up by herself, and how often at the most. What she learns can make it less, never more."""

    section: ClassVar[str] = "initiative"

    enabled: bool = True
    """Let her speak up by herself: seldom, at a good moment, for a reason that `alisa why` tells."""
    learn_habits: bool = True
    """Learn when you work, in what, and which remarks you like. It stays in your database; `alisa habits` shows it."""
    loudest: Literal["voice", "toast", "badge"] = "voice"
    """How loud she may be then: aloud, in a bubble, or with a small mark that you open."""
    gap_minutes: int = Field(20, ge=5, le=1440)
    """The least time between two remarks, in minutes."""
    per_hour: int = Field(3, ge=0, le=12)
    """How many remarks within any hour."""
    per_day: int = Field(8, ge=0, le=50)
    """How many remarks within any 24 hours."""
    unanswered: int = Field(1, ge=1, le=5)
    """So many remarks may stay without an answer; then she waits for you."""
    away_minutes: int = Field(10, ge=2, le=720)
    """An absence of this length is one, and she greets you after it."""
    not_now_minutes: int = Field(60, ge=5, le=1440)
    """How long "not now" or "be quiet", said after a remark, keeps her quiet."""
