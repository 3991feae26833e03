"""Running the command in this process: its exit code and what it printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from alisa.cli.main import run
from alisa.runtime.paths import Home


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str


Alisa = Callable[..., Done]


@pytest.fixture
def alisa(home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Alisa:
    """Run `alisa` with these arguments, in a home of its own."""
    monkeypatch.setenv("ALISA_HOME", str(home.root))

    def command(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(arguments)
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return command
