"""One reply as it grows: raw text in, facts and sentences out.

Pure. It holds what was said so far, how she feels, and what can be spoken. Where the text comes from,
and who stores it, is not known here.
"""

from __future__ import annotations

import re
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
    """How much of a reply was heard, by what a voice client reports: the longest beginning whose words agree.

    The last word may have been cut off in the middle. A report that has nothing to do with the reply counts as none,
    so that nobody can put words into her mouth.
    """
    reported = [word for word in map(_bare, heard.split()) if word]
    if not reported:
        return ""
    end = at = 0
    for found in re.finditer(r"\S+", text):
        word = _bare(found[0])
        if not word:
            continue
        if at == len(reported):
            break
        if word != reported[at]:
            if at == len(reported) - 1 and word.startswith(reported[at]):
                return text[: found.start() + len(reported[at])]
            break
        at, end = at + 1, found.end()
    return text[:end] if at else text


def _bare(word: str) -> str:
    return "".join(char for char in word if char.isalnum()).casefold()
