"""Being asked to end while something else has the main thread."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from overlay.asked import Asked


@pytest.fixture
def asked() -> Iterator[Asked]:
    with Asked() as asked:
        yield asked


def rung(asked: Asked) -> bool:
    return bool(select.select([asked.fileno()], [], [], 5)[0]) and asked.taken()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_signals(asked: Asked, number: signal.Signals, code: int) -> None:
    """The bell rings and the exit code is known: 0 when asked politely, 130 after Ctrl-C; the first one counts."""
    assert asked.code is None
    assert not asked.taken()
    signal.raise_signal(number)
    assert rung(asked)
    asked.end(7)
    assert asked.code == code


def test_the_handlers_are_put_back() -> None:
    """Afterwards, signals mean what they meant before."""
    before = signal.getsignal(signal.SIGTERM)
    with Asked():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_asking_from_the_inside(asked: Asked) -> None:
    """Quit in her menu is the same thing."""
    asked.end()
    assert rung(asked)
    assert asked.code == 0


SUPERVISED = """
import select
from overlay.asked import Asked
with Asked() as asked:
    print("here", flush=True)
    select.select([asked.fileno()], [], [], 30)
    print(asked.taken(), asked.code, flush=True)
"""


def test_a_parent_that_is_gone() -> None:
    """A supervised process is asked to end when its stdin ends."""
    env = {**os.environ, "ALISA_SUPERVISED": "1"}
    child = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "here\n"
        child.stdin.close()
        assert child.stdout.readline() == "True 0\n"
        assert child.wait(10) == 0
