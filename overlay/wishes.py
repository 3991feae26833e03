"""What the user wishes through her menu, and where each wish goes: her window, her bubble, the hub or the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from alisa.protocol.message import Message
from alisa.protocol.messages import Mode, Mute, Snooze
from overlay.menu import MenuState
from overlay.model import Avatar

if TYPE_CHECKING:
    from overlay.bubble.window import BubbleWindow
    from overlay.desktop.window import AvatarWindow
    from overlay.eyes import EyeLids
    from overlay.pages import SettingsPage

USUAL_MODES = ("calm", "teasing", "serious")
"""The modes that ship, until the hub says which it has."""


@dataclass
class Wishes:
    """The actions of the menu (`overlay.menu.MenuActions`)."""

    window: AvatarWindow
    bubble: BubbleWindow
    settings_page: SettingsPage
    eyes: EyeLids
    send: Callable[[Message], None]
    end: Callable[[], None]
    hotkey: str
    """what calls her back from click-through; empty: nothing does"""
    avatar: Avatar = field(default_factory=Avatar)
    modes: tuple[str, ...] = USUAL_MODES
    snoozed_until: datetime | None = None
    quit_wished: bool = False

    def state(self) -> MenuState:
        """How things are, as the menu shows them."""
        return MenuState(
            connected=self.avatar.connected,
            mode=self.avatar.mode,
            modes=self.modes,
            muted=self.avatar.muted,
            snoozed_until=self.snoozed_until,
            scale=self.window.scale,
            click_through=self.window.click_through,
            hotkey=self.hotkey,
            asks=self.bubble.view.question is not None,
            webcam=self.avatar.webcam,
            screen=self.avatar.screen,
        )

    def talk(self) -> None:
        self.bubble.talk()

    def answer(self) -> None:
        self.bubble.take_keys()

    def set_mode(self, mode: str) -> None:
        self.send(Mode(mode))

    def set_muted(self, on: bool) -> None:
        self.send(Mute(on))

    def snooze(self, minutes: int) -> None:
        self.send(Snooze(minutes))
        now = datetime.now(UTC).astimezone()
        self.snoozed_until = now + timedelta(minutes=minutes) if minutes else None

    def set_eye(self, eye: str, on: bool) -> None:
        self.eyes.set(eye, on)

    def set_scale(self, scale: float) -> None:
        self.window.set_scale(scale)

    def set_click_through(self, on: bool) -> None:
        self.window.set_click_through(on)

    def hide(self) -> None:
        self.window.hide()

    def open_settings(self) -> None:
        self.settings_page.open()

    def quit(self) -> None:
        self.quit_wished = True
        self.end()
