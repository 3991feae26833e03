"""Which words are listened for."""

from __future__ import annotations

from voice.stt.vocabulary import likely_words

DICTIONARY = """a AH
a(2) EY
alisa AH L IY S AH
hello HH AH L OW
munn M AH N
zych Z AY CH
"""
SCORES = {"a": -1.0, "hello": -2.0, "munn": -8.0, "alisa": -9.0}


def test_the_likeliest_words_stay_with_all_their_pronunciations() -> None:
    """In the order of the dictionary; what the language model does not know goes."""
    kept = likely_words(DICTIONARY, lambda word: SCORES.get(word, -99.0), -99.0, [], count=2)
    assert kept == "a AH\na(2) EY\nhello HH AH L OW\n"


def test_names_stay_however_rare() -> None:
    """And names that nobody can pronounce are no reason to fail."""
    kept = likely_words(DICTIONARY, lambda word: SCORES.get(word, -99.0), -99.0, ["Alisa", "Xqzt"], count=1)
    assert kept == "a AH\na(2) EY\nalisa AH L IY S AH\n"
