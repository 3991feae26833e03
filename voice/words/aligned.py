"""A text that remembers, letter by letter, where in the text before it every letter came from.

Words to be spoken are the outcome of many substitutions; what was heard of them is told in the words
as they were written. What is substituted, and why, is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Part = str | int
"""A piece of a replacement: new text, or the number of a group of the match whose letters keep their origin."""
Replacement = str | Sequence[Part] | None
"""What stands for a match; None leaves it as it is. Groups come in their order, so that origins never go back."""


class Aligned:
    """A text and the origin of each of its letters: never less than that of the letter before."""

    __slots__ = ("origins", "source_length", "text")

    def __init__(self, text: str, origins: list[int] | None = None, source_length: int | None = None) -> None:
        self.text = text
        self.origins = list(range(len(text))) if origins is None else origins
        self.source_length = len(text) if source_length is None else source_length

    def sub(
        self, pattern: re.Pattern[str], replace: str | Sequence[Part] | Callable[[re.Match[str]], Replacement]
    ) -> Aligned:
        """Every match replaced, in one walk over the text."""
        texts: list[str] = []
        origins: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            replacement = replace(match) if callable(replace) else replace
            if replacement is None:
                continue
            texts.append(self.text[done : match.start()])
            origins += self.origins[done : match.start()]
            self._put(match, [replacement] if isinstance(replacement, str) else replacement, texts, origins)
            done = match.end()
        if not texts:
            return self
        texts.append(self.text[done:])
        origins += self.origins[done:]
        return Aligned("".join(texts), origins, self.source_length)

    def put(self, spans: Sequence[tuple[int, int]], text: str) -> Aligned:
        """The same text in the place of each span; the spans are in order and apart."""
        texts: list[str] = []
        origins: list[int] = []
        done = 0
        for start, end in spans:
            texts += [self.text[done:start], text]
            origins += self.origins[done:start] + [self._origin(start)] * len(text)
            done = end
        return Aligned("".join([*texts, self.text[done:]]), origins + self.origins[done:], self.source_length)

    def _put(self, match: re.Match[str], parts: Sequence[Part], texts: list[str], origins: list[int]) -> None:
        at = match.start()
        for part in parts:
            if isinstance(part, str):
                texts.append(part)
                origins += [self._origin(at)] * len(part)
            elif match.start(part) >= 0:
                start, at = match.span(part)
                texts.append(self.text[start:at])
                origins += self.origins[start:at]

    def _origin(self, at: int) -> int:
        return self.origins[at] if at < len(self.origins) else self.source_length


Pass = Callable[[Aligned], Aligned]
"""One step on the way from written to spoken words."""


def rule(pattern: str, replace: str | Sequence[Part] | Callable[[re.Match[str]], Replacement], flags: int = 0) -> Pass:
    """The step that replaces each match of a pattern."""
    compiled = re.compile(pattern, flags)
    return lambda aligned: aligned.sub(compiled, replace)


def in_order(*passes: Pass) -> Pass:
    """The step that takes several, one after the other."""

    def run(aligned: Aligned) -> Aligned:
        for step in passes:
            aligned = step(aligned)
        return aligned

    return run
