"""What her eyes need: a reader for the screen's words, and a desktop that tells which window is in front."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from alisa.cli.doctor.finding import Finding, Patient, ok, problem, warning
from alisa.cli.machine import has_camera, has_display, has_x11
from vision.ocr.install import install_hint
from vision.settings import VisionSettings


def eyes(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings[VisionSettings]
    wanted = [name for name in ("webcam", "screen") if getattr(settings, name)]
    if not wanted:
        yield ok("Both eyes are closed. `alisa eyes open` opens them.")
    if settings.webcam and settings.source == "camera" and not has_camera():
        yield problem("The webcam eye is open, but there is no camera.", "Connect one, or `alisa eyes close webcam`.")
    if settings.screen and settings.screen_source == "screen" and not has_display(patient.env):
        yield problem(
            "The screen eye is open, but there is no display.",
            "Start Alisa from a terminal of your desktop session, or `alisa eyes close screen`.",
        )
    elif settings.screen and (not has_x11(patient.env) or patient.env.get("WAYLAND_DISPLAY")):
        yield warning(
            "Under Wayland the screen eye sees only programs that use X11.",
            "Nothing to do; a session on X11 shows it all.",
        )
    yield from _reader(settings, wanted=settings.screen)
    if wanted:
        yield ok(f"Open: {' and '.join(wanted)}.")


def _reader(settings: VisionSettings, *, wanted: bool) -> Iterator[Finding]:
    """Tesseract is the one reader that is a program of its own."""
    if settings.ocr not in ("", "tesseract"):
        return
    if shutil.which("tesseract"):
        yield ok("Tesseract is here to read the screen's words.")
    elif wanted:
        yield problem("Tesseract is missing: the screen eye cannot read.", install_hint())
    else:
        yield warning("Tesseract is missing: the screen eye could not read.", install_hint())
