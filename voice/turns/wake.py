"""Whether she is called by name, as a transcript has it. Pure.

A recogniser that does not know the name writes what sounds like it: "elisa", "alyssa", "a lisa". Words are compared by
how they sound, roughly: vowels at the edges are alike, and so are letters that stand for one sound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from voice.turns.tokens import WORD, word_set, words_of

CALLS = word_set("hey hi hello hallo ok okay so um uh oh well yo please dear now listen")
"""what may stand before a name that calls"""
MOST_CALLS = 3
SPEAKS_OF = word_set(
    "to about with for of from and or is was called named love like know met tell told ask asked my your her "
    "his the a an by than as that's i'm meet see saw miss not"
)
"""before a name at the end these make it somebody who is spoken of"""
NEVER_JOINED = word_set("is so it us said says see say was as a an the i you he she we they in on of to and well if")
"""words that are themselves: not the second half of a name"""
SPELLINGS = (
    ("ph", "f"),
    ("sch", "sh"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "sy"),
    ("z", "s"),
    ("y", "i"),
    ("ee", "i"),
    ("ea", "i"),
    ("ie", "i"),
    ("ei", "i"),
    ("ey", "i"),
    ("ay", "e"),
    ("c", "k"),
    ("q", "k"),
)


def addressed(text: str, names: Sequence[str]) -> str | None:
    """Return the text without her name if it calls her, at its beginning or its end; None if it does not.

    "Alisa, what is it?" gives "what is it?"; her name alone gives "".
    """
    spans = [match.span() for match in WORD.finditer(text)]
    words = [words_of(text[start:end])[0] for start, end in spans if words_of(text[start:end])]
    if not words or len(words) != len(spans):
        return None
    for before in range(min(MOST_CALLS, len(words) - 1) + 1):
        if any(word not in CALLS for word in words[:before]):
            break
        taken = _name_at(words, before, names)
        if taken:
            return text[spans[before + taken - 1][1] :].lstrip(" ,.;:!?-\u2013—…").strip()
    return _called_at_the_end(text, words, spans, names)


def _called_at_the_end(text: str, words: list[str], spans: list[tuple[int, int]], names: Sequence[str]) -> str | None:
    for length in (1, 2):
        at = len(words) - length
        if at > 0 and _name_at(words, at, names) == length and words[at - 1] not in SPEAKS_OF:
            end = text[spans[-1][1] :].strip()
            mark = end[-1:] if end[-1:] in "?!." else ""
            return text[: spans[at][0]].rstrip(" ,;:-\u2013\u2014").strip() + mark
    return None


def _name_at(words: list[str], at: int, names: Sequence[str]) -> int:
    """How many words from there on sound like one of the names: 0, 1 or 2."""
    if at < len(words) and any(sounds_like(words[at], name) for name in names):
        return 1
    if at + 1 < len(words) and words[at + 1] not in NEVER_JOINED and len(words[at]) <= 3:
        joined = words[at] + words[at + 1]
        if any(sound(joined) == sound(name) for name in names):
            return 2
    return 0


def sounds_like(word: str, name: str) -> bool:
    """Return whether a recogniser may have meant this name: it sounds the same, or has lost its first, weak vowel."""
    word = word.removesuffix("'s")
    heard, meant = sound(word), sound(name)
    if heard == meant:
        return True
    return len(meant) >= 5 and meant[0] == "a" and heard == meant[1:]


@lru_cache(maxsize=1024)
def sound(word: str) -> str:
    """Return roughly how a word sounds: "alisa" for Alyssa, Elisa, Eliza and Alissa."""
    heard = "".join(char for char in word.lower() if char.isalpha())
    for written, spoken in SPELLINGS:
        heard = heard.replace(written, spoken)
    heard = re.sub(r"(.)\1+", r"\1", heard)
    heard = re.sub(r"(?<=[aeiou])h$", "", heard)
    heard = re.sub(r"(?<=[^aeiou])e$", "", heard)  # a mute e
    heard = re.sub(r"^[aeiou]+", "a", heard)
    return re.sub(r"[aou]+$", "a", heard)
