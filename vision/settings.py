"""The section of the configuration that only the eyes read."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alisa.runtime.settings import Section, strictest


class VisionSettings(Section):
    """Her eyes. Each is closed until you open it: `alisa eyes open screen`, `alisa eyes close`."""

    section: ClassVar[str] = "vision"

    webcam: bool = strictest(False)
    """Look through the webcam: is somebody there, and where do they look? No picture is kept."""
    screen: bool = strictest(False)
    """Read the active window: what you are doing, and whether an error shows. No picture is kept."""
    system: bool = True
    """Ask the system whether you want to be left alone: full screen, a call, a locked screen. Nothing is looked at."""

    # --- the webcam ---
    camera: str = ""
    """The number of the camera, or a part of its name. Empty: the first."""
    source: Literal["camera", "video", "folder", "scripted"] = "camera"
    """Where pictures come from; `video` and `folder` read `source_path`, `scripted` is for tests."""
    source_path: str = ""
    """The video file, folder of pictures or script of the source."""
    detector: str = "haar"
    """What finds faces: `haar` (built in), `mediapipe` (after `alisa models pull mediapipe`), or another package's."""
    preset: Literal["ultra_light", "balanced", "enhanced"] = "balanced"
    """How often and how closely the webcam is looked through."""

    # --- the screen ---
    screen_source: Literal["screen", "folder", "scripted"] = "screen"
    """Where the screen's pictures come from; `folder` and `scripted` are for tests."""
    screen_path: str = ""
    """The folder or the script of the source."""
    ocr: str = "tesseract"
    """What reads the words in a picture: `tesseract`, `rapidocr` (an extra), `tesserocr` (an extra), `system`."""
    describe: bool = strictest(False)
    """Let a language model that can see describe the active window, too. It gets the picture, at `llm.url`."""

    # --- what is never looked at ---
    allow_apps: list[str] = Field(default_factory=list, max_length=200)
    """Look at these applications alone (parts of their names). Empty: at all that are not denied."""
    deny_apps: list[str] = Field(default_factory=list, max_length=200)
    """Never look at these applications (parts of their names), beside those that are always denied."""
    deny_titles: list[str] = Field(default_factory=list, max_length=200)
    """Never look at windows whose title holds one of these, beside those that are always denied."""
    pause_hotkey: str = "ctrl+alt+e"
    """The keys that close both eyes, and open them again; empty: none."""
