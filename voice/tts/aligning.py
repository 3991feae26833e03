"""Words with times, made of phonemes with times. Pure.

Phonemisers keep the spaces between words, but may join or split some (numbers, "to the"); then nothing is told
rather than something wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from voice.tts.speech import PhonemeMark, WordMark


def words_of(text: str, phonemes: Sequence[PhonemeMark]) -> list[WordMark]:
    """Return the words of `text` with their times; none where phonemes and words do not go together."""
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    groups: list[list[PhonemeMark]] = [[]]
    for phoneme in phonemes:
        if phoneme.symbol.isspace():
            groups.append([])
        elif any(map(str.isalnum, phoneme.symbol)):
            groups[-1].append(phoneme)
    spoken = [group for group in groups if group]
    if len(spoken) != len(words):
        return []
    return [WordMark(word, group[0].start_s, group[-1].end_s) for word, group in zip(words, spoken, strict=True)]
