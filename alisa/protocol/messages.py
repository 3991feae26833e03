"""One frozen dataclass for each tag: what a frame says, as values.

The codec derives every frame from these fields, so a new message is a new class
and nothing else. How fields become text is named by `Body`; a field called `turn`
always stands in the header (`[TOKEN:17]`), never in the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from alisa.protocol.message import Body, Message
from alisa.protocol.sight import SightFace, SightScreen, SightSystem
from alisa.protocol.tags import (
    PROTOCOL_VERSION,
    Cause,
    Channel,
    Emotion,
    EndReason,
    Source,
    Tag,
)
from alisa.protocol.text import MAX_DIGITS
from alisa.protocol.values import Range

_TURN_IDS = Range(0, 10**MAX_DIGITS - 1)


# --- introductions ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hello(Message):
    """A client introduces itself; from here on it is served in the full dialect."""

    tag: ClassVar[Tag] = Tag.HELLO
    role: str
    name: str = ""
    protocol: int = PROTOCOL_VERSION
    conversation: str = "main"
    resume: Annotated[int | None, _TURN_IDS] = None
    """the last turn that this client finished; it is sent the turns that it missed"""


@dataclass(frozen=True, slots=True)
class Welcome(Message):
    """The hub's answer to `[HELLO]`: where the conversation stands, and what this role may do."""

    tag: ClassVar[Tag] = Tag.WELCOME
    server: str
    conversation: str
    protocol: int = PROTOCOL_VERSION
    current_turn: int | None = None
    """the turn that is running now, or the last one that ended"""
    mode: str = ""
    emotion: Emotion = Emotion.NEUTRAL
    persona: str = ""
    may_send: tuple[str, ...] = ()
    hears: tuple[str, ...] = ()


# --- a turn, from the hub --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class User(Message):
    """What the user said, so that every client can show it."""

    tag: ClassVar[Tag] = Tag.USER
    body: ClassVar[Body] = Body.BARE
    text: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Turn(Message):
    """A turn began."""

    tag: ClassVar[Tag] = Tag.TURN
    cause: Cause = Cause.USER
    turn: int | None = None
    channel: Channel | None = None
    """how it reaches the user; None: aloud"""


@dataclass(frozen=True, slots=True)
class Token(Message):
    """The next piece of the reply, clean of markup."""

    tag: ClassVar[Tag] = Tag.TOKEN
    body: ClassVar[Body] = Body.BARE
    text: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence(Message):
    """A complete speakable piece of the reply."""

    tag: ClassVar[Tag] = Tag.SENTENCE
    body: ClassVar[Body] = Body.BARE
    text: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class EmotionShown(Message):
    """How she feels about this turn."""

    tag: ClassVar[Tag] = Tag.EMOTION
    body: ClassVar[Body] = Body.BARE
    emotion: Emotion
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class End(Message):
    """The turn is over; nothing of it follows."""

    tag: ClassVar[Tag] = Tag.END
    reason: EndReason = EndReason.STOP
    timings: Mapping[str, float] = field(default_factory=dict)
    """milliseconds by name: `queued`, `context`, `first_token`, `total`; and `tokens`, a count"""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Error(Message):
    """Something went wrong: what, and what to do next."""

    tag: ClassVar[Tag] = Tag.ERROR
    code: str
    message: str
    hint: str = ""
    turn: int | None = None


# --- playback --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SpeechStart(Message):
    """Playback of a reply began."""

    tag: ClassVar[Tag] = Tag.SPEECH_START
    body: ClassVar[Body] = Body.NONE
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class SpeechEnd(Message):
    """Playback of a reply ended; from a voice client, with what was heard. Not `completed`: the user cut it off."""

    tag: ClassVar[Tag] = Tag.SPEECH_END
    heard: str = ""
    completed: bool = True
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Mouth(Message):
    """How far the mouth is open, 0 to 1."""

    tag: ClassVar[Tag] = Tag.MOUTH
    body: ClassVar[Body] = Body.BARE
    opening: Annotated[float, Range(0.0, 1.0)]


# --- state that changed; the latest wins -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mode(Message):
    """The mode of the conversation; from a client, the mode that it wishes."""

    tag: ClassVar[Tag] = Tag.MODE
    body: ClassVar[Body] = Body.BARE
    mode: str


@dataclass(frozen=True, slots=True)
class ModeChanged(Message):
    """Plain dialect only: the answer to `/mode`."""

    tag: ClassVar[Tag] = Tag.MODE_CHANGED
    body: ClassVar[Body] = Body.NONE


@dataclass(frozen=True, slots=True)
class Status(Message):
    """What the parts of Alisa are doing.

    A voice and the eyes tell of themselves: `voice` or `eyes`, and keys that begin with `voice_` or `eyes_`.
    """

    tag: ClassVar[Tag] = Tag.STATUS
    body: ClassVar[Body] = Body.MAPPING
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Vision(Message):
    """What she sees, with ages."""

    tag: ClassVar[Tag] = Tag.VISION
    body: ClassVar[Body] = Body.MAPPING
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mute(Message):
    """Whether she is to be silent: nothing is spoken aloud, she writes all the same. From a client, the wish."""

    tag: ClassVar[Tag] = Tag.MUTE
    muted: bool = True


# --- actions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Action(Message):
    """A desktop action asks for consent."""

    tag: ClassVar[Tag] = Tag.ACTION
    action: str
    title: str
    token: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActionResult(Message):
    """What became of a desktop action."""

    tag: ClassVar[Tag] = Tag.ACTION_RESULT
    action: str
    outcome: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Approve(Message):
    """The user allows an action, with the one-time token that came with the question."""

    tag: ClassVar[Tag] = Tag.APPROVE
    action: str
    token: str


@dataclass(frozen=True, slots=True)
class Decline(Message):
    """The user does not want an action."""

    tag: ClassVar[Tag] = Tag.DECLINE
    action: str


# --- from a client ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say(Message):
    """The user said this."""

    tag: ClassVar[Tag] = Tag.SAY
    text: str
    source: Source = Source.TYPED


@dataclass(frozen=True, slots=True)
class Partial(Message):
    """A transcript that is still in progress."""

    tag: ClassVar[Tag] = Tag.PARTIAL
    body: ClassVar[Body] = Body.BARE
    text: str


@dataclass(frozen=True, slots=True)
class Interrupt(Message):
    """The user cut in. `heard` is what had been heard by then, where a voice client knows it.

    From the hub, to a voice: another client cut in on a reply that has ended and may still be playing.
    """

    tag: ClassVar[Tag] = Tag.INTERRUPT
    heard: str | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Snooze(Message):
    """The user wishes to be left alone for a while."""

    tag: ClassVar[Tag] = Tag.SNOOZE
    minutes: Annotated[int, Range(0, 7 * 24 * 60)] = 30
    """how long; 0 ends it"""


@dataclass(frozen=True, slots=True)
class Feedback(Message):
    """What the user thought of a turn: 1 good, -1 bad."""

    tag: ClassVar[Tag] = Tag.FEEDBACK
    value: Annotated[int, Range(-1, 1)]
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class VisionFace(Message):
    """What the webcam sees: `present`, `absent`, `focused`, `distracted` or the emotion of a face."""

    tag: ClassVar[Tag] = Tag.VISION_FACE
    body: ClassVar[Body] = Body.BARE
    state: str


@dataclass(frozen=True, slots=True)
class VisionDesktop(Message):
    """What the screen shows."""

    tag: ClassVar[Tag] = Tag.VISION_DESKTOP
    body: ClassVar[Body] = Body.PIPES
    task: str
    app: str
    file_type: str
    has_error: bool
    offer: str
    window: str
    text: str


@dataclass(frozen=True, slots=True)
class VisionScreen(Message):
    """What the screen shows, in the seed system's older form."""

    tag: ClassVar[Tag] = Tag.VISION_SCREEN
    body: ClassVar[Body] = Body.PIPES
    window: str
    text: str


MESSAGES: Mapping[Tag, type[Message]] = {
    cls.tag: cls
    for cls in (
        Hello, Welcome, User, Turn, Token, Sentence, EmotionShown, End, Error,
        SpeechStart, SpeechEnd, Mouth, Mode, ModeChanged, Status, Vision, Mute,
        Action, ActionResult, Approve, Decline,
        Say, Partial, Interrupt, Snooze, Feedback, VisionFace, VisionDesktop, VisionScreen,
        SightFace, SightScreen, SightSystem,
    )
}  # fmt: skip
