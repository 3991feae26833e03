"""From what a client sent to what the hub does about it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alisa.protocol.codec import encode
from alisa.protocol.errors import ProtocolError
from alisa.protocol.messages import MESSAGES, Error, Hello, Mode, Say
from alisa.protocol.roles import MAY_SEND, Role
from alisa.protocol.sight import SightFace, SightScreen
from alisa.protocol.tags import Presence, Source, Tag
from backend.events import commands, facts
from backend.gateway.inbound import Outcome, Sender, decide, error_of, read, usable_name

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def sender(role: Role = Role.CHAT, *, guest: bool = False, conversation: str = "main") -> Sender:
    return Sender("it", role, conversation, guest, NOW)


def outcome(frame: str, role: Role = Role.CHAT, *, guest: bool = False) -> Outcome:
    message = read(frame, role)
    assert message is not None
    return decide(message, sender(role, guest=guest))


def refusal(frame: str, role: Role) -> Error:
    """The error that a frame gets, whether it cannot be read or is not allowed."""
    try:
        result = outcome(frame, role)
    except ProtocolError as error:
        return error_of(error)
    assert isinstance(result, Error)
    return result


@pytest.mark.parametrize(
    ("frame", "role", "expected"),
    [
        ('[SAY]{"text":"hi","source":"spoken"}', Role.VOICE, commands.Say("main", "hi", Source.SPOKEN, "it")),
        ("hi there", Role.CHAT, commands.Say("main", "hi there", Source.TYPED, "it")),
        ("[MODE]calm", Role.CHAT, commands.ChangeMode("main", "calm", "it")),
        ('[INTERRUPT:7]{"heard":"Hel"}', Role.OVERLAY, commands.Interrupt("main", 7, "Hel", "it")),
        ("[INTERRUPT]", Role.CHAT, commands.Interrupt("main", None, None, "it")),
        ("[SPEECH_START:7]", Role.VOICE, facts.SpeechBegan("main", 7, "it")),
        ('[SPEECH_END:7]{"heard":"Hi","completed":false}', Role.VOICE,
         facts.SpeechFinished("main", 7, "Hi", False, "it")),
        ("[MOUTH]0.42", Role.VOICE, facts.MouthMoved("main", 0.42, "it")),
        ('[STATUS]{"voice":"idle","voice_engine":"espeak","llm":"down"}', Role.VOICE,
         facts.StatusChanged("", {"voice": "idle", "voice_engine": "espeak"})),
        ("[PARTIAL]hel", Role.VOICE, facts.PartialHeard("main", "hel", "it")),
        ('[MUTE]{"muted":true}', Role.OVERLAY, facts.MuteChanged("", muted=True)),
        ('[MUTE]{"muted":false}', Role.VOICE, facts.MuteChanged("", muted=False)),
        ('[SNOOZE]{"minutes":30}', Role.CHAT, facts.Snoozed("main", NOW + timedelta(minutes=30))),
        ('[FEEDBACK:7]{"value":1}', Role.CHAT, facts.FeedbackGiven("main", 7, 1)),
        ("[VISION_FACE]present", Role.VISION,
         facts.SightChanged("main", "face", asdict(SightFace(Presence.PRESENT, faces=1)))),
        ("[VISION_SCREEN]win | some | text", Role.VISION,
         facts.SightChanged("main", "screen", asdict(SightScreen(window="win", text="some | text")))),
        ("hello there", Role.PLAIN, commands.Say("main", "hello there", Source.TYPED, "it")),
        ('{"message": "hello"}', Role.PLAIN, commands.Say("main", "hello", Source.TYPED, "it")),
        ("/mode teasing", Role.PLAIN, commands.ChangeMode("main", "teasing", "it")),
        ("[SPEECH_START]", Role.PLAIN, facts.SpeechBegan("main", None, "it")),
        ("[SPEECH_END]", Role.PLAIN, facts.SpeechFinished("main", None, "", True, "it")),
    ],
)  # fmt: skip
def test_the_table(frame: str, role: Role, expected: Outcome) -> None:
    """Each frame of PROTOCOL.md's table, from a role that may send it."""
    assert outcome(frame, role) == expected


def test_what_the_screen_shows_keeps_its_seven_fields() -> None:
    """The seed system's form, read into names."""
    seen = outcome("[VISION_DESKTOP]coding|Editor|python|True|help|main.py - Editor|def f(): x | y", Role.PLAIN)
    assert isinstance(seen, facts.SightChanged)
    assert seen.values["error_kind"] == "unknown"
    assert seen.values["offer"] == "help"
    assert seen.values["window"] == "main.py - Editor"
    assert seen.values["text"] == "def f(): x | y"


@pytest.mark.parametrize(
    ("word", "presence", "attention"),
    [("present", "present", None), ("absent", "absent", None), ("Focused", "present", "focused"),
     ("distracted", "present", "distracted"), ("happy", "present", None)],
)  # fmt: skip
def test_a_face_in_the_seed_systems_words(word: str, presence: str, attention: str | None) -> None:
    """A state or an emotion becomes a presence and, where it tells one, an attention."""
    seen = outcome(f"[VISION_FACE]{word}", Role.PLAIN)
    assert isinstance(seen, facts.SightChanged)
    assert (seen.values["presence"], seen.values["attention"]) == (presence, attention)


def test_the_eyes_tell_of_themselves_alone() -> None:
    """A status of theirs names no other part."""
    assert outcome('[STATUS]{"eyes":"open","voice":"idle"}', Role.VISION) == facts.StatusChanged("", {"eyes": "open"})
    assert isinstance(outcome('[STATUS]{"voice":"idle"}', Role.VISION), Error)


SAMPLES: dict[Tag, str] = {
    Tag.SAY: '[SAY]{"text":"x"}', Tag.PARTIAL: "[PARTIAL]x", Tag.INTERRUPT: "[INTERRUPT]",
    Tag.SPEECH_START: "[SPEECH_START]", Tag.SPEECH_END: "[SPEECH_END]", Tag.MOUTH: "[MOUTH]0.1", Tag.MODE: "[MODE]calm",
    Tag.SNOOZE: "[SNOOZE]", Tag.MUTE: "[MUTE]", Tag.FEEDBACK: '[FEEDBACK]{"value":1}',
    Tag.APPROVE: '[APPROVE]{"action":"a","token":"t"}', Tag.DECLINE: '[DECLINE]{"action":"a"}',
    Tag.VISION_FACE: "[VISION_FACE]present", Tag.STATUS: '[STATUS]{"voice":"idle"}',
    Tag.VISION_DESKTOP: "[VISION_DESKTOP]a|b|c|False|e|f|g", Tag.VISION_SCREEN: "[VISION_SCREEN]a|b",
    Tag.SIGHT_FACE: '[SIGHT_FACE]{"presence":"present","attention":"focused","faces":1}',
    Tag.SIGHT_SCREEN: '[SIGHT_SCREEN]{"task":"coding","error_line":7}', Tag.SIGHT_SYSTEM: '[SIGHT_SYSTEM]{"call":true}',
}  # fmt: skip


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLAIN])
@pytest.mark.parametrize("tag", SAMPLES)
def test_each_role_may_send_what_its_table_says_and_nothing_else(role: Role, tag: Tag) -> None:
    """A vision client cannot speak as the user, a voice client cannot approve an action, and so on."""
    result = outcome(SAMPLES[tag], role)
    refused = isinstance(result, Error) and result.code == "wrong_role"
    assert refused is (tag not in MAY_SEND[role])


def test_nobody_may_send_what_only_the_hub_says() -> None:
    """A client cannot put words into her mouth."""
    for frame in ("[TOKEN:1]x", "[END:1]", "[USER:1]x", '[ACTION]{"action":"a","title":"b"}'):
        for role in Role:
            assert refusal(frame, role).code == "wrong_role"


def test_a_voice_tells_only_of_itself() -> None:
    """What the other parts do is not its to say."""
    assert refusal('[STATUS]{"llm":"down","storage":"failing"}', Role.VOICE).code == "bad_message"
    assert refusal('[STATUS]{"voice":"idle"}', Role.CHAT).code == "wrong_role"


def test_no_action_waits_for_an_answer_yet() -> None:
    """Approving what was never asked is told so."""
    result = outcome(SAMPLES[Tag.APPROVE])
    assert isinstance(result, Error)
    assert result.code == "unknown_action"


def test_an_introduction() -> None:
    """From a client that came in with the token, once."""
    hello = Hello("voice", "mic", conversation="work", resume=7)
    assert outcome(encode(hello), Role.PLAIN) == hello
    again = outcome(encode(hello), Role.VOICE)
    assert isinstance(again, Error)


@pytest.mark.parametrize(
    ("hello", "guest"),
    [
        (Hello("chat"), True),
        (Hello("plain"), False),
        (Hello("admin"), False),
        (Hello("chat", protocol=0), False),
        (Hello("chat", conversation=""), False),
        (Hello("chat", conversation="a\nb"), False),
        (Hello("chat", conversation="x" * 65), False),
        (Hello("chat", name=" x"), False),
    ],
)
def test_an_introduction_that_is_refused(hello: Hello, guest: bool) -> None:
    """A guest stays a guest; a role or a name that cannot be is named."""
    result = outcome(encode(hello), Role.PLAIN, guest=guest)
    assert isinstance(result, Error)
    assert result.hint


def test_nothing_said() -> None:
    """An empty message is refused where it was meant as one, and passed over where it is a keep-alive."""
    assert read("", Role.CHAT) is None
    assert read("  ", Role.PLAIN) is None
    assert isinstance(outcome('[SAY]{"text":" "}'), Error)


@pytest.mark.parametrize(
    "frame",
    [
        '[SAY]{"text":', "[SAY]", '[SAY]{"text":7}', '[SAY]{"text":"\\ud800"}', "[HELLO]{}", "[MOUTH]NaN", "[MOUTH]7",
        "\ud800", "[FEEDBACK:9999999999999999999]{}",
        "[SAY]" + "[" * 5000, "x" * (1024 * 1024 + 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", [Role.CHAT, Role.PLAIN])
def test_what_cannot_be_read_is_refused_in_words(frame: str, role: Role) -> None:
    """With a protocol error, never another exception: the connection's loop relies on it."""
    with pytest.raises(ProtocolError) as caught:
        read(frame, role)
    assert caught.value.code in ("bad_message", "wrong_role")


@settings(deadline=None)
@given(st.one_of(st.text(), st.from_regex(r"\[[A-Z_]{2,14}(:[0-9]{1,4})?\].{0,30}"), st.builds(
    lambda tag, body: f"[{tag}]{json.dumps(body)}",
    st.sampled_from(list(Tag)),
    st.dictionaries(st.sampled_from(["text", "minutes", "value", "role", "heard"]), st.integers() | st.text()),
)), st.sampled_from(list(Role)), st.booleans())  # fmt: skip
def test_any_frame_has_an_outcome(frame: str, role: Role, guest: bool) -> None:
    """Whatever a client sends, the answer is a command, a fact, an introduction, an error or nothing."""
    try:
        message = read(frame, role)
    except ProtocolError:
        return
    if message is not None:
        assert isinstance(decide(message, sender(role, guest=guest)), (commands.Command, facts.Fact, Hello, Error))


def test_every_message_that_some_role_may_send_is_in_the_table() -> None:
    """A new tag without a meaning would end in a KeyError; this finds it first."""
    wanted = frozenset().union(*MAY_SEND.values()) - {Tag.HELLO}
    assert wanted == set(SAMPLES)
    for tag in wanted:
        assert tag in MESSAGES


@pytest.mark.parametrize("frame", ['{"message": "\\ud800"}', '{"message": 7}'])
def test_the_older_form_of_a_message_wants_text(frame: str) -> None:
    """In the plain dialect; in the full dialect it is text like any other."""
    with pytest.raises(ProtocolError):
        read(frame, Role.PLAIN)
    assert isinstance(read(frame, Role.CHAT), Say)


def test_names() -> None:
    """Names of conversations and clients can be shown on one line."""
    assert all(usable_name(name) for name in ("main", "Ünï 1", "x" * 64))
    assert not any(usable_name(name) for name in ("", "a\x00", " a", "x" * 65))


def test_a_mode_is_trimmed() -> None:
    """White space around the name of a mode means nothing."""
    assert decide(Mode(" calm "), sender()) == commands.ChangeMode("main", "calm", "it")
