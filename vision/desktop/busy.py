"""Whether a person wants to be left alone: the questions that each system is asked, and what is no call. Pure.

How each system answers stands in `busy_linux`, `busy_windows` and `busy_macos`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from vision.desktop.window import Window

IDLE_STEPS = (0, 60, 300, 1800)
"""Idleness is told in these steps, in seconds."""
_HERS = re.compile(r"(^|[\\/])(alisa|voice|vision)(\.exe|\.py)?$|^(alisa|voice|vision)(\.|$)", re.IGNORECASE)
_SHOWS = re.compile(
    r"slide ?show|bildschirmpräsentation|diaporama|presentación con diapositivas|presenter view|presenting",
    re.IGNORECASE,
)
_PRESENTERS = ("soffice", "libreoffice", "impress", "powerpnt", "powerpoint", "keynote", "pdfpc", "impressive")


@dataclass(frozen=True, slots=True)
class Busy:
    """What the system says, beside the window in front; each is False, and idleness 0, where it cannot be asked."""

    call: bool = False
    presentation: bool = False
    locked: bool = False
    do_not_disturb: bool = False
    idle_seconds: float = 0.0


class BusySense(Protocol):
    """Asked every few seconds, from one thread; cheap, and it does not raise."""

    def ask(self, now: float) -> Busy:
        """Return what holds at this time (in seconds); what is costly to ask may be some seconds old."""

    def close(self) -> None:
        """Let go of what was opened to ask."""


def idle_step(seconds: float) -> int:
    """Return the highest step that so many seconds have reached."""
    return max((step for step in IDLE_STEPS if step <= seconds), default=0)


def is_presentation(window: Window | None) -> bool:
    """Does a window show slides? Only what fills the screen, and says so by its program or its title."""
    if window is None or not window.fullscreen:
        return False
    app = window.app.casefold()
    return any(name in app for name in _PRESENTERS) or _SHOWS.search(window.title) is not None


def is_hers(arguments: Sequence[str]) -> bool:
    """Is a program with this command line one of Alisa's? Her ears hold the microphone, which is no call."""
    words = list(arguments[:8])
    modules = [words[at + 1] for at, word in enumerate(words[:-1]) if word == "-m"]
    scripts = [word for word in words[:2] if not word.startswith("-")]
    return any(_HERS.search(word) for word in (*modules, *scripts))


class Every:
    """An answer that is asked for again only when it is so many seconds old."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._asked_at: float | None = None

    def due(self, now: float) -> bool:
        """Is it time to ask again? A yes counts as asked."""
        if self._asked_at is not None and 0 <= now - self._asked_at < self._seconds:
            return False
        self._asked_at = now
        return True
