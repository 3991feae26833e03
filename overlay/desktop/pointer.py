"""What her eyes see of the pointer: where it is, seen from them, while somebody moves it.

Pure: where the pointer is on the screen, and what time it is, are arguments. How her eyes then move is the animator's.
"""

from __future__ import annotations

import math

from overlay.desktop.geometry import Rect

LOOK_SECONDS = 0.1
"""How often the pointer is looked for while it moves."""
REST_SECONDS = 0.3
"""How often while it rests: nobody notices that she needs a moment to see it again."""
BORED_SECONDS = 4.0
"""A pointer that has not moved for so long no longer interests her."""
EYES = (0.5, 0.42)
"""Where her eyes are in her picture, as shares of its width and height."""
_REACH = 1.2
"""At this distance, in heights of her picture, her eyes are turned as far as they go."""

Gaze = tuple[float, float]


def gaze_at(pointer: tuple[int, int], her: Rect) -> Gaze:
    """Return the direction from her eyes to the pointer: -1 to 1 each, right and down positive, never longer than 1."""
    dx = pointer[0] - (her.x + her.width * EYES[0])
    dy = pointer[1] - (her.y + her.height * EYES[1])
    distance = math.hypot(dx, dy)
    if not distance:
        return 0.0, 0.0
    length = min(1.0, distance / (her.height * _REACH)) / distance
    return round(dx * length, 3), round(dy * length, 3)


class PointerWatch:
    """Follows the pointer from look to look."""

    def __init__(self) -> None:
        self._seen: tuple[int, int] | None = None
        self._moved_at = -math.inf

    def look(self, pointer: tuple[int, int], her: Rect, now: float) -> Gaze | None:
        """Return where she looks now, `now` in seconds; None when the pointer does not interest her.

        Where it is at the first look counts as resting: she does not stare at a pointer that nobody has touched.
        """
        if self._seen is not None and pointer != self._seen:
            self._moved_at = now
        self._seen = pointer
        return gaze_at(pointer, her) if now - self._moved_at < BORED_SECONDS else None

    def next_look(self, now: float) -> float:
        """Return after how many seconds to look again."""
        return LOOK_SECONDS if now - self._moved_at < BORED_SECONDS else REST_SECONDS
