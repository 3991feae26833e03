"""One reply as it grows, and how much of it was heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol.tags import Emotion
from backend.conversation.reply import Reply, Spoken, heard_part
from backend.events.facts import EmotionFelt, TokenStreamed


def test_raw_text_becomes_facts_and_sentences() -> None:
    """Emotion, pieces and sentences come out; the sentences say where they end."""
    reply = Reply("main", 3)
    assert reply.take("<emotion=sad") == []
    assert not reply.begun
    assert reply.take("> Oh. Well") == [EmotionFelt("main", 3, Emotion.SAD), TokenStreamed("main", 3, "Oh. Well")]
    assert reply.take_spoken() == [Spoken("Oh.", 4)]
    assert reply.take(", yes <") == [TokenStreamed("main", 3, ", yes")]
    assert reply.finish() == [TokenStreamed("main", 3, " <")]
    assert reply.take_spoken() == [Spoken("Well, yes <", 15)]
    assert reply.take_spoken() == []
    assert (reply.text, reply.emotion) == ("Oh. Well, yes <", Emotion.SAD)


def test_an_empty_reply() -> None:
    """Nothing came, nothing is felt."""
    reply = Reply("main", 3)
    assert reply.finish() == []
    assert (reply.text, reply.begun, reply.felt, reply.emotion) == ("", False, None, Emotion.NEUTRAL)


@given(st.lists(st.text(max_size=12), max_size=12))
def test_the_pieces_are_the_text(pieces: list[str]) -> None:
    """What was streamed, joined, is the text, and every sentence ends within it."""
    reply = Reply("main", 1)
    facts = [fact for piece in pieces for fact in reply.take(piece)] + reply.finish()
    streamed = "".join(fact.text for fact in facts if isinstance(fact, TokenStreamed))
    assert streamed == reply.text == streamed.strip()
    for spoken in reply.take_spoken():
        assert reply.text[: spoken.until].rstrip().endswith(spoken.sentence)


@pytest.mark.parametrize(
    ("heard", "part"),
    [
        ("", ""),
        ("  ", ""),
        ("Well, hello there.", "Well, hello there."),
        ("well hello", "Well, hello"),
        ("Well, hello th", "Well, hello th"),
        ("Well,   hello\nthere. How", "Well, hello there. How"),
        ("Well, hello there. How are you? And more", "Well, hello there. How are you?"),
        ("Well, goodbye", "Well,"),
        ("I hate you", "Well, hello there. How are you?"),
        ("...", ""),
    ],
)
def test_what_was_heard(heard: str, part: str) -> None:
    """The longest beginning that agrees with the report, down to a word cut in the middle; a report that has nothing
    to do with the reply counts as none."""
    assert heard_part("Well, hello there. How are you?", heard) == part


@pytest.mark.parametrize(
    ("text", "heard", "part"),
    [
        ("I went home\u2014and then it rained.", "I went home", "I went home"),
        ("I went home\u2014and then it rained.", "I went home\u2014", "I went home\u2014"),
        ("I went home\u2014and then it rained.", "I went home and th", "I went home\u2014and th"),
        ('He said "hello\u2014you" to me.', 'He said "hel', 'He said "hel'),
        ("My mother-in-law's cat.", "My mother-in", "My mother-in"),
        ("Don't go.", "Don", "Don"),
        ("你好、我是阿丽莎。今天怎么样。", "你好、我是", "你好、我是"),
        ("你好、我是阿丽莎。今天怎么样。", "你好我", "你好、我"),
        ("你好、我是阿丽莎。今天怎么样。", "你好、不", "你好、"),
        ("สวัสดีค่ะ ยินดี", "สวัสดี", "สวัสดี"),
        ("नमस्ते दोस्त", "नमस्त", "नमस्ते"),
        ("Eine Straße, ein Haus.", "eine STRASSE", "Eine Straße,"),
        ("Well, these are mine.", "Well, there", "Well,"),
        ("Really?! Yes.", "really", "Really?!"),
    ],
)
def test_it_is_cut_where_the_voice_was(text: str, heard: str, part: str) -> None:
    """Within words that a dash or nothing joins, and in scripts without spaces: no letter more than was heard."""
    assert heard_part(text, heard) == part


@given(st.text(), st.integers(0, 40))
def test_a_true_report_is_taken_as_it_is(text: str, cut: int) -> None:
    """What was heard is a beginning of the reply: so many letters stand, and none that was not heard."""

    def letters(of: str) -> str:
        return "".join(char for char in of if char.isalnum())

    heard = text[:cut]
    if letters(heard):
        assert letters(heard_part(text, heard)) == letters(heard)


@given(st.text(), st.text())
def test_nobody_puts_words_into_her_mouth(text: str, heard: str) -> None:
    """Whatever is reported, what stands is a beginning of what she said."""
    assert text.startswith(heard_part(text, heard))
