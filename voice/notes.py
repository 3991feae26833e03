"""What the user should know about the voice now: a sentence for each thing that is missing or stands in for another."""

from __future__ import annotations

from collections.abc import Callable

from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from voice.status import Board
from voice.told import Told
from voice.tts.chain import ChainState

ORDER = ("microphone", "speaker", "tts", "stt", "end_of_turn", "hub")
"""what matters most comes first"""

MEANWHILE = "Meanwhile she understands you with the small recogniser that ships with her."

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


class VoiceNote:
    """Shows who speaks, and why; what the user must know about an engine is said once."""

    def __init__(self, notes: Notes, board: Board, told: Told) -> None:
        self._notes = notes
        self._board = board
        self._told = told

    def __call__(self, state: ChainState) -> None:
        self._board.change(tts=state.engine)
        sentences = []
        if state.engine != state.wanted:
            sentences.append(f"The voice {state.engine} speaks, because {state.wanted} cannot: {state.why}")
        elif state.why:
            sentences.append(state.why)
        if state.notice and self._told.once(state.notice):
            sentences.append(state.notice)
        self._notes.set("tts", " ".join(sentences))


class EarsNote:
    """Shows who understands the user, and why; told aloud is only that nobody does."""

    def __init__(
        self, notes: Notes, board: Board, told: Told, *, engine: str, stand_in: str, aloud: Callable[[str], None]
    ) -> None:
        """`stand_in`: who understands where `engine` cannot; empty: nobody."""
        self._notes = notes
        self._board = board
        self._told = told
        self._engine = engine
        self._stand_in = stand_in
        self._aloud = aloud
        self._why = ""
        self._notice = ""
        board.change(stt=engine)

    def missing(self, error: AlisaError) -> None:
        """Another one was wished for and cannot be had at all."""
        self._why = f"{error} {MEANWHILE}"
        self._show()

    def ready(self, notice: str) -> None:
        """It is loaded; what the user must know about it is said once."""
        if notice and self._told.once(notice):
            self._notice = notice
            self._show()

    def __call__(self, error: AlisaError | None) -> None:
        """The recogniser failed, or does its work."""
        before = self._why
        if error is None:
            self._why = ""
            self._board.change(stt=self._engine)
        elif self._stand_in:
            self._why = f"{error} {MEANWHILE}"
            self._board.change(stt=self._stand_in)
        else:
            self._why = str(error)
            if before != self._why:
                self._aloud(error.message)
        if before != self._why:
            self._show()

    def _show(self) -> None:
        self._notes.set("stt", " ".join(part for part in (self._why, self._notice) if part))
