"""What stands in the menu, as values: which entries there are, which are ticked, and what each one does.

Pure: the state of the avatar and the time of day in, entries out. How a menu looks is not known here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

MORNING_HOUR = 8
_NIGHT_ENDS_HOUR = 5
"""Before this hour, people call the coming morning "tomorrow"."""
SIZES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_SAME_SIZE = 0.02
_MODE_CHARS, _MOST_MODES = 40, 30


@dataclass(frozen=True, slots=True)
class MenuState:
    """What the menu has to know, at the moment it opens."""

    connected: bool = False
    mode: str = ""
    modes: tuple[str, ...] = ()
    """what the hub offers"""
    muted: bool = False
    snoozed_until: datetime | None = None
    """local time, aware; None: she may speak by herself"""
    scale: float = 1.0
    click_through: bool = False
    hotkey: str = ""
    """what ends click-through; without one there is no way back, so it is not offered"""
    asks: bool = False
    """a question for consent waits in her bubble"""
    webcam: str = ""
    """how her eye at the webcam does: `open`, `closed`, `paused`, `away`; empty: no eyes run"""
    screen: str = ""
    """the same of the one that reads the screen"""


class MenuActions(Protocol):
    """What the menu can do."""

    def state(self) -> MenuState:
        """How things are now."""

    def talk(self) -> None:
        """Let the user type to her."""

    def answer(self) -> None:
        """Give the keyboard to the question in her bubble."""

    def set_mode(self, mode: str) -> None:
        """Ask the hub for this mode."""

    def set_muted(self, on: bool) -> None:
        """Let her be silent, or heard again."""

    def snooze(self, minutes: int) -> None:
        """Let her not speak by herself for so long; 0 ends it."""

    def set_eye(self, eye: str, on: bool) -> None:
        """Open one of her eyes (`webcam`, `screen`), or close it."""

    def set_scale(self, scale: float) -> None:
        """Change her size; 1.0 is her normal one."""

    def set_click_through(self, on: bool) -> None:
        """Let clicks fall through to what is below her."""

    def hide(self) -> None:
        """Take her off the screen, until she is called."""

    def open_settings(self) -> None:
        """Open the settings."""

    def quit(self) -> None:
        """End the avatar."""


class Kind(StrEnum):
    """How an entry behaves."""

    PLAIN = "plain"
    TICK = "tick"
    CHOICE = "choice"
    LINE = "line"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; `more` are the entries below it."""

    kind: Kind
    label: str = ""
    choose: Callable[[MenuActions], None] | None = None
    ticked: bool = False
    enabled: bool = True
    more: tuple[Entry, ...] = ()


_LINE = Entry(Kind.LINE)


def entries(state: MenuState, now: datetime) -> tuple[Entry, ...]:
    """The menu; `now` is local time, aware."""
    asks = (Entry(Kind.PLAIN, "Answer her question", lambda do: do.answer()),) if state.asks else ()
    return (
        *asks,
        Entry(Kind.PLAIN, "Say something…", lambda do: do.talk()),
        _LINE,
        _modes(state),
        Entry(Kind.TICK, "Mute", lambda do: do.set_muted(not state.muted), state.muted, state.connected),
        _snooze(state, now),
        _eyes(state),
        _LINE,
        _sizes(state),
        _click_through(state),
        Entry(Kind.PLAIN, "Hide", lambda do: do.hide()),
        _LINE,
        Entry(Kind.PLAIN, "Settings…", lambda do: do.open_settings()),
        Entry(Kind.PLAIN, "Quit", lambda do: do.quit()),
    )


def minutes_until_morning(now: datetime) -> int:
    """Until eight tomorrow morning, in whole minutes that really pass; in the small hours, that is today.

    `now` is aware. A change of the clocks meanwhile is counted in; a mere offset is taken for this machine's zone.
    """
    day = now.date() if now.hour < _NIGHT_ENDS_HOUR else now.date() + timedelta(days=1)
    naive = datetime(day.year, day.month, day.day, MORNING_HOUR)  # noqa: DTZ001 - the zone follows
    morning = naive.replace(tzinfo=now.tzinfo) if hasattr(now.tzinfo, "key") else naive.astimezone()
    return max(1, round((morning.timestamp() - now.timestamp()) / 60))


def _modes(state: MenuState) -> Entry:
    known = state.modes if not state.mode or state.mode in state.modes else (*state.modes, state.mode)
    modes = tuple(
        Entry(Kind.CHOICE, _named(mode), lambda do, mode=mode: do.set_mode(mode), mode == state.mode)  # type: ignore[misc]
        for mode in known[:_MOST_MODES]
    )
    return Entry(Kind.MORE, "Mode", enabled=state.connected and bool(modes), more=modes)


def _snooze(state: MenuState, now: datetime) -> Entry:
    until = state.snoozed_until
    snoozed = until is not None and until > now
    label = f"Snoozed until {until:%H:%M}" if until is not None and snoozed else "Snooze"
    more = (
        Entry(Kind.PLAIN, "For 15 minutes", lambda do: do.snooze(15)),
        Entry(Kind.PLAIN, "For an hour", lambda do: do.snooze(60)),
        Entry(Kind.PLAIN, "Until tomorrow morning", lambda do: do.snooze(minutes_until_morning(now))),
        _LINE,
        Entry(Kind.PLAIN, "End it now", lambda do: do.snooze(0), enabled=snoozed),
    )
    return Entry(Kind.MORE, label, enabled=state.connected, more=more)


def _eyes(state: MenuState) -> Entry:
    """Her eyes; one that is wanted is ticked, with the reason where it sees nothing."""
    rows = []
    for eye, name, how in (("webcam", "Webcam", state.webcam), ("screen", "Screen", state.screen)):
        wanted = how not in ("", "closed")
        label = f"{name} ({how})" if wanted and how != "open" else name
        rows.append(Entry(Kind.TICK, label, lambda do, eye=eye, on=not wanted: do.set_eye(eye, on), wanted))  # type: ignore[misc]
    return Entry(Kind.MORE, "Eyes", enabled=bool(state.webcam or state.screen), more=tuple(rows))


def _sizes(state: MenuState) -> Entry:
    sizes = tuple(
        Entry(
            Kind.CHOICE,
            f"{size:.0%}",
            lambda do, size=size: do.set_scale(size),  # type: ignore[misc]
            abs(size - state.scale) < _SAME_SIZE,
        )
        for size in SIZES
    )
    return Entry(Kind.MORE, "Size", more=sizes)


def _click_through(state: MenuState) -> Entry:
    label = f"Click-through ({_keys(state.hotkey)} ends it)" if state.hotkey else "Click-through (needs a hotkey)"
    enabled = bool(state.hotkey) or state.click_through
    return Entry(
        Kind.TICK, label, lambda do: do.set_click_through(not state.click_through), state.click_through, enabled
    )


def _keys(hotkey: str) -> str:
    return "+".join(part.strip().capitalize() for part in hotkey.split("+"))


def _named(mode: str) -> str:
    """A mode as people read it; its name is foreign text."""
    shown = "".join(char for char in mode if char.isprintable())[:_MODE_CHARS].replace("_", " ") or "…"
    return shown[0].upper() + shown[1:]
