"""What goes wrong is written down once, and she goes on."""

from __future__ import annotations

import logging

import pytest

from overlay.faults import Faults


def fail(word: str) -> None:
    raise ValueError(word)


def test_a_fault_is_noted_once(caplog: pytest.LogCaptureFixture) -> None:
    """A frame that fails thirty times a second fills no log; another fault is news."""
    faults = Faults()
    with caplog.at_level(logging.ERROR):
        for word in ("a", "b", "a"):
            with faults.survived():
                fail(word)
        with faults.survived():
            raise KeyError
    assert len(caplog.records) == 2


def test_a_guarded_call_never_raises(caplog: pytest.LogCaptureFixture) -> None:
    """What Tk's file handlers call may fail."""
    faults = Faults()
    faults.guarded(fail)("x")
    faults.from_tk(ValueError, ValueError("no trace"), None)
    heard: list[int] = []
    faults.guarded(heard.append)(1)
    assert heard == [1]
    assert len(caplog.records) == 2


def test_what_ends_the_process_is_no_fault() -> None:
    """Ctrl-C and exits go through."""
    with pytest.raises(KeyboardInterrupt), Faults().survived():
        raise KeyboardInterrupt
