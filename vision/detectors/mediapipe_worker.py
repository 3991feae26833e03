"""MediaPipe as a process of its own, run by its path in the environment that has it; its argument is the model's file.

It reads pictures from stdin (height and width in two bytes each, then the picture's bytes: blue, green, red) and
answers each with a line of JSON on stdout. It begins with such a line, too: that it is ready, or why it is not.
When stdin ends, so does it. Standard library only, MediaPipe and what comes with it aside; Alisa's code is not there.
"""

from __future__ import annotations

import importlib
import json
import os
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

SURE = 0.5
"""MediaPipe's own usual threshold"""
HEADER = struct.Struct(">HH")
_RIGHT_EYE, _LEFT_EYE, _NOSE, _MOUTH, _RIGHT_EAR, _LEFT_EAR = range(6)


def main() -> int:
    """Answer pictures until there are no more."""
    pictures, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever libraries print is not taken for an answer
    sys.modules["sounddevice"] = None  # type: ignore[assignment]  # it would open the sound system: eyes do not hear
    try:
        model = Path(sys.argv[1]).read_bytes()
        mediapipe: Any = importlib.import_module("mediapipe")
        import numpy as np

        finder = _finder(mediapipe, model)
    except (ImportError, OSError, AttributeError, RuntimeError, ValueError) as error:
        _answer(answers, {"missing": " ".join(str(error).split())[:300]})
        return 3
    _answer(answers, {"ready": True})
    while len(header := pictures.read(HEADER.size)) == HEADER.size:
        height, width = HEADER.unpack(header)
        data = pictures.read(height * width * 3)
        if len(data) < height * width * 3:
            return 0
        picture = np.frombuffer(data, np.uint8).reshape(height, width, 3)[:, :, ::-1]
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(picture))
        _answer(answers, {"faces": [_face(found, width, height) for found in finder.detect(image).detections]})
    return 0


def _finder(mediapipe: Any, model: bytes) -> Any:
    """MediaPipe's task that finds faces in single pictures."""
    tasks = mediapipe.tasks
    base = tasks.BaseOptions(model_asset_buffer=model)
    options = tasks.vision.FaceDetectorOptions(base_options=base, min_detection_confidence=SURE)
    return tasks.vision.FaceDetector.create_from_options(options)


def _face(found: Any, width: int, height: int) -> list[float]:
    """The box in shares of the picture, and how far the head is turned: where its nose is between its ears."""
    box = found.bounding_box
    across = [point.x for point in found.keypoints]
    ears = across[_LEFT_EAR] - across[_RIGHT_EAR]
    nose = (across[_NOSE] - across[_RIGHT_EAR]) / ears if abs(ears) > 1e-6 else 0.0
    turned = min(1.0, abs(2.0 * nose - 1.0))
    return [box.origin_x / width, box.origin_y / height, box.width / width, box.height / height, turned]


def _answer(answers: BinaryIO, told: object) -> None:
    answers.write(json.dumps(told).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
