"""The hub's process: what it sets up before it serves."""

from __future__ import annotations

import sys

import pytest

import backend.__main__ as program
from alisa.runtime.paths import Home


def test_the_loop_need_not_wait_for_the_threads(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that is at work gives way to the loop within half a millisecond, not five: words would stand still."""
    monkeypatch.setenv("ALISA_HOME", str(home.root))
    monkeypatch.setattr(program, "configure", lambda *_: None)
    before = sys.getswitchinterval()
    during: list[float] = []

    def run(*_: object, **__: object) -> int:
        during.append(sys.getswitchinterval())
        return 0

    monkeypatch.setattr(program, "run", run)
    try:
        assert program.main() == 0
    finally:
        sys.setswitchinterval(before)
    assert during == [pytest.approx(0.0005)]
