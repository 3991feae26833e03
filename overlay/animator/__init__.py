"""Her movement: the avatar and the time become one frame. Pure, and the same for the same seed."""

from __future__ import annotations

from overlay.animator.animator import Animator

__all__ = ["Animator"]
