"""The files of a voice that must be there before its engine starts, told in one sentence when they are not.

Nothing is downloaded here. Standard library only: it runs in other environments, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alisa.runtime.errors import MissingError


def needed(options: Mapping[str, Any], name: str, what: str, hint: str) -> Path:
    """Return the file that an option names. Raises MissingError when it names none, or one that is not there."""
    given = str(options.get(name) or "")
    if given and Path(given).is_file():
        return Path(given)
    where = f": {given} is not there" if given else ""
    raise MissingError("voice_model_missing", f"{what} is missing{where}.", hint)


def library_missing(engine: str, library: str, error: ImportError) -> MissingError:
    """The error of an engine whose library is not in the environment that it runs in."""
    missing = (error.name or library).partition(".")[0]
    return MissingError(
        "voice_library_missing",
        f"The voice {engine!r} needs {missing}, which is not installed where it runs.",
        f"It has an environment of its own: `alisa models pull {engine}` makes it; or name the Python of one that has "
        f"{library}: alisa config set voice.tts_python PATH",
    )
