"""The door: an ASGI guard that refuses before anything is accepted, for HTTP and WebSocket alike.

It carries out what `admission` decides. The token is taken out of the request here, so that
nothing behind the door, and no log, ever sees it.
"""

from __future__ import annotations

import json
from typing import cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alisa.runtime.logs import get_logger
from backend.gateway.admission import (
    SETTINGS_PATH,
    SUBPROTOCOL_PREFIX,
    Admitted,
    Knock,
    Refusal,
    Rules,
    subprotocols,
    without_token,
)
from backend.gateway.page import POLICY, note

_log = get_logger(__name__)
Headers = list[tuple[bytes, bytes]]

_PRIVATE: Headers = [
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]
_HTML: Headers = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-security-policy", POLICY.encode("latin-1")),
]
_OPEN_SETTINGS = "Open the settings from her menu, or with <code>alisa settings</code>."
_SECRET_HEADERS = frozenset({b"authorization", b"cookie", b"sec-websocket-protocol"})


class Door:
    """Wraps the application. What it learned stands in `scope["state"]["admitted"]`."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        knock = _knock(scope)
        try:
            admitted = self._rules.admit(knock)
        except Refusal as refusal:
            _log.warning("turned away at the door", why=refusal.code, path=knock.path, peer=knock.peer)
            await _refuse(refusal, knock, scope, send)
            return
        finally:
            _hide_token(scope, knock)
        if admitted.by_link and knock.kind == "http" and (knock.path == "/" or _opens_settings(knock)):
            await self._trade_for_cookie(knock, send)
            return
        scope.setdefault("state", {})["admitted"] = admitted
        await self._app(scope, receive, _private(send) if scope["type"] == "http" else send)

    async def _trade_for_cookie(self, knock: Knock, send: Send) -> None:
        """The link that is printed at start: the browser keeps a cookie, and the token leaves its address bar.

        A redirect goes on in the name of the page that the link was on, and a strict cookie does not go along then.
        The link to the settings stands in a file; so it is answered with a page of ours, which goes on by itself.
        """
        cookie = (
            f"{self._rules.cookie_name(knock.local[1])}={self._rules.cookie_value()}; "
            "HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000"
        )
        headers = [*_PRIVATE, (b"set-cookie", cookie.encode("latin-1"))]
        if knock.path == "/":
            await _answer(send, 303, [*headers, (b"location", b"/")])
        else:
            html = note("One moment …", f"If nothing happens, <a href={SETTINGS_PATH}>go on</a>.", then=SETTINGS_PATH)
            await _answer(send, 200, [*headers, *_HTML], html.encode("utf-8"))


def _opens_settings(knock: Knock) -> bool:
    """Does a browser open the link to the settings? A program with the token in its address gets what it asked for."""
    return knock.path == SETTINGS_PATH and knock.method == "GET" and knock.wants_html


async def _answer(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _private(send: Send) -> Send:
    """Have no browser or proxy keep what is answered, or take it for something else."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *_PRIVATE]
        await send(message)

    return sending


def admitted(scope: Scope) -> Admitted:
    """What the door learned about this connection."""
    return cast("Admitted", scope["state"]["admitted"])


def _knock(scope: Scope) -> Knock:
    host, port = scope.get("server") or ("", 0)
    peer = (scope.get("client") or ("", 0))[0]
    return Knock.of(
        scope["type"],
        scope.get("method", "GET"),
        scope["path"],
        scope["query_string"],
        scope["headers"],
        (host, port or 0),
        peer,
    )


def _hide_token(scope: Scope, knock: Knock) -> None:
    """Change the scope itself, not a copy: the server writes its own log lines from it."""
    scope["query_string"] = without_token(knock.query).encode("latin-1")
    scope["headers"] = [(name, value) for name, value in scope["headers"] if name.lower() not in _SECRET_HEADERS]
    if "subprotocols" in scope:
        scope["subprotocols"] = [name for name in subprotocols(knock) if not name.startswith(SUBPROTOCOL_PREFIX)]


async def _refuse(refusal: Refusal, knock: Knock, scope: Scope, send: Send) -> None:
    """Answer with HTTP, whatever was asked: a WebSocket that is refused has never been one."""
    if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    if knock.path == SETTINGS_PATH and knock.wants_html:
        body, form = (
            note(refusal.message, "Open the settings from her menu, or with <code>alisa settings</code>."),
            _HTML,
        )
    else:
        answer = {"code": refusal.code, "message": refusal.message, "hint": refusal.hint}
        body, form = json.dumps(answer, ensure_ascii=False), [(b"content-type", b"application/json")]
    content = body.encode("utf-8")
    headers = [
        *_PRIVATE,
        *form,
        (b"content-length", str(len(content)).encode()),
        (b"connection", b"close"),
    ]
    if refusal.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": f"{kind}.start", "status": int(refusal.status), "headers": headers})
    await send({"type": f"{kind}.body", "body": b"" if scope.get("method") == "HEAD" else content})
