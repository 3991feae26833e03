"""One reply as it grows: raw text in, facts and sentences out.

Pure. It holds what was said so far, how she feels, and what can be spoken. Where the text comes from,
and who stores it, is not known here.
"""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass

from alisa.protocol.tags import Emotion
from backend.conversation.chunking import Chunker
from backend.conversation.markup import Felt, Markup, Piece
from backend.events.facts import EmotionFelt, Fact, TokenStreamed


@dataclass(frozen=True, slots=True)
class Spoken:
    """A speakable piece is complete."""

    sentence: str
    until: int
    """where it ends in the reply's text, in characters"""


class Reply:
    """What she says in one turn."""

    def __init__(self, conversation: str, turn: int) -> None:
        self._conversation = conversation
        self._turn = turn
        self._markup = Markup()
        self._chunker = Chunker()
        self._pieces: list[str] = []
        self._chunked = 0
        self.felt: Emotion | None = None
        self.spoken: list[Spoken] = []
        """the sentences that are complete and not yet taken"""

    @property
    def text(self) -> str:
        """Everything visible so far."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    @property
    def begun(self) -> bool:
        """Whether anything is visible."""
        return bool(self._pieces)

    @property
    def emotion(self) -> Emotion:
        """How she feels, as far as is known."""
        return self.felt or Emotion.NEUTRAL

    def take(self, raw: str) -> list[Fact]:
        """The facts that follow from the next piece of raw text."""
        return self._facts(self._markup.feed(raw))

    def finish(self) -> list[Fact]:
        """The facts that follow from its being over."""
        facts = self._facts(self._markup.finish())
        for piece in self._chunker.finish():
            self._note_spoken(piece)
        return facts

    def take_spoken(self) -> list[Spoken]:
        """The sentences that are complete, once."""
        spoken, self.spoken = self.spoken, []
        return spoken

    def _facts(self, pieces: list[Piece]) -> list[Fact]:
        facts: list[Fact] = []
        for piece in pieces:
            if isinstance(piece, Felt):
                self.felt = piece.emotion
                facts.append(EmotionFelt(self._conversation, self._turn, piece.emotion))
            else:
                self._pieces.append(piece.text)
                facts.append(TokenStreamed(self._conversation, self._turn, piece.text))
                for chunk in self._chunker.feed(piece.text):
                    self._note_spoken(chunk)
        return facts

    def _note_spoken(self, chunk: str) -> None:
        self._chunked += len(chunk)
        if sentence := chunk.strip():
            self.spoken.append(Spoken(sentence, self._chunked))


def heard_part(text: str, heard: str) -> str:
    """How much of a reply was heard, by what a voice client reports: the longest beginning whose letters agree.

    The last word may have been cut off in the middle; punctuation and spaces do not count, so "word\u2014word" and
    scripts without spaces are cut where the voice was. Where the report goes on with something else, the last whole
    word that agrees is the end. A report that has nothing to do with the reply is not believed: all of it stands, and
    nobody puts words into her mouth.
    """
    said, reported = _letters(text), _letters(heard)
    if not reported:
        return ""
    agreeing = next(
        (at for at, (one, other) in enumerate(zip(said, reported, strict=False)) if one[0] != other[0]),
        min(len(said), len(reported)),
    )
    if agreeing < len(reported):  # it goes on otherwise
        while agreeing and not _ends_word(text, said[agreeing - 1][1]):
            agreeing -= 1
    if agreeing in (0, len(said)):
        return text
    end = _with_marks(text, said[agreeing - 1][1] + 1)
    between = text[end : said[agreeing][1]]
    if any(map(str.isspace, between)):  # punctuation belongs to the word before it
        return text[:end] + "".join(itertools.takewhile(lambda char: not char.isspace(), between))
    told = zip(between, heard[reported[agreeing - 1][1] + 1 :], strict=False)
    return text[:end] + "".join(one for one, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], told))


def _letters(text: str) -> list[tuple[str, int]]:
    """The letters and digits of a text without their case, each with its place."""
    return [(folded, at) for at, char in enumerate(text) if char.isalnum() for folded in char.casefold()]


def _ends_word(text: str, at: int) -> bool:
    """Whether no letter of the same word follows; in scripts without spaces each letter is a word."""
    end = _with_marks(text, at + 1)
    return end == len(text) or not text[end].isalnum() or unicodedata.category(text[at]) == "Lo"


def _with_marks(text: str, end: int) -> int:
    """The place after the marks that belong to the letter before."""
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return end
