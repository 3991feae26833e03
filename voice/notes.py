"""What the user should know about the voice now: a sentence for each thing that is missing or stands in for another."""

from __future__ import annotations

from alisa.runtime.logs import get_logger
from voice.status import Board

ORDER = ("microphone", "speaker", "tts", "stt", "end_of_turn", "hub")
"""what matters most comes first"""

log = get_logger(__name__)


class Notes:
    """The sentences by topic; the board shows them."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._notes: dict[str, str] = {}

    def set(self, topic: str, sentence: str) -> None:
        """What is to be said about this topic; empty: nothing any more. A new sentence is logged."""
        if self._notes.get(topic, "") == sentence:
            return
        self._notes[topic] = sentence
        if sentence:
            log.info(sentence, topic=topic)
        shown = [self._notes.get(name, "") for name in ORDER]
        self._board.change(note=" ".join(note for note in shown if note))
