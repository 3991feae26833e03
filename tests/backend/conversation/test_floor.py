"""The floor: what she does of her own accord gives way to the user, and nothing else does."""

from __future__ import annotations

from alisa.protocol.tags import Cause
from backend.conversation.floor import Asked, Floor
from backend.persona import NO_MODE, PersonaCard


class Speaking:
    """A turn that notes that it was interrupted."""

    def __init__(self, cause: Cause) -> None:
        self.asked = Asked(1, cause, "", 0)
        self.interrupted = False

    def interrupt(self, heard: str | None) -> bool:
        self.interrupted = True
        return True

    def leave_off(self) -> None:
        self.interrupted = True


def floor(*waiting: Cause) -> Floor:
    made = Floor("main", PersonaCard("x", "X", "You are X."), NO_MODE)
    made.waiting.extend(Asked(turn, cause, "", 0) for turn, cause in enumerate(waiting, 2))
    return made


def test_a_musing_gives_way() -> None:
    """Running, it is interrupted; waiting, it is taken out; the user's messages stay in order."""
    made = floor(Cause.USER, Cause.IDLE, Cause.USER, Cause.REMINDER)
    made.running = musing = Speaking(Cause.IDLE)
    assert [asked.turn for asked in made.give_way()] == [3, 5]
    assert [asked.turn for asked in made.waiting] == [2, 4]
    assert musing.interrupted


def test_an_answer_to_the_user_does_not() -> None:
    """Who said something gets the whole answer."""
    made = floor()
    made.running = answer = Speaking(Cause.USER)
    assert made.give_way() == []
    assert not answer.interrupted


def test_busy() -> None:
    """Something runs, waits, or is being stored."""
    made = floor()
    assert not made.busy()
    made.entering = 1
    assert made.busy()
    made.entering, made.running = 0, Speaking(Cause.USER)
    assert made.busy()
    assert floor(Cause.USER).busy()
