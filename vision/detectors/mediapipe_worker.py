"""MediaPipe as a process of its own, run by its path in the environment that has it.

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
from typing import Any, BinaryIO

SURE = 0.5
"""MediaPipe's own usual threshold"""
HEADER = struct.Struct(">HH")
_RIGHT_EYE, _LEFT_EYE, _NOSE, _MOUTH, _RIGHT_EAR, _LEFT_EAR = range(6)


def main() -> int:
    """Answer pictures until there are no more."""
    pictures, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever libraries print is not taken for an answer
    try:
        mediapipe: Any = importlib.import_module("mediapipe")
        import numpy as np

        finder = mediapipe.solutions.face_detection.FaceDetection(0, SURE)
    except (ImportError, OSError, AttributeError) as error:
        _answer(answers, {"missing": " ".join(str(error).split())[:300]})
        return 3
    _answer(answers, {"ready": True})
    while len(header := pictures.read(HEADER.size)) == HEADER.size:
        height, width = HEADER.unpack(header)
        data = pictures.read(height * width * 3)
        if len(data) < height * width * 3:
            return 0
        picture = np.frombuffer(data, np.uint8).reshape(height, width, 3)[:, :, ::-1]
        found = finder.process(np.ascontiguousarray(picture)).detections or []
        _answer(answers, {"faces": [_face(each.location_data) for each in found]})
    return 0


def _face(where: Any) -> list[float]:
    """The box in shares of the picture, and how far the head is turned: where its nose is between its ears."""
    box = where.relative_bounding_box
    across = [point.x for point in where.relative_keypoints]
    ears = across[_LEFT_EAR] - across[_RIGHT_EAR]
    nose = (across[_NOSE] - across[_RIGHT_EAR]) / ears if abs(ears) > 1e-6 else 0.0
    return [box.xmin, box.ymin, box.width, box.height, min(1.0, abs(2.0 * nose - 1.0))]


def _answer(answers: BinaryIO, told: object) -> None:
    answers.write(json.dumps(told).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
