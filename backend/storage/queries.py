"""The questions that history answers, as statements: pure functions from values to SQL, and rows to values.

Running them is `history`'s business. Those that are asked in every turn are one walk along an index, so that a
long history costs them no more than a short one.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, column, func, literal_column, or_, select, table

from alisa.protocol.tags import Cause, Emotion, EndReason
from backend.storage.failures import UnreadableError
from backend.storage.search import FullText, Substring
from backend.storage.tables import FULL_TEXT, conversations, messages, turns
from backend.storage.types import ConversationInfo, PendingTurn, StoredMessage, StoredRole

Question: TypeAlias = "Select[*tuple[Any, ...]]"
Answer: TypeAlias = "Row[*tuple[Any, ...]]"

USERS: StoredRole = "user"
HERS: StoredRole = "assistant"

_search = table(FULL_TEXT, column("rowid"))
_ANSWERED = (EndReason.STOP, EndReason.LENGTH, EndReason.INTERRUPTED)
"""How a turn ends that wants no answer any more, even where she said nothing."""
_IN_ORDER = (messages.c.turn_id, messages.c.role.desc())
"""by turn; in it the user before her"""


def conversation_id(name: str) -> ScalarSelect[Any]:
    """Which conversation has this name?"""
    return select(conversations.c.id).where(conversations.c.name == name).scalar_subquery()


def window(conversation: str, count: int, before_turn: int | None) -> Question:
    """Give the messages of the newest `count` turns that hold any, oldest first."""
    within = [messages.c.conversation_id == conversation_id(conversation)]
    if before_turn is not None:
        within.append(messages.c.turn_id < before_turn)
    recent = (
        select(messages.c.turn_id).where(*within).distinct().order_by(messages.c.turn_id.desc()).limit(count).subquery()
    )
    first = select(func.min(recent.c.turn_id)).scalar_subquery()
    return _messages().where(*within, messages.c.turn_id >= first).order_by(*_IN_ORDER)


def finished_reply(conversation: str, turn: int) -> Select[Any]:
    """Give what she said in this turn of this conversation, if the turn is over."""
    within = (messages.c.turn_id == turn, messages.c.conversation_id == conversation_id(conversation))
    over = (messages.c.role == HERS, turns.c.ended_at.is_not(None))
    return select(messages.c.text).join(turns, turns.c.id == messages.c.turn_id).where(*within, *over)


def page(conversation: str | None, limit: int, before: int | None, searched: FullText | Substring | None) -> Question:
    """Give the newest messages that fit, newest first."""
    found = _messages()
    newest: ColumnElement[Any] = messages.c.id
    if isinstance(searched, FullText):
        newest = _search.c.rowid
        matches: ColumnElement[bool] = literal_column(FULL_TEXT).op("MATCH", is_comparison=True)(searched.match)
        found = found.join(_search, _search.c.rowid == messages.c.id).where(matches)
    elif isinstance(searched, Substring):
        found = found.where(messages.c.text.like(searched.pattern, escape="\\"))
    if conversation is not None:
        found = found.where(messages.c.conversation_id == conversation_id(conversation))
    if before is not None:
        found = found.where(newest < before)
    return found.order_by(newest.desc()).limit(limit)


def said_after(conversation: str, turn: int, limit: int) -> Question:
    """Give the messages of the newest `limit` turns after this one, oldest first, what is being said now left out."""
    within = (messages.c.conversation_id == conversation_id(conversation), messages.c.turn_id > turn)
    recent = (
        select(messages.c.turn_id).where(*within).distinct().order_by(messages.c.turn_id.desc()).limit(limit).subquery()
    )
    first = select(func.min(recent.c.turn_id)).scalar_subquery()
    finished = or_(messages.c.role == USERS, turns.c.ended_at.is_not(None))
    return _messages().where(*within, messages.c.turn_id >= first, finished).order_by(*_IN_ORDER)


def export(conversation: str, after_turn: int, limit: int) -> Question:
    """Give the next messages of a conversation, oldest first."""
    within = (messages.c.conversation_id == conversation_id(conversation), messages.c.turn_id > after_turn)
    return _messages().where(*within).order_by(*_IN_ORDER).limit(limit)


def unanswered(conversation: str | None) -> Question:
    """Give what the user said and nobody answered, then or later, oldest first."""
    spoke = (
        select(messages.c.turn_id)
        .where(messages.c.conversation_id == conversations.c.id, messages.c.role == HERS)
        .order_by(messages.c.turn_id.desc())
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )
    settled = (
        select(turns.c.id)
        .where(
            turns.c.conversation_id == conversations.c.id,
            turns.c.cause == Cause.USER,
            turns.c.reason.in_(_ANSWERED),
        )
        .order_by(turns.c.id.desc())
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )
    waiting = (
        select(messages.c.turn_id, conversations.c.name, messages.c.text, messages.c.at)
        .select_from(conversations)
        .join(messages, messages.c.conversation_id == conversations.c.id)
        .where(
            messages.c.role == USERS,
            messages.c.turn_id > func.coalesce(spoke, 0),
            messages.c.turn_id > func.coalesce(settled, 0),
        )
        .order_by(messages.c.turn_id)
    )
    return waiting if conversation is None else waiting.where(conversations.c.name == conversation)


def latest_turn(conversation: str) -> Question:
    """Give the id of the newest turn."""
    within = turns.c.conversation_id == conversation_id(conversation)
    return select(turns.c.id).where(within).order_by(turns.c.id.desc()).limit(1)


def latest_emotion(conversation: str) -> Question:
    """Give what she felt last."""
    within = (messages.c.conversation_id == conversation_id(conversation), messages.c.emotion.is_not(None))
    return select(messages.c.emotion).where(*within).order_by(messages.c.turn_id.desc()).limit(1)


def infos(conversation: str | None = None) -> Question:
    """Give the conversations with their counts, in the order in which they began."""
    of_each = (
        select(
            conversations.c.name,
            conversations.c.mode,
            conversations.c.persona,
            func.count(messages.c.id),
            func.min(messages.c.at),
            func.max(messages.c.at),
        )
        .select_from(conversations)
        .outerjoin(messages, messages.c.conversation_id == conversations.c.id)
        .group_by(conversations.c.id)
        .order_by(conversations.c.id)
    )
    return of_each if conversation is None else of_each.where(conversations.c.name == conversation)


def totals() -> Question:
    """Give one row: messages, hers, hers interrupted, turns, first and last moment."""
    hers = messages.c.role == HERS
    return select(
        func.count(),
        func.count().filter(hers),
        func.count().filter(hers, messages.c.interrupted),
        func.count(messages.c.turn_id.distinct()),
        func.min(messages.c.at),
        func.max(messages.c.at),
    ).select_from(messages)


def emotions() -> Question:
    """Give each emotion that she felt and how often, the most frequent first."""
    often = func.count()
    felt = select(messages.c.emotion, often).where(messages.c.role == HERS, messages.c.emotion.is_not(None))
    return felt.group_by(messages.c.emotion).order_by(often.desc(), messages.c.emotion)


def to_message(row: Answer) -> StoredMessage:
    """Return the message of a row; raises UnreadableError."""
    number, turn, conversation, role, text, emotion, cause, origin, interrupted, at = row
    return StoredMessage(
        number, turn, conversation, role, text, to_emotion(emotion), _to_cause(cause), origin, interrupted, at
    )


def to_emotion(value: Any) -> Emotion | None:
    """Return what she felt, None where nobody knows; raises UnreadableError."""
    try:
        return None if value is None else Emotion(value)
    except ValueError as error:
        raise UnreadableError(value) from error


def to_pending(row: Answer) -> PendingTurn:
    """Return the turn of a row of `unanswered`."""
    turn, conversation, text, at = row
    return PendingTurn(turn, conversation, text, at)


def to_info(row: Answer) -> ConversationInfo:
    """Return the conversation of a row of `infos`."""
    name, mode, persona, count, first_at, last_at = row
    return ConversationInfo(name, mode, persona, count, first_at, last_at)


def _to_cause(value: Any) -> Cause:
    try:
        return Cause(value)
    except ValueError as error:
        raise UnreadableError(value) from error


def _messages() -> Question:
    return (
        select(
            messages.c.id,
            messages.c.turn_id,
            conversations.c.name,
            messages.c.role,
            messages.c.text,
            messages.c.emotion,
            turns.c.cause,
            messages.c.origin,
            messages.c.interrupted,
            messages.c.at,
        )
        .select_from(messages)
        .join(turns, turns.c.id == messages.c.turn_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
    )
