"""That she is muted outlives the hub: a file of no content in the home says so, and is gone when she may be heard.

A crash of the machine may forget the very last change; a file that is there or is not can never be half written.
"""

from __future__ import annotations

from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from backend.events.facts import MuteChanged

FILE_NAME = "muted"
_log = get_logger(__name__)


class Muting:
    """Whether she is muted, as the user last wished."""

    def __init__(self, home: Home) -> None:
        self._path = home.root / FILE_NAME

    def recall(self) -> bool:
        """Is she muted?"""
        return self._path.exists()

    def keep(self, change: MuteChanged) -> None:
        """Remember it for the next start. What cannot be written is logged: it counts until then all the same."""
        try:
            if change.muted:
                self._path.touch(0o600)
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("mute cannot be remembered", path=str(self._path), why=error.strerror)
