"""A mark beside her: she has written something unasked that can wait, and its words show when the user asks for them.

Pure. A mark never covers words, notes or questions, asks for nothing, and is gone after a while.
"""

from __future__ import annotations

from dataclasses import replace

from alisa.protocol.messages import End, Sentence, SpeechEnd, SpeechStart, Token, Turn
from alisa.protocol.tags import Channel, EndReason
from overlay.bubble import reply as replies
from overlay.bubble.reply import Reply
from overlay.bubble.shown import View

MARK = "…"
MARK_SECONDS = 2 * 3600.0
"""What nobody opened by then is old; the chat still has it."""

Piece = Turn | Sentence | Token | End | SpeechStart | SpeechEnd


def is_for_mark(event: Piece, marked: Reply | None) -> bool:
    """Whether this begins or belongs to a turn for which only a mark shows."""
    if isinstance(event, Turn) and event.channel is Channel.BADGE:
        return True
    return marked is not None and marked.running and event.turn is not None and event.turn == marked.turn


def marked_after(marked: Reply | None, event: Piece, now: float) -> Reply | None:
    """What the mark stands for after this; a newer one takes the place of an older."""
    match event:
        case Turn():
            return replies.of_turn(event, now)
        case Sentence() if marked is not None:
            return replies.with_sentence(marked, event.text, now)
        case End() if marked is not None:
            kept = marked.pieces and event.reason in (EndReason.STOP, EndReason.LENGTH)
            return replace(marked, running=False, until=now + MARK_SECONDS) if kept else None
        case _:
            return marked


def with_mark(shown: View, marked: Reply | None, now: float) -> View:
    """An empty view, with the mark where there is one."""
    if marked is None or marked.running or now >= marked.until:
        return shown
    rest = marked.until - now
    changes_in = rest if shown.changes_in is None else min(rest, shown.changes_in)
    return replace(shown, words=MARK, is_mark=True, opacity=1.0, changes_in=changes_in)


def reread(marked: Reply, now: float) -> Reply:
    """Its words, as if they had come just now."""
    fresh = Reply(None, stirred_at=now, unasked=marked.unasked)
    for piece in marked.pieces:
        fresh = replies.with_sentence(fresh, piece.text, now)
    return replies.ended(fresh, EndReason.STOP, now)
