"""What the user is told once, and what they should know now."""

from __future__ import annotations

from alisa.runtime.paths import Home
from voice.notes import Notes
from voice.status import KEPT_TURNS, Board, Snapshot
from voice.told import FILE, Told


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
