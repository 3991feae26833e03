"""What is known of her at a moment: one value, made by `reduce` alone and read by the animator.

Times are seconds of one monotonic clock. What she does at a time follows from the value and that time (`pose`):
nothing here has to be ticked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alisa.protocol import Emotion
from overlay.expressions import Expression
from overlay.model.transition import Fade, Glide, Level

PAST = float("-inf")
NEVER = float("inf")


class Activity(StrEnum):
    """What she is doing, as far as one can see."""

    IDLE = "idle"
    LISTENING = "listening"
    """the user is speaking"""
    THINKING = "thinking"
    """from the beginning of a turn to its first sign: an emotion or words"""
    SPEAKING = "speaking"
    """a voice speaks her words, or without a voice they are being shown"""
    SURPRISED = "surprised"
    """poked or picked up, for a moment"""
    SLEEPY = "sleepy"
    """quiet hours, and nothing has happened for a while"""
    DOZING = "dozing"
    """the hub is away"""


@dataclass(frozen=True, slots=True)
class Bearing:
    """All that changes softly beside her face."""

    look: tuple[float, float] = (0.0, 0.0)
    """the point that holds her eyes, -1 to 1 each"""
    held: float = 0.0
    """how much that point holds them: 0 they wander, 1 they rest on it"""
    ease: float = 1.0
    """how free she is for small gestures"""
    talk: float = 0.0
    """how much she speaks with her head"""
    sleep: float = 0.0
    """how much she breathes like somebody who sleeps"""
    shut: float = 0.0
    """how far her eyes are shut, beside blinking"""

    def values(self) -> tuple[float, ...]:
        """As the numbers of a Glide, in the order of the fields."""
        return (*self.look, self.held, self.ease, self.talk, self.sleep, self.shut)

    @classmethod
    def of(cls, values: tuple[float, ...]) -> Bearing:
        """From the numbers of a Glide."""
        x, y, held, ease, talk, sleep, shut = values
        return cls((x, y), held, ease, talk, sleep, shut)


@dataclass(frozen=True, slots=True)
class Pose:
    """How she holds herself for a stretch of time."""

    activity: Activity = Activity.IDLE
    face: Expression = Expression.NEUTRAL
    bearing: Bearing = Bearing()


@dataclass(frozen=True, slots=True)
class Step:
    """A pose that begins at a moment if nothing happens before."""

    at: float
    pose: Pose


@dataclass(frozen=True, slots=True)
class Speech:
    """A voice that speaks her words."""

    turn: int | None
    began_at: float
    mouth: Level
    told_at: float = PAST
    """when a client last said how far her mouth is open"""


_NEUTRAL = Fade.still(Expression.NEUTRAL)
_AT_REST = Glide(0.0, Bearing().values(), Bearing().values())


@dataclass(frozen=True, slots=True)
class Avatar:
    """Everything that can be seen of her comes from here, from the time and from a seed."""

    connected: bool = False
    away_since: float = NEVER
    """since when the hub has been away; not away before the link has said so"""
    emotion: Emotion = Emotion.NEUTRAL
    emotion_until: float = PAST
    """until when it stays on her face"""
    mode: str = ""
    muted: bool = False
    quiet: bool = False
    """quiet hours"""
    webcam: str = ""
    """how her eye at the webcam does: `open`, `closed`, `paused`, `away`; empty: no eyes run"""
    screen: str = ""
    """the same of the one that reads the screen"""
    turn: int | None = None
    """the turn whose reply is coming in, or came last; None in the plain dialect"""
    finished: int | None = None
    """the last turn that ended: nothing of it or of an older one is believed any more"""
    marked: int | None = None
    """the latest turn that she only writes down beside her: nothing of it shows on her"""
    replying: bool = False
    """whether a reply is coming in"""
    awaiting_since: float = NEVER
    awaiting_until: float = PAST
    """between the two she thinks: a reply is due, and nothing of it has come"""
    speech: Speech | None = None
    voiced: bool = False
    """whether some client speaks her replies aloud: then words alone do not move her mouth"""
    unspoken: bool = False
    """whether the last reply has words of which no voice has begun to speak"""
    talk_until: float = PAST
    """until when her mouth moves with words that only are shown"""
    listening_until: float = PAST
    surprised_until: float = PAST
    pointer: tuple[float, float] | None = None
    """where the mouse pointer is, as her eyes see it, while it is near"""
    pointer_until: float = PAST
    """until when a pointer that does not move interests her"""
    stirred_at: float = PAST
    """when something last happened that keeps her awake"""
    pose: Pose = Pose()
    """what she wished to show at the last event"""
    steps: tuple[Step, ...] = ()
    """what follows by itself, in order of time"""
    fade: Fade = _NEUTRAL
    glide: Glide = _AT_REST
