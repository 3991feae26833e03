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

NEVER = float("-inf")
ALWAYS = float("inf")


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
    """poked, for a moment"""
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
class Reply:
    """The reply that is coming in, or the last one."""

    turn: int | None = None
    """its number; None in the plain dialect"""
    open: bool = False
    """whether more of it is to come"""
    worded: bool = False
    """whether a sign of it came: an emotion or words"""
    began_at: float = NEVER
    heard_at: float = NEVER
    """when something of it came last"""


@dataclass(frozen=True, slots=True)
class Speech:
    """A voice that speaks her words."""

    turn: int | None
    began_at: float
    mouth: Level
    told_at: float = NEVER
    """when a client last said how far her mouth is open"""


@dataclass(frozen=True, slots=True)
class Avatar:
    """Everything that can be seen of her comes from here, from the time and from a seed."""

    connected: bool = False
    away_since: float = NEVER
    """since when the hub has been away"""
    emotion: Emotion = Emotion.NEUTRAL
    emotion_until: float = NEVER
    """until when it stays on her face once a reply is over"""
    mode: str = ""
    muted: bool = False
    quiet: bool = False
    """quiet hours"""
    reply: Reply = Reply()
    finished: int | None = None
    """the last turn that ended: nothing of it or of an older one is believed any more"""
    asked_until: float = NEVER
    """until when she waits for a reply to words that went through her own entry"""
    speech: Speech | None = None
    voiced: bool = False
    """whether some client speaks her replies aloud: then words alone do not move her mouth"""
    unspoken: bool = False
    """whether this reply has words that no voice has begun to speak"""
    talk_until: float = NEVER
    """until when her mouth moves with words that only are shown"""
    listening_until: float = NEVER
    surprised_until: float = NEVER
    pointer: tuple[float, float] | None = None
    stirred_at: float = NEVER
    """when something last happened that keeps her awake"""
    pose: Pose = Pose()
    """what she wished to show at the last event"""
    steps: tuple[Step, ...] = ()
    """what follows by itself, in order of time"""
    fade: Fade = Fade.still(Expression.NEUTRAL)
    glide: Glide = Glide(0.0, Bearing().values(), Bearing().values())
