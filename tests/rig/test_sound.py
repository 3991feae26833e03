"""The sound rig itself: what is said is on the tape, once, whole, on the right side."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rig.sound import RATE, Sound, echoed, lag, speech
from tests.rig.sound_fixtures import lasting_sound, sound
from voice.audio.clips import Clip
from voice.audio.rates import resampled

__all__ = ["lasting_sound", "sound"]


@pytest.mark.sound
def test_both_sides_are_on_one_tape(sound: Sound) -> None:
    """What goes into the microphone and what comes out of the speaker are apart, and exact to the sample."""
    said, answered = resampled(speech("hello there"), RATE), resampled(speech("good morning", "awb"), RATE)
    with sound.recording() as tape:
        into, out = sound.play(said), sound.play(answered, "speaker")
        into.wait()
        out.wait()
        sound.until_now(lambda: lag(tape.microphone, said)[1] > 0.99, "the sentence")
        sound.until_now(lambda: lag(tape.speaker, answered)[1] > 0.99, "the answer")
    assert lag(tape.microphone, answered)[1] < 0.5
    assert lag(tape.speaker, said)[1] < 0.5


@pytest.mark.sound
def test_a_device_can_be_pulled_out_and_put_in(sound: Sound) -> None:
    """The microphone goes away for the server's clients, and comes back as the default."""
    sound.unplug("mic")
    assert "mic\t" not in sound.daemon.pactl("list", "short", "sources")
    sound.plug("mic")
    assert sound.daemon.pactl("get-default-source").strip() == "mic"


def test_an_echo_is_later_and_less_loud() -> None:
    """`echoed` gives a sound back with the loudness and the delay that were asked for."""
    clip = Clip(np.random.default_rng(2).normal(size=RATE).astype(np.float32) * 0.1, RATE)
    wet = echoed(clip, -12.0, 0.05)
    assert lag(wet, clip)[0] == pytest.approx(0.05 * RATE, abs=2)
    ratio = np.sqrt((wet.samples**2).sum() / (clip.samples**2).sum())
    assert 20 * np.log10(ratio) == pytest.approx(-12.0, abs=1.0)
