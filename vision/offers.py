"""When help with an error is offered: once for each error, and never twice within five minutes. Pure.

Whether it is then spoken of at all is decided by the hub; this only keeps the eyes from asking again and again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from alisa.protocol.sight import SightScreen

APART_SECONDS = 300.0
"""Two offers are at least so far apart."""
FORGET_SECONDS = 3600.0
"""An error that was not seen for so long is a new one."""
MOST_ERRORS = 200

Key: TypeAlias = tuple[str, str, str, int | None]


def error_of(sight: SightScreen) -> Key | None:
    """Return what makes an error the same one; None: there is none. Numbers in a message change from run to run."""
    if not sight.error_kind:
        return None
    message = "".join(" " if mark.isdigit() else mark for mark in sight.error_message.lower())
    return (sight.error_kind, " ".join(message.split()), sight.error_file, sight.error_line)


@dataclass(slots=True)
class Offers:
    """What was offered, and when."""

    _offered: dict[Key, float] = field(default_factory=dict)
    """the errors that help was offered for, and when each was seen last"""
    _last: float | None = None

    def may_offer(self, sight: SightScreen, now: float) -> bool:
        """May the help in `sight` be offered at this time (in seconds)? A yes counts as an offer."""
        key = error_of(sight)
        self._forget(now)
        if key is None or not sight.offer:
            return False
        if key in self._offered:
            self._offered[key] = now
            return False
        if self._last is not None and now - self._last < APART_SECONDS:
            return False
        self._offered[key] = self._last = now
        return True

    def _forget(self, now: float) -> None:
        for key in [key for key, seen in self._offered.items() if now - seen >= FORGET_SECONDS]:
            del self._offered[key]
        while len(self._offered) > MOST_ERRORS:
            del self._offered[min(self._offered, key=lambda key: self._offered[key])]
