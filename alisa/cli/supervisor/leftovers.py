"""What the records of started processes tell: who started them, and which outlived the one that did.

For when the supervisor cannot be asked: it was killed, or its state file is damaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from alisa.cli.files import number, read_object, seconds
from alisa.runtime.children import is_running
from alisa.runtime.paths import Home


def owner(home: Home, names: Iterable[str]) -> int | None:
    """Return the process that started those of the named processes that still have a living owner."""
    wanted = frozenset(names)
    for name, record in _records(home):
        if name in wanted and is_running(record.owner, record.owner_created):
            return record.owner
    return None


def left_behind(home: Home) -> list[str]:
    """Return the names of the processes that run although the one that started them does not."""
    return [
        name
        for name, record in _records(home)
        if not is_running(record.owner, record.owner_created) and is_running(record.pid, record.created)
    ]


def _records(home: Home) -> Iterator[tuple[str, _Record]]:
    for path in sorted((home.run / "children").glob("*.json")):
        value = read_object(path)
        yield (
            path.stem,
            _Record(
                number(value.get("pid")),
                seconds(value.get("created")),
                number(value.get("owner")),
                seconds(value.get("owner_created")),
            ),
        )


class _Record(NamedTuple):
    pid: int
    created: float
    owner: int
    owner_created: float
