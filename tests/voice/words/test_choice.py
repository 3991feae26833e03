"""The question which voice: asked once, understood in many words, settled by silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.words.choice import (
    ENGINES,
    PATIENCE_SECONDS,
    Question,
    Step,
    Voice,
    after,
    ask,
    heard_answer,
    meaning,
    question,
    size,
    yes_or_no,
)
from voice.words.speakable import speakable

MB = 1_000_000
ANSWERS = {
    Voice.ONLINE: ["one", "1", "Number one, please.", "the first one", "Online!", "the natural online voice", "on line",
                   "edge", "use the internet one", "not the built-in one and not the local one"],
    Voice.LOCAL: ["two", "2.", "the second", "local", "I'd like the local one", "kokoro", "the one on my computer",
                  "number two", "offline, not online"],
    Voice.BUILT_IN: ["three", "the third one", "built-in", "the built in one", "keep yours", "I don't care", "whatever",
                     "default", "neither",
                     "don't download anything, use the built-in one", "the robot voice is fine"],
}  # fmt: skip


@pytest.mark.parametrize(("voice", "text"), [(voice, text) for voice, texts in ANSWERS.items() for text in texts])
def test_an_answer_is_understood(voice: Voice, text: str) -> None:
    """By number, by name, by what it is not."""
    assert meaning(text) is voice


@pytest.mark.parametrize(
    "text",
    ["", "What's the weather?", "online or local?", "not online", "I have one cat and two dogs at home, you know", "hm",
     "Tell me a story about three bears who lived"],
)  # fmt: skip
def test_something_else_is_no_answer(text: str) -> None:
    """What means none or several leaves the question open, and goes to her."""
    assert meaning(text) is None
    asked = ask(0.0, 340 * MB)
    assert heard_answer(asked, text, 1.0) == (asked, False)


def test_the_question_says_what_it_means() -> None:
    """Where sentences go, how large the download is, and how to answer; it is speakable."""
    asked = question(ask(0.0, 340 * MB))
    assert "leave this computer" in asked
    assert "340 MB" in asked
    assert "three hundred forty megabytes" in speakable(asked)
    assert "here already" in question(ask(0.0, 0))


def test_nothing_is_downloaded_without_a_yes() -> None:
    """The local voice asks once more; a no asks again which one; yes fetches it."""
    asked, answered = heard_answer(ask(0.0, 340 * MB), "two", 1.0)
    assert answered
    assert (asked.step, asked.downloads) == (Step.CONFIRMING, False)
    assert "340 MB" in question(asked)
    assert heard_answer(asked, "hm?", 2.0) == (asked, False)
    yes, _ = heard_answer(asked, "Yes, go ahead.", 2.0)
    assert (yes.chosen, yes.downloads, yes.answered, question(yes)) == (Voice.LOCAL, True, True, "")
    no, _ = heard_answer(asked, "No, don't.", 2.0)
    assert (no.step, no.chosen) == (Step.ASKED, None)
    other, _ = heard_answer(asked, "the built-in one then", 2.0)
    assert (other.chosen, other.downloads) == (Voice.BUILT_IN, False)


def test_one_that_is_here_or_was_called_a_download_needs_no_second_yes() -> None:
    """It would only be tiresome."""
    here, _ = heard_answer(ask(0.0, 0), "local", 1.0)
    assert (here.chosen, here.downloads) == (Voice.LOCAL, False)
    wished, _ = heard_answer(ask(0.0, MB), "download the second", 1.0)
    assert wished.downloads


def test_silence_keeps_the_built_in_voice() -> None:
    """At either step; later words are for her again."""
    asked = ask(10.0, MB)
    assert after(asked, 10.0 + PATIENCE_SECONDS - 0.1) is asked
    silent = after(asked, 10.0 + PATIENCE_SECONDS)
    assert (silent.chosen, silent.answered, silent.downloads) == (Voice.BUILT_IN, False, False)
    confirming, _ = heard_answer(asked, "two", 20.0)
    assert after(confirming, 20.0 + PATIENCE_SECONDS).chosen is Voice.BUILT_IN
    assert heard_answer(silent, "one", 90.0) == (silent, False)


SAYINGS = [text for texts in ANSWERS.values() for text in texts] + ["yes", "no"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20) | st.sampled_from(SAYINGS), st.floats(0, 30))))
def test_it_always_comes_to_an_end(story: list[tuple[str, float]]) -> None:
    """Whatever is said, a download had its yes, and silence settles it."""
    state: Question = ask(0.0, MB)
    now = 0.0
    agreed = False
    for text, pause in story:
        now += pause
        state, _ = heard_answer(state, text, now)
        agreed = agreed or yes_or_no(text) is True
    assert agreed or not state.downloads
    state = after(state, now + PATIENCE_SECONDS)
    assert state.step is Step.SETTLED
    assert state.chosen in ENGINES


def test_sizes() -> None:
    """As one says them."""
    assert [size(count) for count in (1, 340_400_000, 1_240_000_000)] == ["1 MB", "340 MB", "1.2 GB"]
