"""The plain dialect: older clients are understood, and words are never mistaken for tags."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alisa.protocol import (
    MAX_FRAME_BYTES,
    MAY_SEND,
    Emotion,
    Message,
    ProtocolError,
    Role,
    Tag,
    decode,
    decode_plain,
    encode_plain,
)
from alisa.protocol.messages import (
    EmotionShown,
    End,
    Error,
    Hello,
    Mode,
    ModeChanged,
    Say,
    Sentence,
    SpeechEnd,
    SpeechStart,
    Token,
    Turn,
    User,
    VisionDesktop,
    VisionFace,
    VisionScreen,
)
from alisa.protocol.plain import guarded
from tests.alisa.protocol.strategies import MESSAGES_ANY

TAGGISH = st.lists(
    st.one_of(
        st.sampled_from([f"[{tag}]" for tag in Tag] + [f"[{tag}:17]" for tag in Tag]),
        st.sampled_from(["[", "]", ":", " ", "\n", "\ufeff", "EMOTION", "END", "MODE CHANGED", "17", "happy"]),
        st.text(max_size=5),
    ),
    max_size=6,
).map("".join)
KNOWN = re.compile("|".join(re.escape(f"[{tag}") + r"[\]:]" for tag in Tag))
OVERSIZE = "x" * (MAX_FRAME_BYTES + 1)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ("hello there", Say("hello there")),
        ('{"message": "hello there"}', Say("hello there")),
        ('{"message": "h", "more": 1}', Say("h")),
        ('{"a": 1}', Say('{"a": 1}')),
        ("{not json", Say("{not json")),
        ("{" * 100_000, Say("{" * 100_000)),
        ("[Hm] well", Say("[Hm] well")),
        ("/mode teasing", Mode("teasing")),
        ("/mode   my own mode ", Mode("my own mode")),
        ("/mode", Mode("")),
        ("/modest", Say("/modest")),
        ("[SPEECH_START]", SpeechStart()),
        ("[SPEECH_END]", SpeechEnd()),
        ("[VISION_FACE]present", VisionFace("present")),
        (
            "[VISION_DESKTOP]coding|Code|py|True|help|main.py|def f(): a | b",
            VisionDesktop("coding", "Code", "py", True, "help", "main.py", "def f(): a | b"),
        ),
        ("[VISION_SCREEN]Firefox | news", VisionScreen("Firefox", "news")),
        ('[HELLO]{"role":"voice"}', Hello("voice")),
        ("", None),
        ("  \n", None),
        ('{"message": ""}', None),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_older_clients_say_is_understood(frame: str, message: Message | None) -> None:
    """Bare text, wrapped text, /mode, playback and sight, exactly as the document lists them."""
    assert decode_plain(frame) == message


@pytest.mark.parametrize("tag", sorted(set(Tag) - (MAY_SEND[Role.PLAIN] - {Tag.SAY, Tag.MODE})))
def test_tags_of_the_full_dialect_need_an_introduction(tag: Tag) -> None:
    """A plain client cannot approve, interrupt or speak with tags; it is told to introduce itself."""
    with pytest.raises(ProtocolError) as refusal:
        decode_plain(f"[{tag}]{{}}")
    assert refusal.value.code == "wrong_role"
    assert "HELLO" in refusal.value.hint


@pytest.mark.parametrize(
    "frame",
    [
        '{"message": "\\ud800"}',
        '{"message": 5}',
        "half \ud800",
        "[VISION_DESKTOP]a|b",
        "[HELLO]hi",
        "x" * (MAX_FRAME_BYTES + 1),
    ],
    ids=lambda frame: ascii(frame)[:30],
)
def test_bad_plain_frames_are_refused(frame: str) -> None:
    """What cannot be read is named, and nothing is said in the user's name."""
    with pytest.raises(ProtocolError) as refusal:
        decode_plain(frame)
    assert refusal.value.code == "bad_message"


@given(st.one_of(st.text(st.characters(), max_size=60), TAGGISH))
def test_arbitrary_text_raises_nothing_else(frame: str) -> None:
    """Any text is a message, nothing, or a ProtocolError; words said are whole."""
    try:
        message = decode_plain(frame)
    except ProtocolError:
        return
    if isinstance(message, Say):
        message.text.encode("utf-8")


@pytest.mark.parametrize(
    ("message", "frame"),
    [
        (Token("Hello", turn=3), "Hello"),
        (Token("", turn=3), None),
        (Token("[END]", turn=3), "\u200b[END]"),
        (Token(" [EMOTION:3]x", turn=3), " \u200b[EMOTION:3]x"),
        (Token("[END", turn=3), "[END"),
        (Token("[Hm]", turn=3), "[Hm]"),
        (EmotionShown(Emotion.HAPPY, turn=3), "[EMOTION]happy"),
        (End(turn=3), "[END]"),
        (Error("llm_down", "m", "h", turn=3), "[ERROR]"),
        (Error("bad_message", "m", "h"), '[ERROR]{"code":"bad_message","message":"m","hint":"h"}'),
        (SpeechStart(turn=3), "[SPEECH_START]"),
        (SpeechEnd("hi", False, turn=3), "[SPEECH_END]"),
        (ModeChanged(), "[MODE CHANGED]"),
        (User("hi", turn=3), None),
        (Turn(turn=3), None),
        (Sentence("Hello.", turn=3), None),
        (Mode("calm"), None),
    ],
)
def test_what_a_plain_client_hears(message: Message, frame: str | None) -> None:
    """No turns, no structures: words, an emotion, an end, an error; the rest stays unsaid."""
    assert encode_plain(message) == frame


@given(MESSAGES_ANY)
def test_no_frame_is_empty_or_broken(message: Message) -> None:
    """Whatever happens in the hub, a plain client gets a frame that is text and not a keep-alive, or none."""
    frame = encode_plain(message)
    assert frame is None or frame
    if frame is not None:
        frame.encode("utf-8")


@given(st.lists(TAGGISH, max_size=8), st.data())
def test_words_never_begin_a_frame_with_a_tag(deltas: list[str], data: st.DataObject) -> None:
    """Not even when an outbox joins the pieces of a reply in its own way, nor when a client strips the frame."""
    text = "".join(deltas)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    for frame in filter(None, (encode_plain(Token(piece, turn=1)) for piece in pieces)):
        assert not KNOWN.match(frame)
        assert not KNOWN.match(frame.strip())
        assert not KNOWN.match(frame.strip().lstrip("\ufeff"))
        assert decode(frame) == frame


@given(TAGGISH)
def test_the_guard_adds_nothing_but_itself(text: str) -> None:
    """Words are not changed: at most one U+200B stands before a bracket, and only where it is needed."""
    said = guarded(text)
    assert said == text or (len(said) == len(text) + 1 and said.replace("\u200b[", "[", 1) == text)
    assert guarded(said) == said
