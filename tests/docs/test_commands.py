"""Every command of `alisa` can be found by somebody who only reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.cli.main import make_app

ROOT = Path(__file__).parents[2]
TEXT = "\n".join(page.read_text() for page in [ROOT / "README.md", *ROOT.glob("docs/*.md")])


@pytest.mark.parametrize("command", [name for name in make_app() if not name.startswith("-")])
def test_every_command_is_documented(command: str) -> None:
    """The name of the command stands in the README or in a page of docs/."""
    assert f"alisa {command}" in TEXT
