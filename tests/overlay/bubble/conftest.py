"""A bubble on a real screen, and another program that has the keyboard."""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Callable, Iterator

import pytest

from alisa.link.items import Connected
from alisa.protocol.messages import Welcome
from overlay.bubble import BubbleWindow
from overlay.desktop.geometry import Monitor, Rect
from tests.rig.screen import Screen

MONITORS = (Monitor("one", Rect(0, 0, 1280, 800), Rect(0, 0, 1280, 800), True),)
HER = Rect(700, 400, 256, 384)
OTHER = "import tkinter; t = tkinter.Tk(); t.title('other'); t.geometry('200x80+20+20'); t.mainloop()"


class Stand:
    """A bubble, its screen, and a clock that the test turns."""

    def __init__(self, screen: Screen, root: tk.Tk, *, night: bool = False) -> None:
        self.screen, self.root, self.now = screen, root, 1000.0
        self.answers: list[tuple[str, str, bool]] = []
        self.said: list[str] = []
        self.waved_away: list[int] = []
        self.window = BubbleWindow(
            root,
            on_answer=lambda *answer: self.answers.append(answer),
            on_say=self.said.append,
            on_wave_away=self.waved_away.append,
            night=night,
            clock=lambda: self.now,
        )
        self.window.place_beside(HER, MONITORS)
        self.feed(Connected(Welcome("1", "main")))

    def feed(self, *events: object) -> None:
        for event in events:
            self.window.feed(event)  # type: ignore[arg-type]

    def pass_time(self, seconds: float) -> None:
        """Time goes by; the bubble looks at its clock."""
        self.now += seconds
        self.window._refresh()

    def wait(self, holds: Callable[[], object], what: str) -> None:
        self.screen.wait(holds, what, self.root)

    def settle(self) -> None:
        """Let everything that was drawn arrive on the screen: what is seen stays the same for a moment."""
        seen: list[bytes] = []

        def is_still() -> bool:
            seen.append(self.screen.grab().tobytes())
            return len(seen) > 12 and len(set(seen[-12:])) == 1

        self.wait(is_still, "a still picture")

    def middle(self, widget: tk.Misc) -> tuple[int, int]:
        """Where a widget is on the screen."""
        return (
            widget.winfo_rootx() + widget.winfo_width() // 2,
            widget.winfo_rooty() + widget.winfo_height() // 2,
        )


def stand_on(screen: Screen, root: tk.Tk) -> Iterator[Stand]:
    made = Stand(screen, root)
    yield made
    made.window.close()
    root.update()


@pytest.fixture
def stand(composited: Screen, tk_root: Callable[[Screen], tk.Tk]) -> Iterator[Stand]:
    """A bubble on a screen with a compositor."""
    yield from stand_on(composited, tk_root(composited))


@pytest.fixture
def bare_stand(bare: Screen, tk_root: Callable[[Screen], tk.Tk]) -> Iterator[Stand]:
    """A bubble on a screen without one."""
    yield from stand_on(bare, tk_root(bare))


@pytest.fixture
def other(stand: Stand) -> Iterator[None]:
    """Another program that has the keyboard."""
    with stand.screen.run([sys.executable, "-c", OTHER]):
        stand.wait(lambda: stand.screen.focused() == "other", "the other program's focus")
        yield
