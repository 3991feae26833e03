"""Silero, streamed: real speech is found where it is, and what is no speech is not taken for it."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np
import pytest

from alisa.runtime.errors import EngineError, UsageError
from tests.voice.vad import sounds
from tests.voice.vad.sounds import RATE, needs_flite, room, say, silence
from voice.audio.clips import Samples
from voice.vad.engines import FRAME_SAMPLES, create
from voice.vad.silero import Silero, model_path

FRAME_SECONDS = FRAME_SAMPLES / RATE


def probabilities(samples: Samples, vad: Silero | None = None) -> np.ndarray:
    """What Silero says of each whole frame."""
    vad = vad or Silero()
    return np.array([vad.probability(samples[at : at + 512]) for at in range(0, len(samples) - 511, 512)])


@needs_flite
@pytest.mark.parametrize("voice", ["awb", "rms", "slt"])
@pytest.mark.parametrize("text", ["Could you tell me a story about the sea?", "What about tomorrow?", "no"])
def test_speech_is_found_where_it_is(voice: str, text: str) -> None:
    """Two frames in a row are sure of it within 0.15 s of its (voiced) onset, and none is 0.1 s after its end."""
    said = say(text, voice)
    begin, end = (second + 1.0 for second in sounds.loud_part(said))
    sure = probabilities(room(np.concatenate([silence(1), said, silence(1)]))) >= 0.5
    both = np.flatnonzero(sure[1:] & sure[:-1]) + 2
    assert begin - 0.1 <= both[0] * FRAME_SECONDS <= begin + 0.15
    assert abs((np.flatnonzero(sure)[-1] + 1) * FRAME_SECONDS - end) <= 0.1


def test_most_onsets_are_found_within_a_tenth_of_a_second() -> None:
    """The median of many onsets, at every phase of the frames."""
    if not sounds.shutil.which("flite"):
        pytest.skip("flite is not installed")
    late = []
    for text in ("hello there", "wait", "no", "please", "can you tell me more"):
        for voice in ("awb", "rms"):
            said = say(text, voice)
            for phase in (0, 170, 340):
                sure = probabilities(room(np.concatenate([silence(1), np.zeros(phase, np.float32), said]))) >= 0.5
                onset = 1.0 + phase / RATE + sounds.loud_part(said)[0]
                late.append((np.flatnonzero(sure)[0] + 1) * FRAME_SECONDS - onset)
    assert np.median(late) <= 0.1


@pytest.mark.parametrize(
    "sound",
    [
        sounds.noise(0.03),
        sounds.noise(0.2),
        sounds.hum(),
        sounds.melody(),
        sounds.click(),
        sounds.bang(1),
        sounds.bang(2),
        sounds.typing(),
    ],
    ids=["hiss", "loud hiss", "hum", "melody", "click", "bang", "another bang", "typing"],
)
def test_noise_is_no_speech(sound: Samples) -> None:
    """Hiss, hum, notes, clicks and bangs stay far from sure."""
    assert probabilities(room(np.concatenate([silence(0.5), sound, silence(0.5)]))).max() < 0.3


@pytest.mark.parametrize("seed", range(4))
def test_a_cough_is_short(seed: int) -> None:
    """A cough may look like speech, but never for longer than a short word."""
    sure = probabilities(room(np.concatenate([silence(0.5), sounds.two_coughs(seed), silence(0.5)]))) >= 0.5
    assert sure.sum() * FRAME_SECONDS < 0.5


@needs_flite
def test_state_goes_from_frame_to_frame() -> None:
    """A stream is more than its frames: judged one by one, beginning anew each time, the answers differ."""
    said = say("Could you tell me a story about the sea?")
    streamed = probabilities(said)
    vad = Silero()
    alone = []
    for at in range(0, len(said) - 511, 512):
        vad.reset()
        alone.append(vad.probability(said[at : at + 512]))
    assert np.abs(streamed - np.array(alone)).max() > 0.2
    again = Silero()
    first = probabilities(said, again)
    again.reset()
    assert np.array_equal(first, probabilities(said, again))


def test_it_works_in_one_thread() -> None:
    """More of them spin while nobody speaks."""
    options = Silero()._session.get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)


def test_it_is_cheap() -> None:
    """A frame of 32 ms costs less than 1.3 ms, 4 % of a core, even on a busy machine; usually 0.1 ms."""
    vad = Silero()
    frames = np.random.default_rng(0).normal(0, 0.1, (200, 512)).astype(np.float32)
    times = []
    for frame in frames:
        begin = time.perf_counter()
        vad.probability(frame)
        times.append(time.perf_counter() - begin)
    assert np.median(times) < 1.3e-3


def test_only_the_file_is_taken() -> None:
    """The network is found without importing faster-whisper, its tokenisers or CTranslate2."""
    code = (
        "import sys, voice.vad.silero as s; s.Silero();"
        "sys.exit(any(m in sys.modules for m in ('faster_whisper', 'ctranslate2', 'tokenizers', 'torch')))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
    assert model_path().is_file()


def test_another_shape_is_refused() -> None:
    """A frame that is not 512 samples long is a mistake, not a silence."""
    with pytest.raises(ValueError, match="512"):
        Silero().probability(np.zeros(160, np.float32))


def test_a_broken_file_says_what_to_do(tmp_path) -> None:
    """A network that cannot be read is an error with a next step."""
    path = tmp_path / "silero_vad_v6.onnx"
    path.write_bytes(b"not a network")
    with pytest.raises(EngineError, match="Install Alisa again"):
        Silero(path)


def test_chosen_by_name() -> None:
    """`silero` and `scripted` can be had; another name lists them."""
    for name in ("silero", "scripted"):
        assert create(name).probability(np.zeros(512, np.float32)) < 0.5
    with pytest.raises(UsageError, match="silero"):
        create("sillero")
