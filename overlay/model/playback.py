"""What a voice that speaks her words does to her: playback begins, her mouth moves with it, playback ends.

Playback lags behind the reply, so it may begin and end after the turn's `[END]`. Mouth shapes are not known here.
"""

from __future__ import annotations

from dataclasses import replace

from alisa.protocol.messages import Mouth, SpeechEnd, SpeechStart
from overlay.model.avatar import PAST, Avatar, Speech
from overlay.model.replies import EMOTION_SECONDS
from overlay.model.transition import Level


def speech_began(avatar: Avatar, message: SpeechStart, now: float) -> Avatar:
    """A voice speaks. From now on words alone do not move her mouth. Nothing older overtakes what is being spoken."""
    speech = avatar.speech
    if speech is not None and _known_apart(speech, message.turn) and (message.turn or 0) < (speech.turn or 0):
        return avatar
    return replace(
        avatar,
        speech=Speech(message.turn, now, Level(now, 0.0, 0.0)),
        voiced=True,
        unspoken=False,
        talk_until=PAST,
        listening_until=PAST,
        stirred_at=now,
    )


def mouth_moved(avatar: Avatar, message: Mouth, now: float) -> Avatar:
    """How far her mouth is open; outside of playback it means nothing."""
    speech = avatar.speech
    if speech is None:
        return avatar
    opening = min(1.0, max(0.0, message.opening)) if message.opening == message.opening else 0.0  # NaN: closed
    return replace(avatar, speech=replace(speech, mouth=speech.mouth.toward(opening, now), told_at=now))


def speech_ended(avatar: Avatar, message: SpeechEnd, now: float) -> Avatar:
    """The voice is silent; what she feels stays for a while. The end of an older speech does not end a newer one."""
    speech = avatar.speech
    if speech is None or _known_apart(speech, message.turn):
        return avatar
    return silenced(replace(avatar, stirred_at=now), now)


def silenced(avatar: Avatar, now: float) -> Avatar:
    """No voice speaks any more."""
    return replace(avatar, speech=None, emotion_until=now + EMOTION_SECONDS)


def _known_apart(speech: Speech, turn: int | None) -> bool:
    return speech.turn is not None and turn is not None and speech.turn != turn
