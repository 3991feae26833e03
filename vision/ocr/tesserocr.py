"""Tesseract within this process, by `tesserocr` (an extra): nothing is started, so a look is some 0.07 s shorter.

It brings Tesseract's library but no language: that of the system's Tesseract is taken. One reader a thread.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # read when the library is loaded

from tesserocr import PSM, RIL, PyTessBaseAPI, iterate_level

from alisa.runtime.errors import EngineError, MissingError
from vision.ocr.install import install_hint
from vision.ocr.lines import Grey
from vision.ocr.sheet import Placed
from vision.ocr.tesseract import is_word, straight

_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/opt/homebrew/share/tessdata",
    "/usr/local/share/tessdata",
    r"C:\Program Files\Tesseract-OCR\tessdata",
)


def create() -> Tesserocr:
    """Return the engine. Raises MissingError where no language is installed."""
    named = os.environ.get("TESSDATA_PREFIX")
    for place in [named, *_PLACES] if named else _PLACES:
        if place and (Path(place) / "eng.traineddata").is_file():
            return Tesserocr(place)
    raise MissingError("tesseract_missing", "Tesseract's data for English is not installed.", install_hint())


class Tesserocr:
    """One reader for each thread that asks."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._own = threading.local()

    def read(self, picture: Grey) -> list[Placed]:
        try:
            return list(self._words(picture))
        except RuntimeError as error:
            raise EngineError(
                "ocr_failed", f"Tesseract failed: {str(error)[:200]}.", "Try `vision.ocr = tesseract`."
            ) from error

    def close(self) -> None:
        self._own = threading.local()

    def _words(self, picture: Grey) -> list[Placed]:
        reader = self._reader()
        height, width = picture.shape
        reader.SetImageBytes(picture.tobytes(), width, height, 1, width)
        reader.SetSourceResolution(150)
        reader.Recognize()
        found = []
        for word in iterate_level(reader.GetIterator(), RIL.WORD):
            if word.Empty(RIL.WORD):
                continue
            text = straight(word.GetUTF8Text(RIL.WORD))
            left, top, right, bottom = word.BoundingBox(RIL.WORD)
            if is_word(text, word.Confidence(RIL.WORD)):
                found.append(Placed(text, left, right, (top + bottom) / 2))
        return found

    def _reader(self) -> Any:
        if not hasattr(self._own, "reader"):
            folder = self._folder if sys.platform != "win32" else self._folder + "\\"
            self._own.reader = PyTessBaseAPI(path=folder, lang="eng", psm=PSM.SINGLE_BLOCK)
        return self._own.reader
