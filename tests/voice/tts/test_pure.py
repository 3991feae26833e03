"""The pure parts: where a sentence goes on, who rests, what is kept, words out of phonemes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voice.tts.aligning import words_of
from voice.tts.cache import Line, SpeechCache
from voice.tts.resting import FIRST_REST_SECONDS, LONGEST_REST_SECONDS, Resting
from voice.tts.resume import rest_of
from voice.tts.speech import Audio, PhonemeMark, WordMark

WORDS = st.lists(st.sampled_from(["the", "cat", "the", "mat", "don't", "über", "x"]), min_size=1, max_size=8)


def marks(words: list[str]) -> list[WordMark]:
    return [WordMark(word, place * 1.0, place + 1.0) for place, word in enumerate(words)]


@given(WORDS, st.integers(0, 8), st.sampled_from([" ", ", ", ". ", " - "]))
def test_the_rest_begins_with_the_first_word_not_handed_out(words: list[str], whole: int, between: str) -> None:
    """Whatever stands between words, and however often a word is repeated."""
    rest = rest_of(between.join(words) + ".", marks(words), whole + 0.5)
    assert rest.rstrip(".").split(between) == (words[whole:] or [""])


@given(st.text(max_size=40), st.lists(st.text(max_size=5), max_size=6), st.floats(0, 10))
def test_the_rest_is_always_an_end_of_the_text(text: str, words: list[str], until: float) -> None:
    """Also where an engine tells words that are not in it."""
    assert text.endswith(rest_of(text, marks(words), until))


@given(
    st.lists(st.tuples(st.sampled_from(["voice_away", "speech_died", "no_speech"]), st.floats(0, 1000)), max_size=20)
)
def test_no_rest_is_longer_than_the_longest(failures: list[tuple[str, float]]) -> None:
    """And one that spoke is free at once."""
    resting, at = Resting(), 0.0
    for code, pause in failures:
        at += pause
        resting.failed("x", code, at)
        assert not resting.rests("x", at + LONGEST_REST_SECONDS)
        assert resting.rests("x", at + FIRST_REST_SECONDS - 1) or code != "voice_away"
    resting.spoke("x")
    assert not resting.rests("x", at)
    assert not resting.until()


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 60)), max_size=60))
def test_the_cache_is_bounded(puts: list[tuple[int, int]]) -> None:
    """Whatever is put into it; and what is in it is what was put there last."""
    cache, last = SpeechCache(1000), {}
    for name, size in puts:
        line = Line("engine", "voice", 1.0, 0.0, str(name))
        sound = (Audio(np.full(size, name, np.float32), 8000),)
        cache.put(line, sound)
        if sound[0].samples.nbytes <= 250:
            last[line] = sound
        assert cache.bytes <= 1000
    for line, sound in last.items():
        assert cache.get(line) in (None, sound)
    cache.clear()
    assert cache.bytes == 0


def test_what_was_said_last_stays() -> None:
    """The line that was not said for longest goes first."""
    cache = SpeechCache(1000)
    lines = [Line("engine", "voice", 1.0, 0.0, str(number)) for number in range(5)]
    for line in lines[:4]:
        cache.put(line, (Audio(np.zeros(62, np.float32), 8000),))
    cache.get(lines[0])
    cache.put(lines[4], (Audio(np.zeros(62, np.float32), 8000),))
    assert [cache.get(line) is not None for line in lines] == [True, False, True, True, True]


def test_words_out_of_phonemes() -> None:
    """Where they go together; else none, rather than wrong ones."""
    phonemes = [PhonemeMark(symbol, place / 10, (place + 1) / 10) for place, symbol in enumerate("həl\u02c8oʊ, ðɛɹ.")]
    assert words_of("Hello, there.", phonemes) == [WordMark("Hello,", 0.0, 0.6), WordMark("there.", 0.8, 1.1)]
    assert words_of("Hello, 42 there.", phonemes) == []
    assert words_of("", []) == []
