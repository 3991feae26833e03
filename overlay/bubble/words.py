# ruff: noqa: RUF001 (punctuation of many languages looks alike, and is meant)
"""Words of others on their way to the screen: made harmless, bounded, cut into sentences, and timed for a reader.

Pure. All text that comes over the wire is data: nothing in it may command a window, turn the writing around or
fill the screen. Who said it, and whether it is shown, is not known here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from alisa.protocol.text import made_whole

PIECE_CHARS = 220
"""The longest piece that is read and scrolled as one, in characters."""
WORDS_PER_SECOND = 3.0
"""A slow reader: silent reading of English goes at about 238 words a minute (Brysbaert 2019), 4 a second."""
LEAST_SECONDS, MOST_SECONDS = 1.6, 12.0
"""The shortest and the longest time that one piece is given."""
_CHARS_PER_WORD = 6
_WIDE_PER_WORD = 2
"""Characters to a word, for scripts without spaces: two in Chinese and Japanese."""
_MOST_MARKS = 3
"""Combining marks on one letter; more would climb over the lines above."""
_JOINERS = "\u200c\u200d"
"""Joiners: Persian and emoji are not themselves without them."""

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_WIDE_ENDS = "。！？｡．"
_CLOSERS = "\"'”’»)]}*_`」』）"
_CLOSED = rf"[{re.escape(_CLOSERS)}]*"
_END = re.compile(
    rf"(?<=[.!?…؟।]){_CLOSED}(?=\s)|(?<=[{_WIDE_ENDS}]){_CLOSED}(?=[^{_WIDE_ENDS}{re.escape(_CLOSERS)}])|(?=\n)"
)
_NO_END = re.compile(r"(?:^|\s)(?:\d{1,3}|[A-HJ-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|vs|cf)\.$")
_SPACES = re.compile(r"[^\S\n]+")


def harmless(text: str) -> str:
    """The text without what is not meant for eyes.

    Control characters, overrides of the writing direction, invisible characters (joiners excepted), half characters
    and heaps of combining marks go; the line breaks of all systems become `\\n`, at most two in a row.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", made_whole(text)).replace("\t", " ")
    kept: list[str] = []
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks > _MOST_MARKS or (kind in ("Cc", "Cf", "Cs", "Co", "Cn") and char not in "\n" + _JOINERS):
            continue
        kept.append(char)
    return re.sub(r"\n{3,}", "\n\n", "".join(kept))


def one_line(text: str, most: int) -> str:
    """The text on one line. What is longer than `most` characters loses its middle, and says how much is missing:
    the end of a path or a command matters as much as its beginning."""
    if len(text) > 16 * most:
        head, tail = _flat(text[: 4 * most]), _flat(text[-4 * most :])
    else:
        head = tail = _flat(text)
        if len(head) <= most:
            return head
    head, tail = head[: most * 2 // 3], tail[-(most // 3) :]
    return f"{head} … ({len(text) - len(head) - len(tail):,} more characters) … {tail}"


def split_sentences(text: str) -> tuple[list[str], str]:
    """The complete sentences of a text that still grows, and its rest. A line break ends a sentence and stays in it."""
    out: list[str] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end() + (text[match.end() : match.end() + 1] == "\n")
        sentence = text[start:end]
        if not any(char.isalnum() for char in sentence) or _NO_END.search(sentence):
            continue
        out.append(sentence)
        start = end
    return out, text[start:]


def pieces(sentence: str, most: int = PIECE_CHARS) -> list[str]:
    """The sentence in pieces of at most `most` characters, cut after words where it has any."""
    out: list[str] = []
    rest = _SPACES.sub(" ", sentence).lstrip()
    while len(rest.rstrip()) > most:
        cut = max(rest.rfind(" ", most // 3, most), rest.rfind("\n", most // 3, most)) + 1
        if cut == 0:
            cut = whole_characters(rest, most)
        out.append(rest[:cut])
        rest = rest[cut:].lstrip(" ")
    if rest.strip():
        out.append(rest)
    return out


def joined(texts: list[str]) -> str:
    """Pieces of one reply as one text: a space between them, where neither a line break nor the script does without."""
    out = ""
    for text in texts:
        if out and not out[-1].isspace() and out.rstrip(_CLOSERS)[-1:] not in _WIDE_ENDS:
            out += " "
        out += text.lstrip(" ") if out else text.lstrip()
    return out.rstrip()


def reading_seconds(text: str) -> float:
    """How long a person needs for this text, within the bounds of one piece."""
    wide = sum(1 for char in text if unicodedata.east_asian_width(char) in "WF")
    narrow = sum(1 for char in text if not char.isspace()) - wide
    words = max(len(text.split()), narrow / _CHARS_PER_WORD) + wide / _WIDE_PER_WORD
    return min(MOST_SECONDS, max(LEAST_SECONDS, words / WORDS_PER_SECOND))


def whole_characters(text: str, at: int) -> int:
    """The nearest place at or before `at`, and after the first character, that does not cut a visible character."""
    cut = at
    while cut > 1 and cut < len(text) and _continues(text[cut - 1], text[cut]):
        cut -= 1
    return cut if cut > 1 else max(1, at)


def _flat(text: str) -> str:
    return _SPACES.sub(" ", harmless(text).strip().replace("\n", " ⏎ "))


@lru_cache(maxsize=4096)
def _continues(before: str, char: str) -> bool:
    return before in _JOINERS or char in _JOINERS or unicodedata.category(char) in ("Mn", "Me", "Mc", "Sk")
