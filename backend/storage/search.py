"""How the words that a person searches for become a query: pure, and safe for any text.

Full text (FTS5) finds whole words, their stems and the beginning of the last word; it splits words at spaces
and punctuation, so it cannot look inside a Chinese sentence or find an emoji. Such searches become a plain
search for the text as it stands. The tables are not known here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from backend.storage.text import storable

MAX_QUERY_CHARS = 1000
MAX_TERMS = 32

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # kana, Han
)
"""Scripts that are written without spaces between words (Unicode blocks)."""


@dataclass(frozen=True, slots=True)
class FullText:
    """An FTS5 query: every term must occur."""

    match: str


@dataclass(frozen=True, slots=True)
class Substring:
    """A LIKE pattern, escaped with a backslash: the text must occur as it stands, in either case."""

    pattern: str


def plan(query: str) -> FullText | Substring | None:
    """Return how to search for these words, or None where there is nothing to search for.

    Words in double quotes are one phrase. Nothing in `query` is ever an operator.
    """
    query = storable(query[:MAX_QUERY_CHARS]).strip()
    if not query:
        return None
    terms = [phrase or word for phrase, word in _TERM.findall(query)][:MAX_TERMS]
    words = [term for term in terms if any(_is_token_char(char) for char in term)]
    if not words or _UNSPACED.search(query):
        return Substring(f"%{_escape_like(query)}%")
    quoted = [f'"{word}"' for word in words]
    if not query.endswith('"'):
        quoted[-1] += "*"
    return FullText(" ".join(quoted))


def _is_token_char(char: str) -> bool:
    """Does FTS5's unicode61 tokenizer take this character as part of a word? (Categories L*, N*, Co.)"""
    category = unicodedata.category(char)
    return category[0] in "LN" or category == "Co"


def _escape_like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
