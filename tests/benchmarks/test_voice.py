"""What is measured of the voice is what it says: each share of an answer, and when she is seen to be lowered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.voice import DUCK, FRAME, envelope, gap, seen_late, until_lower, until_silent
from benchmarks.voice_bare import CLICK, answered
from benchmarks.voice_share import Answer, TapeClock
from tests.rig.sound import RATE
from voice.audio.clips import Samples

STAGES = {
    "endpoint": 250.0, "arrival": 10.0, "stt": 40.0, "first_clause": 30.0, "first_token": 8.0, "first_audio": 40.0,
    "tts": 15.0, "total": 360.0,
}  # fmt: skip
ANSWER = Answer(asked=100.0, took=0.46, speech_ended=100.06, stages=STAGES)


def test_what_is_left_is_hers() -> None:
    """Silence counts from the last sound, wherever the voice saw the end; arrival, hub, clause and devices are hers."""
    assert ANSWER.silence_ms == pytest.approx(310.0)
    assert ANSWER.own_ms == pytest.approx(460.0 - 310.0 - 30.0 - 8.0 - 15.0)
    slower = replace(ANSWER, took=0.56)
    assert slower.own_ms == pytest.approx((ANSWER.own_ms or 0.0) + 100.0)
    assert replace(ANSWER, stages={"endpoint": 250.0}).own_ms is None


def test_when_a_recording_began() -> None:
    """Its promptest piece tells; before there is one, nothing does."""
    clock = TapeClock()
    clock.saw(10.0, 0.0)
    assert clock.began == float("inf")
    for now, seconds in ((10.2, 0.1), (10.32, 0.3), (10.9, 0.5)):
        clock.saw(now, seconds)
    assert clock.began == pytest.approx(10.02)


def tone(seconds: float, loudness: float = 0.3) -> Samples:
    """She speaks."""
    return (loudness * np.sin(np.arange(round(seconds * RATE)))).astype(np.float32)


def test_lowered_is_seen_within_a_frame_while_she_is_heard() -> None:
    """And only then: what is silent anyway is not lower than usual."""
    usual = envelope(np.concatenate([np.zeros(RATE // 5, np.float32), tone(1.0)]))
    assert until_lower(usual, usual) == pytest.approx(1.2)
    assert until_lower(usual, DUCK * usual) == pytest.approx(0.2, abs=FRAME / RATE)
    assert seen_late(usual[15:], 0.1) == pytest.approx([0.05, 0.04, 0.03, 0.02, 0.01, 0, 0, 0, 0, 0], abs=0.001)
    later = usual.copy()
    later[50:] *= DUCK
    assert until_lower(usual, later) == pytest.approx(0.5)


def test_silence_begins_where_nothing_is_heard_for_a_while() -> None:
    """A breath between two words is not the end; nor does a question end before its last sound."""
    speaker = np.concatenate([tone(0.3), np.zeros(RATE // 10, np.float32), tone(0.2), np.zeros(RATE, np.float32)])
    assert until_silent(speaker, 0) == pytest.approx(0.6, abs=0.001)
    last, took = gap(tone(0.3), np.concatenate([np.zeros(RATE // 2, np.float32), tone(0.2)]))
    assert last == pytest.approx(0.3, abs=0.001)
    assert took == pytest.approx(0.2, abs=0.001)


def test_each_click_has_its_answer() -> None:
    """The time from one to the other; one that is not answered tells nothing."""
    said, heard = np.zeros(3 * RATE, np.float32), np.zeros(3 * RATE, np.float32)
    for place, late in ((0.5, 0.021), (1.2, 0.034), (2.0, None)):
        said[round(place * RATE) :][: len(CLICK)] = CLICK
        if late is not None:
            heard[round((place + late) * RATE) :][: len(CLICK)] = CLICK
    assert answered(said, heard) == pytest.approx([0.021, 0.034], abs=0.001)
