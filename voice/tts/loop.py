"""A loop for engines whose libraries are asynchronous, inside their worker. Knows no engine."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from voice.tts.speech import Output

T = TypeVar("T")


class Loop:
    """One loop for the life of the worker: closing it would wait for a name look-up that hangs."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end."""
        return self._loop.run_until_complete(work)

    def speak(self, work: Coroutine[Any, Any, None], out: Output) -> None:
        """Run to the end, or until the sentence is cancelled: then the connection is closed at once."""
        task = self._loop.create_task(work)

        def cancel() -> None:
            self._loop.call_soon_threadsafe(task.cancel)

        out.on_cancel(cancel)
        try:
            self._loop.run_until_complete(task)
        except asyncio.CancelledError:
            if not out.cancelled:
                raise
