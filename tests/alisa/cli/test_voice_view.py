"""What is seen of a voice, and how it looks."""

from __future__ import annotations

from functools import reduce

import pytest
from rich.console import Console

from alisa.cli.voice_view import Seen, after, line, picture
from alisa.protocol.message import Message
from alisa.protocol.messages import Partial, Sentence, Status, User
from voice.status import Snapshot, VoiceState

STAGES = {
    "endpoint": 200.0,
    "stt": 50.0,
    "first_clause": 100.0,
    "first_audio": 150.0,
    "total": 500.0,
    "first_token": 20.0,
}


def told(state: VoiceState, **values: object) -> Status:
    """What a voice that does so tells the hub."""
    return Status(Snapshot(state=state, **values).wire())  # type: ignore[arg-type]


def seen(*messages: Message) -> Seen:
    return reduce(after, messages, Seen())


def shown(now: Seen, width: int = 100) -> str:
    console = Console(width=width, record=True, file=None, force_terminal=False, quiet=False)
    with console.capture() as printed:
        console.print(picture(now))
    return printed.get()


def test_a_spoken_exchange_is_seen_with_its_times() -> None:
    """Partial words while they are heard, then what was said, what she says, and the waterfall."""
    begun = (
        told(VoiceState.IDLE, stt="sphinx", tts="espeak"),
        told(VoiceState.LISTENING, level=-17.0, speech=0.97),
        Partial("good"),
    )
    hearing = seen(*begun)
    assert "hears you" in shown(hearing)
    assert "good …" in shown(hearing)
    assert "-18 dB" in shown(hearing)
    assert " speech" in shown(hearing)
    assert "no speech" in shown(seen(*begun[:1]))
    done = seen(
        *begun, User("good morning", 3), told(VoiceState.THINKING), Sentence("And to you.", 3),
        told(VoiceState.SPEAKING, turns=(STAGES,), stt="sphinx", tts="espeak"),
    )  # fmt: skip
    text = shown(done)
    for words in ("speaks", "good morning", "And to you.", "sphinx", "espeak", "first token", "500 ms"):
        assert words in text
    assert [exchange.turn for exchange in done.exchanges] == [3]
    assert line(done.exchanges[0]) == (
        "“good morning”: silence, to be sure 200, understanding 50, first token 20, first clause 100, "
        "first sound 150, in all 500 ms"
    )


def test_the_bars_follow_one_another() -> None:
    """Each stage begins where the one before it ended; the whole spans them all."""
    now = seen(told(VoiceState.IDLE), User("hello", 1), told(VoiceState.IDLE, turns=(STAGES,)))
    rows = {row.split("  ")[0].strip(): row for row in shown(now).splitlines() if "━" in row}
    begins = [rows[name].index("━") for name in ("silence, to be sure", "understanding", "first clause", "first sound")]
    assert begins == sorted(set(begins))
    assert rows["in all"].count("━") == max(row.count("━") for row in rows.values())


def test_what_was_before_we_looked_is_no_exchange() -> None:
    """The first status may tell of a turn of long ago; the same figures told again are no new turn."""
    assert seen(told(VoiceState.IDLE, turns=(STAGES,))).exchanges == ()
    again = seen(
        told(VoiceState.IDLE), told(VoiceState.IDLE, turns=(STAGES,)), told(VoiceState.SPEAKING, turns=(STAGES,))
    )
    assert len(again.exchanges) == 1


def test_a_voice_that_is_gone() -> None:
    """It is said, with what to do."""
    gone = seen(told(VoiceState.IDLE), Status({"voice": "off"}))
    assert not gone.there
    assert "alisa restart voice" in shown(gone)
    assert not seen(Status({"llm": "ready"})).there


@pytest.mark.parametrize(
    "values",
    [{"voice_level": "loud"}, {"voice_speech": "yes"}, {"voice_turn": [1]}, {"voice_turn": {"stt": "x"}}, {"voice": 3}],
)
def test_odd_values_do_no_harm(values: dict[str, object]) -> None:
    """Another program may be a voice, too, and tell what it likes."""
    assert shown(seen(Status({"voice": "idle"}), Status({"voice": "idle", **values})))


def test_silence_is_told_once() -> None:
    """The level goes over the wire in steps: noise that is no more than noise changes nothing."""
    assert {Snapshot(level=level).wire()["voice_level"] for level in (-96.0, -70.3, -52.0, -49.0)} == {-48}
    assert Snapshot(level=-17.0).wire()["voice_level"] == -18
    assert {Snapshot(speech=sure).wire()["voice_speech"] for sure in (0.0, 0.02, 0.12)} == {0.0}
    assert Snapshot(speech=0.9).wire()["voice_speech"] == 1.0
