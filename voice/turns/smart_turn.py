"""Smart Turn v3: a model that hears by melody and words whether somebody has finished. Optional.

Its ONNX file (8.7 MB, BSD-2, from the makers of Pipecat) comes with `alisa models pull smart-turn`; nothing is
downloaded here. It looks at the last eight seconds of a turn at a soft end, in a thread of the caller's: tens of
milliseconds.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from alisa.runtime.errors import EngineError, MissingError
from voice.audio.clips import Samples
from voice.turns.log_mel import BANDS, HOP, RATE, log_mel

SECONDS = 8
INPUT = "input_features"
GET_IT = "Get it with `alisa models pull smart-turn`, or let silence decide: alisa config unset voice.end_of_turn"


class SmartTurn:
    """Judges the sound of a turn; without state."""

    def __init__(self, path: Path) -> None:
        """Load it. Raises MissingError (no such file) or EngineError (it is another model)."""
        if not path.is_file():
            raise MissingError("end_of_turn_missing", f"There is no end-of-turn model called {path.name}.", GET_IT)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own tree of exceptions has no common root
            raise EngineError("end_of_turn_broken", f"{path.name} cannot be loaded.", GET_IT) from error
        inputs = [(node.name, list(node.shape)[1:]) for node in self._session.get_inputs()]
        if inputs != [(INPUT, [BANDS, SECONDS * RATE // HOP])]:
            raise EngineError("end_of_turn_broken", f"{path.name} is not a model of the Smart Turn v3 kind.", GET_IT)

    def finished(self, samples: Samples) -> float:
        """Return how likely the turn, 16 kHz samples of any length, is finished, from 0 to 1."""
        newest = samples[-SECONDS * RATE :].astype(np.float32)
        sound = np.pad(newest, (SECONDS * RATE - len(newest), 0))
        sound = (sound - sound.mean()) / np.sqrt(sound.var() + 1e-7)
        (answer,) = self._session.run(None, {INPUT: log_mel(sound)[None]})
        return float(np.clip(answer.ravel()[0], 0.0, 1.0))


def create(path: Path) -> SmartTurn:
    """The engine `smart_turn`."""
    return SmartTurn(path)
