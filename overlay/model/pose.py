"""Which pose she takes at a time, if nothing more happens: what she does, which face, how she holds herself.

This is the one place where it is decided what outranks what. How a pose is reached softly stands in `course`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from alisa.protocol import Emotion
from overlay.expressions import Expression
from overlay.model.avatar import NEVER, Activity, Avatar, Bearing, Pose, Speech

THINKING_AFTER_SECONDS = 0.2
"""A reply that begins sooner shows no thinking face: one that flashes by looks like a twitch."""
DOZE_AFTER_SECONDS = 3.0
"""A hub that restarts is back within this time; only a longer absence lets her doze."""
SHUT_AFTER_SECONDS = 7.0
"""Dozing begins drowsy; then her eyes fall shut."""
SLEEPY_AFTER_SECONDS = 180.0
"""In quiet hours her eyes grow heavy when nothing has happened for three minutes."""
SPEECH_LIMIT_SECONDS = 120.0
"""A voice that has told nothing for so long has gone without saying that it ended."""

RESTING_FACES: Mapping[str, Expression] = {"calm": Expression.CALM}
"""Her face when nothing moves her, by mode; neutral in all others."""

_FACES: Mapping[Activity, Expression] = {
    Activity.LISTENING: Expression.LISTENING,
    Activity.THINKING: Expression.THINKING,
    Activity.SURPRISED: Expression.SURPRISED,
    Activity.SLEEPY: Expression.SLEEPY,
    Activity.DOZING: Expression.SLEEPY,
}
_FELT: Mapping[str, Expression] = {emotion.value: Expression(emotion.value) for emotion in Emotion}

_BEARINGS: Mapping[Activity, Bearing] = {
    Activity.IDLE: Bearing(),
    Activity.LISTENING: Bearing(held=0.85, ease=0.0),
    Activity.THINKING: Bearing(look=(0.15, -0.25), held=0.5, ease=0.0),
    Activity.SPEAKING: Bearing(held=0.7, ease=0.0, talk=1.0),
    Activity.SURPRISED: Bearing(held=1.0, ease=0.0),
    Activity.SLEEPY: Bearing(look=(0.0, 0.2), held=0.7, ease=0.0, sleep=1.0),
    Activity.DOZING: Bearing(held=1.0, ease=0.0, sleep=1.0, shut=1.0),
}
"""Whoever listens or speaks looks at the other (held towards the middle); whoever thinks looks up and aside."""
_ASLEEP = frozenset({Activity.SLEEPY, Activity.DOZING})


def pose_at(avatar: Avatar, now: float) -> Pose:
    """The pose at this time."""
    activity = activity_at(avatar, now)
    bearing = _BEARINGS[activity]
    if activity is Activity.DOZING and now < avatar.away_since + SHUT_AFTER_SECONDS:
        bearing = replace(bearing, shut=0.0)
    if avatar.pointer is not None and now < avatar.pointer_until and activity not in _ASLEEP:
        bearing = Bearing(avatar.pointer, 1.0, bearing.ease, bearing.talk)
    return Pose(activity, _FACES.get(activity) or _felt(avatar, activity, now), bearing)


def activity_at(avatar: Avatar, now: float) -> Activity:
    """What she does at this time; the first that holds outranks the others."""
    ranked = (
        (Activity.SURPRISED, now < avatar.surprised_until),
        (Activity.DOZING, now >= avatar.away_since + DOZE_AFTER_SECONDS),
        (Activity.SPEAKING, now < avatar.talk_until or (avatar.speech is not None and now < speech_end(avatar.speech))),
        (Activity.LISTENING, now < avatar.listening_until),
        (Activity.THINKING, avatar.awaiting_since + THINKING_AFTER_SECONDS <= now < avatar.awaiting_until),
        (Activity.IDLE, now < avatar.emotion_until),
        (Activity.SLEEPY, avatar.quiet and now >= avatar.stirred_at + SLEEPY_AFTER_SECONDS),
    )
    return next((activity for activity, holds in ranked if holds), Activity.IDLE)


def speech_end(speech: Speech) -> float:
    """When a voice that tells nothing more is taken for gone."""
    return max(speech.began_at, speech.told_at) + SPEECH_LIMIT_SECONDS


def turning_points(avatar: Avatar, now: float) -> list[float]:
    """The times after `now`, in order, at which the pose may become another one by itself."""
    times = {
        avatar.surprised_until,
        avatar.away_since + DOZE_AFTER_SECONDS,
        avatar.away_since + SHUT_AFTER_SECONDS,
        avatar.talk_until,
        NEVER if avatar.speech is None else speech_end(avatar.speech),
        avatar.listening_until,
        avatar.awaiting_since + THINKING_AFTER_SECONDS,
        avatar.awaiting_until,
        avatar.emotion_until,
        avatar.stirred_at + SLEEPY_AFTER_SECONDS,
        avatar.pointer_until,
    }
    return sorted(time for time in times if now < time < NEVER)


def _felt(avatar: Avatar, activity: Activity, now: float) -> Expression:
    if activity is Activity.SPEAKING or now < avatar.emotion_until:
        return _FELT.get(avatar.emotion, Expression.NEUTRAL)
    return RESTING_FACES.get(avatar.mode, Expression.NEUTRAL)
