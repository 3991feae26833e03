"""What nobody could hear costs nothing, and no onset is lost by that."""

from __future__ import annotations

import numpy as np

from tests.voice.vad.sounds import needs_flite, say, silence
from voice.audio.clips import Samples
from voice.vad.gate import CLOSE_AFTER_FRAMES, REPLAYED_FRAMES, Gate
from voice.vad.scripted import Scripted
from voice.vad.silero import Silero


def frames(samples: Samples) -> list[Samples]:
    """The whole frames of it."""
    return [samples[at : at + 512] for at in range(0, len(samples) - 511, 512)]


def test_silence_is_not_judged() -> None:
    """A minute of digital silence asks the VAD not once."""
    gate = Gate(Scripted())
    assert {gate.probability(frame) for frame in frames(silence(60))} == {0.0}
    assert gate.asked == 0


@needs_flite
def test_an_onset_after_silence_is_not_lost() -> None:
    """The first sure frame comes as soon behind the gate as without it."""
    for voice in ("awb", "rms"):
        sound = np.concatenate([silence(3), 0.1 * say("no", voice), silence(1)])
        gate, bare = Gate(Silero()), Silero()
        gated = [gate.probability(frame) for frame in frames(sound)]
        free = [bare.probability(frame) for frame in frames(sound)]
        first = [next(at for at, p in enumerate(ps) if p >= 0.4) for ps in (gated, free)]
        assert first[0] <= first[1] + 1


def test_the_end_is_the_vads_to_say() -> None:
    """Frames right after sound are still judged, so that the VAD can let go by itself."""
    gate = Gate(Scripted())
    gate.probability(np.full(512, 0.1, np.float32))
    for _ in range(CLOSE_AFTER_FRAMES + 5):
        gate.probability(np.zeros(512, np.float32))
    assert gate.asked == 1 + CLOSE_AFTER_FRAMES


def test_it_hears_the_rise() -> None:
    """The frames just before the first loud one are shown to the VAD first, after it has forgotten older sound."""
    vad = Scripted()
    gate = Gate(vad)
    for frame in frames(silence(1)):
        gate.probability(frame)
    assert gate.probability(np.full(512, 0.1, np.float32)) == 1.0
    assert (gate.asked, vad.resets) == (1 + REPLAYED_FRAMES, 1)


def test_a_click_is_looked_at() -> None:
    """A single loud sample opens the gate."""
    gate = Gate(Scripted())
    frame = np.zeros(512, np.float32)
    frame[100] = 0.02
    gate.probability(frame)
    assert gate.asked == 1


def test_reset_closes_it() -> None:
    """A new stream begins with the gate closed and the VAD fresh."""
    vad = Scripted()
    gate = Gate(vad)
    gate.probability(np.full(512, 0.1, np.float32))
    gate.reset()
    asked = gate.asked
    gate.probability(np.zeros(512, np.float32))
    assert (gate.asked, vad.resets) == (asked, 1)
