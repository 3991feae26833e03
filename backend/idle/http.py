"""Initiative over HTTP: why she is silent or spoke, and what the user wishes of it.

Who may ask is decided by the door.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query

from backend.idle.kinds import Kind
from backend.idle.loop import Initiative
from backend.idle.report import SHOWN, report
from backend.storage.thoughts import StoredThought

MAX_MINUTES = 7 * 24 * 60

Latest = Callable[[str, int | None], Awaitable[StoredThought | None]]
"""Her latest thought in a conversation, or that of a turn."""


def routes(initiative: Initiative, latest: Latest) -> APIRouter:
    """The addresses below `/initiative`."""
    router = APIRouter()

    @router.get("/initiative")
    async def state(
        turn: Annotated[int | None, Query(ge=1, lt=2**63)] = None, limit: Annotated[int, Query(ge=0, le=300)] = SHOWN
    ) -> dict[str, Any]:
        """Why she is silent now, what she decided, what is left of the budget; `turn`: why she said that."""
        said = await latest(initiative.mind.conversation, turn)
        return report(initiative.mind, initiative.decisions, initiative.decide_now(), initiative.limits, said, limit)

    @router.post("/initiative/snooze")
    async def snooze(minutes: Annotated[int, Query(ge=0, le=MAX_MINUTES)] = 60) -> dict[str, Any]:
        """She does not speak up by herself for so long; 0 ends it."""
        until = initiative.snooze(minutes)
        return {"status": "snoozed" if until else "awake", "until": until.isoformat() if until else None}

    @router.post("/initiative/kinds")
    async def kinds(kind: Kind, on: bool) -> dict[str, Any]:
        """Turn a kind of remark on or off."""
        initiative.turn_kind(kind, on=on)
        return {"kind": kind.value, "on": on}

    return router
