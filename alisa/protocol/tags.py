"""The vocabulary of the wire: every tag, once.

A frame that begins with one of these words in brackets is a control frame;
anything else is plain text. What a tag carries stands in `messages`, not here.
"""

from __future__ import annotations

from enum import StrEnum

PROTOCOL_VERSION = 1
MAX_FRAME_BYTES = 1024 * 1024


class Tag(StrEnum):
    """The name between the brackets. New names may be added; none is ever renamed."""

    HELLO = "HELLO"
    WELCOME = "WELCOME"
    USER = "USER"
    TURN = "TURN"
    TOKEN = "TOKEN"  # noqa: S105 - a word of the wire, not a secret
    SENTENCE = "SENTENCE"
    EMOTION = "EMOTION"
    END = "END"
    ERROR = "ERROR"
    SPEECH_START = "SPEECH_START"
    SPEECH_END = "SPEECH_END"
    MOUTH = "MOUTH"
    MODE = "MODE"
    MODE_CHANGED = "MODE CHANGED"
    STATUS = "STATUS"
    VISION = "VISION"
    MUTE = "MUTE"
    ACTION = "ACTION"
    ACTION_RESULT = "ACTION_RESULT"
    SAY = "SAY"
    PARTIAL = "PARTIAL"
    INTERRUPT = "INTERRUPT"
    SNOOZE = "SNOOZE"
    FEEDBACK = "FEEDBACK"
    APPROVE = "APPROVE"
    DECLINE = "DECLINE"
    VISION_FACE = "VISION_FACE"
    VISION_DESKTOP = "VISION_DESKTOP"
    VISION_SCREEN = "VISION_SCREEN"
    SIGHT_FACE = "SIGHT_FACE"
    SIGHT_SCREEN = "SIGHT_SCREEN"
    SIGHT_SYSTEM = "SIGHT_SYSTEM"


class Emotion(StrEnum):
    """How she feels. The seven that every client can show."""

    HAPPY = "happy"
    CALM = "calm"
    TEASING = "teasing"
    SHY = "shy"
    SERIOUS = "serious"
    SAD = "sad"
    NEUTRAL = "neutral"


class Cause(StrEnum):
    """Why a turn began."""

    USER = "user"
    IDLE = "idle"
    VISION = "vision"
    REMINDER = "reminder"
    ACTION = "action"


class Channel(StrEnum):
    """How a turn reaches the user that asks for less than to be spoken aloud."""

    TOAST = "toast"
    """shown, not spoken"""
    BADGE = "badge"
    """a mark beside her; the words show when the user asks for them"""


class Presence(StrEnum):
    """Whether somebody sits in front of the webcam."""

    PRESENT = "present"
    ABSENT = "absent"


class Attention(StrEnum):
    """Where somebody who is present looks."""

    FOCUSED = "focused"
    DISTRACTED = "distracted"


class EndReason(StrEnum):
    """Why a turn ended."""

    STOP = "stop"
    LENGTH = "length"
    INTERRUPTED = "interrupted"
    ERROR = "error"


class Source(StrEnum):
    """How the user's words came in."""

    TYPED = "typed"
    SPOKEN = "spoken"
