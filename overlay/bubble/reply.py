"""One reply of hers in the bubble: its pieces at a reader's pace, and until when it stands.

Pure: time is an argument, in seconds of one monotonic clock. A reply that is longer than the bubble scrolls: a piece
goes only after there was time to read it, so that a reply which arrives at once can still be read from its beginning.
Which turn is shown, and what else the bubble holds, is not known here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from alisa.protocol.messages import Turn
from alisa.protocol.tags import Cause, EndReason
from overlay.bubble.words import harmless, joined, pieces, reading_seconds, split_sentences

MOST_CHARS = 4000
"""What the bubble takes of one reply; the chat shows all of it."""
SPOKEN_PACE = 1.25
"""How much slower speech is than the reader: about 2.4 words a second."""
LINGER_SECONDS = 2.0
"""What stays after the last word was read or heard."""
CUT_OFF_SECONDS = 3.0
"""How long the words of an interrupted reply stay."""
SILENT_TURN_SECONDS = 60.0
"""A turn that says nothing for so long holds the bubble no longer, even if no [END] came."""
SPEECH_SECONDS = 300.0
"""A voice that does not say [SPEECH_END] is forgotten after this."""
_WAIT_AFTER_SPEECH_SECONDS = 8.0
_LONGEST_REST = 240
"""A sentence of the plain dialect that does not end is shown from this length on."""

Fits = Callable[[str], bool]
"""Whether a text fits the bubble."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is read and scrolled as one."""

    text: str
    read_by: float
    """when a reader who began as it came has finished it"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What she says in one turn. `turn` is None in the plain dialect."""

    turn: int | None = None
    pieces: tuple[Piece, ...] = ()
    rest: str = ""
    """plain dialect: the sentence that is not complete"""
    taken: int = 0
    """characters so far"""
    running: bool = True
    stirred_at: float = 0.0
    """when it last said something"""
    speaking_since: float | None = None
    cut_off: bool = False
    unasked: int | None = None
    """its turn, where she began it by herself: sending it away waves it away"""
    until: float = -math.inf
    """once it neither runs nor is spoken: until when it stands"""

    @property
    def is_cropped(self) -> bool:
        """Whether there is more of it than the bubble takes."""
        return self.taken > MOST_CHARS


def of_turn(turn: Turn, now: float) -> Reply:
    """The reply of a turn that begins."""
    return Reply(turn.turn, stirred_at=now, unasked=turn.turn if turn.cause in _HER_OWN else None)


_HER_OWN = frozenset({Cause.IDLE, Cause.VISION})


def with_sentence(reply: Reply, sentence: str, now: float) -> Reply:
    """The reply with one more sentence."""
    text = harmless(sentence[: MOST_CHARS + 1])
    room = max(0, MOST_CHARS - reply.taken)
    reply = replace(reply, stirred_at=now, taken=reply.taken + len(text))
    text = text[:room]
    if not text.strip():
        return reply
    added = list(reply.pieces)
    pace = 1.0 if reply.speaking_since is None else SPOKEN_PACE
    read_by = max([now, *(piece.read_by for piece in added)])
    for text_of_piece in pieces(text):
        read_by += pace * reading_seconds(text_of_piece)
        added.append(Piece(text_of_piece, read_by))
    return replace(reply, pieces=tuple(added))


def with_token(reply: Reply, text: str, now: float) -> Reply:
    """The reply with the next piece of text of the plain dialect; what is a sentence by now shows."""
    sentences, rest = split_sentences(reply.rest + harmless(text[: 2 * MOST_CHARS]))
    if len(rest) > _LONGEST_REST:
        cut = rest.rfind(" ", _LONGEST_REST // 3) + 1 or len(rest)
        sentences, rest = [*sentences, rest[:cut]], rest[cut:]
    for sentence in sentences:
        reply = with_sentence(reply, sentence, now)
    return replace(reply, rest=rest, stirred_at=now)


def ended(reply: Reply, reason: EndReason, now: float) -> Reply:
    """The reply, complete or cut off."""
    if reply.rest.strip():
        reply = with_sentence(reply, reply.rest, now)
    cut_off = reply.cut_off or reason is EndReason.INTERRUPTED
    until = now + CUT_OFF_SECONDS if cut_off else max(_read_by(reply), now + LINGER_SECONDS)
    return replace(reply, rest="", running=False, cut_off=cut_off, until=until)


def speech_began(reply: Reply, now: float) -> Reply:
    """The reply, spoken from now on: what is not read yet is paced by the voice."""
    read_by = now
    paced = []
    for piece in reply.pieces:
        if piece.read_by <= now:
            paced.append(piece)
        else:
            read_by += SPOKEN_PACE * reading_seconds(piece.text)
            paced.append(Piece(piece.text, read_by))
    return replace(reply, pieces=tuple(paced), speaking_since=now)


def speech_ended(reply: Reply, heard: str, completed: bool, now: float) -> Reply:
    """The reply after its voice fell silent; if it was cut off, only what was heard of it stands."""
    reply = replace(reply, speaking_since=None)
    if not completed:
        reply = replace(reply, cut_off=True, until=now + CUT_OFF_SECONDS)
        return _only(reply, heard, now) if heard.strip() else reply
    until = max(now + LINGER_SECONDS, min(_read_by(reply), now + _WAIT_AFTER_SPEECH_SECONDS))
    return replace(reply, until=until)


def stands_until(reply: Reply) -> float:
    """When it goes, as far as is known now; -inf for one without words."""
    if not reply.pieces:
        return -math.inf
    until = reply.until
    if reply.running:
        until = max(until, _read_by(reply), reply.stirred_at + SILENT_TURN_SECONDS)
    if reply.speaking_since is not None:
        until = max(until, reply.speaking_since + SPEECH_SECONDS)
    return until


def visible(reply: Reply, now: float, fits: Fits) -> tuple[str, float | None]:
    """The words that show now, and when they scroll on; None: these are the last.

    The first piece that is not read yet is always seen; behind it stands what fits, then before it what fits still.
    """
    texts = [piece.text for piece in reply.pieces]
    unread = next((at for at, piece in enumerate(reply.pieces) if piece.read_by > now), len(texts) - 1)
    last = unread
    while last + 1 < len(texts) and fits(joined(texts[unread : last + 2])):
        last += 1
    first = unread
    while first > 0 and fits(joined(texts[first - 1 : last + 1])):
        first -= 1
    is_end = last + 1 == len(texts)
    words = joined(texts[first : last + 1])
    if is_end and reply.cut_off:
        words += " —"
    return words, None if is_end else reply.pieces[unread].read_by


def _read_by(reply: Reply) -> float:
    return max((piece.read_by for piece in reply.pieces), default=-math.inf)


def _only(reply: Reply, heard: str, now: float) -> Reply:
    texts = pieces(harmless(heard[:MOST_CHARS]))
    return replace(reply, pieces=tuple(Piece(text, now) for text in texts))
