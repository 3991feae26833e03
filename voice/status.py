"""How the voice does, in one word for the avatar and in values for whoever watches.

Pure. The words stand in docs/protocol.md, under `[STATUS]`. Who is told, and how often, is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

LEVEL_STEP_DB, LEVEL_FLOOR_DB = 6, -48
"""The level is told in steps, and silence as one: so nobody is told anything while nothing is to be heard."""

SPEECH_STEP = 0.25
"""and so is how sure the VAD is"""


class VoiceState(StrEnum):
    """What the voice is at."""

    STARTING = "starting"
    IDLE = "idle"
    """it waits for somebody to speak"""
    LISTENING = "listening"
    """the user speaks"""
    THINKING = "thinking"
    """an answer is due"""
    SPEAKING = "speaking"
    MUTED = "muted"
    AWAY = "away"
    """there is no microphone"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that can be seen of the voice at one moment."""

    state: VoiceState = VoiceState.STARTING
    connected: bool = False
    """to the hub"""
    level: float = -96.0
    """of the microphone, in dBFS"""
    speech: float = 0.0
    """how sure it is that somebody speaks, 0 to 1"""
    partial: str = ""
    """what was understood so far of what is being said"""
    said: str = ""
    """what was said last"""
    sentence: str = ""
    """what she speaks, or spoke last"""
    mouth: float = 0.0
    note: str = ""
    """a sentence for the user: what is missing, what stands in for what"""
    stt: str = ""
    tts: str = ""
    turns: tuple[Mapping[str, float], ...] = ()
    """the waterfalls of the last turns, the newest last; see `cascade.waterfall`"""

    def wire(self) -> dict[str, Any]:
        """What the hub is told: the state, and of the rest what seldom changes."""
        told: dict[str, Any] = {"voice": self.state.value, "voice_stt": self.stt, "voice_tts": self.tts}
        told["voice_note"] = self.note
        told["voice_level"] = max(LEVEL_FLOOR_DB, LEVEL_STEP_DB * round(self.level / LEVEL_STEP_DB))
        told["voice_speech"] = SPEECH_STEP * round(self.speech / SPEECH_STEP)
        if self.turns:
            told["voice_turn"] = dict(self.turns[-1])
        return told


KEPT_TURNS = 20


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

    def add_turn(self, stages: Mapping[str, float]) -> None:
        """Another exchange is measured."""
        self.change(turns=(*self.now.turns, stages)[-KEPT_TURNS:])

    def watch(self, watcher: Callable[[Snapshot], None]) -> Callable[[], None]:
        """Tell `watcher` of every change; returns what ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None
