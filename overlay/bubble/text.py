"""What the speech bubble holds, and until when: the hub's messages and the user's deeds in, a view out.

Pure: time is an argument, in seconds of one monotonic clock. Her words, the product's notes and questions for consent
live side by side, each with a time of its own. It works in both dialects: the full one says which turn a sentence
belongs to, the plain one only sends text. What a view looks like, and what a pixel is, is not known here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from alisa.link.items import Connected, Disconnected, Item
from alisa.protocol.messages import (
    Action,
    ActionResult,
    End,
    Error,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Status,
    Token,
    Turn,
)
from alisa.protocol.tags import EndReason
from overlay.bubble import notes, questions
from overlay.bubble import reply as replies
from overlay.bubble.marks import is_for_mark, marked_after, reread, with_mark
from overlay.bubble.notes import Kind, Note
from overlay.bubble.questions import Question
from overlay.bubble.reply import Fits, Reply
from overlay.bubble.shown import View

FADE_SECONDS = 0.4
FADE_STEP_SECONDS = 1 / 30
_LEAVE_SECONDS = 1.0
"""What stays after the pointer has left it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The user answered a question."""

    action: str


@dataclass(frozen=True, slots=True)
class Hovered:
    """The pointer came over the bubble, or left it. What is pointed at does not go."""

    on: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The user wants to read what only a mark told of."""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The user wants the words away."""


@dataclass(frozen=True, slots=True)
class Told:
    """The avatar itself has something to say to the user, as the product."""

    text: str
    hint: str = ""
    trouble: bool = False


Event = Item | Answered | Hovered | Opened | Dismissed | Told


@dataclass(frozen=True, slots=True)
class Bubble:
    """All that the bubble knows."""

    reply: Reply | None = None
    """what shows, or showed last"""
    coming: Reply | None = None
    """a turn that has begun and has no words yet"""
    marked: Reply | None = None
    """what she wrote unasked, and for which only a mark shows until the user opens it"""
    note: Note | None = None
    conditions: tuple[Note, ...] = ()
    """what does not work at present"""
    lines: tuple[str, ...] | None = None
    """what the hub told last in its own words; None: nothing was heard of it yet"""
    advice: str | None = None
    """what initiative told last, which shows once; None: no status has come yet"""
    away: Note | None = None
    """the hub is away; its note shows only for a while"""
    connected: bool = False
    questions: tuple[Question, ...] = ()
    hovered_since: float | None = None


def reduce(bubble: Bubble, event: Event, now: float) -> Bubble:
    """The bubble after this."""
    match event:
        case Turn() | Sentence() | Token() | End() | SpeechStart() | SpeechEnd():
            return _turned(bubble, event, now)
        case Error():
            return replace(bubble, note=notes.of_error(event, now))
        case Status():
            return _with_lines(_with_conditions(bubble, notes.of_status(event, now), now), event, now)
        case Connected():
            return _came(bubble, now)
        case Disconnected():
            return _went(bubble, now)
        case Action() | ActionResult() | Answered():
            return _consented(bubble, event, now)
        case Hovered(on=True):
            return replace(bubble, hovered_since=now) if bubble.hovered_since is None else bubble
        case Hovered():
            return _left(bubble, now)
        case Opened():
            return _opened(bubble, now)
        case Dismissed():
            reply = None if bubble.reply is None else replace(bubble.reply, pieces=(), speaking_since=None)
            return replace(bubble, reply=reply, marked=None, note=None, away=_over(bubble.away), conditions=())
        case Told():
            kind = Kind.TROUBLE if event.trouble else Kind.QUIET
            return replace(bubble, note=notes.told(event.text, event.hint, kind, now))
        case _:
            return bubble


def view(bubble: Bubble, now: float, fits: Fits, *, fade_seconds: float = FADE_SECONDS) -> View:
    """What shows now. `fits` says whether a text fits the card; without fading, `fade_seconds` is 0."""
    shown = _spoken_view(bubble, now, fits, fade_seconds)
    return with_mark(shown, bubble.marked, now) if shown.is_empty else shown


def waved_away(bubble: Bubble, now: float) -> int | None:
    """The turn of hers that is waved away by whoever sends away what shows now; None: there is none."""
    reply = bubble.reply
    if reply is not None and reply.pieces and now < _words_end(bubble):
        return reply.unasked
    marked = bubble.marked
    if marked is None or marked.running or now >= marked.until or bubble.questions or _note_at(bubble, now):
        return None
    return marked.unasked


def _spoken_view(bubble: Bubble, now: float, fits: Fits, fade_seconds: float) -> View:
    waiting = [question for question in bubble.questions if question.expires_at > now] if bubble.connected else []
    question = waiting[0] if waiting else None
    end = max(_words_end(bubble), _notes_end(bubble, now))
    moment, opacity = now, 1.0
    fading = end <= now and question is None
    if fading:
        if now >= end + fade_seconds:
            return View(changes_in=_first_after(now, _starts(bubble)))
        moment = math.nextafter(end, -math.inf)
        opacity = 1.0 - (now - end) / fade_seconds
    words, scrolls_at = "", None
    if bubble.reply is not None and moment < _words_end(bubble):
        words, scrolls_at = replies.visible(bubble.reply, moment, fits)
    note = _note_at(bubble, moment)
    if note is None and words and bubble.reply is not None and bubble.reply.is_cropped:
        note = Note("There is more of it: the chat shows it all.", start=moment, until=math.inf)
    if fading:
        changes_in: float | None = min(FADE_STEP_SECONDS, end + fade_seconds - now)
    else:
        times = [_words_end(bubble), *_starts(bubble), *_ends(bubble), *(q.expires_at for q in waiting)]
        changes_in = _first_after(now, [*times, *([] if scrolls_at is None else [scrolls_at])])
    return View(words, note, question, max(0, len(waiting) - 1), opacity=opacity, changes_in=changes_in)


# --- her words -----------------------------------------------------------------------------------


def _turned(bubble: Bubble, event: Turn | Sentence | Token | End | SpeechStart | SpeechEnd, now: float) -> Bubble:
    if is_for_mark(event, bubble.marked):
        return replace(bubble, marked=marked_after(bubble.marked, event, now))
    if _is_stale(bubble, event.turn):
        return bubble
    match event:
        case Turn():
            return replace(_closed(bubble, now), coming=replies.of_turn(event, now))
        case Sentence() if event.text.strip():
            return _said(bubble, event.turn, lambda reply: replies.with_sentence(reply, event.text, now), now)
        case Token(turn=None) if event.text:
            return _said(bubble, None, lambda reply: replies.with_token(reply, event.text, now), now)
        case End():
            return _ended(bubble, event, now)
        case SpeechStart():
            return _spoken(bubble, event.turn, lambda reply: replies.speech_began(reply, now))
        case SpeechEnd():
            heard, completed = event.heard, event.completed
            return _spoken(bubble, event.turn, lambda reply: replies.speech_ended(reply, heard, completed, now))
        case _:
            return bubble


def _opened(bubble: Bubble, now: float) -> Bubble:
    """What the mark told of shows as if it had been said just now."""
    if bubble.marked is None or bubble.marked.running:
        return bubble
    return replace(_closed(bubble, now), reply=reread(bubble.marked, now), marked=None, coming=None)


def _is_stale(bubble: Bubble, turn: int | None) -> bool:
    latest = max(
        (known.turn for known in (bubble.reply, bubble.coming) if known is not None and known.turn is not None),
        default=None,
    )
    return turn is not None and latest is not None and turn < latest


def _said(bubble: Bubble, turn: int | None, more: Callable[[Reply], Reply], now: float) -> Bubble:
    """More words: of the turn that is shown, of one that has begun, or of one that nobody announced."""
    reply = bubble.reply
    if bubble.coming is not None and turn in (None, bubble.coming.turn):
        return replace(bubble, reply=_resumed(more(bubble.coming), reply), coming=None)
    if reply is not None and turn in (None, reply.turn):
        if reply.running:
            return replace(bubble, reply=more(reply))
        if turn is not None:
            return bubble  # nothing of a turn follows its end
    return replace(_closed(bubble, now), reply=more(Reply(turn, stirred_at=now)), coming=None)


def _resumed(reply: Reply, before: Reply | None) -> Reply:
    """A turn that is told again after a reconnect: what was read of it stays read."""
    if before is None or reply.turn is None or before.turn != reply.turn:
        return reply
    known = {piece.text: piece for piece in before.pieces}
    return replace(reply, pieces=tuple(known.get(piece.text, piece) for piece in reply.pieces))


def _ended(bubble: Bubble, end: End, now: float) -> Bubble:
    if bubble.coming is not None and end.turn in (None, bubble.coming.turn):
        return replace(bubble, coming=None)
    reply = bubble.reply
    if reply is None or not reply.running or end.turn not in (None, reply.turn):
        return bubble
    return replace(bubble, reply=replies.ended(reply, end.reason, now))


def _spoken(bubble: Bubble, turn: int | None, change: Callable[[Reply], Reply]) -> Bubble:
    if bubble.coming is not None and turn in (None, bubble.coming.turn):
        return replace(bubble, coming=change(bubble.coming))
    if bubble.reply is not None and turn in (None, bubble.reply.turn):
        return replace(bubble, reply=change(bubble.reply))
    return bubble


def _closed(bubble: Bubble, now: float) -> Bubble:
    """The bubble with the reply that shows ended, because another began or the hub went away."""
    if bubble.reply is None or not bubble.reply.running:
        return bubble
    return replace(bubble, reply=replies.ended(bubble.reply, EndReason.STOP, now))


def _words_end(bubble: Bubble) -> float:
    if bubble.reply is None:
        return -math.inf
    end = replies.stands_until(bubble.reply)
    since = bubble.hovered_since
    return math.inf if since is not None and end + FADE_SECONDS >= since else end


# --- notes ---------------------------------------------------------------------------------------


def _came(bubble: Bubble, now: float) -> Bubble:
    was_missed = bubble.away is not None and bubble.away.start <= now
    note = notes.told("The hub is back.", "", Kind.QUIET, now) if was_missed else bubble.note
    # A hub that was started anew may count its turns anew: what was known of them is no measure any more.
    reply = None if bubble.reply is None else replace(bubble.reply, turn=bubble.reply.turn if not was_missed else None)
    return replace(bubble, connected=True, away=None, note=note, reply=reply, coming=None)


def _went(bubble: Bubble, now: float) -> Bubble:
    away = bubble.away or notes.of_away(now)
    return replace(_closed(bubble, now), connected=False, away=away, conditions=(), coming=None)


def _with_conditions(bubble: Bubble, conditions: tuple[Note, ...], now: float) -> Bubble:
    """What does not work now; a condition that was known already does not begin anew."""
    known = {note.text: note for note in bubble.conditions}
    kept = tuple(known.get(note.text, note) for note in conditions)
    was_shown = any(note.text.startswith("The model") and note.start <= now for note in bubble.conditions)
    note = bubble.note
    if was_shown and not any(note.text.startswith("The model") for note in conditions):
        note = notes.told("The model is ready.", "", Kind.QUIET, now)
    return replace(bubble, conditions=kept, note=note)


def _with_lines(bubble: Bubble, status: Status, now: float) -> Bubble:
    """What the hub tells is shown when it is new; what stood there when she came is old."""
    lines = notes.lines_of(status)
    new = [line for line in lines if line not in bubble.lines] if bubble.lines is not None else []
    note = notes.told(new[0], "", Kind.QUIET, now) if new else bubble.note
    return replace(bubble, lines=lines, note=note)


def _advised(bubble: Bubble, status: Status, now: float) -> Bubble:
    """That she gives something up is said when it happens, and not again to whoever connects later."""
    told = status.values.get("initiative_note")
    advice = told if isinstance(told, str) else ""
    if advice in ("", bubble.advice) or bubble.advice is None:
        return replace(bubble, advice=advice)
    return replace(bubble, advice=advice, note=notes.told(advice, "", Kind.QUIET, now))


def _standing(bubble: Bubble) -> tuple[Note, ...]:
    return tuple(note for note in (bubble.note, bubble.away, *bubble.conditions) if note is not None)


def _note_at(bubble: Bubble, moment: float) -> Note | None:
    """The note that shows: what just happened before what is so all the time; pointed at, it stays."""
    for note in _standing(bubble):
        if note.is_shown(moment) or _is_held(bubble, note):
            return note
    return None


def _is_held(bubble: Bubble, note: Note) -> bool:
    return bubble.hovered_since is not None and note.is_shown(bubble.hovered_since)


def _notes_end(bubble: Bubble, now: float) -> float:
    begun = [note for note in _standing(bubble) if note.start <= now]
    if any(_is_held(bubble, note) for note in begun):
        return math.inf
    return max((note.until for note in begun), default=-math.inf)


def _starts(bubble: Bubble) -> list[float]:
    return [note.start for note in _standing(bubble)]


def _ends(bubble: Bubble) -> list[float]:
    return [note.until for note in _standing(bubble) if not _is_held(bubble, note)]


def _over(note: Note | None) -> Note | None:
    """The note with nothing left to show; that the hub is away is still known."""
    return None if note is None else replace(note, until=-math.inf)


def _left(bubble: Bubble, now: float) -> Bubble:
    """The pointer has left: what it held stays a moment longer."""
    since = bubble.hovered_since
    if since is None:
        return bubble
    reply, note = bubble.reply, bubble.note
    if reply is not None and reply.pieces and _words_end(bubble) == math.inf:
        reply = replace(reply, until=max(reply.until, now + _LEAVE_SECONDS))
    if note is not None and _is_held(bubble, note):
        note = replace(note, until=max(note.until, now + _LEAVE_SECONDS))
    return replace(bubble, reply=reply, note=note, hovered_since=None)


# --- consent -------------------------------------------------------------------------------------


def _consented(bubble: Bubble, event: Action | ActionResult | Answered, now: float) -> Bubble:
    open_ = tuple(question for question in bubble.questions if question.expires_at > now)
    if isinstance(event, Action):
        return replace(bubble, questions=questions.asked(open_, questions.question_of(event, now)))
    question = next((question for question in open_ if question.action == event.action), None)
    left = tuple(other for other in open_ if other is not question)
    if isinstance(event, ActionResult):
        return replace(bubble, questions=left, note=notes.of_result(event, question, now))
    return replace(bubble, questions=left)


def _first_after(now: float, times: list[float]) -> float | None:
    later = [time for time in times if now < time < math.inf]
    return min(later) - now if later else None
