"""Silero VAD v6 as a stream: its recurrent state and its 64 samples of context go from frame to frame.

The network comes with faster-whisper, whose own class begins anew at each call; so only the file is taken from there,
and found without importing the package. Knows nothing of turns: that is `voice.turns`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alisa.runtime.errors import EngineError, MissingError
from voice.audio.clips import Samples
from voice.vad.engines import FRAME_SAMPLES, Vad
from voice.vad.gate import Gate

CONTEXT_SAMPLES = 64
STATE_SIZE = 128
NAME = "silero_vad_v6.onnx"
REINSTALL = "Install Alisa again: python -m pip install --force-reinstall faster-whisper"


def model_path() -> Path:
    """Where the network lies. Raises MissingError."""
    spec = importlib.util.find_spec("faster_whisper")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        path = Path(folder) / "assets" / NAME
        if path.is_file():
            return path
    raise MissingError("vad_missing", "What tells speech from noise (Silero) is not installed.", REINSTALL)


class Silero:
    """One stream through the network: about 0.1 ms for each 32 ms frame."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or model_path()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # more spin while she only listens
        options.log_severity_level = 4
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own tree of exceptions has no common root
            raise EngineError("vad_broken", f"{NAME} cannot be loaded.", REINSTALL) from error
        self.reset()

    def reset(self) -> None:
        """Forget what came before."""
        self._state: tuple[NDArray[np.float32], NDArray[np.float32]] = (_zeros(), _zeros())
        self._input = np.zeros((1, CONTEXT_SAMPLES + FRAME_SAMPLES), np.float32)

    def probability(self, frame: Samples) -> float:
        """Return how likely the frame, `(512,)`, is speech. Raises ValueError for another shape."""
        if frame.shape != (FRAME_SAMPLES,):
            raise ValueError(f"a frame has {FRAME_SAMPLES} samples, not {frame.shape}")
        self._input[0, CONTEXT_SAMPLES:] = frame
        memory, cell = self._state
        speech, memory, cell = self._session.run(None, {"input": self._input, "h": memory, "c": cell})
        self._state = (memory, cell)
        self._input[0, :CONTEXT_SAMPLES] = frame[-CONTEXT_SAMPLES:]
        return float(speech.ravel()[0])


def _zeros() -> NDArray[np.float32]:
    return np.zeros((1, 1, STATE_SIZE), np.float32)


def create() -> Vad:
    """The network behind its gate."""
    return Gate(Silero())
