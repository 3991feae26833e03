"""One heap for all threads, and what is free of it given back.

The C library of Linux gives each thread a heap of its own and gives little of it back. The threads here (the
recogniser's, the devices') mostly wait, so one heap costs no time and saves some MB. Loading leaves holes in it.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys

_M_ARENA_MAX = -8
"""`mallopt`(3)"""


def share_one_heap() -> None:
    """Call it before any thread is started. Does nothing where the C library is another one."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give back to the system what is free. Some milliseconds: call it when everything is loaded."""
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
