"""Whether words that were heard so far look finished. Pure, English.

It knows grammar's loose ends only, not meaning and not melody: an end-of-turn model knows more, where there is one.
"""

from __future__ import annotations

from enum import Enum

from voice.turns.tokens import phrase_set, word_set, words_of


class Look(Enum):
    """How an utterance looks at its end."""

    FINISHED = "finished"
    OPEN = "open"
    """it could be the end"""
    UNFINISHED = "unfinished"
    """something must follow"""


FILLERS = word_set("um uh er erm ehm uhm hmm hm mm like")
LOOSE_ENDS = word_set(
    "a an the and or but nor because cause if than whether unless until while although though since as my your "
    "our their every each very really quite such some any i'm you're we're they're it's that's there's he's "
    "she's i'll we'll you'll they'll i'd we'd you'd is are was were am be been has have had can could would "
    "will should shall may might must don't doesn't didn't can't couldn't won't wouldn't gonna wanna"
)
PREPOSITIONS = word_set(
    "of to with for from at into onto about between without within against during toward towards through"
)
QUESTION_WORDS = word_set("what why who whom whose when where which how")
OPENINGS = phrase_set(
    "i; you; so; well; can you; could you; would you; will you; do you; are you; can i; could i; may i; "
    "should i; do i; i want; i need; i think; i mean; i guess; i wonder; you know; let me; let's; tell "
    "me; show me; give me; what about; how about; what if; how much; how many; hey alisa"
)
"""what nobody means to leave alone, though it ends in no loose word"""
WHOLE = phrase_set(
    "yes; no; yeah; yep; nope; okay; ok; sure; thanks; thank you; hello; hi; bye; goodbye; good night; "
    "good morning; stop; louder; softer; quieter; please; never mind; of course; repeat that; be quiet; "
    "how are you; who are you; it is; yes it is; i am; i do; i can; what is it; who is it"
)
"""short, and complete all the same"""
WORDS_OF_A_SENTENCE = 3


def look_of(text: str) -> Look:
    """Return how these words look. Without words: OPEN."""
    words = words_of(text)
    if not words:
        return Look.OPEN
    ending = text.rstrip().rstrip("\"')")
    if ending.endswith(("...", "…", ",", "-", "\u2013", "\u2014", ":", ";")):
        return Look.UNFINISHED
    if tuple(words) in WHOLE:
        return Look.FINISHED
    if words[-1] in FILLERS or tuple(words) in OPENINGS:
        return Look.UNFINISHED
    if ending.endswith(("?", "!", ".")):  # a recogniser that punctuates has listened to the melody
        return Look.FINISHED if len(words) > 1 else Look.OPEN
    if _hangs(words):
        return Look.UNFINISHED
    return Look.FINISHED if len(words) >= WORDS_OF_A_SENTENCE else Look.OPEN


def _hangs(words: list[str]) -> bool:
    last = words[-1]
    if last in LOOSE_ENDS:
        return True
    asks = words[0] in QUESTION_WORDS
    if last in PREPOSITIONS:
        return not asks or len(words) < WORDS_OF_A_SENTENCE  # "where are you from" is whole
    return last in QUESTION_WORDS and (len(words) == 1 or last in {"what", "which", "whose", "how"})
