"""Where a sentence goes on when the voice that spoke it broke off. Pure.

What was handed out will be heard and cannot be taken back. So the next voice begins with the first word that
was not handed out whole: a word that was cut is spoken again, no word is lost and no other is repeated.
Where the broken voice told no words, the sentence is spoken again from its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence

from voice.tts.speech import WordMark

_TOLERANCE_SECONDS = 0.02
"""A word that lacks no more than this was spoken whole."""
_BETWEEN = " \t\r\n,;:.!?-)]}\"'\u2026\u2013\u2014\u2019\u201d"
"""What follows a word and is not the next one."""


def rest_of(text: str, words: Sequence[WordMark], until_s: float) -> str:
    """Return what is left to say after `until_s` seconds of sound; "" when all was said.

    `words` are in order, with their times; those that are not in the text, in order, are passed over.
    """
    place = 0
    for word in words:
        if word.end_s > until_s + _TOLERANCE_SECONDS:
            break
        found = text.find(word.text, place)
        if found >= 0:
            place = found + len(word.text)
    return text[place:].lstrip(_BETWEEN) if place else text
