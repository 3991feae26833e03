"""What goes wrong in one frame, one callback or one message must not take her off the screen.

Each fault is written down once, with its trace, and life goes on.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import ParamSpec

from alisa.runtime.logs import get_logger

P = ParamSpec("P")

log = get_logger(__name__)


class Faults:
    """Remembers which faults were told."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str, int]] = set()

    def note(self, error: BaseException) -> None:
        """Write this down, unless the same went wrong at the same place before."""
        frames = traceback.extract_tb(error.__traceback__)
        place = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)
        key = (type(error).__name__, *place)
        if key not in self._told:
            self._told.add(key)
            log.error("something went wrong; she goes on", exc_info=error)

    def from_tk(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """As Tk's `report_callback_exception`."""
        self.note(error)

    @contextlib.contextmanager
    def survived(self) -> Iterator[None]:
        """What goes wrong in this block is noted, and the block is over."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is
            self.note(error)

    def guarded(self, call: Callable[P, object]) -> Callable[P, None]:
        """The same call, that never raises. Tk's file handlers, unlike its other callbacks, end the main loop."""

        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            with self.survived():
                call(*args, **kwargs)

        return guarded
