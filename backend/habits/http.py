"""Habits over HTTP. Who may ask is decided by the door; errors look as `gateway.answers` says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from alisa.runtime.errors import UsageError
from backend.habits.document import MAX_BYTES
from backend.habits.learning import Learning


def routes(learning: Learning) -> APIRouter:
    """Every address under `/habits`."""
    router = APIRouter()

    @router.get("/habits")
    async def known() -> dict[str, Any]:
        """What is known, in a few numbers."""
        return learning.summary()

    @router.post("/habits/forget")
    async def forget(what: Annotated[str | None, Query(max_length=40)] = None) -> dict[str, str]:
        """Forget a part of them, or all."""
        await learning.forget(what)
        return {"status": "forgotten", "what": what or "everything"}

    @router.get("/habits/export")
    async def export() -> Response:
        """All of them, as a file that `/habits/import` takes."""
        headers = {"content-disposition": 'attachment; filename="alisa-habits.json"'}
        return Response(learning.exported(), media_type="application/json", headers=headers)

    @router.post("/habits/import")
    async def take_over(request: Request) -> dict[str, Any]:
        """Take over habits instead of those that are there."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_BYTES:
                raise UsageError(
                    "habits_unreadable", "This is too large to be habits.", "Send what /habits/export gave."
                )
        await learning.imported(body.decode("utf-8", "replace"))
        return {"status": "imported", **learning.summary()}

    return router
