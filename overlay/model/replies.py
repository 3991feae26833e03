"""What a reply does to her, from the turn's beginning to its end, in both dialects.

In the full dialect every message names its turn, and what is stale is recognised; in the plain one a reply begins
with its first sign (an emotion or words) and lasts until `[END]`. Playback is not known here.
"""

from __future__ import annotations

from dataclasses import replace

from alisa.protocol import EndReason
from alisa.protocol.messages import EmotionShown, End, Error, Sentence, Token, Turn, User
from alisa.protocol.tags import Channel
from overlay.events import Asked
from overlay.model.avatar import NEVER, PAST, Avatar

REPLY_LIMIT_SECONDS = 180.0
"""She does not think for ever about words that a hub never answers; a slow machine needs a minute or two."""
EMOTION_SECONDS = 45.0
"""How long an emotion stays on her face after the last of the reply: long enough to be read, short enough to pass."""
CHARACTERS_A_SECOND = 24.0
"""How fast her mouth runs over words that are only shown: silent reading, 238 words a minute (Brysbaert 2019)."""
SHORTEST_TALK_SECONDS = 0.25
"""For a short piece too: one syllable, as long as a slow one lasts."""
LONGEST_TALK_SECONDS = 6.0
"""A long reply that comes at once does not keep her mouth busy for a minute."""


def asked(avatar: Avatar, _event: Asked, now: float) -> Avatar:
    """The user said something through her: a reply is due."""
    return _awaiting(avatar, now)


def user_spoke(avatar: Avatar, _message: User, now: float) -> Avatar:
    """The user's words came in somewhere: that keeps her awake, and ends listening."""
    return replace(avatar, stirred_at=now, listening_until=PAST)


def turn_began(avatar: Avatar, message: Turn, now: float) -> Avatar:
    """A turn began: she thinks until its first sign. One that only leaves a mark is none of her face's business."""
    if message.channel is Channel.BADGE:
        return replace(avatar, marked=message.turn)
    if stale(avatar, message.turn):
        return avatar
    return _awaiting(_begun(avatar, message.turn), now)


def emotion_shown(avatar: Avatar, message: EmotionShown, now: float) -> Avatar:
    """How she feels about this reply."""
    if stale(avatar, message.turn):
        return avatar
    return replace(_sign(avatar, message.turn, now), emotion=message.emotion)


def sentence_came(avatar: Avatar, message: Sentence, now: float) -> Avatar:
    """A sentence of the reply."""
    return avatar if stale(avatar, message.turn) else _words(avatar, message.turn, message.text, now)


def token_came(avatar: Avatar, message: Token, now: float) -> Avatar:
    """A piece of the reply. With a turn, its words come as sentences too, and those move the mouth."""
    if stale(avatar, message.turn):
        return avatar
    if message.turn is None:
        return _words(avatar, None, message.text, now)
    return _sign(avatar, message.turn, now)


def failed(avatar: Avatar, message: Error, now: float) -> Avatar:
    """Something went wrong. When it is the reply that is due, she stops to think about it."""
    if message.turn != avatar.turn or stale(avatar, message.turn):
        return avatar
    return replace(avatar, awaiting_since=NEVER, awaiting_until=PAST, stirred_at=now)


def ended(avatar: Avatar, message: End, now: float) -> Avatar:
    """The turn is over. Words that are still being shown may run out; an interrupted reply falls silent at once."""
    if stale(avatar, message.turn):
        return avatar
    cut = message.reason in {EndReason.INTERRUPTED, EndReason.ERROR}
    talk_until = PAST if cut else avatar.talk_until
    return replace(
        avatar,
        turn=avatar.turn if message.turn is None else message.turn,
        finished=avatar.finished if message.turn is None else message.turn,
        replying=False,
        awaiting_since=NEVER,
        awaiting_until=PAST,
        talk_until=talk_until,
        emotion_until=max(now, talk_until) + EMOTION_SECONDS,
        stirred_at=now,
    )


def stale(avatar: Avatar, turn: int | None) -> bool:
    """Whether a message belongs to a turn that has ended or was overtaken, or that does not show on her."""
    if turn is None:
        return False
    if turn == avatar.marked:
        return True
    over = avatar.finished is not None and turn <= avatar.finished
    return over or (avatar.turn is not None and turn < avatar.turn)


def _begun(avatar: Avatar, turn: int | None) -> Avatar:
    """A new reply. When no voice ever spoke the last one, none is there to speak this one."""
    return replace(
        avatar, turn=turn, replying=True, voiced=avatar.voiced and not avatar.unspoken, unspoken=False, talk_until=PAST
    )


def _awaiting(avatar: Avatar, now: float) -> Avatar:
    since = avatar.awaiting_since if now < avatar.awaiting_until else now
    return replace(
        avatar,
        awaiting_since=min(since, now),
        awaiting_until=now + REPLY_LIMIT_SECONDS,
        listening_until=PAST,
        stirred_at=now,
    )


def _sign(avatar: Avatar, turn: int | None, now: float) -> Avatar:
    """Something of the reply has come: she no longer thinks, and what she feels is fresh."""
    if not avatar.replying or turn != avatar.turn:
        avatar = _begun(avatar, turn)
    return replace(
        avatar,
        awaiting_since=NEVER,
        awaiting_until=PAST,
        emotion_until=max(now, avatar.talk_until) + EMOTION_SECONDS,
        stirred_at=now,
    )


def _words(avatar: Avatar, turn: int | None, text: str, now: float) -> Avatar:
    avatar = _sign(avatar, turn, now)
    if avatar.speech is not None:
        return avatar
    avatar = replace(avatar, unspoken=not avatar.muted)
    if avatar.voiced and not avatar.muted:
        return avatar
    length = max(SHORTEST_TALK_SECONDS, len(text) / CHARACTERS_A_SECOND)
    until = min(max(now, avatar.talk_until) + length, now + LONGEST_TALK_SECONDS)
    return replace(avatar, talk_until=until, emotion_until=until + EMOTION_SECONDS)
