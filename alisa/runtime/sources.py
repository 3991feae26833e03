"""Where settings are read from: a TOML file and the environment, as raw tables.

Nothing here knows a section or a type; what cannot be read is said in one sentence
and read as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

ENVIRONMENT_PREFIX = "ALISA_"
MAX_FILE_BYTES = 4 * 1024 * 1024
"""A configuration is a few kilobytes; more than this is another file under its name."""

FileTable: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FileContents:
    """What the file holds; `error` is "" or says why it holds nothing that can be used."""

    tables: FileTable = field(default_factory=dict)
    error: str = ""


def from_file(path: Path) -> FileContents:
    """Read a TOML file. A file that is not there is empty; any other trouble is named."""
    import tomllib

    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return FileContents()
    except OSError as error:
        reason = error.strerror or "unknown error"
        return FileContents(error=f"cannot be read ({reason}); all defaults are used")
    if len(raw) > MAX_FILE_BYTES:
        return FileContents(error="is far too big for a configuration; all defaults are used")
    try:
        return FileContents(tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n")))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return FileContents(error=f"is not UTF-8 text in line {line}; all defaults are used")
    except (ValueError, RecursionError) as error:
        return FileContents(error=f"is not valid TOML{_place(error)}; all defaults are used")


def _place(error: Exception) -> str:
    """Return where the parser stumbled and over what, without quoting the file."""
    found = re.search(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$", str(error), re.DOTALL)
    if found is None:
        return ""
    what, line = found.groups()
    place = f" in line {line}" if line else " at its end"
    return f"{place} ({what.splitlines()[0].rstrip('.').lower()})"


def from_environment(env: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return `{"hub": {"port": "8001"}}` for `ALISA_HUB__PORT=8001`, sorted by name.

    A variable without two underscores in a row (`ALISA_HOME`) is no setting.
    """
    tables: dict[str, dict[str, str]] = {}
    for name in sorted(env):
        upper = name.upper()
        if not upper.startswith(ENVIRONMENT_PREFIX) or "__" not in upper:
            continue
        section, _, key = upper.removeprefix(ENVIRONMENT_PREFIX).lower().partition("__")
        tables.setdefault(section, {})[key] = env[name]
    return tables


def guess(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a person who typed `name` probably meant, or None."""
    import difflib

    near = difflib.get_close_matches(name.lower().replace("-", "_"), list(known), n=1, cutoff=0.66)
    return near[0] if near else None
