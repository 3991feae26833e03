"""What reads print, chosen by name."""

from __future__ import annotations

from typing import cast

from alisa.runtime.engines import Engine, Registry
from vision.ocr.reading import Ocr

ENGINES = Registry(
    "screen reading",
    (
        Engine("tesseract", "vision.ocr.tesseract:create", summary="Tesseract's program, where it is installed"),
        Engine("tesserocr", "vision.ocr.tesserocr:create", extra="tesserocr", summary="Tesseract within this process"),
        Engine("rapidocr", "vision.ocr.rapidocr:create", extra="rapidocr", summary="a small neural reader (ONNX)"),
        Engine("system", "vision.ocr.system:create", summary="what comes with Windows and macOS"),
        Engine("scripted", "vision.ocr.scripted:create", summary="reads what a test says"),
    ),
    entry_point_group="alisa.ocr",
)


def create(name: str) -> Ocr:
    """Make the engine of that name. Raises UsageError (no such engine), MissingError, EngineError."""
    return cast("Ocr", ENGINES.create(name.strip().lower() or "tesseract"))
