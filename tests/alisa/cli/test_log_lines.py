"""The JSON lines of the logs: read from the end, followed across a rotation, put into words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.cli.log_lines import Follower, last_lines, parse, words
from tests.faults import needs_posix


def line(event: str, **values: object) -> bytes:
    return json.dumps(
        {"at": "2026-11-21T20:14:05.123456Z", "level": "info", "logger": "x", "event": event, **values}
    ).encode()


def test_a_line_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time, level, process, what happened and its values; the trace stays in the file."""
    text = words(parse("backend", line("turn ended", turn=17, error="ValueError: x", trace="Traceback…\n")))
    assert text.endswith("info     backend     turn ended  turn=17  (ValueError: x)")
    assert text[2] == ":"


@given(st.binary(max_size=200))
def test_any_line_is_one_line(raw: bytes) -> None:
    """Whatever stands in a file, it moves no cursor and pretends to be no other line."""
    assert words(parse("x", raw)).isprintable()


@given(
    st.dictionaries(
        st.text(max_size=8), st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text())), max_size=6
    )
)
def test_any_object_is_one_line(value: dict[str, object]) -> None:
    """Odd keys and values are shown, not fallen over."""
    assert words(parse("x", json.dumps(value).encode())).isprintable()


@given(st.lists(st.text("ab ü", max_size=40), max_size=30), st.integers(0, 40))
def test_the_last_lines_are_the_last(lines: list[str], count: int) -> None:
    """As `tail -n`, whatever the block size makes of it."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.jsonl"
        path.write_bytes("".join(f"{each}\n" for each in lines).encode())
        assert [each.decode() for each in last_lines(path, count)] == (lines[-count:] if count else [])


def test_a_big_file_is_read_from_its_end(tmp_path: Path) -> None:
    """Only what is needed is read; lines longer than a block come whole."""
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"".join(b"%d " % number + b"x" * 100_000 + b"\n" for number in range(50)))
    assert [each.split()[0] for each in last_lines(path, 2)] == [b"48", b"49"]


def test_lines_before_the_rotation_belong_to_the_last_ones(tmp_path: Path) -> None:
    """A log that was just rotated shows what stood before."""
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"c\n")
    (tmp_path / "x.jsonl.1").write_bytes(b"a\nb\n")
    assert last_lines(path, 2) == [b"b", b"c"]
    assert last_lines(path, 9) == [b"a", b"b", b"c"]
    assert last_lines(tmp_path / "none.jsonl", 5) == []


def test_following_shows_what_is_added(tmp_path: Path) -> None:
    """From now on, whole lines only."""
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"old\n")
    follower = Follower(path)
    assert list(follower.new_lines()) == []
    with path.open("ab") as log:
        log.write(b"new\nhal")
        log.flush()
        assert list(follower.new_lines()) == [b"new"]
        log.write(b"f\n")
        log.flush()
        assert list(follower.new_lines()) == [b"half"]
    follower.close()


@needs_posix
def test_following_goes_on_after_a_rotation(tmp_path: Path) -> None:
    """The last lines of the old file, then those of the new one."""
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"old\n")
    follower = Follower(path)
    with path.open("ab") as log:
        log.write(b"last\n")
    path.rename(tmp_path / "x.jsonl.1")
    path.write_bytes(b"first\n")
    assert list(follower.new_lines()) == [b"last", b"first"]
    assert list(follower.new_lines()) == []
    follower.close()


def test_following_a_log_that_begins_later(tmp_path: Path) -> None:
    """A file that is not there yet, and one that was cut short."""
    path = tmp_path / "x.jsonl"
    follower = Follower(path)
    assert list(follower.new_lines()) == []
    path.write_bytes(b"one\n")
    assert list(follower.new_lines()) == [b"one"]
    path.write_bytes(b"2\n")
    assert list(follower.new_lines()) == [b"2"]
    follower.close()
    whole = Follower(path, whole=True)
    assert list(whole.new_lines()) == [b"2"]
    whole.close()
