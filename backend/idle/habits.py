"""What initiative asks of the user's habits, and the answers of somebody who knows nothing of them yet.

The room `habits` learns them; the two rooms know each other by this shape alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol


class Habits(Protocol):
    """What is known of the user."""

    def worth(self, kind: str, at: datetime, app: str) -> float:
        """How likely a remark of this kind is welcome at such a time in this application, 0 to 1."""
        ...

    def usual_silence(self, at: datetime) -> timedelta:
        """How long silence is normal at such a time."""
        ...

    def quiet_now(self, at: datetime) -> bool:
        """Whether the user does not want to be spoken to at such a time, as far as was learnt."""
        ...

    def good_moment(self, at: datetime, task: str) -> float:
        """How good such a time is for speaking up, 0 to 1; 0.5: it is not known."""
        ...


class NoHabits:
    """Nothing is known: everything may be welcome or not."""

    def worth(self, kind: str, at: datetime, app: str) -> float:
        """As likely as not."""
        del kind, at, app
        return 0.5

    def usual_silence(self, at: datetime) -> timedelta:
        """Ten minutes."""
        del at
        return timedelta(minutes=10)

    def quiet_now(self, at: datetime) -> bool:
        """Never."""
        del at
        return False

    def good_moment(self, at: datetime, task: str) -> float:
        """It is not known."""
        del at, task
        return 0.5
