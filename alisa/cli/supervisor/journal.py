"""What the supervisor writes down: the same JSON lines as every process of Alisa, with nothing imported.

The supervisor stands between the user's command and everything that has to start, so it does
without the libraries that the others log with.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import traceback
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from alisa.runtime.paths import Home

NAME = "supervisor"
_MAX_BYTES = 1024 * 1024
_KEEP = 2

log = logging.getLogger("alisa.supervisor")


def open_journal(home: Home) -> None:
    """Send the supervisor's lines to `logs/supervisor.jsonl`. What cannot be written is dropped."""
    handler = _PrivateFile(home.logs / f"{NAME}.jsonl", maxBytes=_MAX_BYTES, backupCount=_KEEP, delay=True)
    handler.setFormatter(_JsonLine())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    logging.getLogger("filelock").setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a full disk is no reason to print traces


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating file for its owner only."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(Path(self.baseFilename), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8", errors="backslashreplace")


class _JsonLine(logging.Formatter):
    """`at`, `level`, `logger`, `event`, and the trace of an error."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = f"{type(record.exc_info[1]).__name__}: {record.exc_info[1]}"
            line["trace"] = "".join(traceback.format_exception(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)
