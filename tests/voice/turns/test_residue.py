"""How much of her is left is followed: up at once, down slowly."""

from __future__ import annotations

from voice.turns.residue import DOUBT, LEAST_DB, MOST_DOUBT, UNKNOWN_DB, Residue


def test_up_at_once_and_down_slowly() -> None:
    """A loud word of hers is remembered over her next pause."""
    residue = Residue()
    assert residue.db == UNKNOWN_DB
    for _ in range(500):
        residue.feed(0.01, -80.0)
    assert residue.db == LEAST_DB
    assert residue.settled
    residue.feed(0.01, -48.0)
    assert residue.db == -48.0
    residue.feed(0.1, -80.0)
    assert residue.db > -49.0


def test_doubt_grows_and_fades() -> None:
    """Each mistake makes it more careful, to a point; time makes it bold again."""
    residue = Residue()
    residue.mistaken(-50.0)
    assert residue.doubt == DOUBT
    for _ in range(9):
        residue.mistaken(-20.0)
    assert residue.doubt == MOST_DOUBT
    assert residue.db <= UNKNOWN_DB
    for _ in range(1200):
        residue.feed(0.1, -80.0)
    assert residue.doubt < 0.02
    residue.reset()
    assert residue.doubt == 0.0
