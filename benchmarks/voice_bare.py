"""What the sound system alone costs: a program that hears a click, answers it with one, and does nothing else.

It opens microphone and loudspeaker as the voice does, and stands where the voice would. So the time from click to
click on the recording is what is left of an answer when all of Alisa takes no time: the pieces in which the microphone
is handed over, the buffer in front of the loudspeaker, the sound server between.

As a program (`python -m benchmarks.voice_bare SECONDS`) it is that one; `measured` starts it and listens.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import numpy as np

from tests.rig.sound import RATE, Sound
from voice.audio import buffers
from voice.audio.clips import Clip, Samples
from voice.audio.keeper import Keeper
from voice.audio.streams import State

CLICK = np.full(RATE // 200, 0.3, np.float32)
LOUD = 0.1
APART_SECONDS = 0.4
"""from one click to the next, and a little: they must not fall into step with the blocks"""


def main() -> int:
    """Answer clicks for so many seconds."""
    asked, last = [False], [0.0]

    def hears(_device: Any, _rate: int, _channels: int) -> dict[str, Any]:
        def callback(data: Samples, _frames: int, _times: Any, _status: Any) -> None:
            ear.called()
            now = time.monotonic()
            if np.abs(data).max() > LOUD:
                asked[0] = asked[0] or now - last[0] > APART_SECONDS / 2
                last[0] = now

        return {"callback": callback}

    def speaks(_device: Any, _rate: int, _channels: int) -> dict[str, Any]:
        def callback(out: Samples, _frames: int, _times: Any, _status: Any) -> None:
            mouth.called()
            out.fill(0.0)
            if asked[0]:
                asked[0] = False
                out[: len(CLICK)] = CLICK[: len(out), None]

        return {"callback": callback}

    ear = Keeper("input", "", hears, _nothing, lambda: buffers.MICROPHONE)
    mouth = Keeper("output", "", speaks, _nothing, lambda: buffers.SPEAKER[0])
    for keeper in (mouth, ear):
        keeper.start()
    print("ready", flush=True)
    time.sleep(float(sys.argv[1]))
    for keeper in (ear, mouth):
        keeper.stop()
    return 0


def _nothing(_state: State) -> None:
    """It is only listened to."""


def measured(sound: Sound, clicks: int) -> list[float]:
    """The seconds from each click to its answer, on the recording."""
    random = np.random.default_rng(1)
    places = [round((0.5 + APART_SECONDS * n + 0.05 * random.random()) * RATE) for n in range(clicks)]
    said = np.zeros(places[-1] + RATE // 2, np.float32)
    for place in places:
        said[place : place + len(CLICK)] = CLICK
    argv = [sys.executable, "-m", "benchmarks.voice_bare", str(len(said) / RATE + 2.0)]
    with subprocess.Popen(argv, env=sound.environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        program.stdout.readline()
        with sound.recording() as tape:
            sound.play(Clip(said, RATE)).wait()
            time.sleep(0.3)
    return answered(tape.microphone.samples, tape.speaker.samples)


def answered(microphone: Samples, speaker: Samples) -> list[float]:
    """The seconds from each click to the next sound of the other side, where there is one before the next click."""
    loud = np.flatnonzero(np.abs(microphone) > LOUD)
    clicks = loud[np.diff(loud, prepend=-RATE) > APART_SECONDS / 2 * RATE]
    found = []
    for click in clicks:
        after = np.flatnonzero(np.abs(speaker[click : click + round(APART_SECONDS * RATE)]) > LOUD)
        if len(after):
            found.append(float(after[0]) / RATE)
    return found


if __name__ == "__main__":
    sys.exit(main())
