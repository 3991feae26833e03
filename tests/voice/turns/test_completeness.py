"""Words look finished, open or unfinished."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.turns.completeness import Look, look_of


@pytest.mark.parametrize(
    "text",
    [
        "what time is it",
        "where are you from",
        "What are you looking at?",
        "turn the light on",
        "i would like some tea",
        "yes",
        "Thank you.",
        "who are you",
        "Tell me a story.",
    ],
)
def test_finished(text: str) -> None:
    """Whole sentences, and short answers that are whole."""
    assert look_of(text) is Look.FINISHED


@pytest.mark.parametrize(
    "text",
    [
        "and",
        "i went there and",
        "um",
        "i want to go to the um",
        "what",
        "how",
        "what about",
        "could you",
        "i think",
        "tell me about",
        "my favourite is",
        "because",
        "I was thinking that maybe,",
        "well...",
        "so what i mean is that you don't",
        "i have a question about the",
        "I am from",
    ],
)
def test_unfinished(text: str) -> None:
    """Loose ends: conjunctions, articles, fillers, a question word alone, beginnings."""
    assert look_of(text) is Look.UNFINISHED


@pytest.mark.parametrize("text", ["", "  ", "hello alisa", "maybe tomorrow", "dragons", "..?"])
def test_open(text: str) -> None:
    """Too little to tell."""
    assert look_of(text) in {Look.OPEN, Look.UNFINISHED if text.endswith("...") else Look.OPEN}


@given(st.text())
def test_any_text_has_a_look(text: str) -> None:
    """Whatever a recogniser writes."""
    assert look_of(text) in Look
