# ruff: noqa: RUF001 (punctuation of other scripts is what is tested)
"""What of a reply was heard: always a beginning of it, never more than came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.words.heard import Utterance, heard_reply, heard_words, is_heard, joined
from voice.words.speakable import speakable_with_map

RATE = 1000


@dataclass(frozen=True)
class Mark:
    text: str
    start_s: float
    end_s: float


def said(text: str, played: float, seconds: float = 10.0, *, complete: bool = True, marks: bool = False) -> Utterance:
    """A sentence of so many seconds, of which so many were played; marks: each of its words takes one second."""
    words = speakable_with_map(text)
    at = [Mark(word.strip(".,!?"), float(i), i + 1.0) for i, word in enumerate(words.text.split())] if marks else None
    return Utterance(words, RATE, int(seconds * RATE), int(played * RATE), complete, at)


def test_marks_tell_the_last_word() -> None:
    """A word counts once its mark is over, nearly."""
    heard = [
        heard_words(said("You owe me 3 GB, dear Dr. Lee!", at, marks=True)) for at in (0, 0.9, 2, 4.5, 5, 6.96, 9.96)
    ]
    assert heard == [
        "", "", "You owe", "You owe me", "You owe me 3 GB,", "You owe me 3 GB, dear Dr.",
        "You owe me 3 GB, dear Dr. Lee!",
    ]  # fmt: skip


def test_words_that_the_engine_names_otherwise_are_passed_over() -> None:
    """An engine may split words, join them, or call them something else."""
    words = speakable_with_map("It's well-known, my friend, truly.")
    marks = [Mark("It", 0, 0.5), Mark("'s", 0.5, 1), Mark("well", 1, 2), Mark("known,", 2, 3), Mark("…", 3, 3),
             Mark("zzz", 3, 4), Mark("My Friend", 4, 5), Mark("truly", 5, 6)]  # fmt: skip
    heard = [heard_words(Utterance(words, RATE, 6000, int(at * 1000), True, marks)) for at in (1, 2, 3, 4.5, 5)]
    assert heard == ["It's", "It's", "It's well-known,", "It's well-known,", "It's well-known, my friend,"]


def test_without_marks_the_share_of_samples_tells() -> None:
    """Words take as long as they have letters, a pause as long as a few."""
    heard = [heard_words(said("One two, three four.", at)) for at in (0, 1, 2, 5, 8, 9.9, 10)]
    assert heard[0] == ""
    assert heard[-1] == "One two, three four."
    assert heard == sorted(heard, key=len)
    assert {"One", "One two,"} <= set(heard)


def test_a_sentence_still_being_made_is_as_long_as_its_words() -> None:
    """Half a second out of the first second made is not half of a long sentence."""
    text = "This is quite a long sentence that takes several seconds to say aloud to anybody."
    assert heard_words(said(text, 0.5, 0.6, complete=False)) == "This is"
    assert not is_heard(said(text, 0.6, 0.6, complete=False))


def test_a_reply_is_its_sentences_up_to_the_first_not_heard() -> None:
    """Nothing that came after a sentence that was cut off counts."""
    reply = [
        said("Hello there.", 10),
        said("😀", 0, 0),
        said("I have **two** cats.", 5, marks=True),
        said("And a dog.", 0),
    ]
    assert heard_reply(reply) == "Hello there. 😀 I have **two** cats."
    reply[2] = said("I have **two** cats.", 3, marks=True)
    assert heard_reply(reply) == "Hello there. 😀 I have **two**"
    reply[2] = said("I have **two** cats.", 0, marks=True)
    assert heard_reply(reply) == "Hello there. 😀"
    assert heard_reply([]) == ""
    assert heard_reply([said("😀", 0, 0), said("Hi.", 10)]) == "😀 Hi."


def test_sentences_are_joined_as_they_were_cut() -> None:
    """A space between them, but none after the full stop of a script without spaces or a dash."""
    assert joined(["Hello.", "You?"]) == "Hello. You?"
    assert joined(["こんにちは。", "元気ですか？", "はい"]) == "こんにちは。元気ですか？はい"
    assert joined(["I would rather not—", "but fine."]) == "I would rather not—but fine."


def test_scripts_without_spaces_end_a_word_anywhere() -> None:
    """A Japanese sentence is not heard wholly or not at all."""
    heard = heard_words(said("今日はとてもいい天気ですね 散歩", 6))
    assert "今日はとても".startswith(heard[:3])
    assert heard


def is_prefix_at_word_end(heard: str, reply: str) -> bool:
    """Whether it is a beginning of the reply that ends with a word."""
    return reply.startswith(heard) and (len(heard) in (0, len(reply)) or reply[len(heard)].isspace())


WORDS = st.lists(
    st.sampled_from(
        ["I", "have", "**bold**", "3 GB", "14:05", "Dr. Lee", "https://a.example.com/x", "😀", "`x_y`", "no.",
         "wait...", "$5", "<b>x</b>", "etc.", "well-known", "NO", "—", "(yes)", "[laughs]", "1st", ",", "a/b"]
    ),
    max_size=10,
).map(" ".join)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.floats(0, 12), st.floats(0, 10), st.booleans(), st.booleans()), max_size=4),
)
def test_what_was_heard_is_a_beginning_of_the_reply(parts: list[tuple[str, float, float, bool, bool]]) -> None:
    """Whatever was played of whatever sentences, with marks or without."""
    reply = [said(text, played, seconds, complete=done, marks=marks) for text, played, seconds, done, marks in parts]
    assert is_prefix_at_word_end(heard_reply(reply), joined([part.words.original for part in reply]))


@settings(deadline=None)
@given(WORDS, st.lists(st.floats(0, 11), min_size=2, max_size=2).map(sorted), st.booleans())
def test_more_sound_is_never_less_heard(text: str, played: Sequence[float], marks: bool) -> None:
    """What was heard only grows."""
    less, more = (heard_words(said(text, at, marks=marks)) for at in played)
    assert more.startswith(less)


@pytest.mark.parametrize("marks", [True, False])
def test_all_of_it_is_heard_in_the_end(marks: bool) -> None:
    """Once all samples are out, the whole sentence counts, what went unsaid included."""
    text = "Fine, at 14:05 then! 😀"
    assert heard_words(said(text, 10, marks=marks)) == text
