"""What the records of started processes tell: who started them, and which outlived the one that did.

For when the supervisor cannot be asked: it was killed, or its state file is damaged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alisa.runtime.children import is_running
from alisa.runtime.paths import Home


def owner(home: Home, names: Iterable[str]) -> int | None:
    """Return the process that started those of the named processes that still have a living owner."""
    wanted = frozenset(names)
    for name, record in _records(home):
        if name in wanted and is_running(record["owner"], record["owner_created"]):
            return int(record["owner"])
    return None


def left_behind(home: Home) -> list[str]:
    """Return the names of the processes that run although the one that started them does not."""
    return [
        name
        for name, record in _records(home)
        if not is_running(record["owner"], record["owner_created"]) and is_running(record["pid"], record["created"])
    ]


def _records(home: Home) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted((home.run / "children").glob("*.json")):
        try:
            value = json.loads(path.read_bytes())
            fields = {key: type_(value[key]) for key, type_ in _FIELDS.items()}
        except (OSError, ValueError, TypeError, KeyError):
            continue
        yield path.stem, fields


_FIELDS: Mapping[str, type] = {"pid": int, "created": float, "owner": int, "owner_created": float}
