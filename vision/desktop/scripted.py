"""A desktop for tests: whoever holds it says which window is in front."""

from __future__ import annotations

from collections.abc import Iterable

from vision.desktop.window import Monitor, Window

FULL_HD = Monitor((0, 0, 1920, 1080), primary=True)


class ScriptedDesktop:
    """What is in front stands in `window`; `error`, where it is set, is raised instead of an answer."""

    def __init__(self, window: Window | None = None, monitors: Iterable[Monitor] = (FULL_HD,)) -> None:
        self.window = window
        self.error: Exception | None = None
        self.closed = False
        self._monitors = tuple(monitors)

    def active(self) -> Window | None:
        if self.error is not None:
            raise self.error
        return self.window

    def monitors(self) -> tuple[Monitor, ...]:
        return self._monitors

    def close(self) -> None:
        self.closed = True
