# ruff: noqa: RUF001 (punctuation of many languages looks alike, and is meant)
"""A text in lines of a width: after words, after characters where a word is too long or the script has no spaces.

Pure: how wide a text is, is asked. The lines, joined, are the text but for the white space at which it was broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from overlay.bubble.words import whole_characters

Measure = Callable[[str], int]
"""How wide a text is, in pixels."""

_WIDE = "\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
_NEVER_FIRST = "、。，．！？：；」』】）〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
"""What does not begin a line in Japanese and Chinese."""
_PARTS = re.compile(rf"[^\s{_WIDE}]+\s*|[{_WIDE}](?:[{_NEVER_FIRST}]|[^\s\w{_WIDE}])*\s*|\s+")
"""Where a line may end: behind a word and its spaces, and behind a wide character and its punctuation."""


def wrap(text: str, width: int, measure: Measure) -> list[str]:
    """The lines of a text, none wider than `width` pixels unless a single character is."""
    out: list[str] = []
    for paragraph in text.split("\n"):
        out += _paragraph(paragraph, width, measure)
    return out


def _paragraph(text: str, width: int, measure: Measure) -> list[str]:
    if measure(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for part in _PARTS.findall(text):
        if measure((line + part).rstrip()) <= width:
            line += part
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = part
        while measure(line.rstrip()) > width and len(line) > 1:
            cut = _fitting(line, width, measure)
            if cut >= len(line):
                break
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _fitting(word: str, width: int, measure: Measure) -> int:
    """How many characters of a long word fit, at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(word[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return whole_characters(word, low)
