"""OpenCV as the eyes use it: one thread, and nothing printed.

More threads would make idle cores spin for pictures that one core looks through in milliseconds. What OpenCV
would print (no such camera, a driver's warning) is told by whoever asked for it, in a sentence.
"""

from __future__ import annotations

import functools
import os
from types import ModuleType
from typing import Any

_SETTINGS = {
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    # macOS asks for the permission by itself; OpenCV would ask in its own way, which works in the main thread alone
    "OPENCV_AVFOUNDATION_SKIP_AUTH": "1",
}


@functools.cache
def opencv() -> Any:
    """Return the module, imported at the first call and set up once."""
    for variable, value in _SETTINGS.items():
        os.environ.setdefault(variable, value)
    import cv2

    module: ModuleType = cv2
    cv2.setNumThreads(1)
    cv2.ocl.setUseOpenCL(False)
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return module
