"""`python -m overlay.art` where it cannot draw."""

from __future__ import annotations

import sys

import pytest

from overlay.art.__main__ import main


@pytest.mark.parametrize("arguments", [[], ["--sheet", "faces.png"]])
def test_without_skia_it_says_what_to_install(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, the command that helps, exit code 3, and no stack trace."""
    monkeypatch.setitem(sys.modules, "skia", None)
    assert main(arguments) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "[art]" in said.err
    assert "Traceback" not in said.err
