"""A model's raw text becomes speech and emotion, piece by piece as it streams.

Pure and incremental: however the text is cut into pieces, the outcome is the same. Markup never
comes out and nothing else is lost, save white space around the reply and around what was taken
out. What markup looks like is known to `markers`; who shows the speech is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from alisa.protocol.tags import Emotion
from backend.conversation import markers
from backend.conversation.markers import UNCLEAR, Kind, Mark, Reading, Unclear

_MAY_OPEN = re.compile(r"[<\[]")


@dataclass(frozen=True, slots=True)
class Speech:
    """The next piece of what she says, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Felt:
    """How she feels; at most once in a reply."""

    emotion: Emotion


Piece = Speech | Felt


class _After(Enum):
    """What the previous marker lets us expect."""

    NOTHING = auto()
    EMOTION = auto()
    ROLE = auto()


class Markup:
    """The reader of one reply. The first emotion that can be shown counts; an unknown one counts as none."""

    def __init__(self) -> None:
        self._unread = ""
        self._before = ""
        self._out: list[Piece] = []
        self._spoke = False
        self._felt = False
        self._thinking = False
        self._after = _After.NOTHING
        self._space = [""]
        """white space that waits for the next word, one run for each side of a marker that was taken out"""

    def feed(self, text: str) -> list[Piece]:
        """Take the next piece of raw text; return what is certain by now."""
        self._unread += text
        return self._read(final=False)

    def finish(self) -> list[Piece]:
        """The reply is over: return what was still held back."""
        return self._read(final=True)

    def _read(self, *, final: bool) -> list[Piece]:
        text, pos = self._unread, 0
        while pos < len(text):
            step = self._step(text, pos, final=final)
            if step == pos:
                break
            pos, self._before = step, text[step - 1]
        self._unread = text[pos:]
        out, self._out = self._out, []
        return out

    def _step(self, text: str, pos: int, *, final: bool) -> int:
        """Read on from `pos`; return where to go on, or `pos` itself when more text is needed."""
        if self._thinking:
            return self._think(text, pos, final=final)
        if self._after is not _After.NOTHING:
            return self._expect(text, pos, final=final)
        if self._spoke:
            opening = _MAY_OPEN.search(text, pos)
            until = opening.start() if opening else len(text)
        else:
            until = pos + (1 if text[pos].isspace() else 0)
        if until > pos:
            self._say(text[pos:until])
            return until
        reading = markers.read(text, pos, before=self._before, leading=not self._spoke, felt=self._felt, final=final)
        if isinstance(reading, Unclear):
            return pos
        if reading is None:
            self._say(text[pos])
            return pos + 1
        self._take_out(reading)
        return reading.end

    def _think(self, text: str, pos: int, *, final: bool) -> int:
        end = markers.THOUGHT_END.search(text, pos)
        if end:
            self._thinking = False
            return end.end()
        return len(text) if final else max(pos, len(text) - markers.THOUGHT_END_CHARS)

    def _expect(self, text: str, pos: int, *, final: bool) -> int:
        reader: Callable[..., Reading] = markers.read_value if self._after is _After.EMOTION else markers.read_role
        reading = reader(text, pos, final=final)
        if reading is UNCLEAR:
            return pos
        self._after = _After.NOTHING
        if isinstance(reading, Mark):
            self._take_out(reading)
            return reading.end
        return self._step(text, pos, final=final)

    def _take_out(self, mark: Mark) -> None:
        self._space.append("")
        if mark.kind is Kind.THOUGHT:
            self._thinking = True
        elif mark.kind is Kind.LABEL:
            self._after = _After.EMOTION
        elif mark.kind is Kind.ROLE:
            self._after = _After.ROLE
        elif mark.value in markers.EMOTIONS and not self._felt:
            self._felt = True
            self._out.append(Felt(Emotion(mark.value)))

    def _say(self, text: str) -> None:
        words = text.strip()
        if not words:
            self._space[-1] += text
            return
        start = text.index(words)
        end = start + len(words)
        if self._spoke:
            self._space[-1] += text[:start]
            words = max(self._space, key=lambda run: (run.count("\n"), len(run))) + words
        self._space, self._spoke = [text[end:]], True
        if self._out and isinstance(self._out[-1], Speech):
            words = self._out.pop().text + words  # type: ignore[union-attr]
        self._out.append(Speech(words))
