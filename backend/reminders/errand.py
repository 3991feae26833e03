"""The errand itself in the user's words: without what leads to it and what closes the sentence. Pure."""

from __future__ import annotations

import re

MAX_TEXT_CHARS = 300
_I = re.IGNORECASE
_OPENING = re.compile(
    r"(?:\s*[,:;–-]\s*|\s+)*(?:(?:to|that|about|of)\b\s*)?"  # noqa: RUF001
    r"(?:i\s+(?:have\s+to|must|need\s+to|should|have\s+got\s+to|gotta|want\s+to)\s+)?",
    _I,
)
_CLOSING = re.compile(r"(?:\s*[,;.!?…]+|\s+(?:please|pls|plz|thanks|thx|thank\s+you|alisa|ok|okay)(?=\W*$))+\s*$", _I)


def unclosed(text: str) -> str:
    """The text without what closes its sentence."""
    return _CLOSING.sub("", text)


def cleaned(text: str) -> str:
    """The errand on one line, of bounded length."""
    opening = _OPENING.match(text)
    words = unclosed(text[opening.end() if opening else 0 :])
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split()).strip(" ,;:")
    return line if len(line) <= MAX_TEXT_CHARS else line[: MAX_TEXT_CHARS - 1] + "…"
