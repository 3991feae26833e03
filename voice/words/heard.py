# ruff: noqa: RUF001 (punctuation and letters that look alike are what is told apart here)
"""Which of her words were really heard, by how much of their sound came out of the loudspeaker.

Pure. What was heard is told in the words that she wrote, as a beginning of her reply that ends with a word: a piece
that was spoken as several words ("3 GB") counts once all of them came out. Who plays the sound is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voice.words.speakable import Speakable

CUT_SECONDS = 0.05
"""A word that lacks no more than this at its end was heard."""
CHARS_PER_SECOND = 14.0
"""Lively English speech: 165 words a minute at five letters and a space."""
_PAUSE_CHARS = {",": 3, ";": 4, ":": 4, ".": 6, "!": 6, "?": 6, "…": 7}
"""how long a pause sounds, in letters: espeak-ng's pauses of 0.2 to 0.5 s at CHARS_PER_SECOND"""
_LOOK_AHEAD = 120
"""An engine's word is looked for no further than this behind the last one that was found, in characters."""
_SPACELESS = "\u0e00-\u0e7f\u3001-\u30ff\u3400-\u9fff"
"""Thai, Japanese and Chinese letters and the signs between them"""
_WORD = re.compile(rf"[{_SPACELESS}]|(?:(?![{_SPACELESS}])[^\W_])+(?:['’-](?:(?![{_SPACELESS}])[^\W_])+)*")
_ONE_SPACELESS = re.compile(f"[{_SPACELESS}]")
_LETTERS = re.compile(r"[^\W_]+")
_JOINED_AFTER = re.compile(r"(?:[。！？｡．，、；：][\"'”’»)\]}*_`」』）]*|\w—)\Z")


class Marked(Protocol):
    """A word and when it is spoken, in seconds from the first sample of its sentence."""

    @property
    def text(self) -> str:
        """The word as the engine names it."""

    @property
    def start_s(self) -> float:
        """When it begins."""

    @property
    def end_s(self) -> float:
        """When it is over."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence of a reply and how much of it was played."""

    words: Speakable
    rate: int
    """samples per second"""
    samples: int
    """how many it has, or has so far"""
    played: int
    """how many of them are out"""
    complete: bool = True
    """whether all samples are there; while they are still being made, its length is guessed from its words"""
    marks: Sequence[Marked] | None = None


def heard_words(utterance: Utterance) -> str:
    """The beginning of the sentence, as it was written, that was heard."""
    text = utterance.words.original
    if is_heard(utterance):
        return text
    return text[: _word_end(text, utterance.words.original_until(_spoken_chars(utterance)))]


def is_heard(utterance: Utterance) -> bool:
    """Whether the whole sentence was heard. One without a sound has been as soon as it is its turn."""
    if not _WORD.search(utterance.words.text):
        return True
    spare = int(CUT_SECONDS * utterance.rate)
    return utterance.complete and 0 < utterance.samples <= utterance.played + spare


def heard_reply(utterances: Sequence[Utterance]) -> str:
    """The beginning of the reply that was heard: its sentences in order, up to the first that was not heard whole."""
    sentences: list[str] = []
    for utterance in utterances:
        sentences.append(heard_words(utterance))
        if not is_heard(utterance):
            break
    while sentences and not sentences[-1]:
        sentences.pop()
    return joined(sentences)


def joined(sentences: Sequence[str]) -> str:
    """The reply of these sentences, as far as one can tell: the hub cuts white space off them, not within them."""
    parts: list[str] = []
    for before, sentence in zip(("", *sentences), sentences, strict=False):
        parts += ["" if not before or _JOINED_AFTER.search(before) else " ", sentence]
    return "".join(parts)


def _spoken_chars(utterance: Utterance) -> int:
    """How many characters of the spoken text are out, up to the end of a word."""
    if utterance.marks:
        return _by_marks(utterance.words.text, utterance.marks, utterance.played / utterance.rate)
    return _by_share(utterance.words.text, _share(utterance))


def _by_marks(text: str, marks: Sequence[Marked], seconds: float) -> int:
    """Where the last word ends that came out whole; words that the engine names in its own way are passed over."""
    at = heard = 0
    folded = text.lower() if len(text.lower()) == len(text) else text
    for mark in marks:
        found = _find(folded, mark.text, at)
        if found is None:
            continue
        if mark.end_s - CUT_SECONDS > seconds:
            break
        at = heard = found
    return heard


def _find(text: str, word: str, start: int) -> int | None:
    """Where a word of the engine ends in the text, searched from a place on."""
    letters = _LETTERS.findall(word.lower())
    if not letters:
        return None
    wanted = re.compile(r"[\W_]*".join(map(re.escape, letters)) + r"(?![^\W_])")
    found = wanted.search(text, start, min(len(text), start + _LOOK_AHEAD + len(word)))
    return found.end() if found else None


def _share(utterance: Utterance) -> float:
    guessed = 0.0
    if not utterance.complete:
        guessed = _weight(utterance.words.text, len(utterance.words.text)) / CHARS_PER_SECOND * utterance.rate
    total = max(float(utterance.samples), guessed)
    return utterance.played / total if total > 0 else 0.0


def _by_share(text: str, share: float) -> int:
    """Where the last word ends that came out whole, if every letter takes as long and a pause as long as a few."""
    budget = share * _weight(text, len(text))
    heard = 0
    spent = 0.0
    done = 0
    for word in _WORD.finditer(text):
        spent += _weight(text[done : word.end()], word.end() - done)
        done = word.end()
        if spent > budget:
            break
        heard = done
    return heard


def _weight(text: str, chars: int) -> float:
    return chars + float(sum(_PAUSE_CHARS.get(char, 0) for char in text))


def _word_end(text: str, at: int) -> int:
    """The last end of a word up to a place in the text. Scripts without spaces end a word at every letter."""
    while at > 0 and not _ends_word(text, at):
        at -= 1
    return at


def _ends_word(text: str, at: int) -> bool:
    if text[at - 1].isspace():
        return False
    return at == len(text) or text[at].isspace() or bool(_ONE_SPACELESS.match(text[at - 1]))
