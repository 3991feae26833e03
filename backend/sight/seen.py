"""What the eyes see, with the time at which they saw it: one value, and how a report changes it.

Pure. The eyes report what has changed, so a report holds until the next one, until the eye is shut, or until it is so
old that nobody should build on it. Where reports come from, and what follows from them, is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from alisa.protocol.tags import Attention, Presence

FACE, SCREEN, SYSTEM = "face", "screen", "system"
EYES = (FACE, SCREEN, SYSTEM)
STALE_AFTER: Mapping[str, timedelta] = {
    FACE: timedelta(hours=24),
    SCREEN: timedelta(hours=3),
    SYSTEM: timedelta(hours=24),
}
"""After this a report is forgotten. An empty chair is empty all night; the same screen may be a film, which lasts for
hours, but not all day."""
LEFT_ALONE_SECONDS = 1800
"""No key and no movement for so long: without a webcam, that is what absence looks like."""
BUSY_HANDS_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Report:
    """What one eye saw last."""

    at: datetime
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A field that is text; empty where it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def whether(self, name: str) -> bool:
        """A field that is true or false."""
        return self.values.get(name) is True

    def number(self, name: str) -> int | None:
        """A field that is a whole number."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Error:
    """An error that the screen shows."""

    kind: str
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen at a moment."""

    face: Report | None = None
    screen: Report | None = None
    system: Report | None = None

    @property
    def presence(self) -> Presence | None:
        """Whether the user is there: by the webcam, else by the keyboard; None where neither can tell."""
        if self.face is not None:
            absent = self.face.text("presence") == Presence.ABSENT
            return Presence.ABSENT if absent else Presence.PRESENT
        if self.system is None:
            return None
        idle = self.system.number("idle_seconds") or 0
        if self.system.whether("locked") or idle >= LEFT_ALONE_SECONDS:
            return Presence.ABSENT
        return Presence.PRESENT if idle < BUSY_HANDS_SECONDS else None

    @property
    def attention(self) -> Attention | None:
        """Where the user looks; None where that cannot be told."""
        told = self.face.text("attention") if self.face is not None else ""
        return Attention(told) if told in set(Attention) else None

    @property
    def busy(self) -> str:
        """Why the system says that this is no moment to disturb, in words; empty: it does not."""
        if self.system is not None:
            for field, words in _BUSY:
                if self.system.whether(field):
                    return words
        return ""

    @property
    def idle_seconds(self) -> int:
        """How long no key was pressed, as the system last told."""
        return (self.system.number("idle_seconds") or 0) if self.system is not None else 0

    @property
    def app(self) -> str:
        """The application in which the user is."""
        return self.screen.text("app") if self.screen is not None else ""

    @property
    def task(self) -> str:
        """What the user is doing."""
        return self.screen.text("task") if self.screen is not None else ""

    @property
    def error(self) -> Error | None:
        """The error that the screen shows."""
        if self.screen is None or not self.screen.text("error_kind"):
            return None
        screen = self.screen
        return Error(screen.text("error_kind"), screen.text("error_file"), screen.number("error_line"))

    @property
    def feels_hands(self) -> bool:
        """Whether it can be told when the user pauses or changes what they do."""
        return self.screen is not None or self.system is not None


_BUSY = (
    ("locked", "the screen is locked"),
    ("call", "the microphone or the camera is in use, as in a call"),
    ("presentation", "a presentation is running"),
    ("fullscreen", "something fills the whole screen"),
    ("do_not_disturb", "the system is set to do not disturb"),
)


def after_report(seen: Seen, eye: str, values: Mapping[str, Any], at: datetime) -> Seen:
    """What is seen after this report; one without values says that this eye sees nothing any more."""
    report = Report(at, dict(values)) if values else None
    match eye:
        case "face":
            return replace(seen, face=report)
        case "screen":
            return replace(seen, screen=report)
        case "system":
            return replace(seen, system=report)
        case _:
            return seen


def after_status(seen: Seen, status: Mapping[str, Any]) -> Seen:
    """What is seen after the eyes told how they do: an eye that is not open sees nothing."""
    if status.get("eyes") == "off":
        return Seen()
    if status.get("eyes_webcam", "open") != "open":
        seen = replace(seen, face=None)
    if status.get("eyes_screen", "open") != "open":
        seen = replace(seen, screen=None)
    return seen


def fresh(seen: Seen, now: datetime) -> Seen:
    """What of it can still be built on."""
    return Seen(
        face=_fresh(seen.face, FACE, now),
        screen=_fresh(seen.screen, SCREEN, now),
        system=_fresh(seen.system, SYSTEM, now),
    )


def _fresh(report: Report | None, eye: str, now: datetime) -> Report | None:
    return report if report is not None and now - report.at < STALE_AFTER[eye] else None
