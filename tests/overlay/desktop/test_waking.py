"""Calls from outside of Tk."""

from __future__ import annotations

import functools
import threading

import pytest

from overlay.desktop import waking
from overlay.desktop.waking import Bell, attend
from tests.overlay.desktop.conftest import Stage


def test_a_bell_that_is_rung_often_is_one_call() -> None:
    """Nobody needs to come twice; and a bell that is full or gone does not stop who rings it."""
    bell = Bell()
    assert not bell.taken()
    for _ in range(100_000):
        bell.ring()
    while bell.taken():
        pass
    bell.ring()
    assert bell.taken()
    assert not bell.taken()
    bell.close()
    bell.ring()
    assert not bell.taken()


@pytest.mark.screen
@pytest.mark.parametrize("how", [attend, functools.partial(waking._poll, poll_ms=50)])
def test_a_call_from_another_thread_is_answered_in_tks_loop(how: object, stage: Stage) -> None:
    """Where Tk can wait for a file, and where it has to look."""
    bell = Bell()
    answered: list[int] = []
    stop = how(stage.root, bell, lambda: answered.append(threading.get_ident()))  # type: ignore[operator]
    thread = threading.Thread(target=bell.ring)
    thread.start()
    stage.wait(lambda: answered, "the answer")
    thread.join()
    assert answered == [threading.get_ident()]
    stop()
    bell.ring()
    with pytest.raises(AssertionError, match="another"):
        stage.screen.wait(lambda: len(answered) > 1, "another answer", stage.root, seconds=0.4)
    bell.close()
