"""How many threads are worth using while others work on the same machine."""

from __future__ import annotations

import time

import torch


class Pace:
    """All threads on a quiet machine; one on a busy one, where several would mostly wait for each other.

    Waiting threads spin, so on a quiet machine a step uses as many seconds of processor time as it has threads, for
    each second on the clock. Less means that somebody else had the processors.
    """

    QUIET = 0.88
    """Share of the possible processor time that a step must get for the machine to count as quiet."""
    LONGEST_REST = 48

    def __init__(self, threads: int) -> None:
        self._threads, self._now = threads, threads
        self._rest, self._left = 4, 0
        self._began = self._spent = 0.0

    def begin(self) -> None:
        """Set the threads for the step that begins."""
        self._now = 1 if self._left else self._threads
        self._left = max(0, self._left - 1)
        torch.set_num_threads(self._now)
        self._began, self._spent = time.monotonic(), time.process_time()

    def end(self) -> None:
        """Judge by the step that has ended: a busy machine is left alone for a while, longer each time."""
        if self._now == 1:
            return
        got = (time.process_time() - self._spent) / (time.monotonic() - self._began)
        if got < self.QUIET * self._threads:
            self._left = self._rest
            self._rest = min(self._rest * 2, self.LONGEST_REST)
        else:
            self._rest = 4

    def __str__(self) -> str:
        return f"{self._now} threads"
