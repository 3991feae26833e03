"""How the parts that the hub depends on are doing: state, since when, the last error.

It looks at the model seldom while all is well and often while it is away, so that she is back at once
and rests cheaply. What the model is asked, and who is answered when it returns, is not known here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alisa.protocol.tags import EndReason
from alisa.runtime.clock import Clock
from alisa.runtime.logs import get_logger
from backend.events.bus import Bus
from backend.events.facts import StatusChanged, TurnEnded, TurnFailed
from backend.llm.types import LanguageModel, LlmState
from backend.storage.types import StorageCondition

AWAY_PAUSE_SECONDS = 0.25
"""Between looks at a model that is away or loading."""
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 15.0
"""Between looks at a model that is well; a reply that fails is noticed at once all the same."""
LONGEST_RETRY_SECONDS = 30.0
"""Between attempts to answer what waits, when a model says that it is well and breaks off each reply."""

_AWAY_CODES = frozenset({"llm_unreachable", "llm_loading", "llm_broke_off", "llm_stalled"})

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Dependency:
    """One part that the hub depends on."""

    state: str
    since: datetime
    last_error: str = ""
    detail: str | Mapping[str, object] = ""

    def as_json(self) -> dict[str, Any]:
        """As `/health` shows it."""
        detail = self.detail if isinstance(self.detail, str) else dict(self.detail)
        return {"state": self.state, "since": self.since.isoformat(), "last_error": self.last_error, "detail": detail}


class Health:
    """Watches the model, asks storage, tells the clients what changed, and has what waits answered."""

    def __init__(
        self,
        model: LanguageModel,
        storage: Callable[[], StorageCondition],
        bus: Bus,
        clock: Clock,
        on_return: Callable[[], Awaitable[object]],
    ) -> None:
        self._model = model
        self._storage = storage
        self._bus = bus
        self._clock = clock
        self._on_return = on_return
        self._llm = Dependency("loading", clock.now())
        self._told: dict[str, Any] = {}
        self._look_now = asyncio.Event()
        self._owes_answers = True
        self._retry_seconds = AWAY_PAUSE_SECONDS
        self._retry_at = 0.0
        bus.subscribe(self._note_failure, TurnFailed)
        bus.subscribe(self._note_success, TurnEnded)

    @property
    def dependencies(self) -> dict[str, Dependency]:
        """Each part by its name."""
        condition = self._storage()
        storage = Dependency(condition.state, condition.since, condition.last_error, condition.detail)
        return {"llm": self._llm, "storage": storage}

    @property
    def can_take_messages(self) -> bool:
        """Will what a user says be kept? Whether it is answered at once is another question."""
        return self._storage().state == "ready"

    @property
    def all_well(self) -> bool:
        """Does everything work?"""
        return self.can_take_messages and _answers(self._llm.state)

    async def watch(self) -> None:
        """Look at the model, for ever."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            state = await self._model.probe()
            self._note(state)
            self._tell()
            if not _answers(state.state):
                pause = AWAY_PAUSE_SECONDS
            elif self._owes_answers:
                pause = await self._have_answered()
            else:
                pause = min(max(pause * 2, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
            await self._wait(pause)

    async def _have_answered(self) -> float:
        """Have what waits answered, unless that was tried a moment ago; return when to look again."""
        now = asyncio.get_running_loop().time()
        if now < self._retry_at:
            return self._retry_at - now
        self._retry_at = now + self._retry_seconds
        self._retry_seconds = min(2 * self._retry_seconds, LONGEST_RETRY_SECONDS)
        self._owes_answers = False
        try:
            await self._on_return()
        except Exception:  # noqa: BLE001 - the watch goes on whatever happens, and tries again
            _log.exception("what waits could not be answered")
            self._owes_answers = True
        return FIRST_PAUSE_SECONDS

    async def _wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._look_now.wait()
        self._look_now.clear()

    def _note(self, state: LlmState) -> None:
        changed = state.state != self._llm.state
        detail = {"model": state.model, "note": state.detail}
        error = self._llm.last_error if _answers(state.state) else state.detail or self._llm.last_error
        since = self._clock.now() if changed else self._llm.since
        self._llm = Dependency(state.state, since, error, detail)
        if changed:
            _log.info("the model's state changed", state=state.state, model=state.model, note=state.detail)

    def _note_failure(self, failure: TurnFailed) -> None:
        if failure.code in _AWAY_CODES:
            self._llm = Dependency(self._llm.state, self._llm.since, failure.message, self._llm.detail)
            self._owes_answers = True
            if asyncio.get_running_loop().time() >= self._retry_at:  # not the answer to our own last attempt
                self._retry_seconds = AWAY_PAUSE_SECONDS
                self._look_now.set()

    def _note_success(self, ended: TurnEnded) -> None:
        if ended.reason in (EndReason.STOP, EndReason.LENGTH):
            self._retry_seconds = AWAY_PAUSE_SECONDS
            self._retry_at = 0.0

    def _tell(self) -> None:
        """Publish what changed since it was last published."""
        detail = self._llm.detail if isinstance(self._llm.detail, Mapping) else {}
        now = {
            "llm": self._llm.state,
            "model": detail.get("model", ""),
            "note": detail.get("note", ""),
            "storage": self._storage().state,
        }
        if now != self._told:
            self._told = now
            self._bus.publish(StatusChanged("", now))


def _answers(state: str) -> bool:
    return state in ("ready", "busy")
