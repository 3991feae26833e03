"""The menu of the avatar, opened with a right click."""

from overlay.menu.entries import MenuActions, MenuState
from overlay.menu.popup import Menu

__all__ = ["Menu", "MenuActions", "MenuState"]
