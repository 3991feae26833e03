"""What the user was told once and need not be told again: a small file in the home."""

from __future__ import annotations

import json

from alisa.runtime.errors import StorageError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home, private_write

FILE = "voice.json"

log = get_logger(__name__)


class Told:
    """The things that were told, by name."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._path = home.root / FILE

    def already(self, what: str) -> bool:
        """Whether it was told before."""
        return what in self._read()

    def once(self, what: str) -> bool:
        """Whether it is to be told now: it never was. From now on it was."""
        known = self._read()
        if what in known:
            return False
        try:
            self._home.ensure()
            private_write(self._path, json.dumps({"told": sorted({*known, what})}).encode())
        except StorageError as error:
            log.warning("what was told cannot be remembered", code=error.code)
        return True

    def _read(self) -> frozenset[str]:
        try:
            told = json.loads(self._path.read_bytes())["told"]
            return frozenset(what for what in told if isinstance(what, str))
        except (OSError, ValueError, KeyError, TypeError):
            return frozenset()
