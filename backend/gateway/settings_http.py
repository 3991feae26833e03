"""The settings over HTTP: see all, change one, let a default count again, start a part again.

What the settings are and how the file is changed is the command's business (`alisa config`), which runs as a child.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field

from alisa.runtime.errors import AlisaError
from backend.gateway.admission import is_loopback
from backend.gateway.answers import NotAllowedError, problem
from backend.gateway.command import Command
from backend.gateway.settings_page import settings_page

LIMIT_SECONDS = 30.0
RESTART_SECONDS = 900.0
"""A big model on a slow disk takes minutes."""
OWN_SECONDS = 1.5
"""The hub cannot wait for its own restart: what is wrong with the wish is known within this time."""
OWN_PART = "backend"
MOST_CHARS = 20_000
_STATUS = {"bad_value": 422, "not_running": 409, "unknown_process": 404, "unknown_setting": 404}

Key = Annotated[str, Path(pattern=r"^[a-z_]{1,40}\.[a-z0-9_]{1,60}$")]
Part = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")]


class Given(BaseModel):
    """A value as text; lists and tables as JSON."""

    value: str = Field(max_length=MOST_CHARS)


def routes(command: Command) -> APIRouter:
    """All addresses."""
    router = APIRouter(prefix="/settings")
    turn = asyncio.Lock()

    async def config(*arguments: str, given: str = "") -> dict[str, Any]:
        async with turn:
            return await command.ask("config", *arguments, given=given, limit_seconds=LIMIT_SECONDS)

    @router.get("")
    async def show(request: Request) -> Response:
        """Every setting: a page for a browser, JSON for a program."""
        if "text/html" in request.headers.get("accept", ""):
            html, policy = settings_page()
            return HTMLResponse(html, headers={"content-security-policy": policy, "vary": "accept"})
        return await _answered(config("show", "--json"), {"vary": "accept"})

    @router.put("/{key}", dependencies=[Depends(_at_home)])
    async def put(key: Key, given: Given) -> Response:
        """Set one. Nothing given for a secret means that it stays: a page never shows it."""
        if not given.value and await _is_secret(config, key):
            return JSONResponse({"key": key, "unchanged": True})
        return await _answered(config("set", "--json", "--stdin", "--", key, given=given.value + "\n"))

    @router.delete("/{key}", dependencies=[Depends(_at_home)])
    async def delete(key: Key) -> Response:
        """Let its default count again."""
        return await _answered(config("unset", "--json", "--", key))

    @router.post("/restart/{part}", dependencies=[Depends(_at_home)])
    async def restart(part: Part) -> Response:
        """Start a part again and wait until it is ready; of the hub itself only the beginning can be told: 202."""
        arguments = ("restart", "--json", "--", part)
        if part != OWN_PART:
            return await _answered(command.ask(*arguments, limit_seconds=RESTART_SECONDS))
        asked = command.begin(*arguments, limit_seconds=RESTART_SECONDS)
        done, _ = await asyncio.wait([asked], timeout=OWN_SECONDS)
        if not done:
            return JSONResponse({"name": part, "state": "restarting"}, 202)
        return await _answered(asked)

    return router


async def _at_home(request: Request) -> None:
    """Refuse other computers, token or not: a setting can name a program that runs here. Raises NotAllowedError."""
    if request.client is None or not is_loopback(request.client.host):
        raise NotAllowedError(
            "not_at_home", "Settings are changed on Alisa's own computer only.", "There: `alisa settings`."
        )


async def _is_secret(config: Any, key: str) -> bool:
    try:
        rows = (await config("show", "--json", "--", key))["settings"]
    except AlisaError:
        return False  # setting it tells what is wrong
    return any(row["secret"] for row in rows)


async def _answered(asked: Any, headers: dict[str, str] | None = None) -> Response:
    try:
        return JSONResponse(await asked, headers=headers)
    except AlisaError as error:
        return problem(_STATUS.get(error.code, 500), error.code, error.message, error.hint)
