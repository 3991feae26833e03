"""How the HTTP interface says that something went wrong: always `{"code", "message", "hint"}`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from alisa.runtime.errors import AlisaError, MissingError, StorageError, UsageError


class NotAllowedError(AlisaError):
    """Whoever asks may come in, but may not do this."""


_STATUS: tuple[tuple[type[AlisaError], HTTPStatus], ...] = (
    (UsageError, HTTPStatus.BAD_REQUEST),
    (MissingError, HTTPStatus.NOT_FOUND),
    (StorageError, HTTPStatus.SERVICE_UNAVAILABLE),
    (NotAllowedError, HTTPStatus.FORBIDDEN),
)
_WORDS = {
    404: ("not_found", "There is nothing at this address.", "docs/http.md lists the addresses."),
    405: ("wrong_method", "This address does not take that method.", "docs/http.md lists the addresses."),
}


def problem(status: int, code: str, message: str, hint: str = "") -> JSONResponse:
    """An answer that says what is wrong and what to do next."""
    return JSONResponse({"code": code, "message": message, "hint": hint}, status)


def install(app: FastAPI) -> None:
    """Have every error of this application answered in that form."""
    app.add_exception_handler(AlisaError, _ours)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


async def _ours(_request: Request, error: Exception) -> JSONResponse:
    known = cast("AlisaError", error)
    status = next((status for kind, status in _STATUS if isinstance(known, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    return problem(status, known.code, known.message, known.hint)


async def _bad_request(_request: Request, error: Exception) -> JSONResponse:
    first: dict[str, Any] = cast("RequestValidationError", error).errors()[0]
    place, *field = (str(part) for part in first["loc"])
    name = ".".join(field) or place
    return problem(422, "bad_request", f"`{name}` cannot be used: {first['msg']}.", "Correct it and send it again.")


async def _http(_request: Request, error: Exception) -> JSONResponse:
    known = cast("HTTPException", error)
    code, message, hint = _WORDS.get(known.status_code, ("bad_request", str(known.detail), ""))
    return problem(known.status_code, code, message, hint)


async def _fault(_request: Request, _error: Exception) -> JSONResponse:
    """The trace is in the log, where the server itself writes it."""
    return problem(500, "internal_error", "Something went wrong in the hub.", "`alisa logs backend` tells more.")
