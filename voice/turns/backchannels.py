"""Which words take the floor from her, and which only say "I am listening". Pure, English.

A partial transcript is judged against what she is saying at that moment: a microphone may hear her too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voice.turns.tokens import distance, phrase_set, word_set, words_of
from voice.turns.wake import addressed

BACKCHANNELS = word_set(
    "uh huh uh-huh uhhuh mhm mm-hm mm-hmm mmhm mm mmm hm hmm hmmm um uh er erm ah aha oh ooh wow yeah yep yup "
    "yes ya okay ok k right sure true nice cool great good exactly indeed really interesting alright mkay ha "
    "haha hahaha hah heh hehe huhhum ahem achoo phew"
)
"""said while listening; also what is made of a laugh, a cough and a sneeze"""
BETWEEN = word_set("i i'm see that's it's is the a an and know got it")
""""I see", "that's right": these add nothing to a back-channel, and alone they are what noise is taken for"""
CUTTING = word_set("stop wait no quiet enough shush hush pause cancel")
"""words that end her speech at once"""
DOUBTFUL = word_set("no")
"""of these, what a poor recogniser makes of "uh-huh", too"""
CUTTING_PHRASES = phrase_set("hold on; shut up; hang on; never mind; excuse me")
NEAR_LETTERS = 5
"""words of so many letters are the same with one letter misheard"""
OWN_SHARE = 0.6
"""of the words being hers, all of them are her echo"""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a partial transcript holds. `cuts`: a word that ends her speech. `words`: how many are the user's own."""

    cuts: bool = False
    doubtful: bool = False
    """it cuts by one word alone, which may have been an "uh-huh" for a poor recogniser"""
    words: int = 0
    own_echo: bool = False
    backchannel: bool = False


def judge(partial: str, saying: str, names: Sequence[str]) -> Judged:
    """Judge what was recognised while she says `saying` (the last and next few seconds of her words)."""
    words = words_of(partial)
    hers = words_of(saying)
    foreign = [word for word in words if not _said(word, hers)]
    if words and len(foreign) <= (1 - OWN_SHARE) * len(words) and not any(word in CUTTING for word in foreign):
        return Judged(own_echo=True)
    if _cuts(foreign) or (addressed(partial, names) is not None and addressed(saying, names) is None):
        return Judged(cuts=True, doubtful=len(foreign) == 1 and foreign[0] in DOUBTFUL, words=len(foreign))
    own = [word for word in foreign if word not in BACKCHANNELS and word not in BETWEEN and len(word) > 1]
    return Judged(words=len(own), backchannel=bool(foreign) and not own)


def _cuts(words: list[str]) -> bool:
    return any(word in CUTTING for word in words) or any(pair in CUTTING_PHRASES for pair in pairwise(words))


def _said(word: str, hers: list[str]) -> bool:
    return any(
        word == other or (min(len(word), len(other)) >= NEAR_LETTERS and distance(word, other) <= 1) for other in hers
    )
