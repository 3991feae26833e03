"""The readers that come with Windows (Windows.Media.Ocr) and macOS (Vision).

Both are reached through packages that the extra `system-ocr` brings: `winrt-*` and `pyobjc-framework-Vision`.
Written after their documentation; it was not run on Windows or macOS. Linux has none.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from alisa.runtime.errors import EngineError, MissingError
from vision.ocr.lines import Grey
from vision.ocr.sheet import Placed

_EXTRA = 'In Alisa\'s folder run: python -m pip install -e ".[system-ocr]"'


def create(platform: str = sys.platform) -> SystemOcr:
    """Return this system's reader. Raises MissingError where there is none."""
    if platform not in ("win32", "darwin"):
        raise MissingError(
            "system_ocr_missing",
            "This system has no reader of its own.",
            "Take Tesseract: alisa config set vision.ocr tesseract",
        )
    try:
        return SystemOcr(_Windows() if platform == "win32" else _Mac())
    except ImportError as error:
        raise MissingError(
            "extra_missing", f"The system's reader needs {error.name}, which is not installed.", _EXTRA
        ) from error


class SystemOcr:
    """Reads with what the system has; what goes wrong there is one sentence."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, picture: Grey) -> list[Placed]:
        try:
            return list(self._reader.read(picture))
        except Exception as error:  # whatever the system raises through its bridge
            raise EngineError(
                "ocr_failed", f"The system's reader failed: {type(error).__name__}.", "Try `vision.ocr = tesseract`."
            ) from error

    def close(self) -> None:
        """Nothing is kept open."""


class _Windows:
    """https://learn.microsoft.com/uwp/api/windows.media.ocr.ocrengine"""

    def __init__(self) -> None:
        import importlib

        imaging = importlib.import_module("winrt.windows.graphics.imaging")
        self._bitmap, self._format = imaging.SoftwareBitmap, imaging.BitmapPixelFormat.GRAY8
        self._writer = importlib.import_module("winrt.windows.storage.streams").DataWriter
        engine = importlib.import_module("winrt.windows.media.ocr").OcrEngine
        self._engine = engine.try_create_from_user_profile_languages()
        if self._engine is None:
            raise MissingError(
                "system_ocr_missing",
                "Windows has no language to read installed.",
                "Add the optional feature `Basic typing` of a language in Windows's settings.",
            )

    def read(self, picture: Grey) -> list[Placed]:
        height, width = picture.shape
        writer = self._writer()
        writer.write_bytes(picture.tobytes())
        bitmap = self._bitmap.create_copy_from_buffer(writer.detach_buffer(), self._format, width, height)

        async def recognise() -> Any:
            return await self._engine.recognize_async(bitmap)

        found = []
        for line in asyncio.run(recognise()).lines:
            for word in line.words:
                box = word.bounding_rect
                found.append(Placed(word.text, box.x, box.x + box.width, box.y + box.height / 2))
        return found


class _Mac:
    """https://developer.apple.com/documentation/vision/vnrecognizetextrequest"""

    def __init__(self) -> None:
        import importlib

        self._vision = importlib.import_module("Vision")
        self._quartz = importlib.import_module("Quartz")

    def read(self, picture: Grey) -> list[Placed]:
        height, width = picture.shape
        quartz = self._quartz
        provider = quartz.CGDataProviderCreateWithCFData(picture.tobytes())
        space = quartz.CGColorSpaceCreateDeviceGray()
        image = quartz.CGImageCreate(width, height, 8, 8, width, space, 0, provider, None, False, 0)
        request = self._vision.VNRecognizeTextRequest.alloc().init()
        request.setRecognitionLevel_(0)  # VNRequestTextRecognitionLevelAccurate
        request.setUsesLanguageCorrection_(False)  # code is not a language that it knows
        handler = self._vision.VNImageRequestHandler.alloc().initWithCGImage_options_(image, {})
        handler.performRequests_error_([request], None)
        found = []
        for result in request.results() or ():
            box = result.boundingBox()  # shares of the picture, measured upwards
            left, right = box.origin.x * width, (box.origin.x + box.size.width) * width
            y = (1 - box.origin.y - box.size.height / 2) * height
            found.append(Placed(str(result.topCandidates_(1)[0].string()), left, right, y))
        return found
