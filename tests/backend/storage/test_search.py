"""Any text may be searched for, and nothing in it is an operator."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.storage.search import FullText, Substring, plan

ANY_TEXT = st.text(st.characters(exclude_categories=()))
TRICKY = st.text(st.sampled_from("\"*^:(){}+-,.'%_\\ ABNEARORNOT\0\ud800🙂猫é"))


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')")
        connection.execute("INSERT INTO t VALUES ('hello world')")
        yield connection


@given(query=ANY_TEXT | TRICKY)
def test_no_text_is_a_syntax_error(index: sqlite3.Connection, query: str) -> None:
    """FTS5 and LIKE take whatever `plan` makes of any text."""
    planned = plan(query)
    if isinstance(planned, FullText):
        index.execute("SELECT * FROM t WHERE t MATCH ?", (planned.match,)).fetchall()
    elif isinstance(planned, Substring):
        index.execute("SELECT * FROM t WHERE text LIKE ? ESCAPE '\\'", (planned.pattern,)).fetchall()
    else:
        assert not query.strip()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("coffee", FullText('"coffee"*')),
        ("black  coffee", FullText('"black" "coffee"*')),
        ('"black coffee" milk', FullText('"black coffee" "milk"*')),
        ('milk "black coffee"', FullText('"milk" "black coffee"')),
        ("NOT cats OR dogs", FullText('"NOT" "cats" "OR" "dogs"*')),
        ("text:secret -cats (dogs)", FullText('"text:secret" "-cats" "(dogs)"*')),
        ('open "quote', FullText('"open" "quote"*')),
        ("what ?! now", FullText('"what" "now"*')),
        ("🙂", Substring("%🙂%")),
        ("100%_\\", FullText('"100%_\\"*')),
        ("%", Substring("%\\%%")),
        ("私は猫が好き", Substring("%私は猫が好き%")),
        ("สวัสดี", Substring("%สวัสดี%")),
        ("", None),
        (" \t\n", None),
    ],
)
def test_what_becomes_of_a_query(query: str, expected: FullText | Substring | None) -> None:
    """Words become quoted terms, the last one may be a beginning; what full text cannot see is searched as it is."""
    assert plan(query) == expected


def test_a_very_long_query_is_cut() -> None:
    """A megabyte of words makes a query of bounded size."""
    planned = plan("word " * 200_000)
    assert isinstance(planned, FullText)
    assert len(planned.match) < 1000
