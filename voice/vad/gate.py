"""A gate before a VAD: what nobody could hear costs nothing.

It judges loudness alone, and only far below speech. Nothing is lost at an onset: the frames just before the gate
opens are shown to the VAD first, so that it hears the sound rise.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from voice.audio.clips import Samples
from voice.vad.engines import Vad

QUIET_RMS = 10 ** (-72 / 20)
"""-72 dBFS: 20 dB below a whisper at a usual microphone level, above the dither of a digital silence"""
CLICK_PEAK = 10 ** (-54 / 20)
"""a frame with such a peak is looked at, however short the peak"""
CLOSE_AFTER_FRAMES = 12
"""quiet frames that are still judged, so that the end of speech is the VAD's to say: 0.4 s"""
REPLAYED_FRAMES = 3
"""quiet frames that the VAD hears before the first loud one: 0.1 s"""


class Gate:
    """A `Vad` that asks another only while there is something to hear."""

    def __init__(self, vad: Vad) -> None:
        self._vad = vad
        self._before: deque[Samples] = deque(maxlen=REPLAYED_FRAMES)
        self._quiet_frames = CLOSE_AFTER_FRAMES
        self.asked = 0
        """how many frames the VAD behind it has judged"""

    def reset(self) -> None:
        """Forget what came before."""
        self._vad.reset()
        self._before.clear()
        self._quiet_frames = CLOSE_AFTER_FRAMES

    def probability(self, frame: Samples) -> float:
        """Return 0 for a frame that is as good as silent, after a while of such; else what the VAD says."""
        self._quiet_frames = self._quiet_frames + 1 if _silent(frame) else 0
        if self._quiet_frames > CLOSE_AFTER_FRAMES:
            self._before.append(frame.copy())
            return 0.0
        if self._before:
            self._vad.reset()  # its state is from before the silence
            for earlier in self._before:
                self._ask(earlier)
            self._before.clear()
        return self._ask(frame)

    def _ask(self, frame: Samples) -> float:
        self.asked += 1
        return self._vad.probability(frame)


def _silent(frame: Samples) -> bool:
    return float(np.dot(frame, frame)) < QUIET_RMS**2 * len(frame) and float(np.abs(frame).max()) < CLICK_PEAK
