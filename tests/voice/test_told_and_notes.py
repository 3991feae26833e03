"""What the user is told once, and what they should know now."""

from __future__ import annotations

from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from voice.notes import EarsNote, Notes, VoiceNote
from voice.status import KEPT_TURNS, Board, Snapshot
from voice.told import FILE, Told
from voice.tts.chain import ChainState


def test_once_is_once(home: Home) -> None:
    """Also for the next process; a file that cannot be read is as if nothing was ever told."""
    assert not Told(home).already("a")
    assert Told(home).once("a")
    assert not Told(home).once("a")
    assert Told(home).once("b")
    assert Told(home).already("a")
    (home.root / FILE).write_text('{"told": 3}')
    assert Told(home).once("a")


def test_notes_are_shown_in_their_order(home: Home) -> None:
    """A microphone that is missing matters more than who speaks; what is mended is shown no more."""
    board = Board()
    notes = Notes(board)
    notes.set("stt", "Words.")
    notes.set("microphone", "No microphone.")
    assert board.now.note == "No microphone. Words."
    notes.set("microphone", "")
    assert board.now.note == "Words."


def test_the_board_tells_only_changes() -> None:
    """A watcher hears what is different, until it wants to hear no more."""
    board, seen = Board(), list[Snapshot]()
    leave = board.watch(seen.append)
    board.change(partial="")
    board.change(partial="a")
    leave()
    leave()
    board.change(partial="b")
    assert [snapshot.partial for snapshot in seen] == ["a"]


def test_the_last_turns_are_kept() -> None:
    """For a waterfall; the hub is told of the newest."""
    board = Board()
    for number in range(KEPT_TURNS + 5):
        board.add_turn({"total": float(number)})
    assert len(board.now.turns) == KEPT_TURNS
    assert board.now.wire()["voice_turn"] == {"total": KEPT_TURNS + 4.0}


def test_who_speaks_and_why_is_shown_and_what_leaves_the_machine_is_said_once(home: Home) -> None:
    """Also for the next process; who stands in for whom, for as long as it does."""
    online = ChainState("edge", "edge", notice="What she says is sent away.")
    board, again = Board(), Board()
    note = VoiceNote(Notes(board), board, Told(home))
    note(online)
    assert (board.now.tts, board.now.note) == ("edge", "What she says is sent away.")
    note(ChainState("espeak", "edge", "It is offline."))
    assert board.now.tts == "espeak"
    assert board.now.note == "The voice espeak speaks, because edge cannot: It is offline."
    note(online)
    assert (board.now.tts, board.now.note) == ("edge", "")
    VoiceNote(Notes(again), again, Told(home))(online)
    assert again.now.note == ""


AWAY = EngineError("stt_unreachable", "The server is away.", "Start it.")


def test_who_understands_and_why_is_shown(home: Home) -> None:
    """While another one stands in; nothing of it is said aloud, for the user is understood."""
    board, aloud = Board(), list[str]()
    note = EarsNote(Notes(board), board, Told(home), engine="openai", stand_in="sphinx", aloud=aloud.append)
    assert board.now.stt == "openai"
    note.ready("What you say is sent away.")
    note(AWAY)
    assert board.now.stt == "sphinx"
    assert board.now.note.startswith("The server is away. Start it. Meanwhile she understands you")
    note(None)
    assert (board.now.stt, board.now.note) == ("openai", "What you say is sent away.")
    assert aloud == []


def test_that_nobody_understands_is_said_aloud(home: Home) -> None:
    """Once for each trouble: whoever speaks to her and gets no answer wants to know why."""
    board, aloud = Board(), list[str]()
    note = EarsNote(Notes(board), board, Told(home), engine="openai", stand_in="", aloud=aloud.append)
    note(AWAY)
    note(AWAY)
    assert aloud == ["The server is away."]
    assert board.now.note == "The server is away. Start it."
    note(None)
    note(AWAY)
    assert len(aloud) == 2


def test_what_is_missing_is_not_hidden_by_what_is_said_once(home: Home) -> None:
    """A model that was wished for and is not here, and that the small recogniser knows little."""
    board = Board()
    note = EarsNote(Notes(board), board, Told(home), engine="sphinx", stand_in="", aloud=lambda _: None)
    note.missing(AWAY)
    note.ready("She understands little.")
    assert board.now.note.startswith("The server is away.")
    assert board.now.note.endswith("She understands little.")
