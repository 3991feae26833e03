"""The plain dialect from the client's side fits the hub's side, and a hub of any age is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol import HEARS, MAX_FRAME_BYTES, Emotion, Message, ProtocolError, Role, Tag, decode_plain
from alisa.protocol.messages import (
    EmotionShown,
    End,
    Error,
    Interrupt,
    Mode,
    ModeChanged,
    Mute,
    Say,
    SpeechEnd,
    SpeechStart,
    Token,
    VisionFace,
)
from alisa.protocol.plain import encode_plain
from alisa.protocol.plain_client import FAILED, hear_plain, say_plain
from alisa.protocol.text import made_whole
from tests.alisa.protocol.strategies import MESSAGES_ANY
from tests.alisa.protocol.test_plain import TAGGISH


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ("Hello", Token("Hello")),
        (" there", Token(" there")),
        ("", None),
        ("[EMOTION]happy", EmotionShown(Emotion.HAPPY)),
        ("[EMOTION] Sad ", EmotionShown(Emotion.SAD)),
        ("[EMOTION]ecstatic", None),
        ("[END]", End()),
        ("[END]whatever", End()),
        ("[ERROR]", FAILED),
        ("[ERROR] Ollama is away", Error(FAILED.code, "Ollama is away", FAILED.hint)),
        ('[ERROR]{"code":"llm_busy","message":"Busy.","hint":"Wait."}', Error("llm_busy", "Busy.", "Wait.")),
        ("[SPEECH_START]", SpeechStart()),
        ("[SPEECH_END]", SpeechEnd()),
        ("[SPEECH_END]{broken", SpeechEnd()),
        ("[MODE CHANGED]", ModeChanged()),
        ("[TOKEN:3]x", Token("[TOKEN:3]x")),
        ('[ACTION]{"action":"a","title":"t"}', Token('[ACTION]{"action":"a","title":"t"}')),
        ("[smiles] hi", Token("[smiles] hi")),
        (" \N{ZERO WIDTH SPACE}[END]", Token(" [END]")),
    ],
)
def test_what_a_plain_hub_says(frame: str, message: Message | None) -> None:
    """Control frames of this dialect are read, however sloppy; everything else is a piece of the reply."""
    assert hear_plain(frame) == message


@pytest.mark.parametrize("frame", ["\ud800", "x" * (MAX_FRAME_BYTES + 1)])
def test_what_cannot_be_read(frame: str) -> None:
    """Half characters and giants are refused."""
    with pytest.raises(ProtocolError):
        hear_plain(frame)


@given(st.text() | TAGGISH)
def test_anything_else_is_heard(frame: str) -> None:
    """Whatever a hub sends, hearing gives a message of the dialect, nothing, or says that it cannot be read."""
    try:
        message = hear_plain(frame)
    except ProtocolError:
        return
    assert message is None or message.tag in HEARS[Role.PLAIN]


@given(MESSAGES_ANY)
def test_what_the_hub_writes_is_heard(message: Message) -> None:
    """Whatever Alisa's own hub says in this dialect has the same tag for whoever hears it."""
    frame = encode_plain(message)
    if frame is not None:
        heard = hear_plain(frame)
        assert heard is not None
        assert heard.tag == message.tag


@given(TAGGISH)
def test_words_arrive_as_they_were(text: str) -> None:
    """A piece of the reply that looks like a tag is the same text on the other side."""
    frame = encode_plain(Token(text))
    if frame is not None and not text.lstrip("\ufeff \n").startswith("\N{ZERO WIDTH SPACE}"):
        assert hear_plain(frame) == Token(made_whole(text))


@given(st.text(st.characters(exclude_categories=["Cs"])) | TAGGISH)
def test_the_users_words_arrive_as_words(text: str) -> None:
    """Whatever the user says is words for the hub: no tag, no command, and nothing is taken for JSON."""
    frame = say_plain(Say(text))
    assert frame is not None
    if text.strip():
        heard = decode_plain(frame)
        assert isinstance(heard, Say)
        assert heard.text.replace("\N{ZERO WIDTH SPACE}", "") == made_whole(text).replace("\N{ZERO WIDTH SPACE}", "")


@pytest.mark.parametrize("message", [Mode("teasing"), SpeechStart(), SpeechEnd(), VisionFace("present")])
def test_other_things_that_can_be_said(message: Message) -> None:
    """A mode, playback and sight have their frames, and the hub reads the same message."""
    frame = say_plain(message)
    assert frame is not None
    assert decode_plain(frame) == message


@pytest.mark.parametrize("message", [Interrupt(), Mute(muted=True), Token("x")])
def test_what_has_no_word(message: Message) -> None:
    """None: whoever sends decides what that means."""
    assert say_plain(message) is None
    assert message.tag in Tag
