"""One question and its answer among everything that a hub says.

Pure. It finds the turn that answers the words that were said, and gives out the words of that turn once,
even when a reconnect tells them again. How words are printed is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from alisa.cli.chat.words import harmless
from alisa.protocol.message import Message
from alisa.protocol.messages import EmotionShown, End, Error, Status, Token, Turn, User
from alisa.protocol.tags import Emotion


@dataclass(slots=True)
class Follow:
    """What became of `said`. It is `taken` when the hub has it, and `over` when the reply is complete or failed."""

    said: str
    turn: int | None = None
    emotion: Emotion | None = None
    failure: Error | None = None
    over: bool = False
    printed: str = ""
    confirmed: str = ""
    """what the hub itself tells meanwhile: that a reminder was set, or was not"""
    _told: str = field(default="", repr=False)
    _before: str = field(default="", repr=False)

    @property
    def taken(self) -> bool:
        """Whether the hub has the words: from then on they are not lost."""
        return self.turn is not None

    def feed(self, message: Message) -> str:
        """The words that are new in this message; empty for one that is not of our turn."""
        match message:
            case User() if self.turn is None and message.text.strip() == self.said.strip():
                self.turn = message.turn
            case Error(turn=None) if self.turn is None:
                self.failure, self.over = message, True
            case Turn() if message.turn == self.turn:
                self._told = ""
            case EmotionShown() if message.turn == self.turn and self.taken:
                self.emotion = message.emotion
            case Token() if message.turn == self.turn and self.taken:
                return self._fresh(harmless(message.text))
            case Error() if message.turn == self.turn:
                self.failure = message
            case End() if message.turn == self.turn and self.taken:
                self.over = True
            case Status():
                self._note(message.values.get("reminder_note"))
            case _:
                pass
        return ""

    def _note(self, note: object) -> None:
        """A line that stood there before our words were taken is about something else."""
        line = harmless(note) if isinstance(note, str) else ""
        if not self.taken:
            self._before = line
        elif line and line != self._before:
            self.confirmed = line

    def _fresh(self, words: str) -> str:
        self._told += words
        if len(self._told) <= len(self.printed):
            return ""
        fresh = self._told[len(self.printed) :]
        self.printed = self._told
        return fresh
