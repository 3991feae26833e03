"""How the eyes do, as it is told."""

from __future__ import annotations

from vision.status import SCREEN, WEBCAM, Board, EyeState, Snapshot


def test_both_eyes_in_one_word() -> None:
    """Open when one is open; else whatever keeps one from it."""
    board = Board()
    assert board.now.state is EyeState.CLOSED
    board.change_eye(SCREEN, EyeState.AWAY, "There is no display.", "1")
    assert board.now.state is EyeState.AWAY
    board.change_eye(WEBCAM, EyeState.OPEN, "", "2")
    told = board.now.wire()
    assert (told["eyes"], told["eyes_webcam"], told["eyes_screen"]) == ("open", "open", "away")
    assert told["eyes_note"] == "There is no display."


def test_since_counts_from_the_change() -> None:
    """Another sentence about the same state does not begin it anew; nothing new is told to nobody."""
    board, told = Board(), list[Snapshot]()
    board.watch(told.append)
    board.change_eye(WEBCAM, EyeState.OPEN, "", "1")
    board.change_eye(WEBCAM, EyeState.OPEN, "Not looked at: a password manager.", "2")
    board.change_eye(WEBCAM, EyeState.OPEN, "Not looked at: a password manager.", "3")
    assert [each.eyes[WEBCAM].since for each in told] == ["1", "1"]
    board.change_eye(WEBCAM, EyeState.CLOSED, "", "4")
    assert board.now.eyes[WEBCAM].since == "4"
