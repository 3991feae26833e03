"""What the eyes tell the hub, in full: three messages, each sent when what it says has changed.

The seed system's words for the same stand in `messages`: `VisionFace`, `VisionDesktop`, `VisionScreen`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from alisa.protocol.message import Message
from alisa.protocol.tags import Attention, Presence, Tag
from alisa.protocol.values import Range


@dataclass(frozen=True, slots=True)
class SightFace(Message):
    """What the webcam sees now; sent when it changes."""

    tag: ClassVar[Tag] = Tag.SIGHT_FACE
    presence: Presence
    attention: Attention | None = None
    """None: nobody is there, or it cannot be told"""
    faces: Annotated[int, Range(0, 100)] = 0


@dataclass(frozen=True, slots=True)
class SightScreen(Message):
    """What the active window shows now; sent when it changes. Secrets have been taken out by the eyes."""

    tag: ClassVar[Tag] = Tag.SIGHT_SCREEN
    task: str = ""
    """`coding`, `writing`, `browsing`, `watching`, `gaming`, `meeting`, `terminal`, `design`, `reading`, `chat`, …"""
    app: str = ""
    """the application's name"""
    category: str = ""
    """what kind of application it is"""
    file_type: str = ""
    window: str = ""
    """the title of the window"""
    text: str = ""
    """an excerpt of the words on the screen"""
    error_kind: str = ""
    """the language or the tool whose error is shown: `python`, `shell`, `dialog`, …; empty: no error"""
    error_message: str = ""
    error_file: str = ""
    error_line: Annotated[int | None, Range(1, 10_000_000)] = None
    offer: str = ""
    """the help that might be offered, in a few words of ours; empty: none"""


@dataclass(frozen=True, slots=True)
class SightSystem(Message):
    """Whether this is a moment to be left alone, as the system tells it; sent when it changes."""

    tag: ClassVar[Tag] = Tag.SIGHT_SYSTEM
    fullscreen: bool = False
    call: bool = False
    """a program holds the microphone or the camera"""
    presentation: bool = False
    locked: bool = False
    do_not_disturb: bool = False
    idle_seconds: Annotated[int, Range(0, 10**9)] = 0
    """since the last key or movement of the pointer, in steps as it grows: 0, 60, 300, 1800"""
