"""A recogniser at work beside the event loop: sound goes in as it comes, partial words and the last ones come out.

Recognisers block, so one thread of its own does their work, in order. What the words mean is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np

from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from voice.audio.clips import Samples
from voice.stt.recognizer import RATE, Recognizer, Transcript

PARTIAL_SECONDS = 0.15
"""Sound between two looks at what was understood so far."""
T = TypeVar("T")

log = get_logger(__name__)


class Transcriber:
    """One utterance after the other; an utterance is begun, fed, and finished or dropped.

    `threaded=False` does the work on the spot: for recognisers that take no time.
    """

    def __init__(self, recognizer: Recognizer, *, threaded: bool = True) -> None:
        self._recognizer = recognizer
        self._executor = ThreadPoolExecutor(1, "stt") if threaded else None
        self._waiting: list[Samples] = []
        self._pumping = False
        self._since_partial = 0
        self._utterance = 0
        self.open = False
        """whether an utterance is being taken in"""
        self.partial: str | None = None
        """what was understood so far; None: nothing was told yet, as by recognisers that tell only at the end"""
        self.on_partial: Callable[[], None] = _nobody

    def load(self) -> asyncio.Future[None]:
        """Do the slow part of getting ready. The future fails as `Recognizer.load` does."""
        return self._run(self._recognizer.load)

    def close(self) -> None:
        """Do no more work; what is under way comes to its end by itself."""
        self.drop()
        if self._executor is not None:
            self._executor.submit(self._recognizer.close)
            self._executor.shutdown(wait=False)

    def begin(self, samples: Samples) -> None:
        """An utterance begins, with these samples (16 kHz)."""
        self.drop()
        self.open = True
        self._waiting = [samples]
        self._since_partial = 0
        self._run(self._begun)
        self._pump()

    def feed(self, samples: Samples) -> None:
        """It goes on."""
        if self.open:
            self._waiting.append(samples)
            self._pump()

    def drop(self) -> None:
        """Forget the utterance."""
        self.open, self.partial = False, None
        self._utterance += 1
        self._waiting = []

    def finish(self) -> asyncio.Future[Transcript]:
        """The utterance is over. The future never fails: where the recogniser does, nothing was understood."""
        rest = np.concatenate([np.zeros(0, np.float32), *self._waiting])
        self.open = False
        self._utterance += 1
        self._waiting = []
        return self._run(self._finished, rest)

    def _begun(self) -> None:
        try:
            self._recognizer.begin()
        except AlisaError as error:
            log.warning("nothing can be understood", code=error.code, error=error.message)
        except Exception:
            log.exception("speech cannot be understood")

    def _finished(self, rest: Samples) -> Transcript:
        try:
            if len(rest):
                self._recognizer.feed(rest)
            return self._recognizer.finish()
        except AlisaError as error:
            log.warning("speech could not be understood", code=error.code, error=error.message)
            return Transcript("", 0.0, 0.0)
        except Exception:
            log.exception("speech could not be understood")
            return Transcript("", 0.0, 0.0)

    def _pump(self) -> None:
        """Have what waits taken in, unless that is under way."""
        if self._pumping or not self._waiting:
            return
        samples, self._waiting = np.concatenate(self._waiting), []
        self._since_partial += len(samples)
        wants_partial = self._since_partial >= PARTIAL_SECONDS * RATE
        if wants_partial:
            self._since_partial = 0
        self._pumping = True
        fed = self._run(self._fed, samples, wants_partial)
        number = self._utterance
        fed.add_done_callback(lambda done: self._pumped(number, done))

    def _fed(self, samples: Samples, wants_partial: bool) -> str | None:
        try:
            self._recognizer.feed(samples)
            return self._recognizer.partial() if wants_partial else None
        except Exception:
            log.exception("speech could not be taken in")
            return None

    def _pumped(self, number: int, done: asyncio.Future[str | None]) -> None:
        self._pumping = False
        if done.cancelled():
            return
        text = done.result()
        if number == self._utterance and text is not None and text != self.partial:
            self.partial = text
            self.on_partial()
        if self.open:
            self._pump()

    def _run(self, work: Callable[..., T], *args: Any) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        if self._executor is not None:
            return loop.run_in_executor(self._executor, work, *args)
        future: asyncio.Future[T] = loop.create_future()
        future.set_result(work(*args))
        return future


def _nobody() -> None:
    """Nobody wants to know."""
