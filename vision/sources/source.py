"""What a source of pictures is. What is seen in them is not known here."""

from __future__ import annotations

from typing import Protocol

from vision.detectors.faces import Picture


class Source(Protocol):
    """Gives the picture of this moment. It blocks, and is used by one thread."""

    def open(self) -> None:
        """Begin: hold the device. Raises AlisaError that says in one sentence why not, and what to do."""
        ...

    def read(self) -> Picture:
        """Return the picture of now, while it is open. Raises AlisaError when there is none any more."""
        ...

    def close(self) -> None:
        """Give the device back; it may be opened again. Does nothing when it is not open."""
        ...
