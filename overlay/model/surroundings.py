"""What surrounds her: the hub that comes and goes, what it says of its parts, the user's hand, the hours.

What is said in a reply is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alisa.link import Connected, Disconnected
from alisa.protocol.messages import Action, Mode, Mute, Partial, Status
from overlay.events import Dragged, PointerLeft, PointerSeen, Poked, QuietHours
from overlay.model.avatar import NEVER, PAST, Avatar
from overlay.model.playback import silenced

SURPRISE_SECONDS = 0.9
"""Surprise is the briefest of all emotions (Ekman, Emotions Revealed): a moment, and it has become something else."""
LISTENING_SECONDS = 30.0
"""After a status that says that the user speaks; a longer speech is told again, a lost voice is not believed longer."""
PARTIAL_SECONDS = 1.5
"""After a piece of a transcript: the next piece comes sooner while the user goes on speaking."""
POINTER_SECONDS = 8.0
"""A pointer that rests beside her is watched for so long, then her eyes wander again."""
POINTER_STEP = 1 / 32
"""Smaller moves of the pointer are a hand that trembles."""

LISTENING_STATES = frozenset({"listening", "hearing"})
"""What `[STATUS]` says under `voice` while the user is speaking."""
SILENT_STATES = frozenset({"away", "off", "missing", "stopped", "failed", "absent"})
"""What it says there when no voice can speak."""


def connected(avatar: Avatar, item: Connected, now: float) -> Avatar:
    """The hub is there. What was running is told anew, and turn numbers may have begun again."""
    known = bool(item.welcome.server)
    return replace(
        _forgotten(avatar, now),
        connected=True,
        away_since=NEVER,
        mode=item.welcome.mode if known else avatar.mode,
        emotion=item.welcome.emotion if known else avatar.emotion,
        webcam="",  # eyes that are there are told of at once
        screen="",
        stirred_at=now,
    )


def disconnected(avatar: Avatar, _item: Disconnected, now: float) -> Avatar:
    """The hub is away: no reply comes, no voice is known to speak. Each vain try tells it again."""
    if not avatar.connected and avatar.away_since != NEVER:
        return avatar
    return replace(_forgotten(avatar, now), connected=False, away_since=now)


def mode_told(avatar: Avatar, message: Mode, _now: float) -> Avatar:
    """The mode of the conversation: it decides her resting face."""
    return replace(avatar, mode=message.mode)


def mute_told(avatar: Avatar, message: Mute, _now: float) -> Avatar:
    """Whether she is to be silent: then her mouth moves with words that only are shown."""
    return replace(avatar, muted=message.muted)


def status_told(avatar: Avatar, message: Status, now: float) -> Avatar:
    """What the parts are doing. Her voice and her eyes concern her."""
    return _eyes_told(_voice_told(avatar, message, now), message)


def _eyes_told(avatar: Avatar, message: Status) -> Avatar:
    """Her eyes: `{"eyes": "open", "eyes_webcam": "open", "eyes_screen": "closed"}`."""
    if message.values.get("eyes") == "off":
        return replace(avatar, webcam="", screen="")
    webcam, screen = (message.values.get(f"eyes_{eye}") for eye in ("webcam", "screen"))
    return replace(
        avatar,
        webcam=webcam if isinstance(webcam, str) else avatar.webcam,
        screen=screen if isinstance(screen, str) else avatar.screen,
    )


def _voice_told(avatar: Avatar, message: Status, now: float) -> Avatar:
    """Her voice: `{"voice": "listening"}`, or an object with a `state`."""
    state = _state(message.values.get("voice"))
    if state is None:
        return avatar
    if state in SILENT_STATES:
        quieted = avatar if avatar.speech is None else silenced(avatar, now)
        return replace(quieted, voiced=False, listening_until=PAST)
    if state in LISTENING_STATES:
        return replace(avatar, voiced=True, listening_until=now + LISTENING_SECONDS, stirred_at=now)
    return replace(avatar, voiced=True, listening_until=PAST)


def partial_heard(avatar: Avatar, _message: Partial, now: float) -> Avatar:
    """The user is speaking, and is being understood."""
    return replace(avatar, listening_until=max(avatar.listening_until, now + PARTIAL_SECONDS), stirred_at=now)


def consent_asked(avatar: Avatar, _message: Action, now: float) -> Avatar:
    """She has a question for the user: no time to sleep."""
    return replace(avatar, stirred_at=now)


def pointer_seen(avatar: Avatar, event: PointerSeen, now: float) -> Avatar:
    """The pointer is near: she looks at it while it moves."""
    place = (_near(event.x), _near(event.y))
    if place == avatar.pointer:
        return avatar
    return replace(avatar, pointer=place, pointer_until=now + POINTER_SECONDS, stirred_at=now)


def pointer_left(avatar: Avatar, _event: PointerLeft, _now: float) -> Avatar:
    """The pointer has gone."""
    return replace(avatar, pointer=None, pointer_until=PAST)


def poked(avatar: Avatar, _event: Poked, now: float) -> Avatar:
    """The user clicked on her."""
    return replace(avatar, surprised_until=now + SURPRISE_SECONDS, stirred_at=now)


def dragged(avatar: Avatar, event: Dragged, now: float) -> Avatar:
    """The user picked her up, or set her down."""
    return replace(
        avatar, surprised_until=now + SURPRISE_SECONDS if event.on else avatar.surprised_until, stirred_at=now
    )


def quiet_hours(avatar: Avatar, event: QuietHours, _now: float) -> Avatar:
    """The quiet hours began or ended."""
    return replace(avatar, quiet=event.on)


def _forgotten(avatar: Avatar, now: float) -> Avatar:
    """Without what belongs to one connection."""
    avatar = avatar if avatar.speech is None else silenced(avatar, now)
    return replace(
        avatar,
        turn=None,
        finished=None,
        replying=False,
        awaiting_since=NEVER,
        awaiting_until=PAST,
        talk_until=PAST,
        listening_until=PAST,
        unspoken=False,
    )


def _state(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("state")
    return value if isinstance(value, str) else None


def _near(value: float) -> float:
    """Within -1 to 1, in steps; what is no number is the middle."""
    return round(min(1.0, max(-1.0, value)) / POINTER_STEP) * POINTER_STEP if value == value else 0.0
