"""Raw tables: what the file and the environment say, before anyone knows what it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.runtime.sources import from_environment, from_file, guess
from tests.faults import forbidden, needs_posix


def test_variables_become_tables() -> None:
    """Two underscores separate section and field; the rest belongs to the field; case does not matter."""
    env = {"ALISA_HUB__PORT": "1", "alisa_hub__a__b": "2", "ALISA_HOME": "x", "PATH": "y", "XALISA_A__B": "z"}
    assert from_environment(env) == {"hub": {"port": "1", "a__b": "2"}}


def test_a_missing_file_is_empty(tmp_path: Path) -> None:
    """No file is no mistake."""
    assert from_file(tmp_path / "alisa.toml").error == ""


@pytest.mark.parametrize(
    ("text", "place"), [("a = 1\nb = ", "at its end"), ("a = 1\nb = ?", "in line 2"), ('a = """', "at its end")]
)
def test_the_place_of_a_mistake_is_told(tmp_path: Path, text: str, place: str) -> None:
    """The line is named, what stands in it is not quoted."""
    path = tmp_path / "alisa.toml"
    path.write_text(text)
    assert f"is not valid TOML {place}" in from_file(path).error


@needs_posix
def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    """A file that may not be read is named, not raised."""
    path = tmp_path / "alisa.toml"
    path.write_text("a = 1")
    with forbidden(path):
        assert "cannot be read" in from_file(path).error


@pytest.mark.parametrize(
    ("typed", "meant"), [("prot", "port"), ("PORT", "port"), ("max-waiting", "max_waiting"), ("zebra", None)]
)
def test_guesses(typed: str, meant: str | None) -> None:
    """A slip of the finger is recognised; nothing is made up."""
    assert guess(typed, ["port", "host", "max_waiting"]) == meant
