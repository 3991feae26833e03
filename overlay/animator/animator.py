"""The avatar and the time become a frame: all movements put together, and when the next picture is due.

Every part changes only on the grid of `ticks`, in steps that can be seen: between two changes frames are equal, and
nobody has to wake up.
"""

from __future__ import annotations

import math

from overlay.animator import blinks, body, gaze
from overlay.animator.mouth import viseme
from overlay.animator.ticks import BODY_RATE, RATE, end_of, held, stepped, tick_of
from overlay.expressions import Expression
from overlay.frame import Frame
from overlay.model.avatar import Activity, Avatar, Bearing
from overlay.model.course import Course, course_at

DRIFT_RATE = 4
"""Hair and what floats beside her drift so slowly that every second of those pictures is enough; so does a sleeper."""
HEAD_RATE = 16
FADE_STEPS = 8
GAZE_STEPS = 16
BODY_STEPS = 8
HORIZON_SECONDS = 1.0
"""Nobody sleeps longer than this: a picture that stands for ever costs one look a second."""

_BARE_FACES = frozenset({Expression.NEUTRAL})
"""faces beside which nothing floats"""
_STARING = frozenset({Activity.SURPRISED, Activity.DOZING})
"""Who is startled does not blink, and shut eyes have nothing to blink with."""
_ASLEEP = frozenset({Activity.SLEEPY, Activity.DOZING})


class Animator:
    """A pure function of the seed, the avatar and the time: nothing is remembered from frame to frame."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def frame(self, avatar: Avatar, now: float) -> Frame:
        """How she looks at this moment, seconds of the clock that `reduce` was told."""
        return self._frame(avatar, tick_of(now))

    def next_change(self, avatar: Avatar, now: float) -> float:
        """In how many seconds the frame may be another one, if nothing happens before; at most HORIZON_SECONDS."""
        tick = tick_of(now)
        shown = self._frame(avatar, tick)
        last = tick + round(HORIZON_SECONDS * RATE)
        changed = (later for later in range(tick + 1, last) if self._frame(avatar, later) != shown)
        return max(0.0, next(changed, last) / RATE - now)

    def _frame(self, avatar: Avatar, tick: int) -> Frame:
        time = end_of(tick)
        course = course_at(avatar, time)
        asleep = course.pose.activity in _ASLEEP
        drift = held(time, DRIFT_RATE)
        slow = held(time, DRIFT_RATE if asleep else BODY_RATE)
        bearing = Bearing.of(course.glide.seen(time))
        under, over, fade = _faces(course, time)
        gesture = body.gesture(self.seed, held(time, HEAD_RATE)) if bearing.ease > 0.0 else body.Gesture()
        sparkle = math.ceil(gesture.sparkle * bearing.ease * _bareness(under, over, fade) * FADE_STEPS) / FADE_STEPS
        return Frame(
            expression=over,
            fading_from=under,
            fade=fade,
            lids=self._lids(course, bearing, time),
            gaze=self._gaze(bearing, gesture, time),
            mouth=viseme(avatar, self.seed, time),
            breath=stepped(body.breath(slow, Bearing.of(course.glide.seen(slow)).sleep), BODY_STEPS),
            sway=stepped(body.sway(drift), BODY_STEPS),
            head=self._head(bearing, gesture, time),
            watching="open" in (avatar.webcam, avatar.screen),
            sparkle=sparkle,
            bob=0.0 if over in _BARE_FACES and not sparkle else math.floor(body.bob(drift) * BODY_STEPS) / BODY_STEPS,
        )

    def _lids(self, course: Course, bearing: Bearing, time: float) -> float:
        shut = stepped(bearing.shut, 2)
        if course.pose.activity in _STARING:
            return shut
        pace = blinks.SLEEPY if course.pose.activity is Activity.SLEEPY else blinks.AWAKE
        return max(shut, blinks.lids(self.seed, pace, time))

    def _gaze(self, bearing: Bearing, gesture: body.Gesture, time: float) -> tuple[float, float]:
        free = 1.0 - bearing.held
        wandering = gaze.wander(self.seed, time) if free > 0.0 else (0.0, 0.0)
        x, y = (
            stepped(min(1.0, max(-1.0, held_at * bearing.held + (there + aside * bearing.ease) * free)), GAZE_STEPS)
            for held_at, there, aside in zip(bearing.look, wandering, gesture.gaze, strict=True)
        )
        return x, y

    def _head(self, bearing: Bearing, gesture: body.Gesture, time: float) -> tuple[float, float]:
        beat = body.beat(self.seed, held(time, HEAD_RATE)) if bearing.talk > 0.0 else (0.0, 0.0)
        x, y = (
            stepped(moved * bearing.ease + beaten * bearing.talk, 1)
            for moved, beaten in zip(gesture.head, beat, strict=True)
        )
        return x, y


def _bareness(under: Expression | None, over: Expression, fade: float) -> float:
    """How much of what is seen is a face beside which nothing floats, 0 to 1."""
    return (fade if over in _BARE_FACES else 0.0) + (1.0 - fade if under in _BARE_FACES else 0.0)


def _faces(course: Course, time: float) -> tuple[Expression | None, Expression, float]:
    """The face that fades away, if one still does; the face that is seen; how much of it, in steps.

    Steps are rounded up: a new face begins to show in the very frame in which it is wished.
    """
    under, over, level = course.fade.seen(time)
    level = math.ceil(level * FADE_STEPS - 1e-6) / FADE_STEPS
    if under is over or level >= 1.0:
        return None, over, 1.0
    return (None, under, 1.0) if level <= 0.0 else (under, over, level)
