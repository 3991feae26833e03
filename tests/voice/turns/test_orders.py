"""The whole utterance is an order, or it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.turns.orders import PHRASES, Order, order_of


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Stop.", Order.STOP),
        ("stop stop stop stop", Order.STOP),
        ("please stop talking now", Order.STOP),
        ("okay, that's enough, thanks!", Order.STOP),
        ("Wait a second.", Order.STOP),
        ("never mind", Order.STOP),
        ("be quiet", Order.QUIET),
        ("Could you please be quiet?", Order.QUIET),
        ("Shh!", Order.QUIET),
        ("alisa be quiet for a moment", Order.QUIET),
        ("unmute", Order.SPEAK),
        ("Alisa, you can speak again now", Order.SPEAK),
        ("please talk to me again", Order.SPEAK),
        ("louder", Order.LOUDER),
        ("a little louder please", Order.LOUDER),
        ("speak up", Order.LOUDER),
        ("Sorry, I can\u2019t hear you.", Order.LOUDER),
        ("can you turn the volume up a bit", Order.LOUDER),
        ("softer please", Order.SOFTER),
        ("could you speak more softly", Order.SOFTER),
        ("turn it down", Order.SOFTER),
        ("you're too loud", Order.SOFTER),
        ("repeat that", Order.REPEAT),
        ("sorry, can you say that again please?", Order.REPEAT),
        ("What did you say?", Order.REPEAT),
        ("once more", Order.REPEAT),
    ],
)
def test_an_order(text: str, order: Order) -> None:
    """In the words that people use, politely or not."""
    assert order_of(text) is order


@pytest.mark.parametrize(
    "text",
    [
        "",
        "don't stop",
        "please don't be quiet",
        "do not repeat that",
        "stop the timer",
        "where does the bus stop",
        "why are you so quiet",
        "speak of the devil",
        "tell me what you can say",
        "you can talk to him",
        "tell me about the quiet place",
        "repeat after me",
        "is it louder than a train",
        "can you turn up the heating",
        "wait for the rain",
        "what did you say to him",
        "no",
        "please",
        "okay okay",
        "could you",
        "thanks",
    ],
)
def test_no_order(text: str) -> None:
    """A word of an order inside a sentence is none, and neither is its contrary."""
    assert order_of(text) is None


phrases = st.sampled_from([(phrase, order) for order, listed in PHRASES.items() for phrase in listed.split("; ")])


@given(
    phrases,
    st.sampled_from(["", "please ", "Hey Alisa, ", "could you "]),
    st.sampled_from(["", " please.", "!", " now"]),
)
def test_politeness_changes_nothing(phrase: tuple[str, Order], before: str, after: str) -> None:
    """Every phrase is its order, with what is polite around it."""
    text, order = phrase
    assert order_of(f"{before}{text.capitalize()}{after}") is order


@given(phrases, st.sampled_from(["don't", "do not", "never", "why did you", "the"]))
def test_a_contrary_is_no_order(phrase: tuple[str, Order], before: str) -> None:
    """What is denied, asked or named is not ordered."""
    assert order_of(f"{before} {phrase[0]}") is None


@given(st.text())
def test_any_text(text: str) -> None:
    """Whatever a recogniser writes."""
    assert order_of(text) in {None, *Order}
