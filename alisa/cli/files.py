"""Reading the small JSON files by which Alisa's processes find each other: what makes no sense is not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read_object(path: Path) -> dict[str, Any]:
    """Return the JSON object in the file; an empty one when there is no such file, or it holds something else."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def number(value: Any) -> int:
    """Return a whole number that can be a process or a port; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31 else 0


def seconds(value: Any) -> float:
    """Return a finite number of seconds; 0 for anything else."""
    return float(value) if isinstance(value, (int, float)) and abs(value) < 1e15 else 0.0
