"""Reminders over HTTP. Who may ask is decided by the door; errors look as `gateway.answers` says."""

from __future__ import annotations

from datetime import tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from alisa.runtime.clock import Clock
from backend.reminders.listing import as_json
from backend.reminders.reminding import Reminders

MAX_NAME_CHARS = 100


class Wanted(BaseModel):
    """What is to be kept."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=600)
    """when, and of what: `at six to call the dentist`"""
    conversation: str = Field("main", min_length=1, max_length=MAX_NAME_CHARS)


def routes(reminders: Reminders, clock: Clock, zone: tzinfo | None = None) -> APIRouter:
    """Every address under `/reminders`."""
    router = APIRouter()

    @router.get("/reminders")
    async def listed(everything: Annotated[bool, Query(alias="all")] = False) -> dict[str, Any]:
        """Those that are to come, the next one first; with `all` also what became of the others."""
        now = clock.now()
        return {"reminders": [as_json(item, now, zone) for item in await reminders.listed(everything=everything)]}

    @router.post("/reminders")
    async def wanted(wish: Wanted) -> dict[str, Any]:
        """Keep one."""
        return as_json(await reminders.set(wish.text, wish.conversation), clock.now(), zone)

    @router.delete("/reminders/{number}")
    async def cancelled(number: Annotated[int, Path(ge=1, lt=2**63)]) -> dict[str, Any]:
        """Cancel one."""
        return {"status": "cancelled", **as_json(await reminders.cancel(number), clock.now(), zone)}

    return router
