"""She hears her name, also misheard, and only her name."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.turns.wake import addressed, sounds_like

NAMES = ("Alisa",)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Alisa, what time is it?", "what time is it?"),
        ("alisa", ""),
        ("Hey Alisa!", ""),
        ("hey elisa tell me a story", "tell me a story"),
        ("okay so alyssa what about tomorrow", "what about tomorrow"),
        ("Elissa stop", "stop"),
        ("eliza how are you", "how are you"),
        ("a lisa how are you", "how are you"),
        ("Lisa, are you there?", "are you there?"),
        ("What do you think, Alisa?", "What do you think?"),
        ("good night elisa", "good night"),
        ("thank you, Alisa.", "thank you."),
        ("Allissa — hello", "hello"),
    ],
)
def test_called(text: str, rest: str) -> None:
    """At the beginning or at the end, however a recogniser spells it; the rest is what was said."""
    called = addressed(text, NAMES)
    assert called == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what time is it",
        "I told Alisa about it yesterday",
        "have you met alisa",
        "I love Alisa",
        "all is well",
        "a list of things",
        "also tell me",
        "else what",
        "at least say it",
        "melissa is here",
        "is a lot to ask",
        "release it",
        "please listen",
        "kelly said",
    ],
)
def test_not_called(text: str) -> None:
    """She is spoken of, or not at all."""
    assert addressed(text, NAMES) is None


def test_few_words_of_a_dictionary_sound_like_her() -> None:
    """Of the 130,000 words that the built-in recogniser knows, two dozen at most are taken for her name."""
    spec = importlib.util.find_spec("pocketsphinx")
    assert spec is not None
    assert spec.submodule_search_locations
    lines = (Path(spec.submodule_search_locations[0]) / "model/en-us/cmudict-en-us.dict").read_text().splitlines()
    words = {line.split(maxsplit=1)[0].partition("(")[0] for line in lines}
    taken = {word for word in words if sounds_like(word, "Alisa")}
    assert {"alyssa", "elissa", "eliza", "lisa"} <= taken
    assert len(taken) <= 24, sorted(taken)
    assert not taken & {"lease", "least", "also", "list", "else", "listen", "less", "loose", "alas", "alice"}


def test_other_names() -> None:
    """She may be called otherwise."""
    assert addressed("hey nova stop", ("Alisa", "Nova")) == "stop"
    assert addressed("computer, lights", ("Computer",)) == "lights"
    assert addressed("hey nova stop", ()) is None


@given(st.text())
def test_any_text(text: str) -> None:
    """Whatever a recogniser writes: what is left is part of it."""
    called = addressed(text, NAMES)
    assert called is None or len(called) <= len(text) + 1


@given(st.sampled_from(["alisa", "Elisa", "ALYSSA", "elissa"]), st.sampled_from(["", "hey ", "okay "]))
def test_the_rest_is_unchanged(name: str, before: str) -> None:
    """What follows her name keeps its letters and marks."""
    assert addressed(f"{before}{name}, What's 3.5 % of It?", NAMES) == "What's 3.5 % of It?"
