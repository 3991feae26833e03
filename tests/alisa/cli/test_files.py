"""Reading the small JSON files by which processes find each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.cli.files import number, read_object, seconds


def test_an_object_is_read(tmp_path: Path) -> None:
    """What was written is there."""
    path = tmp_path / "x.json"
    path.write_text('{"pid": 5}')
    assert read_object(path) == {"pid": 5}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"5", b"\xff", b"[" * 100_000])
def test_anything_else_is_nothing(tmp_path: Path, content: bytes) -> None:
    """A damaged file, another value, no file: an empty object."""
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert read_object(path) == {}
    assert read_object(tmp_path / "none.json") == {}


@pytest.mark.parametrize("value", [None, "5", 5.0, -1, 0, 2**31, True, float("inf"), [], {}])
def test_what_is_no_number_is_zero(value: object) -> None:
    """Only what can be a process or a port counts."""
    assert number(value) == 0


def test_numbers() -> None:
    """A process, a port and a time are themselves."""
    assert (number(4711), seconds(5), seconds(5.5)) == (4711, 5.0, 5.5)
    assert (seconds(float("inf")), seconds(float("nan")), seconds("5"), seconds(None)) == (0.0, 0.0, 0.0, 0.0)
