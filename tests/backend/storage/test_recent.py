"""What is kept of the newest turns answers exactly as the database would, or not at all."""

from __future__ import annotations

from alisa.protocol.tags import Cause
from backend.storage.recent import RecentTurns
from backend.storage.types import StoredMessage
from tests.backend.storage.steps import NOW


def messages(*turns: int) -> list[StoredMessage]:
    return [
        StoredMessage(turn * 2, turn, "main", "user", str(turn), None, Cause.USER, "", False, NOW) for turn in turns
    ]


def turns(found: list[StoredMessage] | None) -> list[int] | None:
    return None if found is None else [message.turn for message in found]


def test_what_is_kept_is_given() -> None:
    """The newest of the kept turns, all of them or those before a turn."""
    recent = RecentTurns()
    recent.keep("main", messages(3, 5, 6, 9), 4)
    assert turns(recent.window("main", 2, None)) == [6, 9]
    assert turns(recent.window("main", 2, 9)) == [5, 6]
    assert turns(recent.window("main", 4, None)) == [3, 5, 6, 9]
    assert turns(recent.window("other", 1, None)) is None


def test_a_question_that_reaches_further_back_is_not_answered() -> None:
    """More turns than are kept might exist; when the conversation has no more, that is known."""
    recent = RecentTurns()
    recent.keep("main", messages(3, 5), 2)
    assert recent.window("main", 3, None) is None
    assert recent.window("main", 2, 5) is None
    recent.keep("main", messages(3, 5), 10)
    assert turns(recent.window("main", 3, None)) == [3, 5]
    assert turns(recent.window("main", 3, 3)) == []


def test_a_turn_that_changed_is_not_answered_for() -> None:
    """Questions up to the changed turn stay answered; those that would hold it are not."""
    recent = RecentTurns()
    recent.keep("main", messages(3, 5, 6), 9)
    recent.keep("other", messages(4), 9)
    recent.touched(6, "main")
    assert recent.window("main", 2, None) is None
    assert turns(recent.window("main", 2, 6)) == [3, 5]
    assert turns(recent.window("other", 2, None)) == [4]
    recent.touched(5, None)
    assert recent.window("main", 2, 6) is None
    assert recent.window("other", 2, None) is None
    assert turns(recent.window("main", 2, 5)) == [3]


def test_forgetting_and_counting_changes() -> None:
    """Nothing is kept afterwards, and each change shows."""
    recent = RecentTurns()
    recent.keep("main", messages(3), 9)
    before = recent.changes
    recent.touched(1, "main")
    recent.touched(1, "unknown")
    recent.forget()
    assert recent.changes == before + 3
    assert recent.window("main", 1, None) is None
