"""The menu opens and closes her eyes."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.runtime.paths import Home
from overlay import eyes


def test_the_command_does_it(home: Home) -> None:
    """The settings file says so afterwards."""
    assert eyes.run(home, "screen", on=True)
    assert "screen = true" in home.config_file.read_text()
    assert eyes.run(home, "screen", on=False)
    assert "screen = false" in home.config_file.read_text()


def test_what_cannot_be_done_is_known(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An eye that is none, and a Python that is not there."""
    assert not eyes.run(home, "nose", on=True)
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    assert not eyes.run(home, "screen", on=True)
