"""One event after another makes the avatar of now: which kind of event is understood by which rule.

What has no rule (vision, results of actions, what clients say) does not show on her.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from alisa.link import Connected, Disconnected
from alisa.protocol import messages
from overlay import events
from overlay.model import playback, replies, surroundings
from overlay.model.avatar import Avatar
from overlay.model.course import settled

_RULES: Mapping[type, Callable[[Avatar, Any, float], Avatar]] = {
    messages.User: replies.user_spoke,
    messages.Turn: replies.turn_began,
    messages.EmotionShown: replies.emotion_shown,
    messages.Sentence: replies.sentence_came,
    messages.Token: replies.token_came,
    messages.Error: replies.failed,
    messages.End: replies.ended,
    messages.SpeechStart: playback.speech_began,
    messages.Mouth: playback.mouth_moved,
    messages.SpeechEnd: playback.speech_ended,
    messages.Mode: surroundings.mode_told,
    messages.Mute: surroundings.mute_told,
    messages.Status: surroundings.status_told,
    messages.Partial: surroundings.partial_heard,
    messages.Action: surroundings.consent_asked,
    Connected: surroundings.connected,
    Disconnected: surroundings.disconnected,
    events.Asked: replies.asked,
    events.PointerSeen: surroundings.pointer_seen,
    events.PointerLeft: surroundings.pointer_left,
    events.Poked: surroundings.poked,
    events.Dragged: surroundings.dragged,
    events.QuietHours: surroundings.quiet_hours,
}


def reduce(avatar: Avatar, event: events.Event, now: float) -> Avatar:
    """The avatar after this event, `now` in seconds. Never raises; what does not concern her gives the same one back.

    Events come in the order of their times.
    """
    rule = _RULES.get(type(event))
    if rule is None:
        return avatar
    told = rule(avatar, event, now)
    return avatar if told == avatar else settled(told, now)
