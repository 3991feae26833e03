"""Where the trace of an error goes that nobody expected: a file of the user's, never the terminal."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home, private_write


def write_crash(error: BaseException) -> Path | None:
    """Write the trace to `logs/alisa-crash.txt`; return where it is, or None when it cannot be written."""
    text = f"{datetime.now(UTC).isoformat()}\n\n{''.join(traceback.format_exception(error))}"
    try:
        path = Home.find().ensure().logs / "alisa-crash.txt"
        private_write(path, text.encode("utf-8", "replace"))
    except (AlisaError, OSError):
        return None
    return path
