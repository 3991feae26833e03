"""How many threads are worth using while others work on the same machine."""

from __future__ import annotations

import time

import torch


class Pace:
    """All threads on a quiet machine, one on a busy one, where two would wait for each other most of the time."""

    SLOWER = 1.6
    """How much slower than its best a step must be for the machine to count as busy."""
    LOOK_EVERY_STEPS = 4

    def __init__(self, threads: int) -> None:
        self._threads, self._now = threads, threads
        self._steps = 0
        self._best_step = self._best_look = float("inf")
        self._began = 0.0
        self._sample = torch.randn(1024, 1024)

    def begin(self) -> None:
        """Set the threads for the step that begins."""
        if self._now != self._threads and self._steps % self.LOOK_EVERY_STEPS == 0 and self._quiet():
            self._now = self._threads
        torch.set_num_threads(self._now)
        self._began = time.monotonic()

    def end(self, tokens: int) -> None:
        """Note what the step cost."""
        self._steps += 1
        cost = (time.monotonic() - self._began) / tokens
        if self._now != self._threads or self._steps <= 20:
            return
        self._best_step = min(self._best_step * 1.002, cost)
        if cost > self._best_step * self.SLOWER and not self._quiet():
            self._now = 1

    def _quiet(self) -> bool:
        """A small product on all threads, timed: are the processors ours?"""
        torch.set_num_threads(self._threads)
        started = time.monotonic()
        for _ in range(3):
            self._sample @ self._sample
        took = time.monotonic() - started
        self._best_look = min(self._best_look, took)
        return took < self._best_look * self.SLOWER

    def __str__(self) -> str:
        return f"{self._now} threads"
