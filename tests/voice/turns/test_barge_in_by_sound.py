"""Barge-in with real sound: how soon she yields to speech, and that nothing but speech cuts her off."""

from __future__ import annotations

import numpy as np
import pytest

from tests.voice.turns.duet import Duet, Sphinx
from tests.voice.vad import sounds
from tests.voice.vad.sounds import loud_part, needs_flite, say
from voice.turns.barge_in import BargeInEvent, Candidate, Confirmed, FalseAlarm, Hushed

pytestmark = needs_flite
SAID = ("wait", "hello there", "what about tomorrow", "can you tell me more", "please", "no I meant the other one")


def first(events: list[BargeInEvent], kind: type, begin: float, onset: float) -> float:
    """How long after the onset it came; before, at a breath since the recording began, is at once."""
    return next((max(event.at - onset, 0.0) for event in events if isinstance(event, kind) and event.at > begin), 9.0)


@pytest.mark.parametrize(
    ("leak", "lowered", "silent"), [(None, (0.06, 0.10), (0.18, 0.22)), (-12.0, (0.10, 0.20), (0.20, 0.35))]
)
def test_she_yields_soon(leak: float | None, lowered: tuple[float, float], silent: tuple[float, float]) -> None:
    """From the onset of speech to the decision, median and worst: with a headset, and with her echo at -12 dB."""
    duet, low, hush = Duet(leak), [], []
    for number, text in enumerate(SAID):
        said = say(text, ("awb", "rms")[number % 2])
        at = 2.0 + 0.137 * number
        events = duet.play(said, at)
        low.append(first(events, Candidate, at, at + loud_part(said, 0.02)[0]))
        hush.append(first(events, Hushed, at, at + loud_part(said, 0.02)[0]))
    assert np.median(low) <= lowered[0], low
    assert max(low) <= lowered[1], low
    assert np.median(hush) <= silent[0], hush
    assert max(hush) <= silent[1], hush


@pytest.mark.parametrize("leak", [None, -12.0])
def test_nothing_else_cuts_her_off(leak: float | None) -> None:
    """Fifteen sounds that mean nothing, the recogniser's guesses at them included: she goes on after each."""
    meaningless = {
        **{f"cough {seed}": sounds.cough(seed) for seed in range(3)},
        **{f"two coughs {seed}": sounds.two_coughs(seed) for seed in range(2)},
        **{f"bang {seed}": sounds.bang(seed) for seed in range(2)},
        "typing": sounds.typing(),
        "hiss": sounds.noise(0.03, 2.0),
        **{f"uh-huh {voice}": say("uh-huh", voice) for voice in ("awb", "rms", "slt")},
        **{f"mm-hmm at {pitch:.0f} Hz": sounds.mm_hmm(pitch=pitch) for pitch in (110.0, 200.0)},
        "yeah": say("yeah", "awb"),
    }
    assert len(meaningless) == 15
    duet = Duet(leak, sphinx=Sphinx())
    for name, sound in meaningless.items():
        events = duet.play(sound)
        assert not [event for event in events if isinstance(event, Confirmed)], (name, events)
        assert not events or isinstance(events[-1], FalseAlarm), (name, events)


@pytest.mark.parametrize(
    ("leak", "text"),
    [
        (None, "stop"),
        (None, "wait"),
        (None, "no I meant the other one"),
        (-12.0, "hello there"),
        (-12.0, "no I meant the other one"),
        (-12.0, "what about tomorrow then"),
    ],
)
def test_words_do(leak: float | None, text: str) -> None:
    """A word that cuts, or a sentence. (Over her echo, much of a single short word is lost with the echo.)"""
    events = Duet(leak, sphinx=Sphinx()).play(say(text, "rms"))
    assert [event for event in events if isinstance(event, Confirmed)], events


def test_her_echo_alone_is_nobody() -> None:
    """At -12 dB she hears herself, and is not lowered after her first second."""
    assert [event for event in Duet(-12.0).play(np.zeros(1, np.float32)) if event.at > 1.0] == []
