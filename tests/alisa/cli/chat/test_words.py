"""Words become harmless, and blocks complete."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.cli.chat.words import columns, harmless, one_line, split_blocks

MARKDOWN = st.lists(
    st.sampled_from(
        ["word ", "\n", "\n\n", "```\n", "```py\n", "~~~\n", "- a\n", "  b\n", "    c\n", "# h\n", " ", "1. x\n"]
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain ünïcode 😀 \t\n", "plain ünïcode 😀 \t\n"),
        ("\x1b[2Jgone\x1b]0;title\x07", "[2Jgone]0;title"),
        ("\x9b31mred", "31mred"),
        ("a\r\nb\rc\x08", "a\nbc"),
        ("\u202eevil\u202c", "evil"),
        ("half \ud800", "half \N{REPLACEMENT CHARACTER}"),
        ("\ud83d\ude00", "😀"),
    ],
)
def test_nothing_can_command_a_terminal(text: str, left: str) -> None:
    """Escape sequences, title changes, overrides of direction and half characters lose their power."""
    assert harmless(text) == left


@given(st.text(st.characters()))
def test_harmless_is_final(text: str) -> None:
    """What is harmless stays as it is, and can be written as UTF-8."""
    once = harmless(text)
    once.encode("utf-8")
    assert harmless(once) == once
    assert "\x1b" not in once


@pytest.mark.parametrize(
    ("text", "blocks", "rest"),
    [
        ("", [], ""),
        ("one\ntwo", [], "one\ntwo"),
        ("one\n\n", [], "one\n\n"),
        ("one\n\ntwo", ["one"], "two"),
        ("one\n\n\n\ntwo\n\nthree", ["one", "two"], "three"),
        ("- a\n\n  still a\n\nnew", ["- a\n\n  still a"], "new"),
        ("```py\na\n\nb\n```\n\nafter", ["```py\na\n\nb\n```"], "after"),
        ("```py\na\n\nb", [], "```py\na\n\nb"),
        ("````\n```\n\nx\n````\n\ny", ["````\n```\n\nx\n````"], "y"),
        ("~~~\n```\n\n~~~\n\nz", ["~~~\n```\n\n~~~"], "z"),
    ],
)
def test_a_block_is_complete_when_nothing_can_change_it(text: str, blocks: list[str], rest: str) -> None:
    """Blank lines end a block, but not inside code, and not before an indented line."""
    assert split_blocks(text) == (blocks, rest)


@given(MARKDOWN, MARKDOWN)
def test_blocks_that_were_printed_never_change(text: str, more: str) -> None:
    """However the reply goes on, what was complete stays what it was."""
    before, _ = split_blocks(text)
    after, _ = split_blocks(text + more)
    assert after[: len(before)] == before


@given(MARKDOWN)
def test_nothing_is_lost_between_blocks(text: str) -> None:
    """The blocks and the rest together are the text, but for blank lines."""
    blocks, rest = split_blocks(text)
    assert "".join([*blocks, rest]).replace("\n", "") == text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "most", "line"),
    [
        ("a\n b", 10, "a b"),
        ("abcdef", 4, "abc…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("e\u0301e", 2, "e\u0301e"),
    ],
)
def test_one_line_fits_its_columns(text: str, most: int, line: str) -> None:
    """Wide characters take two columns, combining ones none."""
    assert one_line(text, most) == line
    assert columns(line) <= most
