"""Words as the rules compare them: lower case, without punctuation. Pure."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile("\\w+(?:['\u2019-]\\w+)*")
"""a word; apostrophes, straight or curly, and hyphens may stand inside it"""


def words_of(text: str) -> list[str]:
    """Return the words of the text in lower case; apostrophes and hyphens inside a word stay."""
    return WORD.findall(unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'"))


def word_set(words: str) -> frozenset[str]:
    """Return the words, which are written with spaces between them."""
    return frozenset(words.split())


def phrase_set(phrases: str) -> frozenset[tuple[str, ...]]:
    """Return the phrases, which are written with semicolons between them, as tuples of words."""
    return frozenset(tuple(phrase.split()) for phrase in phrases.split(";"))


def distance(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out or changed to make one of the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]
