"""Breakpoints: the moments between two things, at which a remark disturbs least.

Pure. Two looks are compared; a moment is good for a short while and no longer.
Iqbal and Bailey (CHI 2008, https://doi.org/10.1145/1357054.1357070) found that notifications which wait for such
breakpoints frustrate less and are reacted to sooner.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from backend.sight.seen import Seen
from backend.sight.words import is_modified

FRESH_FOR = timedelta(seconds=75)
"""How long a breakpoint is one: the loop looks every thirty seconds."""
PAUSE_SECONDS = 60


class Breakpoint(StrEnum):
    """What has just ended."""

    SWITCH = "the user changed to another application"
    CALL_ENDED = "a call ended"
    SAVED = "a file was saved"
    RETURN = "the user came back"
    PAUSE = "the user paused"


def between(before: Seen, after: Seen) -> Breakpoint | None:
    """The breakpoint that lies between two looks; None where the user goes on with the same thing."""
    if _was(before, "call") and after.system is not None and not _was(after, "call"):
        return Breakpoint.CALL_ENDED
    if _saved(before, after):
        return Breakpoint.SAVED
    if before.app and after.app and before.app != after.app:
        return Breakpoint.SWITCH
    if before.idle_seconds < PAUSE_SECONDS <= after.idle_seconds:
        return Breakpoint.PAUSE
    return None


def _was(seen: Seen, field: str) -> bool:
    return seen.system is not None and seen.system.whether(field)


def _saved(before: Seen, after: Seen) -> bool:
    """The title lost the mark of a document that is not saved, and is the same otherwise."""
    if before.screen is None or after.screen is None or before.app != after.app:
        return False
    old, new = before.screen.text("window"), after.screen.text("window")
    return is_modified(old) and not is_modified(new) and _bare(old) == _bare(new)


def _bare(title: str) -> str:
    return "".join(char for char in title.replace("[+]", "").replace("(modified)", "") if char not in "●•*").strip()
