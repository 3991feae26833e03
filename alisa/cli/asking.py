"""One question to the running hub over HTTP, with this user's token: an object back, or what the hub says is wrong."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from alisa.cli.hub import running_hub
from alisa.runtime.errors import AlisaError, MissingError, UsageError
from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token

_SECONDS = 5.0
_MOST_BYTES = 8 * 1024 * 1024
_KINDS = {400: UsageError, 422: UsageError, 404: MissingError}
"""So a command ends with the same code whether the hub says no or, where none runs, the command itself."""


def ask_hub(home: Home, method: str, path: str, *, body: object = None, **values: object) -> dict[str, Any]:
    """Ask, with these values in the address, and with this body as JSON where there is one.

    Raises MissingError without a hub, AlisaError where it says no: UsageError and MissingError as it means them.
    """
    hub = running_hub(home)
    if hub is None:
        raise MissingError("hub_missing", "Alisa is not running.", "Start her with `alisa up`, then try again.")
    return ask(hub.url, read_or_make_token(home), method, path, body=body, **values)


def ask(url: str, token: str, method: str, path: str, *, body: object = None, **values: object) -> dict[str, Any]:
    """As `ask_hub`, of a hub whose address is known."""
    parts = urlsplit(url)
    given = {name: _written(value) for name, value in values.items() if value is not None}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=_SECONDS)
    try:
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request(method, f"{path}?{urlencode(given)}", body=sent, headers=headers)
        answer = connection.getresponse()
        told = json.loads(answer.read(_MOST_BYTES))
    except (OSError, http.client.HTTPException, ValueError):
        raise AlisaError("hub_silent", "The hub does not answer.", "Look at `alisa status`, then try again.") from None
    finally:
        connection.close()
    if not isinstance(told, dict):
        raise AlisaError("hub_silent", "The hub answered something else.", "`alisa restart backend`.")
    if answer.status >= 400:
        code, message, hint = (str(told.get(name, "")) for name in ("code", "message", "hint"))
        kind = _KINDS.get(answer.status, AlisaError)
        raise kind(code or "hub_silent", message or f"The hub answered {answer.status}.", hint)
    return told


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
