"""RapidOCR (an extra): PaddleOCR's small models in ONNX. Slower to load than Tesseract, better at odd type.

The lines are found already, so each is only recognised: its detector is not asked. One thread.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from rapidocr_onnxruntime import RapidOCR

from alisa.runtime.errors import EngineError
from vision.ocr.lines import Grey
from vision.ocr.sheet import Placed, rows_of

_THREADS = 1


def create() -> Rapid:
    """Return the engine; its models come with the package."""
    return Rapid(RapidOCR(intra_op_num_threads=_THREADS, inter_op_num_threads=_THREADS))


class Rapid:
    """One reader; threads take turns."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._turn = threading.Lock()

    def read(self, picture: Grey) -> list[Placed]:
        rows = list(rows_of(picture))
        pieces = [np.repeat(picture[top:bottom, :, None], 3, axis=2) for top, bottom in rows]
        with self._turn:
            try:
                results = [self._reader(piece, use_det=False, use_cls=False, use_rec=True)[0] for piece in pieces]
            except Exception as error:  # the library raises whatever its parts do
                raise EngineError(
                    "ocr_failed", f"RapidOCR failed: {type(error).__name__}.", "Try `vision.ocr = tesseract`."
                ) from error
        return [
            Placed(str(result[0][0]), 0.0, picture.shape[1], (top + bottom) / 2)
            for (top, bottom), result in zip(rows, results, strict=True)
            if result and str(result[0][0]).strip()
        ]

    def close(self) -> None:
        """Nothing is kept open."""
