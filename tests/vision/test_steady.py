"""A value that does not flicker."""

from __future__ import annotations

from vision.steady import Hold, Steady

HOLD = Hold(seconds=2.0, looks=3)


def test_something_new_counts_when_it_held() -> None:
    """It takes both: enough looks, and enough time."""
    steady: Steady[str] = Steady("old")
    for at, counts in ((0.0, "old"), (1.0, "old"), (1.5, "old"), (2.0, "new"), (2.1, "new")):
        steady = steady.seen("new", at, HOLD)
        assert steady.value == counts
    assert not steady.unsettled


def test_few_looks_are_not_enough_however_long() -> None:
    """Two looks an hour apart say little."""
    steady = Steady("old").seen("new", 0.0, HOLD).seen("new", 3600.0, HOLD)
    assert steady.value == "old"
    assert steady.unsettled


def test_anything_in_between_begins_again() -> None:
    """What counts, or a third thing."""
    for between in ("old", "other"):
        steady = Steady("old")
        for at, what in enumerate(["new", "new", between, "new", "new"]):
            steady = steady.seen(what, float(at), HOLD)
        assert steady.value == "old"
