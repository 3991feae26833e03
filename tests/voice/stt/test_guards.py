"""What was made up, and what was said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.stt.sounds import cough, in_a_room, needs_flite, noise, speech
from voice.stt.guards import Piece, bare, credible, is_noise, keep, unlooped
from voice.stt.loudness import SILENCE_DB, frame_levels, gain_for, is_quiet, loudness, voiced_seconds


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        (Piece("Hello.", 0.1, -0.3, 0.9), True),
        (Piece("Hello.", 0.1, -1.4, 0.9), True),
        (Piece("Thank you.", 0.8, -1.2, 0.9), False),
        (Piece("Thank you.", 0.95, -0.7, 0.9), False),
        (Piece("Really.", 0.95, -0.1, 0.9), True),
        (Piece("la la la", 0.1, -0.2, 3.0), False),
        (Piece("Subtitles by the Amara.org community", 0.1, -0.1, 1.0), False),
        (Piece("Please subscribe to my channel!", 0.1, -0.1, 1.0), False),
    ],
)
def test_a_piece_is_kept_when_it_was_more_likely_said(piece: Piece, kept: bool) -> None:
    """Nobody speaks and unsure; sure that nobody speaks; a loop; the credits of a film."""
    assert keep(piece) is kept


@needs_flite
def test_thanks_count_when_they_are_said_aloud() -> None:
    """The phrase that Whisper writes over silence is dropped there, and only there."""
    assert credible("Thank you.", in_a_room(speech("thank you very much"))) == "Thank you."
    assert credible("Thank you.", noise(32000, 3e-4)) == ""
    assert credible("Thank you.", in_a_room(speech("thank you very much"), gain=0.004)) == ""
    assert credible("What time is it?", in_a_room(speech("what time is it"), gain=0.01)) == "What time is it?"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("no no no", "no no no"),
        ("No, no, no, no, no!", "No,"),
        ("hello I am here I am here I am here I am here", "hello I am here"),
        ("a b c", "a b c"),
        ("", ""),
    ],
)
def test_loops_are_said_once(text: str, rest: str) -> None:
    """From the fourth time on it is no emphasis."""
    assert unlooped(text) == rest


@given(st.lists(st.sampled_from(["go", "no", "stop", "you"]), max_size=20))
def test_a_loop_is_found_in_any_words(words: list[str]) -> None:
    """What is left is a beginning of the text, and empty only where the text is."""
    text = " ".join(words)
    rest = unlooped(text)
    assert text.startswith(rest)
    assert bool(rest) == bool(text)


def test_bare_words() -> None:
    """No punctuation, no capitals, one space."""
    assert bare("  Don't   STOP, now!  ") == "don't stop now"


@needs_flite
def test_a_voice_is_told_from_noise() -> None:
    """Even in "stop" there is a vowel; in coughs, hiss and silence there is none."""
    for text in ("stop", "yes", "no", "good morning", "please"):
        assert voiced_seconds(in_a_room(speech(text))) >= 0.12
        assert not is_noise(text, in_a_room(speech(text)))
    for sound in (cough(), noise(32000, 0.1), noise(32000, 1e-4), np.zeros(32000, np.float32), np.zeros(9, np.float32)):
        assert voiced_seconds(sound) <= 0.06
        assert is_noise("if", sound)


def test_levels() -> None:
    """A full-scale square wave is 0 dB; nothing is -96 dB; the gain has limits."""
    assert loudness(np.ones(3200, np.float32)) == pytest.approx(0.0, abs=0.01)
    assert loudness(np.zeros(3200, np.float32)) == SILENCE_DB
    assert loudness(np.zeros(10, np.float32)) == SILENCE_DB
    assert len(frame_levels(np.zeros(1000, np.float32))) == 3
    assert gain_for(-17.0) == pytest.approx(1.0)
    assert gain_for(-37.0) == pytest.approx(10.0)
    assert gain_for(-90.0) == gain_for(-60.0) < 25
    assert is_quiet(noise(3200, 3e-4), -20.0)
    assert not is_quiet(noise(3200, 0.1), -20.0)
    assert is_quiet(np.zeros(0, np.float32), -20.0)
