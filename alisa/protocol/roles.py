"""Who may send which tag, and who hears which: the roles, as data.

The gateway asks these tables; the client asks nothing. `HELLO` stands with the plain role
alone: every client is plain until it has introduced itself, and does so once.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from alisa.protocol.tags import Tag


class Role(StrEnum):
    """What a client is to the hub."""

    CHAT = "chat"
    VOICE = "voice"
    OVERLAY = "overlay"
    VISION = "vision"
    DASHBOARD = "dashboard"
    PLAIN = "plain"
    """a client that has not said `[HELLO]`, or never will"""


_SPEECH = frozenset({Tag.SPEECH_START, Tag.SPEECH_END})
_SIGHT = frozenset({Tag.VISION_FACE, Tag.VISION_DESKTOP, Tag.VISION_SCREEN})
_SEEN = frozenset({Tag.SIGHT_FACE, Tag.SIGHT_SCREEN, Tag.SIGHT_SYSTEM})
_CONSENT = frozenset({Tag.APPROVE, Tag.DECLINE})
_CHAT_SENDS = frozenset({Tag.SAY, Tag.INTERRUPT, Tag.MODE, Tag.SNOOZE, Tag.FEEDBACK, Tag.MUTE}) | _CONSENT

MAY_SEND: Mapping[Role, frozenset[Tag]] = {
    Role.CHAT: _CHAT_SENDS,
    Role.VOICE: frozenset({Tag.SAY, Tag.PARTIAL, Tag.INTERRUPT, Tag.MOUTH, Tag.MODE, Tag.MUTE, Tag.STATUS}) | _SPEECH,
    Role.OVERLAY: frozenset({Tag.INTERRUPT, Tag.SNOOZE, Tag.MUTE}) | _CONSENT,
    Role.VISION: _SIGHT | _SEEN | {Tag.STATUS},
    Role.DASHBOARD: _CHAT_SENDS,
    Role.PLAIN: frozenset({Tag.HELLO, Tag.SAY, Tag.MODE}) | _SPEECH | _SIGHT,
}
"""For the plain role, `SAY` is bare text and `MODE` is `/mode`: see `plain`. Voice and eyes tell their own status."""

_ALWAYS = frozenset({Tag.WELCOME, Tag.ERROR, Tag.STATUS})
_TURNS = frozenset({Tag.TURN, Tag.EMOTION, Tag.END, Tag.MODE, Tag.MUTE})
_WORDS = frozenset({Tag.USER, Tag.TOKEN})
_ACTIONS = frozenset({Tag.ACTION, Tag.ACTION_RESULT})
_PLAYBACK = _SPEECH | {Tag.MOUTH}

HEARS: Mapping[Role, frozenset[Tag]] = {
    Role.CHAT: _ALWAYS | _TURNS | _WORDS | _ACTIONS,
    Role.VOICE: _ALWAYS | _TURNS | {Tag.SENTENCE, Tag.INTERRUPT},
    Role.OVERLAY: _ALWAYS | _TURNS | _PLAYBACK | _ACTIONS | {Tag.SENTENCE},
    Role.VISION: _ALWAYS,
    Role.DASHBOARD: _ALWAYS | _TURNS | _WORDS | _ACTIONS | _PLAYBACK | {Tag.SENTENCE, Tag.PARTIAL, Tag.VISION},
    Role.PLAIN: _SPEECH | {Tag.TOKEN, Tag.EMOTION, Tag.END, Tag.ERROR, Tag.MODE_CHANGED},
}
