"""One heap for all threads.

The C library of Linux gives each thread a heap of its own and gives little of it back. The threads here (the
recogniser's, the devices') mostly wait, so one heap costs no time and saves some MB.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

_M_ARENA_MAX = -8
"""`mallopt`(3)"""


def share_one_heap() -> None:
    """Call it before any thread is started. Does nothing where the C library is another one."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
