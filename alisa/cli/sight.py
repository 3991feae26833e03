"""`alisa look`: what her eyes see now, or in a picture. Nothing is sent anywhere, and no hub is needed."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from alisa.cli.output import say, say_json
from alisa.runtime.errors import UsageError
from alisa.runtime.paths import Home

if TYPE_CHECKING:
    from alisa.protocol.sight import SightFace, SightScreen
    from vision.settings import VisionSettings

_SHOWN_LINES = 12
_LONGEST_WAIT_SECONDS = 60.0

app = App(
    name="look",
    help_epilogue="""Examples:
  alisa look --webcam              is somebody there, and where do they look?
  alisa look --screen --wait 3     the window in front in three seconds
  alisa look --image shot.png      what would be read and understood of it
  alisa look --image photo.jpg --as webcam --json

What you see is what would be told: without secrets.
Passwords, banks and private windows are not looked at.""",
)


@app.default
def look(
    *,
    webcam: bool = False,
    screen: bool = False,
    image: Path | None = None,
    as_: Annotated[Literal["webcam", "screen"], Parameter(name="--as")] = "screen",
    wait: float = 0.0,
    json: bool = False,
) -> int:
    """Look once, whether the eyes are open or not, and show what is seen.

    Parameters
    ----------
    webcam
        Through the webcam.
    screen
        At the window in front.
    image
        At a picture in a file.
    as_
        What the picture is: a webcam's or a screen's.
    wait
        Seconds to wait before.
    json
        Print one JSON object.
    """
    logging.getLogger().addHandler(logging.NullHandler())  # an error is said in one line
    if webcam + screen + (image is not None) != 1:
        raise UsageError("wrong_use", "Name one thing to look at.", "`alisa look --screen`, --webcam or --image FILE.")
    if not 0 <= wait <= _LONGEST_WAIT_SECONDS:
        raise UsageError("wrong_use", f"She waits no longer than {_LONGEST_WAIT_SECONDS:.0f} s.", "Try --wait 5.")
    from alisa.runtime.settings import load
    from vision.settings import VisionSettings

    home = Home.find()
    settings = load(VisionSettings, home=home)[VisionSettings]
    if image is None and wait:
        time.sleep(wait)
    if webcam or (image is not None and as_ == "webcam"):
        face = _face(settings, home, image)
        say_json(asdict(face)) if json else _show_face(face)
    else:
        sight = _screen(settings, home, image)
        say_json(asdict(sight)) if json else _show_screen(sight, from_file=image is not None)
    return 0


def _face(settings: VisionSettings, home: Home, image: Path | None) -> SightFace:
    from alisa.runtime.clock import SystemClock
    from vision.webcam import Webcam, face_in

    if image is None:
        return asyncio.run(Webcam(settings, home, SystemClock()).look_once())
    from vision.detectors import engines
    from vision.pace import PRESETS

    detector = engines.create(settings, home, PRESETS[settings.preset])
    try:
        return face_in(_picture(image), detector)
    finally:
        detector.close()


def _screen(settings: VisionSettings, home: Home, image: Path | None) -> SightScreen:
    from alisa.runtime.clock import SystemClock
    from vision.screen import Screen, read_picture

    if image is None:
        return asyncio.run(Screen(settings, home, SystemClock()).look_once())
    from vision.ocr import engines

    return read_picture(_picture(image), None, engines.create(settings.ocr))


def _picture(file: Path) -> Any:
    """The picture in a file. Raises UsageError where there is none."""
    from vision.sources.folder import read_picture

    if not file.is_file():
        raise UsageError("no_picture", f"There is no file {file}.", "Name a picture, such as a PNG or JPEG file.")
    picture = read_picture(file)
    if picture is None:
        raise UsageError("no_picture", f"{file} holds no picture that can be read.", "Name a PNG or JPEG file.")
    return picture


# --- for a person -----------------------------------------------------------------------------


def _show_face(face: SightFace) -> None:
    if face.presence == "absent":
        say("Nobody is there.")
        return
    count = "One face" if face.faces == 1 else f"{face.faces} faces"
    looks = {"focused": ", looking at the screen", "distracted": ", looking elsewhere"}
    say(f"{count}{looks.get(face.attention or '', '')}.")


def _show_screen(sight: SightScreen, *, from_file: bool) -> None:
    if not (sight.app or sight.window or sight.text) and not from_file:
        say("Nothing is told: no window is in front, or one that is never looked at.", style="warn")
        return
    rows = {
        "program": sight.app + (f" ({sight.category})" if sight.category else ""),
        "window": sight.window,
        "task": sight.task,
        "file": sight.file_type,
        "error": _error(sight),
        "offer": sight.offer,
    }
    for name, value in rows.items():
        if value.strip():
            say(f"{name:<8} {value}")
    lines = [line for line in sight.text.splitlines() if line.strip()]
    say(f"{'text':<8} {len(lines)} lines" if lines else f"{'text':<8} none")
    for line in lines[-_SHOWN_LINES:]:
        say(f"         {line}", style="faint")


def _error(sight: SightScreen) -> str:
    if not sight.error_kind:
        return ""
    line = f", line {sight.error_line}" if sight.error_line else ""
    place = f" in {sight.error_file}{line}" if sight.error_file else line
    return f"{sight.error_kind}{place}: {sight.error_message}"
