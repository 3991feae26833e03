"""Expansion of patterns: `{a|b}` picks one, nested as deep as one likes, and a bare `a|b` too; `<slot>` is filled from a draw of words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

INNERMOST = re.compile(r"\{([^{}]*)\}")
SLOT = re.compile(r"<([a-z]+)(\d*)>")


def choose(rng: random.Random, pattern: str) -> str:
    """One of the sentences that `pattern` stands for; slots stay.

    Raises ValueError when a brace is left over.
    """
    text = "{" + pattern + "}"
    while "{" in text:
        expanded = INNERMOST.sub(lambda match: rng.choice(match[1].split("|")), text)
        if expanded == text:
            raise ValueError(f"unbalanced braces: {pattern}")
        text = expanded
    if "}" in text or "|" in text:
        raise ValueError(f"unbalanced braces: {pattern}")
    return text


class Slots:
    """The words drawn for one exchange, so that question and answer speak of the same thing."""

    def __init__(self, rng: random.Random, draw: Callable[[random.Random, str], str]) -> None:
        self._rng, self._draw = rng, draw
        self._drawn: dict[str, str] = {}

    def set(self, slot: str, word: str) -> None:
        """Fix a slot."""
        self._drawn[slot] = word

    def fill(self, text: str) -> str:
        """`text` with every slot filled; equal slots get equal words."""

        def word(match: re.Match[str]) -> str:
            slot = match[0][1:-1]
            if slot not in self._drawn:
                self._drawn[slot] = self._draw(self._rng, match[1])
            return self._drawn[slot]

        return SLOT.sub(word, text)


def tidy(text: str) -> str:
    """Spaces collapsed, none before punctuation, the first letter of each sentence a capital."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.!?])", r"\1", text)
    return re.sub(r"(^|[.!?]\s+)([a-z])", lambda match: match[1] + match[2].upper(), text)
