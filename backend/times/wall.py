"""Between moments and what the clock on the wall shows, with the days on which that clock is changed.

A wall time is a naive datetime. `zone` None is the computer's own time zone, with its own rules.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def wall_time(at: datetime, zone: tzinfo | None) -> datetime:
    """What the clock on the wall shows at a moment."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def moment(wall: datetime, zone: tzinfo | None) -> datetime:
    """When the clock on the wall shows this, in UTC.

    A time that there is twice (the clock is set back) is the first of the two; one that there is not (it is set
    forward) is as much later as the clock is: 02:30 becomes 03:30. `fold` is explained in PEP 495; Python's own
    reading of a time that is left out differs between the system's zone and a named one.
    """
    first = _read(wall, zone, fold=0)
    return first if wall_time(first, zone) == wall.replace(fold=0) else max(first, _read(wall, zone, fold=1))


def _read(wall: datetime, zone: tzinfo | None, *, fold: int) -> datetime:
    folded = wall.replace(fold=fold)
    return (folded if zone is None else folded.replace(tzinfo=zone)).astimezone(UTC)
