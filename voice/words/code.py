"""Code in a reply: short names are read, all else is called what it is.

Markdown's marks for code are known here, programming languages are not.
"""

from __future__ import annotations

import re

from voice.words.addresses import file_words
from voice.words.aligned import Aligned, Replacement, in_order, rule

SOME_CODE = "some code"
_READABLE_CHARS = 40
_READABLE_WORDS = 4
_READABLE_SHARE = 0.75
"""How much of a piece of code must be letters, so that reading it says something."""
_QUIET = re.compile(r"(?<!\w)-{1,2}(?=\w)|[()\[\]{};:'\"$#@!?*]+")
_FENCE = re.compile(r"^[ \t]{0,3}(```+|~~~+)([^\n]*)$", re.MULTILINE)
_LOWER_UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])")


def blocks(aligned: Aligned) -> Aligned:
    """Every fenced block, also one that is never closed, becomes a sentence that says what it is."""
    spans: list[tuple[int, int]] = []
    fence, start = "", 0
    for line in _FENCE.finditer(aligned.text):
        marks, rest = line[1], line[2].strip()
        if not fence and "`" not in rest:
            fence, start = marks, line.start()
        elif fence and marks.startswith(fence) and not rest:
            spans.append((start, line.end()))
            fence = ""
    if fence:
        spans.append((start, len(aligned.text)))
    return aligned.put(spans, f"\n\n{SOME_CODE}.\n\n") if spans else aligned


def _inline(match: re.Match[str]) -> Replacement:
    written = match[2].strip()
    if not written:
        return " "
    return _read(written) or SOME_CODE


def _read(code: str) -> str | None:
    """A name or a short command as words; None: it makes no sense aloud."""
    if "/" in code and " " not in code:
        return code
    letters = sum(char.isalnum() or char in " _.-" for char in code)
    if len(code) > _READABLE_CHARS or len(code.split()) > _READABLE_WORDS or letters < _READABLE_SHARE * len(code):
        return None
    words = (file_words(_LOWER_UPPER.sub(" ", word)) for word in _QUIET.sub(" ", code).split())
    return " ".join(word for word in words if word) or None


code = in_order(
    blocks,
    rule(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,400})\1(?!`)", _inline),
    rule(r"```+[^`]{0,2000}```+", f" {SOME_CODE} "),
)
"""Blocks become "some code"; inline code is read where that makes sense."""
