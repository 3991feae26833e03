"""Words on their way to a terminal: made harmless, and cut into blocks of Markdown that are complete.

Pure. Who said the words is not known here.
"""

from __future__ import annotations

import re
import unicodedata

from alisa.protocol.text import made_whole

_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def harmless(text: str) -> str:
    """The text without what would command a terminal: control characters but for new lines and tabs,
    overrides of the writing direction, and half characters."""
    if _SUSPECT.search(text) is None:
        return text
    return _SUSPECT.sub("", made_whole(text.replace("\r\n", "\n")))


def one_line(text: str, most: int) -> str:
    """The text on one line, cut to so many columns, with an ellipsis where something was cut."""
    flat = " ".join(harmless(text).split())
    if columns(flat) <= most:
        return flat
    kept = ""
    for character in flat:
        if columns(kept + character) > most - 1:
            break
        kept += character
    return kept + "…"


def columns(text: str) -> int:
    """How many columns of a terminal the text takes, near enough for cutting: wide characters take two."""
    standing = (char for char in text if not unicodedata.combining(char))
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in standing)


def split_blocks(text: str) -> tuple[list[str], str]:
    """The blocks of Markdown that nothing can change any more, and the rest that may still grow.

    A block ends with a blank line, outside a code fence, when the next line begins at the margin: an
    indented one might belong to a list above.
    """
    blocks: list[str] = []
    start = position = 0
    fence = ""
    blank_before = False
    for line in text.splitlines(keepends=True):
        if not fence and blank_before and line.strip() and not line[0].isspace():
            block = text[start:position].strip("\n")
            if block:
                blocks.append(block)
            start = position
        fence = _fence_after(fence, line)
        blank_before = not line.strip()
        position += len(line)
    return blocks, text[start:]


def _fence_after(fence: str, line: str) -> str:
    """The code fence that is open behind this line; empty when none is."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    closes = match[1][0] == fence[0] and len(match[1]) >= len(fence) and not line[match.end() :].strip()
    return "" if closes else fence
