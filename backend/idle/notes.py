"""What initiative and sight add to the prompt: what is seen, and what was held while the user was away.

Notes, labelled with where they come from, never the system's voice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from backend.conversation.context import ContextNote, Contributor
from backend.sight.watch import Sight

SIGHT_PRIORITY, HELD_PRIORITY = 20, 30
HELD = "while the user was away"


def sight_notes(sight: Sight) -> Contributor:
    """A contributor that tells what the eyes see."""

    def what_is_seen(conversation: str, now: datetime) -> Sequence[ContextNote]:
        return [ContextNote(label, text, SIGHT_PRIORITY) for label, text in sight.notes(conversation, now)]

    return what_is_seen


def held_notes(digest: Callable[[], Sequence[str]]) -> Contributor:
    """A contributor that tells, with her greeting, what she kept to herself meanwhile."""

    def what_was_held(_conversation: str, _now: datetime) -> Sequence[ContextNote]:
        held = digest()
        return [ContextNote(HELD, "; ".join(held), HELD_PRIORITY)] if held else []

    return what_was_held
