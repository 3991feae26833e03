"""Screens for the tests of the avatar, see `tests/rig/screen.py`."""

from tests.rig.fixtures import bare, composited, each_screen, lasting_screens, tk_root

__all__ = ["bare", "composited", "each_screen", "lasting_screens", "tk_root"]
