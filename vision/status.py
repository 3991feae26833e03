"""How the eyes do, in one word each, for the avatar's mark and for whoever asks.

Pure. The words stand in docs/protocol.md, under `[STATUS]`. Who is told, and how often, is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

WEBCAM, SCREEN = "webcam", "screen"
EYES = (WEBCAM, SCREEN)


class EyeState(StrEnum):
    """What an eye is at."""

    OPEN = "open"
    CLOSED = "closed"
    """as the settings say"""
    PAUSED = "paused"
    """by the keys, until they are pressed again"""
    AWAY = "away"
    """it is wanted, but there is no camera, no display, …"""


@dataclass(frozen=True, slots=True)
class Eye:
    """How one eye does, since when, and what is to be said about it."""

    state: EyeState = EyeState.CLOSED
    since: str = ""
    """UTC, ISO 8601"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that can be seen of the eyes' doing at one moment."""

    connected: bool = False
    """to the hub"""
    eyes: Mapping[str, Eye] = field(default_factory=lambda: dict.fromkeys(EYES, Eye()))
    note: str = ""
    """what concerns neither eye: the keys"""

    @property
    def state(self) -> EyeState:
        """Both eyes in one word: open when one is."""
        states = {eye.state for eye in self.eyes.values()}
        order = (EyeState.OPEN, EyeState.PAUSED, EyeState.AWAY)
        return next((state for state in order if state in states), EyeState.CLOSED)

    def wire(self) -> dict[str, Any]:
        """What the hub is told."""
        told: dict[str, Any] = {"eyes": self.state.value}
        for name in EYES:
            told[f"eyes_{name}"] = self.eyes[name].state.value
            told[f"eyes_{name}_since"] = self.eyes[name].since
        notes = [*(self.eyes[name].note for name in EYES), self.note]
        told["eyes_note"] = " ".join(dict.fromkeys(note for note in notes if note))
        return told


@dataclass(slots=True)
class Board:
    """The snapshot of now, and who wants to know when it changes. For one event loop."""

    now: Snapshot = field(default_factory=Snapshot)
    _watchers: list[Callable[[Snapshot], None]] = field(default_factory=list)

    def change(self, **values: Any) -> None:
        """Something is different; watchers are told if it really is."""
        changed = replace(self.now, **values)
        if changed != self.now:
            self.now = changed
            for watcher in tuple(self._watchers):
                watcher(changed)

    def change_eye(self, name: str, state: EyeState, note: str, now: str) -> None:
        """How an eye does; `now` counts when its state is another one."""
        before = self.now.eyes[name]
        since = before.since if before.state is state and before.since else now
        self.change(eyes={**self.now.eyes, name: Eye(state, since, note)})

    def watch(self, watcher: Callable[[Snapshot], None]) -> Callable[[], None]:
        """Tell `watcher` of every change; returns what ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None
