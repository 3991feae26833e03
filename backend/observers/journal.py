"""A journal of every frame in both directions, one JSON object a line: for finding out what happened.

Off unless the user turns it on, since it holds what was said. A line is
`{"at", "direction": "in" | "out", "clients": [names], "frame"}`, with every frame in the full dialect.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from alisa.runtime.clock import Clock

FILE_NAME = "journal.jsonl"


class Journal:
    """Writes down what `backend.gateway` says of each frame."""

    def __init__(self, folder: Path, clock: Clock, max_mib: int, keep: int) -> None:
        self._clock = clock
        self._file = _OwnersFile(folder / FILE_NAME, maxBytes=max_mib * 1024 * 1024, backupCount=keep)

    def __call__(self, direction: str, clients: Sequence[str], frame: str) -> None:
        """Write a line; where it cannot be written (a full disk), nothing else stops."""
        line = {"at": self._clock.now().isoformat(), "direction": direction, "clients": list(clients), "frame": frame}
        text = json.dumps(line, ensure_ascii=False)
        self._file.handle(logging.LogRecord("journal", logging.INFO, "", 0, text, None, None))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class _OwnersFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only its owner may read."""

    def __init__(self, path: Path, *, maxBytes: int, backupCount: int) -> None:  # noqa: N803 - logging's names
        super().__init__(path, maxBytes=maxBytes, backupCount=backupCount, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Go on without the line."""
