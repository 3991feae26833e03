# ruff: noqa: RUF001 (punctuation of many languages looks alike, and is meant)
"""What a model's markup looks like: patterns that can also tell whether a text may still become one.

Pure. Each pattern is a row of atoms, from which two expressions are made: one for the whole
marker and one for any beginning of it. So a reader holds back exactly the characters that may
still turn out to be markup, and not one more. What becomes of a marker is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import cast

from alisa.protocol.tags import Emotion

EMOTIONS = frozenset(emotion.value for emotion in Emotion)


class Kind(Enum):
    """What a marker does."""

    EMOTION = auto()
    """names how she feels"""
    LABEL = auto()
    """announces an emotion: the word that follows is it (`[EMOTION]happy`, `<emotion>happy</emotion>`)"""
    THOUGHT = auto()
    """opens a passage that is not for the user's eyes"""
    CONTROL = auto()
    """says nothing to a person: a special token of the model, a closing tag"""
    ROLE = auto()
    """a special token after which the name of a role follows"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker that was recognised."""

    kind: Kind
    end: int
    """where it ends, as an index into the text"""
    value: str = ""
    """the emotion's name as written, in lower case; it may be unknown"""


class Unclear(Enum):
    """More characters are needed to decide."""

    UNCLEAR = auto()


UNCLEAR = Unclear.UNCLEAR
Reading = Mark | Unclear | None
"""A marker, not yet known, or plain text."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    whole: re.Pattern[str]
    begun: re.Pattern[str]

    def unfinished(self, text: str, pos: int) -> re.Match[str] | None:
        """The match if everything from `pos` to the end of the text may still become this marker."""
        found = self.begun.match(text, pos)
        return found if found and found.end() == len(text) else None


def _pattern(*atoms: str) -> _Pattern:
    begun = ""
    for atom in reversed(atoms):
        begun = rf"{atom}(?:\Z|{begun})" if begun else atom
    return _Pattern(re.compile("".join(atoms), re.IGNORECASE), re.compile(begun, re.IGNORECASE))


_EMOTION_TAG = _pattern("<", r"\s?", "/?", *"emotion", r"(?!\w)", r"(?P<inner>[^<>\n]{0,28})", ">")
_EMOTION_OPEN = re.compile(r"<\s?emotion\s{0,3}[=:]\s{0,3}[\"']?(?P<value>[\w-]{0,24})[\"']?", re.IGNORECASE)
_EMOTION_BRACKET = _pattern(r"\[", r"\s?", *"emotion", r"(?!\w)", r"(?P<inner>[^\[\]<>\n]{0,28})", r"\]")
_SPECIAL = _pattern("<", "[|｜]", r"(?P<name>[^\s|｜<>]{1,48})", "[|｜]", ">")
_WORD_TAG = _pattern("<", "/?", r"(?P<word>[a-z_]{0,16})", r"\s?", "/?", ">")
_WRAPPED = _pattern(r"[(\[{*_]", r"\*?", r"(?P<word>[a-z]{1,8})", r"[)\]}*_]")
_LABELLED = _pattern(
    r"\*{0,2}", *"emotion", r"\*{0,2}", r"\s?", "[:=]", r"\*{0,2}", r"\s{0,2}", r"(?P<word>[a-z]{0,8})", r"(?![a-z])"
)
_FOLLOWING = re.compile(r"(?P<space>\s{0,2})[\"']?(?P<word>[\w-]{0,24})[\"']?")

THOUGHT_END = re.compile(r"</(?:think|thinking|thought)\s?>", re.IGNORECASE)
THOUGHT_END_CHARS = len("</thinking >")

_WORD_TAGS = {
    **dict.fromkeys(("think", "thinking", "thought"), Kind.THOUGHT),
    **dict.fromkeys(("end_of_turn", "start_of_turn", "eos", "bos"), Kind.CONTROL),
    **dict.fromkeys(EMOTIONS, Kind.EMOTION),
}
_ROLE_TOKENS = frozenset({"start_header_id", "im_start", "header_start"})
_ROLES = frozenset({"system", "user", "assistant", "tool", "model", "ipython"})

_GOES_ON = frozenset(
    {
        "a", "about", "again", "and", "anniversary", "are", "as", "at", "because", "birthday", "business",
        "but", "by", "christmas", "day", "days", "down", "easter", "ending", "enough", "for", "halloween",
        "holidays", "hour", "i", "i'm", "if", "in", "is", "it", "it's", "monday", "friday", "saturday",
        "sunday", "thursday", "tuesday", "wednesday", "new", "news", "not", "now", "of", "on", "or", "people",
        "person", "place", "question", "so", "songs", "story", "stuff", "than", "that", "the", "then", "there",
        "thing", "things", "though", "times", "to", "today", "too", "tonight", "valentine's", "voice", "was",
        "waters", "we", "weather", "weekend", "were", "when", "with", "you", "you're",
    }
)  # fmt: skip
_FEASTS = frozenset(
    {
        "anniversary", "birthday", "christmas", "diwali", "easter", "eid", "friday", "halloween", "hanukkah",
        "holidays", "monday", "new", "saturday", "sunday", "thanksgiving", "thursday", "tuesday", "valentine's",
        "wednesday",
    }
)  # fmt: skip
_CLOSES_BARE = ":：|\n\r"
_OPENS_SPEECH = '"“„«「『¡¿'


def read(text: str, pos: int, *, before: str, leading: bool, felt: bool, final: bool) -> Reading:
    """What stands at `pos`.

    `before` is the character before it. `leading`: nothing visible came yet. `felt`: the emotion is known already.
    `final`: no more characters will come, so that the answer is never `UNCLEAR`.
    """
    char = text[pos]
    if char == "<":
        return _angle(text, pos, before=before, leading=leading, final=final)
    reading: Reading = None
    if char == "[":
        reading = _bracket(text, pos, final=final)
    if reading is None and leading:
        if char in "([{*_":
            reading = _wrapped(text, pos, final=final)
        if reading is None and not felt and (char.isalpha() or char == "*"):
            reading = _labelled(text, pos, final=final) or _bare(text, pos, final=final)
    return reading


def read_value(text: str, pos: int, *, final: bool) -> Reading:
    """The emotion after a label. None: what follows is her words."""
    found = _following(text, pos)
    if found.end() == len(text) and not final:
        return UNCLEAR
    word, glued = found["word"], not found["space"]
    known, alone = word.lower() in EMOTIONS, text[found.end() : found.end() + 1] in ("<", " ", "\n", "")
    if (known and (glued or word.islower())) or (glued and word.islower() and alone):
        return Mark(Kind.EMOTION, found.end(), word.lower())
    return None


def read_role(text: str, pos: int, *, final: bool) -> Reading:
    """The name of a role after the token that announces it."""
    found = _following(text, pos)
    if found.end() == len(text) and not final:
        return UNCLEAR
    return Mark(Kind.CONTROL, found.end()) if found["word"] in _ROLES else None


def _following(text: str, pos: int) -> re.Match[str]:
    return cast("re.Match[str]", _FOLLOWING.match(text, pos))  # every part of it may be empty: it always matches


def _angle(text: str, pos: int, *, before: str, leading: bool, final: bool) -> Reading:
    if found := _EMOTION_TAG.whole.match(text, pos):
        return _emotion(found["inner"], found.end(), closing=text.startswith("</", pos))
    if found := _SPECIAL.whole.match(text, pos):
        return Mark(Kind.ROLE if found["name"].lower() in _ROLE_TOKENS else Kind.CONTROL, found.end())
    if found := _WORD_TAG.whole.match(text, pos):
        return _word_tag(text, pos, found, before)
    word = _WORD_TAG.unfinished(text, pos)
    begun = _EMOTION_TAG.unfinished(text, pos) or (word and _may_become(word["word"] or "", _WORD_TAGS))
    if not final and (begun or _SPECIAL.unfinished(text, pos)):
        return UNCLEAR
    if found := _EMOTION_OPEN.match(text, pos):  # she forgot to close it
        return Mark(Kind.EMOTION, found.end(), found["value"].lower())
    if begun and leading and len(text) - pos >= len("<em"):  # cut off in the middle of the tag
        return Mark(Kind.CONTROL, len(text))
    return None


def _word_tag(text: str, pos: int, found: re.Match[str], before: str) -> Mark | None:
    word = found["word"].lower()
    kind = _WORD_TAGS.get(word)
    if kind is None or before == "`":  # `<think>` in backticks is spoken about, not used
        return None
    if text.startswith("</", pos):
        kind = Kind.CONTROL
    if word == "start_of_turn":
        kind = Kind.ROLE
    return Mark(kind, found.end(), word if kind is Kind.EMOTION else "")


def _bracket(text: str, pos: int, *, final: bool) -> Reading:
    if found := _EMOTION_BRACKET.whole.match(text, pos):
        return _emotion(found["inner"], found.end())
    return UNCLEAR if not final and _EMOTION_BRACKET.unfinished(text, pos) else None


def _emotion(inner: str, end: int, *, closing: bool = False) -> Mark | None:
    """The marker with this between the word "emotion" and the closing bracket."""
    words = re.findall(r"[^\W_]+", inner.lower())
    known = next((word for word in words if word in EMOTIONS), None)
    if known or inner.lstrip()[:1] in ("=", ":"):
        return Mark(Kind.EMOTION, end, known or " ".join(words))
    if words:
        return None
    return Mark(Kind.CONTROL if closing else Kind.LABEL, end)


def _wrapped(text: str, pos: int, *, final: bool) -> Reading:
    """`(happy)`, `[happy]`, `*happy*`, `**happy**` before the first word."""
    if found := _WRAPPED.whole.match(text, pos):
        word, end, starred = found["word"], found.end(), text[pos] in "*_"
        if word.lower() not in EMOTIONS or (starred and not word.islower()):
            return None
        if starred:
            if text.startswith("*", end):
                end += 1
            if end == len(text) and not final:
                return UNCLEAR
            if not text[end : end + 1].isspace() and end < len(text):
                return None
        return Mark(Kind.EMOTION, end, word.lower())
    begun = None if final else _WRAPPED.unfinished(text, pos)
    return UNCLEAR if begun and _may_become(begun["word"] or "", EMOTIONS) else None


def _labelled(text: str, pos: int, *, final: bool) -> Reading:
    """`Emotion: happy` before the first word."""
    begun = None if final else _LABELLED.unfinished(text, pos)
    if begun and _may_become(begun["word"] or "", EMOTIONS):
        return UNCLEAR
    found = _LABELLED.whole.match(text, pos)
    if found and found["word"].lower() in EMOTIONS:
        return Mark(Kind.EMOTION, found.end(), found["word"].lower())
    return None


def _bare(text: str, pos: int, *, final: bool) -> Reading:
    """An emotion's name as the first word, where it is clearly not a word of hers.

    "happy Hello!", "happy: hello" and "Happy\\nHello" name an emotion; "Happy birthday!", "Calm down", "sad to hear
    that" and a reply that is nothing but "Happy" are speech.
    """
    word, end = _letters(text, pos)
    if end == len(text) and not final:
        return UNCLEAR if _may_become(word, EMOTIONS) else None
    if word.lower() not in EMOTIONS:
        return None
    next_at = end + len(text[end:]) - len(text[end:].lstrip(" \t"))
    if next_at == len(text):
        return None if final else UNCLEAR
    after = text[next_at]
    mark = Mark(Kind.EMOTION, next_at, word.lower())
    if after in _CLOSES_BARE:
        if text[next_at + 1 :].strip():
            return Mark(Kind.EMOTION, next_at + 1, word.lower())
        return None if final else UNCLEAR
    if not word.islower() or next_at == end:
        return None
    if after.isalpha():
        following, following_end = _letters(text, next_at, also="'’")
        if following_end == len(text) and not final:
            return UNCLEAR
        return None if _belongs_together(following.replace("’", "'")) else mark
    return mark if after in _OPENS_SPEECH else None


def _belongs_together(following: str) -> bool:
    """Whether an emotion's name and this word are the beginning of an English sentence."""
    return following in _GOES_ON or (following.istitle() and following.lower() in _FEASTS)


def _letters(text: str, pos: int, also: str = "") -> tuple[str, int]:
    end = pos
    while end < len(text) and (text[end].isalpha() or text[end] in also):
        end += 1
    return text[pos:end], end


def _may_become(word: str, words: frozenset[str] | dict[str, Kind]) -> bool:
    beginning = word.lower()
    return any(candidate.startswith(beginning) for candidate in words)
