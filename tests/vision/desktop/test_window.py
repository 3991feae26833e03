"""Titles and boxes, whatever programs make of them."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from vision.desktop.window import (
    LONGEST_TITLE,
    TOLD_TITLE,
    Box,
    Monitor,
    common,
    fills,
    monitor_of,
    overlap,
    short_title,
    tidy_title,
)  # fmt: skip

LEFT, RIGHT = Monitor((0, 0, 1920, 1080)), Monitor((1920, 0, 1280, 1024), primary=True)
sides = st.integers(-3000, 3000)
lengths = st.integers(1, 4000)
boxes = st.tuples(sides, sides, lengths, lengths)


def test_right_to_left_and_emoji_titles_stay() -> None:
    """The letters, and an emoji of several parts; what would turn our own words goes."""
    assert tidy_title("مستند جديد - محرر") == "مستند جديد - محرر"
    assert tidy_title("\u202eevil\u202c שלום") == "evil שלום"
    assert tidy_title("👩\u200d💻 at work 🎉") == "👩\u200d💻 at work 🎉"


def test_a_title_is_one_line() -> None:
    """Without control characters, and without the marks of X11's compound text."""
    assert tidy_title("a\n\tb\x00c\x1b[31m") == "a bc[31m"
    assert tidy_title("Hello \x1b%G😀\x1b%@ there") == "Hello 😀 there"


def test_a_long_title_keeps_its_end() -> None:
    """Programs write their names there, and whether a window is private."""
    title = "x" * 10_000 + " — Private Browsing"
    assert tidy_title(title).endswith("— Private Browsing")
    assert short_title(title).endswith("— Private Browsing")
    assert len(short_title(title)) <= TOLD_TITLE
    assert tidy_title("y" * 10**6 + " — Private Browsing").endswith("— Private Browsing")


def test_the_monitor_that_shows_most_of_a_window() -> None:
    """The primary one when none does."""
    assert monitor_of((1800, 0, 400, 300), (LEFT, RIGHT)) == RIGHT
    assert monitor_of((1500, 0, 500, 300), (LEFT, RIGHT)) == LEFT
    assert monitor_of((9000, 9000, 5, 5), (LEFT, RIGHT)) == RIGHT
    assert monitor_of(None, (LEFT, RIGHT)) == RIGHT
    assert monitor_of(None, ()) is None


def test_a_window_that_covers_a_monitor_fills_it() -> None:
    """A pixel less does not."""
    assert fills((1920, 0, 1280, 1024), (LEFT, RIGHT))
    assert fills((-4, -4, 1928, 1088), (LEFT, RIGHT))
    assert not fills((0, 0, 1919, 1080), (LEFT, RIGHT))


@given(st.text())
def test_tidy_titles_are_safe_to_show(title: str) -> None:
    """And tidying again changes nothing."""
    tidy = tidy_title(title)
    assert tidy_title(tidy) == tidy
    assert len(tidy) <= LONGEST_TITLE
    assert not any(unicodedata.bidirectional(mark) in {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI"} for mark in tidy)
    assert not any(unicodedata.category(mark) == "Cc" for mark in tidy)


@given(boxes, boxes)
def test_what_two_boxes_share(one: Box, other: Box) -> None:
    """Is the same from both sides, and lies in both."""
    part = common(one, other)
    assert part == common(other, one)
    assert overlap(one, other) == (0 if part is None else part[2] * part[3])
    if part is not None:
        assert overlap(part, one) == overlap(part, other) == part[2] * part[3]
