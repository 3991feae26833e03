"""What cannot be stored never reaches SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from backend.storage.text import storable

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_any_text_can_be_stored_and_comes_back(text: str) -> None:
    """Whatever text came in, what is stored has a UTF-8 form and comes back from SQLite as it went in."""
    kept = storable(text)
    with closing(sqlite3.connect(":memory:")) as connection:
        found = connection.execute("SELECT ?, length(?)", (kept, kept)).fetchone()
    assert found == (kept, len(kept))


@given(st.text())
def test_good_text_is_left_alone(text: str) -> None:
    """Text without NUL and lone surrogates stays as it is."""
    assert storable(text) == text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def test_a_lone_surrogate_is_replaced() -> None:
    """JSON's "\\ud800" becomes the replacement character; the words around it stay."""
    assert storable("hi \ud800 there\0") == "hi \N{REPLACEMENT CHARACTER} there\N{REPLACEMENT CHARACTER}"
