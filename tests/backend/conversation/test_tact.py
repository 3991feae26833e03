"""Nothing that she says unasked makes anybody feel guilty or afraid of missing something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.conversation.tact import INSTEAD, Tact, reproaches


@pytest.mark.parametrize(
    "sentence",
    [
        "Hey, did you forget about me?", "You never talk to me anymore.", "Why are you ignoring me?",
        "You left me all alone.", "Your keyboard gets more attention than I do.", "I'm so lonely without you.",
        "You should have been here.", "Please don\u2019t leave me!", "Don't go.", "I've been waiting for hours.",
        "Don't miss out on this!", "It's your last chance.", "You'll regret it.", "You promised!",
        "Do you even care?", "Everyone else is having fun.",
    ],
)  # fmt: skip
def test_guilt_and_hurry(sentence: str) -> None:
    """In the ways in which companions are known to press."""
    assert reproaches(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Welcome back! I kept your seat warm.", "It's not like I was waiting.", "Have some water.",
        "You've been suspiciously quiet. What are you up to?", "There's an error in main.py, line 42. Can I help?",
        "Don't forget your umbrella.", "Let me know if I can help.", "You should sleep.", "Don't stay up all night.",
        "I missed the joke.", "Leave the window open, it is warm.", "Your bed misses you.",
    ],
)  # fmt: skip
def test_teasing_and_care_stay(sentence: str) -> None:
    """What is only fond, useful or cheeky is hers to say."""
    assert not reproaches(sentence)


def said(*pieces: str) -> str:
    tact = Tact()
    return "".join([*map(tact.feed, pieces), tact.finish()])


def test_the_rest_is_left_out() -> None:
    """From the first such sentence on; a plain one stands where nothing is left; the rest is as it was written."""
    assert said("<emotion=happy> Hi the", "re. You nev", "er talk to me! Bye.") == "<emotion=happy> Hi there."
    assert said("<emotion=sad> Did you for", "get about me? Not that I mind.") == INSTEAD
    assert (
        said("<emotion=calm> Version 3.14 is", " out. Nice, isn't it?")
        == "<emotion=calm> Version 3.14 is out. Nice, isn't it?"
    )
    assert said("<emotion=sad>\n", "Shame on you!") == f"<emotion=sad>\n{INSTEAD}", "a feeling alone is nothing said"
    assert said("") == said() == ""


@given(st.lists(st.text(max_size=30), max_size=12))
def test_whatever_is_not_held_back_comes_as_it_was(pieces: list[str]) -> None:
    """However it is cut."""
    whole = "".join(pieces)
    assert said(*pieces) == whole or reproaches(whole)
