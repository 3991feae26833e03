"""A file that a command writes for the user: for their eyes only, never over another, never half of it."""

from __future__ import annotations

import os
from pathlib import Path

from alisa.runtime.errors import UsageError
from alisa.runtime.paths import write_error


def write_new(path: Path, text: str) -> None:
    """Write a file for its owner only; one that exists is left alone, and nothing half-written is left behind.

    Raises UsageError `file_exists`, AlisaError `cannot_write`.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsageError("file_exists", f"{path} exists already.", "Choose another name, or move it away.") from error
    except OSError as error:
        raise write_error(error, path) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise write_error(error, path) from error
