"""A screen for tests: real windows, real pixels, a real pointer, on a private X server.

    @pytest.mark.screen                      # run in the slow half: real window under Xvfb
    def test_she_is_seen(composited: Screen, tk_root: Callable[[Screen], tkinter.Tk]) -> None:
        root = tk_root(composited)           # Tk in this process, on that screen
        ...
        composited.wait(lambda: composited.pixel(40, 40) == (255, 0, 0), "a red window", root)

Fixtures (tests/rig/fixtures.py; `tests/overlay/conftest.py` offers them to the tests below it):

* `composited`, `bare`: a screen 1280 x 800 with openbox, with and without the compositor picom. The servers
  live for the whole session (up in about half a second each, then free); each test finds the pointer at
  `REST`, one monitor, and the compositor as the name says. DISPLAY and XAUTHORITY point at the screen, so
  `tkinter.Tk()`, python-xlib and subprocesses land there, too. Skipped in one sentence where Xvfb is absent.
* `each_screen`: the same test on both.
* `tk_root(screen)`: a withdrawn `tkinter.Tk` in this process, destroyed after the test. One at a time: Tk
  keeps its connection until the process ends and ends the process when that server goes, which is why the
  servers of the fixtures last. On a screen of your own from `screen(...)` run the program in a subprocess.
* `with screen(window_manager=True, compositor=False, size=(1280, 800)) as own:` a screen of your own, also
  for benchmarks; `own.run([sys.executable, "-m", "overlay", "--demo"])` runs a program on it.

Tk in this process moves only while somebody turns its loop: `screen.wait(condition, what, root)` does, and
`screen.turn(root)` once. Waiting is for conditions with a deadline, never for a time.
Nothing here knows Alisa; no process outlives the test.
"""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image

from alisa.runtime import children
from tests.rig.server import NoScreenError, Server, serving, until

if TYPE_CHECKING:
    import tkinter as tk

__all__ = ["DESKTOP", "REST", "NoScreenError", "Program", "Screen", "Window", "screen"]

DESKTOP = (59, 95, 127)
"""The colour of the empty desktop."""
REST = (1270, 790)
"""Where the pointer rests between tests: out of the way."""
WAIT_SECONDS = 15.0
"""Long enough for a machine that trains a model meanwhile; nothing waits longer than it must."""

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 on the screen; the last two are just outside"""


@dataclass(frozen=True)
class Window:
    """A window as the server knows it."""

    id: int
    title: str
    box: Box
    viewable: bool
    depth: int


@dataclass(frozen=True)
class Program:
    """A program on the screen; what it prints goes to a file, so that it never waits for a reader."""

    process: subprocess.Popen[bytes]
    log: Any

    def said(self) -> str:
        """What it printed so far, on stdout and stderr."""
        self.log.seek(0)
        return str(self.log.read().decode("utf-8", "replace"))


class Screen:
    """One screen. Positions are pixels from its upper left corner."""

    def __init__(self, server: Server, size: tuple[int, int], lasting: bool) -> None:
        from Xlib import display

        self.size = size
        self.lasting = lasting
        """it stays until this process ends, so Tk may be used in this process"""
        self._server = server
        self._x = display.Display(server.display)
        self._root = self._x.screen().root
        self._monitors: list[str] = []

    @property
    def display(self) -> str:
        """As in DISPLAY."""
        return self._server.display

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of a program on this screen."""
        return self._server.environment

    @property
    def x(self) -> Any:
        """The connection to the server (Xlib.display.Display), for what is not offered here."""
        return self._x

    # --- looking ---------------------------------------------------------------------------------

    def grab(self, box: Box | None = None) -> Image.Image:
        """Return the pixels that are seen, as RGB."""
        from Xlib import X

        x0, y0, x1, y1 = box or (0, 0, *self.size)
        data = self._root.get_image(x0, y0, x1 - x0, y1 - y0, X.ZPixmap, 0xFFFFFFFF).data
        return Image.frombytes("RGB", (x1 - x0, y1 - y0), data, "raw", "BGRX")

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Return the colour that is seen there."""
        red, green, blue = self.grab((x, y, x + 1, y + 1)).tobytes()
        return red, green, blue

    def windows(self) -> list[Window]:
        """Return all windows that have a title, those of the program itself rather than their frames."""
        return [window for window in map(self._describe, self._all()) if window is not None and window.title]

    def find(self, title: str) -> Window | None:
        """Return the seen window with this title, or None."""
        return next((window for window in self.windows() if window.title == title and window.viewable), None)

    def focused(self) -> str:
        """Return the title of the window that has the keyboard, or an empty string."""
        holder = self._x.get_input_focus().focus
        while not isinstance(holder, int) and holder.id != self._root.id:
            found = self._describe(holder)
            if found is None or found.title:
                return found.title if found else ""
            holder = holder.query_tree().parent
        return ""

    def stacking(self) -> list[int]:
        """Return the outermost windows (frames where there are some) from bottom to top."""
        return [child.id for child in self._root.query_tree().children]

    def _all(self) -> Iterator[Any]:
        from Xlib import error

        waiting = [self._root]
        while waiting:
            with contextlib.suppress(error.BadWindow):  # windows go while we look
                children_of = waiting.pop().query_tree().children
                yield from children_of
                waiting.extend(children_of)

    def _describe(self, window: Any) -> Window | None:
        from Xlib import X, error

        try:
            title = window.get_full_text_property(self._x.intern_atom("_NET_WM_NAME")) or window.get_wm_name() or ""
            shape = window.get_geometry()
            at = window.translate_coords(self._root, 0, 0)
            seen = window.get_attributes().map_state == X.IsViewable
        except (error.BadWindow, error.BadDrawable):
            return None
        x, y = -at.x, -at.y
        return Window(window.id, str(title), (x, y, x + shape.width, y + shape.height), seen, shape.depth)

    # --- doing -----------------------------------------------------------------------------------

    def move(self, x: int, y: int) -> None:
        """Put the pointer there."""
        from Xlib import X

        self._fake(X.MotionNotify, x=x, y=y)

    def press(self, button: int = 1) -> None:
        """Press a button: 1 left, 2 middle, 3 right, 4 and 5 the wheel up and down."""
        from Xlib import X

        self._fake(X.ButtonPress, button)

    def release(self, button: int = 1) -> None:
        """Release it."""
        from Xlib import X

        self._fake(X.ButtonRelease, button)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click there."""
        self.move(x, y)
        self.press(button)
        self.release(button)

    def drag(self, start: tuple[int, int], end: tuple[int, int], root: tk.Misc | None = None) -> None:
        """Press at the start, move to the end in steps, release; the window gets every step when `root` is given."""
        self.move(*start)
        self.press()
        for step in range(1, 11):
            x, y = (round(a + (b - a) * step / 10) for a, b in zip(start, end, strict=True))
            self.move(x, y)
            if root is not None:
                self.turn(root)
        self.release()

    def key(self, *names: str) -> None:
        """Press keys by their X names, one after the other: "Escape", "ctrl+alt+a"."""
        self._xdotool("key", *names)

    def type(self, text: str) -> None:
        """Type a text into the window that has the keyboard."""
        self._xdotool("type", "--delay", "2", "--", text)

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=dict(self.environment), check=True, timeout=WAIT_SECONDS)

    def _fake(self, kind: int, detail: int = 0, **at: int) -> None:
        from Xlib.ext import xtest

        xtest.fake_input(self._x, kind, detail, **at)
        self._x.sync()

    # --- waiting ---------------------------------------------------------------------------------

    def wait(
        self, holds: Callable[[], Any], what: str, root: tk.Misc | None = None, seconds: float = WAIT_SECONDS
    ) -> Any:
        """Return what `holds` returns once that is true, turning Tk's loop meanwhile; fails with `what`."""
        deadline = time.monotonic() + seconds
        while not (found := holds()):
            assert time.monotonic() < deadline, f"waited {seconds:.0f} s for: {what}"
            if root is not None:
                self.turn(root)
            time.sleep(0.005)
        return found

    def turn(self, root: tk.Misc) -> None:
        """Let Tk do what waits."""
        root.update()

    # --- the screen itself -----------------------------------------------------------------------

    def is_composited(self) -> bool:
        """Does a compositor run?"""
        name = f"_NET_WM_CM_S{self._x.get_default_screen()}"
        return bool(self._x.get_selection_owner(self._x.intern_atom(name)))

    def set_compositor(self, on: bool) -> None:
        """Start or end the compositor, and wait until everybody can see that."""
        if on == self.is_composited():
            return
        if on:
            options = ["--backend", "xrender", "--config", "/dev/null", "--no-fading-openclose"]
            self._server.start("picom", ["picom", *options])
        else:
            self._server.stop("picom")
        until(lambda: self.is_composited() == on, f"the compositor's {'start' if on else 'end'}")

    def set_monitors(self, *boxes: Box) -> None:
        """Divide the screen into monitors, the first is the primary one; without boxes it is one again."""
        for name in self._monitors:
            self._xrandr("--delmonitor", name)
        self._monitors = [f"monitor-{index}" for index in range(len(boxes))]
        for name, (x0, y0, x1, y1) in zip(self._monitors, boxes, strict=True):
            width, height = x1 - x0, y1 - y0
            primary = name == self._monitors[0]  # "*" says so; it also takes the only output, "screen"
            size = f"{width}/{width * 25 // 96}x{height}/{height * 25 // 96}+{x0}+{y0}"
            self._xrandr("--setmonitor", f"{'*' if primary else ''}{name}", size, "screen" if primary else "none")

    def _xrandr(self, *arguments: str) -> None:
        subprocess.run(["xrandr", *arguments], env=dict(self.environment), check=True, timeout=WAIT_SECONDS)

    def paint_desktop(self, colour: tuple[int, int, int] = DESKTOP) -> None:
        """Give the empty desktop a colour, for the server and (`_XROOTPMAP_ID`) for the compositor."""
        from Xlib import Xatom

        picture = self._root.create_pixmap(1, 1, self._x.screen().root_depth)
        paint = picture.create_gc(foreground=colour[0] << 16 | colour[1] << 8 | colour[2])
        picture.fill_rectangle(paint, 0, 0, 1, 1)
        self._root.change_attributes(background_pixmap=picture)
        self._root.change_property(self._x.intern_atom("_XROOTPMAP_ID"), Xatom.PIXMAP, 32, [picture.id])
        self._root.clear_area(0, 0, 0, 0)
        self._x.sync()

    @contextlib.contextmanager
    def run(self, argv: Sequence[str], extra: Mapping[str, str] | None = None) -> Iterator[Program]:
        """Run a program on this screen, with `extra` variables; it ends with the block."""
        with tempfile.TemporaryFile() as log:
            process = subprocess.Popen(
                argv,
                env={**self.environment, **(extra or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **children.popen_kwargs(),
            )
            try:
                yield Program(process, log)
            finally:
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def rest(self, compositor: bool) -> None:
        """Make the screen as the next test expects it."""
        self.set_monitors()
        self.set_compositor(compositor)
        self.move(min(REST[0], self.size[0] - 1), min(REST[1], self.size[1] - 1))

    def close(self) -> None:
        """End the connection."""
        self._x.close()


@contextlib.contextmanager
def screen(
    window_manager: bool = True,
    compositor: bool = False,
    size: tuple[int, int] = (1280, 800),
    lasting: bool = False,
) -> Iterator[Screen]:
    """A screen of one's own. Raises NoScreenError where none can be had; `lasting` is for the fixtures."""
    with serving(size) as server, _environ(server.environment):
        made = Screen(server, size, lasting)
        try:
            made.paint_desktop()
            if window_manager:
                server.start("openbox", ["openbox"])
                managed = made.x.intern_atom("_NET_SUPPORTING_WM_CHECK")
                until(lambda: made.x.screen().root.get_full_property(managed, 0), "openbox's start")
            made.set_compositor(compositor)
            made.rest(compositor)
            yield made
        finally:
            made.close()


@contextlib.contextmanager
def _environ(environment: Mapping[str, str]) -> Iterator[None]:
    """Xlib reads the cookie's file from this process's environment, and only when it connects."""
    import os

    before = os.environ.get("XAUTHORITY")
    os.environ["XAUTHORITY"] = environment["XAUTHORITY"]
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("XAUTHORITY", None)
        else:
            os.environ["XAUTHORITY"] = before
