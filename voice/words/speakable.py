"""Text made speakable: what she wrote for the eye becomes words for the ear, in English or as they are.

`speakable` never raises, never makes words of nothing, never drops all the words of a text, and leaves alone what it
made itself. Which letter came from where is kept, so that what was heard can be told in her own words. One step
after the other, each in a module of its own; no step reads ahead without bound, so the work grows with the text only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from voice.words.abbreviations import abbreviations
from voice.words.addresses import foreign_links, links, mail, paths
from voice.words.aligned import Aligned, in_order
from voice.words.code import code
from voice.words.dates import dates, times, years
from voice.words.markup import lines, markdown, numbered, tags
from voice.words.quantities import quantities
from voice.words.roman import roman
from voice.words.shouting import shouting
from voice.words.symbols import faces, menus, signs
from voice.words.tidy import plain, tidy

_WORD = re.compile(r"[^\W_]")
_SETTLING_ROUNDS = 6

_without_marks = in_order(plain, code, tags)
_in_english = in_order(
    links,
    mail,
    faces,
    markdown,
    numbered,
    lines,
    menus,
    dates,
    times,
    years,
    roman,
    paths,
    quantities,
    abbreviations,
    signs,
    tidy,
)
_as_it_is = in_order(foreign_links, faces, markdown, lines, tidy)
_read_words = in_order(abbreviations, shouting, tidy)


@dataclass(frozen=True, slots=True)
class Speakable:
    """A text as it is to be spoken, and where in the original each of its characters came from."""

    text: str
    original: str
    origins: tuple[int, ...]
    """for each character of `text`, a position in `original`; never falling"""

    def original_until(self, spoken_chars: int) -> int:
        """How many characters of the original are said, when so many of the spoken text are. A piece of the original
        that became several words counts once all of them are said; what goes unsaid counts with what is before it."""
        if not _WORD.search(self.text, 0, spoken_chars):
            return 0
        following = _WORD.search(self.text, spoken_chars)
        if following is None:
            return len(self.original)
        return self.origins[following.start()]


def speakable(text: str, *, english: bool = True) -> str:
    """The words to speak for a text; "" where it has none. See `speakable_with_map`."""
    return speakable_with_map(text, english=english).text


def speakable_with_map(text: str, *, english: bool = True) -> Speakable:
    """The words to speak, with their origins. `english`: numbers, signs and abbreviations are said in English;
    otherwise they are left to an engine that knows the language, and only what is for the eye is taken out."""
    unmarked = _without_marks(Aligned(text))
    spoken = _settle(unmarked, english=english)
    if not _WORD.search(spoken.text) and _WORD.search(unmarked.text):
        spoken = _settle(unmarked.sub(re.compile(r"[\W_]+"), " "), english=english)
    return Speakable(spoken.text, text, tuple(spoken.origins))


def _settle(unmarked: Aligned, *, english: bool) -> Aligned:
    """All further steps, and then those that may find something in what they made, until nothing changes."""
    first, again = (_in_english, _read_words) if english else (_as_it_is, _as_it_is)
    settled = first(unmarked)
    for _ in range(_SETTLING_ROUNDS):
        before, settled = settled, again(settled)
        if settled.text == before.text:
            break
    return settled
