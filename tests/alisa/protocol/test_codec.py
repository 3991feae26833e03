"""Messages become frames and come back, and nothing else ever gets in."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol import MESSAGES, Body, Emotion, Message, ProtocolError, Tag, decode, encode
from alisa.protocol.messages import (
    End,
    Hello,
    Interrupt,
    Mouth,
    Say,
    SpeechEnd,
    SpeechStart,
    Status,
    Token,
    Turn,
    VisionDesktop,
    VisionScreen,
    Welcome,
)
from tests.alisa.protocol.strategies import MESSAGES_ANY, messages_of

ANY_TEXT = st.text(st.characters(), max_size=80)  # lone surrogates too
ODD_JSON = st.recursive(st.none() | ANY_TEXT | st.floats(), st.lists).map(json.dumps)


@pytest.mark.parametrize("kind", MESSAGES.values(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_message_comes_back_as_it_was(kind: type[Message], data: st.DataObject) -> None:
    """decode(encode(message)) is the message, whatever its fields hold."""
    message = data.draw(messages_of(kind))
    assert decode(encode(message)) == message


def test_every_tag_has_one_message_class() -> None:
    """No tag without a class, no class under two tags, and `turn` never stands in a body."""
    assert set(MESSAGES) == set(Tag)
    assert len(set(MESSAGES.values())) == len(Tag)
    bare = [kind for kind in MESSAGES.values() if kind.body in (Body.BARE, Body.MAPPING)]
    assert all(len([f for f in fields(kind) if f.name != "turn"]) == 1 for kind in bare)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "frame"),
    [
        (Token("Hel", turn=17), "[TOKEN:17]Hel"),
        (Say("hi"), '[SAY]{"text":"hi","source":"typed"}'),
        (SpeechStart(turn=3), "[SPEECH_START:3]"),
        (Interrupt(turn=3), "[INTERRUPT:3]"),
        (Interrupt("Hello th", turn=3), '[INTERRUPT:3]{"heard":"Hello th"}'),
        (End(turn=4), '[END:4]{"reason":"stop","timings":{}}'),
        (Mouth(0.42), "[MOUTH]0.42"),
        (Status({"llm": "ready"}), '[STATUS]{"llm":"ready"}'),
        (VisionDesktop("t", "a", "py", True, "o", "w|x", "1|2"), "[VISION_DESKTOP]t|a|py|True|o|w¦x|1|2"),
    ],
)
def test_frames_look_as_the_document_says(message: Message, frame: str) -> None:
    """The exact text of some frames, since other programs are written against it."""
    assert encode(message) == frame


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ("[END:17]", End(turn=17)),
        ("[TURN:0017]{}", Turn(turn=17)),
        ("[SPEECH_END]", SpeechEnd()),
        ("[SPEECH_START:2] ", SpeechStart(turn=2)),
        ('[SAY]{"text":"hi","later":[1]}', Say("hi")),
        ('[SAY]  {"text":"h\\ud83d\\ude00"}', Say("h😀")),
        ("[VISION_SCREEN]Editor | some | text", VisionScreen("Editor", "some | text")),
        ("[VISION_DESKTOP]a|b|c|false|d|e|", VisionDesktop("a", "b", "c", False, "d", "e", "")),
        ("[MOUTH]1", Mouth(1.0)),
        ('[HELLO]{"role":"chat","resume":null}', Hello("chat")),
    ],
)
def test_peers_may_write_frames_a_little_differently(frame: str, message: Message) -> None:
    """Absent defaults, unknown keys, spaces around pipes and zeros before a turn are understood."""
    assert decode(frame) == message


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "[Hm] well",
        "[USER]s are fine"[1:],
        "[user]x",
        "[TOKEN x",
        "[TOKEN:]x",
        "[TOKEN:x]y",
        "[END :1]",
        " [END]",
    ],
)
def test_text_that_begins_with_no_known_tag_is_plain(text: str) -> None:
    """Unknown words in brackets, other case, and half-written tags are text, as they came."""
    assert decode(text) == text


def test_an_empty_frame_is_a_keep_alive() -> None:
    """Nothing said is nothing heard."""
    assert decode("") is None


DEEP = '{"a":' * 40 + "1" + "}" * 40


@pytest.mark.parametrize(
    "frame",
    [
        "[SAY]",
        "[SAY]hello",
        "[SAY][]",
        '[SAY]{"source":"typed"}',
        '[SAY]{"text":5}',
        '[SAY]{"text":null}',
        '[SAY]{"text":"x","source":"dreamt"}',
        '[SAY]{"text":"\\ud800"}',
        '[SAY]{"text":"\\udc00\\ud800"}',
        '[STATUS]{"\\ud800":1}',
        "[TOKEN:1]\ud800",
        "plain \udfff",
        '[STATUS]{"a":NaN}',
        '[STATUS]{"a":-Infinity}',
        '[STATUS]{"a":1e999}',
        '[STATUS]{"a":1234567890123456789}',
        '[STATUS]{"a":' + "9" * 5000 + "}",
        "[STATUS]" + DEEP,
        "[STATUS]" + '{"a":' * 100_000,
        "[STATUS]" + "[" * 200_000,
        "[STATUS][1]",
        "[STATUS]",
        "[MOUTH]nan",
        "[MOUTH]inf",
        "[MOUTH]",
        "[MOUTH]1.5",
        "[MOUTH]-0.1",
        "[MOUTH]\N{ARABIC-INDIC DIGIT ZERO}",
        "[MOUTH]1e999",
        "[EMOTION]angry",
        "[EMOTION]",
        "[MODE:3]calm",
        "[TOKEN:1234567890123456789]x",
        "[SPEECH_START]now",
        "[MODE CHANGED]teasing",
        '[FEEDBACK:1]{"value":2}',
        '[FEEDBACK:1]{"value":true}',
        '[FEEDBACK:1]{"value":0.5}',
        '[SNOOZE]{"minutes":-1}',
        '[HELLO]{"role":"chat","resume":-1}',
        '[END:1]{"timings":{"total":"long"}}',
        '[WELCOME]{"server":"x","conversation":"main","hears":"all"}',
        "[VISION_DESKTOP]only|three|fields",
        "[VISION_DESKTOP]a|b|c|maybe|d|e|f",
        "x" * (1024 * 1024 + 1),
        "é" * (512 * 1024 + 1),
    ],
    ids=lambda frame: ascii(frame)[:40],
)
def test_what_cannot_be_read_is_refused_with_a_reason(frame: str) -> None:
    """Wrong types, unknown choices, half characters, odd numbers, depth and size: bad_message, with words."""
    with pytest.raises(ProtocolError) as refusal:
        decode(frame)
    assert refusal.value.code == "bad_message"
    assert refusal.value.message
    assert refusal.value.hint


@given(
    st.one_of(
        ANY_TEXT,
        st.builds("[{}{}]{}".format, st.sampled_from(list(Tag)), st.sampled_from(["", ":7"]), ANY_TEXT),
        st.builds(
            "[{}]{}".format,
            st.sampled_from(list(Tag)),
            ODD_JSON,
        ),
    )
)
def test_arbitrary_text_never_raises_anything_else(frame: str) -> None:
    """decode answers with a message, text, None or ProtocolError, and what it gave can be sent again."""
    try:
        message = decode(frame)
    except ProtocolError:
        return
    if isinstance(message, Message):
        assert decode(encode(message)) == message
    else:
        assert (message or "") == frame


@given(st.sampled_from([Token, Say]), ANY_TEXT)
def test_half_characters_never_go_out(kind: Any, text: str) -> None:
    """What is sent can always be written as UTF-8, and is read again."""
    frame = encode(kind(text))
    frame.encode("utf-8")
    assert decode(frame) is not None


def test_halves_of_one_character_that_meet_are_joined() -> None:
    """A pair that arrived in two pieces goes out as the one character that it is."""
    assert encode(Token("\ud83d" + "\ude00", turn=1)) == "[TOKEN:1]😀"
    assert encode(Token("a\ud83d", turn=1)) == "[TOKEN:1]a\N{REPLACEMENT CHARACTER}"


def _endless() -> dict[str, Any]:
    ring: dict[str, Any] = {}
    ring["again"] = ring
    return ring


def _deep() -> Any:
    value: Any = 1
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    "message",
    [
        Token("x", turn=-1),
        Token("x", turn=10**18),
        Mouth(float("nan")),
        Mouth(float("inf")),
        Mouth(7.0),
        End(timings={"total": float("nan")}),
        Status({"now": object()}),
        Status({"deep": _deep()}),
        Status(_endless()),
        Say("x" * 1024 * 1024),
    ],
    ids=lambda message: type(message).__name__,
)
def test_what_no_frame_can_hold_is_not_sent(message: Message) -> None:
    """A NaN, an object, an endless ring or a megabyte is refused on this side already."""
    with pytest.raises(ProtocolError):
        encode(message)


@given(MESSAGES_ANY)
def test_a_frame_begins_with_its_tag(message: Message) -> None:
    """Every frame of the full dialect is a control frame of its own tag."""
    assert encode(message).startswith((f"[{message.tag}]", f"[{message.tag}:"))


def test_welcome_says_what_the_role_may_do() -> None:
    """Lists travel as JSON lists and come back as tuples."""
    welcome = Welcome("1.0", "main", emotion=Emotion.SHY, may_send=("SAY",), hears=("TOKEN", "END"))
    assert decode(encode(welcome)) == welcome
