"""A model that judges whether a turn is over, at work beside the event loop: asked at a soft end, answered when it can.

Nobody waits for the answer. Until it is there, or where the model fails, silence and words decide.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from alisa.runtime.logs import get_logger
from voice.audio.clips import Samples
from voice.audio.streams import RATE
from voice.turns.engines import EndOfTurn

KEPT_SECONDS = 8
"""Such models look at no more of a turn."""

log = get_logger(__name__)


class Ending:
    """One turn after the other: begin it, let it hear, ask it at a soft end, withdraw where the turn goes on."""

    def __init__(self, model: EndOfTurn, *, threaded: bool = True) -> None:
        """`threaded=False` asks it on the spot: for models that take no time."""
        self._model = model
        self._executor = ThreadPoolExecutor(1, "end of turn") if threaded else None
        self._heard: deque[Samples] = deque()
        self._samples = 0
        self._question = 0
        self.answer: float | None = None
        """how likely the turn is finished, from 0 to 1; None: not asked, or not known yet"""

    def begin(self, samples: Samples) -> None:
        """A turn begins, with these samples (16 kHz)."""
        self.withdraw()
        self._heard.clear()
        self._samples = 0
        self.hear(samples)

    def hear(self, samples: Samples) -> None:
        """It goes on."""
        self._heard.append(samples)
        self._samples += len(samples)
        while self._samples - len(self._heard[0]) >= KEPT_SECONDS * RATE:
            self._samples -= len(self._heard.popleft())

    def ask(self) -> None:
        """It may be over: have the model look at it."""
        self.withdraw()
        number, sound = self._question, np.concatenate(self._heard)
        if self._executor is None:
            self.answer = self._judged(sound)
            return
        judged = asyncio.get_running_loop().run_in_executor(self._executor, self._judged, sound)
        judged.add_done_callback(lambda done: self._told(number, done))

    def withdraw(self) -> None:
        """It was not over, or it is: no answer is wanted."""
        self._question += 1
        self.answer = None

    def close(self) -> None:
        """Do no more work; what is under way comes to its end by itself."""
        self.withdraw()
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def _judged(self, sound: Samples) -> float | None:
        try:
            return self._model.finished(sound)
        except Exception:
            log.exception("whether a turn is over could not be judged")
            return None

    def _told(self, number: int, done: asyncio.Future[float | None]) -> None:
        if number == self._question and not done.cancelled():
            self.answer = done.result()
            log.debug("end of turn", finished=self.answer)
