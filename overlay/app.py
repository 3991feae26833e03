"""She, put together: what happens becomes her model, her model a frame, a frame a picture in her window.

Everything here runs in Tk's loop and never waits. Each part knows its own business; here stands who tells whom.
"""

from __future__ import annotations

import contextlib
import math
import random
import time
import tkinter as tk
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alisa.protocol.messages import Approve, Decline, Feedback, Say, Sentence, Token, Turn
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home
from alisa.runtime.sections import QuietSettings
from alisa.runtime.settings import Settings
from overlay.animator import Animator
from overlay.avatar import choose_avatar
from overlay.bridge import ModesOffered, NotSent
from overlay.bubble.text import Told
from overlay.bubble.window import BubbleWindow
from overlay.compose import Composer
from overlay.desktop import hotkey
from overlay.desktop.geometry import Rect
from overlay.desktop.placement import Placements
from overlay.desktop.pointer import Gaze
from overlay.desktop.system import open_desktop
from overlay.desktop.waking import attend
from overlay.desktop.window import AvatarWindow, Reactions
from overlay.events import Asked as UserAsked
from overlay.events import DesktopEvent, Dragged, PointerLeft, PointerSeen, Poked, QuietHours
from overlay.eyes import EyeLids
from overlay.faults import Faults
from overlay.menu import Menu
from overlay.model import Avatar, reduce
from overlay.pages import SettingsPage
from overlay.settings import OverlaySettings
from overlay.sources import Happening, Source
from overlay.surface import open_surface
from overlay.wishes import Wishes

if TYPE_CHECKING:
    from collections.abc import Callable

    from overlay.asked import Asked
    from overlay.desktop.single import Single
    from overlay.surface import Surface

QUIET_LOOK_MS = 20_000
"""How often the clock on the wall is looked at: quiet hours begin on the minute, more or less."""
WORDS = (Turn, Sentence, Token)
"""What the bubble shows of a reply; kept from it where the settings want no bubble."""

log = get_logger(__name__)


class App:
    """The avatar as a program. `run` returns when she was asked to end."""

    def __init__(
        self, root: tk.Tk, home: Home, settings: Settings, asked: Asked, source: Source, single: Single | None = None
    ) -> None:
        self._root = root
        self._settings = settings[OverlaySettings]
        self._quiet = settings[QuietSettings]
        self._asked = asked
        self._source = source
        self.faults = Faults()
        root.report_callback_exception = self.faults.from_tk
        self._avatar = Avatar()
        self._animator = Animator(random.randrange(2**31))  # noqa: S311 - it varies her blinks, it keeps no secret
        self._tick_timer = ""
        self._ends: list[Callable[[], object]] = []
        pictures, problems = choose_avatar(self._settings.avatar, home)
        self._desktop = open_desktop(root)
        self._ends.append(self._desktop.close)
        self._bubble = BubbleWindow(
            root,
            on_answer=self._answered,
            on_say=self._said,
            on_wave_away=self._waved_away,
            night=self._is_quiet(),
        )
        self._ends.append(self._bubble.close)
        self.window = AvatarWindow(
            root,
            compose=lambda scale: Composer(pictures, scale),
            open_surface=self._open_surface,
            desktop=self._desktop,
            placements=Placements(home),
            settings=self._settings,
            reactions=self._reactions(),
        )
        self._ends.append(self.window.close)
        keys = self._attend(single)
        settings_page = SettingsPage(root, home, self._tell)
        self._ends.append(settings_page.close)
        eyes = EyeLids(root, home, self._tell)
        self._ends.append(eyes.close)
        self.wishes = Wishes(self.window, self._bubble, settings_page, eyes, source.send, lambda: asked.end(0), keys)
        self._menu = Menu(root, self.wishes, night=self._is_quiet())
        self._ends.append(self._menu.destroy)
        self._moved(self.window.place)
        for problem in problems:
            log.warning("the chosen avatar cannot be shown as it is", problem=problem)
        if problems:
            self._tell(problems[0] if len(problems) == 1 else f"{problems[0]} (and {len(problems) - 1} more)",
                       "`python -m overlay --list` shows the avatars that there are.")  # fmt: skip

    def run(self) -> None:
        """Live until asked to end."""
        self._look_at_the_clock()
        self._source.start(self._root, self.faults.guarded(self._happened))
        self._tick()
        while self._asked.code is None:
            with self.faults.survived():
                self._root.mainloop()

    def close(self) -> None:
        """Let go of everything; each in turn, whatever becomes of the others."""
        if self._tick_timer:
            self._root.after_cancel(self._tick_timer)
        for end in (self._source.stop, *reversed(self._ends)):
            with self.faults.survived(), contextlib.suppress(tk.TclError):
                end()

    # --- what happens ---------------------------------------------------------------------------

    def _happened(self, happenings: Iterable[Happening]) -> None:
        """All of this happened, in this order; then she is drawn once."""
        for happening in happenings:
            with self.faults.survived():
                self._take_in(happening)
        self._tick()

    def _happened_one(self, happening: Happening) -> None:
        self._happened((happening,))

    def _take_in(self, happening: Happening) -> None:
        match happening:
            case NotSent(message=Say(text=text), error=error):
                self._bubble.give_back(text)
                self._bubble.feed(error)
            case NotSent(error=error):
                self._bubble.feed(error)
            case ModesOffered(modes=modes):
                self.wishes.modes = modes
            case _:
                before = self._avatar
                self._avatar = reduce(before, happening, time.monotonic())
                self.wishes.avatar = self._avatar
                if not isinstance(happening, DesktopEvent) and (
                    self._settings.bubble or not isinstance(happening, WORDS)
                ):
                    self._bubble.feed(happening)

    def _tick(self) -> None:
        """Show her as she is now, and come back when she looks different."""
        if self._tick_timer:
            self._root.after_cancel(self._tick_timer)
            self._tick_timer = ""
        if not self.window.shown:
            return
        wait = 1.0
        with self.faults.survived():
            now = time.monotonic()
            self.window.show(self._animator.frame(self._avatar, now))
            wait = self._animator.next_change(self._avatar, time.monotonic())
        self._tick_timer = self._root.after(max(1, math.ceil(wait * 1000)), self._tick)

    # --- what the user does with her ------------------------------------------------------------

    def _reactions(self) -> Reactions:
        return Reactions(
            on_poke=lambda: self._happened_one(Poked()),
            on_type=self._bubble.talk,
            on_menu=lambda x, y: self._menu.popup(x, y),  # noqa: PLW0108 - the menu is made later
            on_drag=lambda on: self._happened_one(Dragged(on)),
            on_gaze=self._looked_at,
            on_move=self._moved,
            on_show=self._came_or_went,
        )

    def _looked_at(self, gaze: Gaze | None) -> None:
        self._happened_one(PointerLeft() if gaze is None else PointerSeen(*gaze))

    def _moved(self, place: Rect) -> None:
        self._bubble.place_beside(place, self.window.monitors)

    def _came_or_went(self, shown: bool) -> None:
        self._bubble.set_hidden(not shown)
        self._tick()

    def _said(self, text: str) -> None:
        self._source.send(Say(text))
        self._happened_one(UserAsked())

    def _waved_away(self, turn: int) -> None:
        self._source.send(Feedback(-1, turn))

    def _answered(self, action: str, token: str, allow: bool) -> None:
        self._source.send(Approve(action, token) if allow else Decline(action))

    def _tell(self, text: str, hint: str = "") -> None:
        self._bubble.feed(Told(text, hint, trouble=True))

    # --- what surrounds her ---------------------------------------------------------------------

    def _attend(self, single: Single | None) -> str:
        """Answer who calls from outside of Tk: signals, the hotkey, a second start. Returns the hotkey that works."""
        keys = hotkey.listen(self._root, self._settings.hotkey)
        self._ends.append(keys.close)
        if keys.problem:
            log.warning(keys.problem)
        for call, then in ((self._asked, self._end_if_asked), (keys, self.window.answer_hotkey)):
            self._ends.append(attend(self._root, call, self.faults.guarded(then)))
        if single is not None:
            self._ends.append(attend(self._root, single, self.faults.guarded(self.window.come_back)))
        return "" if keys.problem else self._settings.hotkey.strip()

    def _end_if_asked(self) -> None:
        if self._asked.code is not None:
            self._root.quit()

    def _look_at_the_clock(self) -> None:
        self._root.after(QUIET_LOOK_MS, self._look_at_the_clock)
        quiet = self._is_quiet()
        if quiet != self._avatar.quiet:
            self._bubble.set_night(quiet)
            self._menu.night = quiet
            self._happened_one(QuietHours(quiet))

    def _is_quiet(self) -> bool:
        return self._quiet.include(datetime.now(UTC).astimezone().time())

    def _open_surface(self, size: tuple[int, int]) -> Surface:
        surface = open_surface(self._root, size, self._settings.surface)
        log.info("her window is open", kind=surface.name, why=surface.why)
        return surface
