"""One look at the screen, all that blocks in it: the window first, then whether it may be looked at, then its picture.

Nothing here waits or decides when. Everything is opened at the first look, in the thread that looks, and stays
there until `close`. Pictures are forgotten with the look; the text of the window in front is kept until another is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from alisa.protocol.sight import SightScreen
from alisa.runtime.errors import AlisaError
from vision.change import Changes, Picture
from vision.desktop.scripted import FULL_HD, ScriptedDesktop
from vision.desktop.system import Desktop, open_desktop
from vision.desktop.window import Box, Window, common, monitor_of
from vision.grab import Grabber, open_grabber
from vision.leaving import leaving
from vision.looks import Looks
from vision.ocr import engines
from vision.ocr.reading import Ocr, Reading
from vision.privacy import Rules, may_look, redact
from vision.settings import VisionSettings
from vision.understanding import understand

LEAST_SIDE = 24
"""A window that is smaller, in pixels, shows nothing to read."""
RETRY_OCR_SECONDS = 60.0
HER_NAME = "Alisa"
_HERSELF = "Alisa herself"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the eye is made of; tests give their own."""

    desktop: Callable[[], Desktop]
    grabber: Callable[[], Grabber]
    ocr: Callable[[], Ocr]

    @classmethod
    def of(cls, settings: VisionSettings) -> Parts:
        """Return the parts that the settings name."""
        pictured = settings.screen_source != "screen"
        return cls(
            desktop=_pictured if pictured else open_desktop,
            grabber=lambda: open_grabber(settings),
            ocr=lambda: engines.create(settings.ocr),
        )


def _pictured() -> Desktop:
    """Return the desktop of pictures from a folder: each fills it."""
    return ScriptedDesktop(Window("picture", "", None, FULL_HD.box, fullscreen=False))


@dataclass(frozen=True, slots=True)
class Glance:
    """What one look found."""

    sight: SightScreen
    switched: bool
    """another window is in front than at the look before"""
    note: str
    """a sentence for the user: what is not looked at, what is missing; "" : nothing"""
    unread: bool
    """some lines wait for the next look"""
    picture: Picture | None = None
    """what was read in this look; None: nothing was"""


class ScreenEye:
    """Looks when it is told to. Not for two threads."""

    def __init__(self, settings: VisionSettings, parts: Parts | None = None) -> None:
        self._parts = parts or Parts.of(settings)
        self._rules = Rules.from_settings(settings)
        self._desktop: Desktop | None = None
        self._grabber: Grabber | None = None
        self._reading: Reading | None = None
        self._ocr_note = ""
        self._ocr_again_at = 0.0
        self._changes = Changes()
        self.looks = Looks()
        self._window: Window | None = None
        self._text = ""
        self._unread = False
        self._understood: tuple[tuple[Window, str], SightScreen] | None = None

    def look(self, now: float) -> Glance:
        """Look once, at this time (in seconds). Raises AlisaError where there is nothing to look at."""
        if self._desktop is None:
            self._desktop = self._parts.desktop()
        window = self._desktop.active()
        verdict = may_look(window, self._rules)
        if window is None or not verdict:
            return self._not_looked_at(window, verdict.why)
        switched = self._switch_to(window)
        picture = self._grab(window)
        if picture is None:
            return self._glance(window, switched, None)
        changed = self._changes.look(picture)
        if not changed and self._unread:
            self._read(picture, now)
            return self._glance(window, switched, picture)
        if not self.looks.should_read(changed=changed, still=self._changes.still, now=now):
            return self._glance(window, switched, None)
        self._changes.mark_read()
        read = self._read(picture, now)
        return self._glance(window, switched, picture if read else None)

    def look_once(self) -> SightScreen:
        """Look and read all there is. Raises AlisaError; a window that may not be looked at is empty."""
        if self._desktop is None:
            self._desktop = self._parts.desktop()
        window = self._desktop.active()
        if window is None or not may_look(window, self._rules):
            return SightScreen()
        picture = self._grab(window)
        if picture is None:
            return leaving(understand(window, ""), redact)
        if self._reading is None:
            self._reading = Reading(self._parts.ocr())
        return leaving(understand(window, self._reading.read(picture, whole=True).text), redact)

    def close(self) -> None:
        """Let go of everything, and forget what was read."""
        desktop, self._desktop = self._desktop, None
        grabber, self._grabber = self._grabber, None
        reading, self._reading = self._reading, None
        self._forget()
        for part in (desktop, grabber, reading):
            if part is not None:
                part.close()

    # --- the steps -------------------------------------------------------------------------------------------

    def _not_looked_at(self, window: Window | None, why: str) -> Glance:
        if window is not None and why == _HERSELF and self._window is not None:
            return Glance(self._sight(self._window), switched=False, note="", unread=False)  # the user turned to her
        switched = self._window is not None
        self._forget()
        note = f"Not looked at: {why}." if window is not None and why != _HERSELF else ""
        return Glance(SightScreen(), switched, note, unread=False)

    def _switch_to(self, window: Window) -> bool:
        last, self._window = self._window, window
        same = last is not None and (last.app, last.pid, last.box[2:]) == (window.app, window.pid, window.box[2:])
        if not same:
            self._changes.forget()
            self.looks.switched()
            self._text, self._unread = "", False
        return not same

    def _grab(self, window: Window) -> Picture | None:
        """Return the window's picture, unless another one came in front meanwhile, or it is too small."""
        desktop = self._desktop
        box = None if desktop is None else visible(window.box, desktop)
        if desktop is None or box is None:
            return None
        if self._grabber is None:
            self._grabber = self._parts.grabber()
        picture = self._grabber.grab(box)
        after = desktop.active()
        # a window that may not be looked at could have come over this one while it was grabbed
        return picture if after is not None and may_look(after, self._rules) and after.pid == window.pid else None

    def _read(self, picture: Picture, now: float) -> bool:
        """Read the picture; a reader that is missing or fails is a note, for what else is seen goes on."""
        if self._reading is None:
            if now < self._ocr_again_at:
                return False
            try:
                self._reading = Reading(self._parts.ocr())
            except AlisaError as error:
                self._ocr_note, self._ocr_again_at = str(error), now + RETRY_OCR_SECONDS
                return False
        began = time.perf_counter()
        try:
            page = self._reading.read(picture)
        except AlisaError as error:
            self._ocr_note, self._ocr_again_at = str(error), now + RETRY_OCR_SECONDS
            self._reading.close()
            self._reading = None
            return False
        self.looks.did_read(time.perf_counter() - began, now)
        self._ocr_note, self._text, self._unread = "", page.text, page.unread > 0
        return True

    def _glance(self, window: Window, switched: bool, picture: Picture | None) -> Glance:
        return Glance(self._sight(window), switched, self._ocr_note, self._unread, picture)

    def _sight(self, window: Window) -> SightScreen:
        """Return what is understood of the window; while nothing changes, it was understood before."""
        seen = (window, self._text)
        if self._understood is None or self._understood[0] != seen:
            self._understood = (seen, leaving(understand(window, self._text), redact))
        return self._understood[1]

    def _forget(self) -> None:
        self._changes.forget()
        self._window, self._text, self._unread, self._understood = None, "", False, None
        if self._reading is not None:
            self._reading.forget()


def visible(box: Box, desktop: Desktop) -> Box | None:
    """Return the part of a window on the monitor that shows most of it; None: too little to read."""
    monitor = monitor_of(box, desktop.monitors())
    part = None if monitor is None else common(box, monitor.box)
    return part if part is not None and min(part[2:]) >= LEAST_SIDE else None


def read_picture(picture: Picture, window: Window | None, ocr: Ocr) -> SightScreen:
    """Return what one picture shows, all of it read. Raises AlisaError, what the reader raises."""
    return leaving(understand(window, Reading(ocr).read(picture, whole=True).text), redact)
