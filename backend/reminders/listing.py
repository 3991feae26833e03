"""A reminder as programs see it."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from backend.reminders import words
from backend.storage.reminders import Reminder


def as_json(reminder: Reminder, now: datetime, zone: tzinfo | None) -> dict[str, Any]:
    """As JSON; `when` is for people, by the clock on their wall."""
    return {
        "id": reminder.id,
        "kind": reminder.kind,
        "text": reminder.text,
        "due": reminder.due.isoformat(),
        "when": words.when_due(reminder.due, now, zone),
        "conversation": reminder.conversation,
        "state": reminder.state,
        "made": reminder.made.isoformat(),
    }
