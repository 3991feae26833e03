"""A text that knows where its letters came from."""

from __future__ import annotations

import re

from voice.words.aligned import Aligned, in_order, rule


def test_replaced_text_comes_from_where_the_match_was() -> None:
    """New letters have the origin of what they stand for, kept groups keep theirs."""
    made = Aligned("a 3-5 b").sub(re.compile(r"(\d)-(\d)"), [1, " to ", 2])
    assert made.text == "a 3 to 5 b"
    assert made.origins == [0, 1, 2, 3, 3, 3, 3, 4, 5, 6]


def test_a_match_can_be_left_as_it_is() -> None:
    """None leaves it, and a text without a change stays the same object."""
    text = Aligned("abc")
    assert text.sub(re.compile("b"), lambda match: None) is text


def test_steps_follow_one_another() -> None:
    """Origins hold through several steps, also at the end of the text."""
    made = in_order(rule("a", "xx"), rule("x$|b", "y"), rule(r"\Z", "."))(Aligned("ab"))
    assert (made.text, made.origins) == ("xxy.", [0, 0, 1, 2])


def test_spans_are_put_aside() -> None:
    """Each span becomes the same text."""
    made = Aligned("abcdef").put([(0, 2), (3, 4)], "-")
    assert (made.text, made.origins) == ("-c-ef", [0, 2, 3, 4, 5])
