"""The door carries out what was decided, before anything is accepted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from backend.gateway.admission import Rules
from backend.gateway.door import Door, admitted

TOKEN = "t" * 43
RULES = Rules(TOKEN)


class Behind:
    """The application behind the door: notes what it was asked."""

    def __init__(self) -> None:
        self.scopes: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)


def scope_of(kind: str = "http", path: str = "/history", query: str = "", **headers: str) -> dict[str, Any]:
    scope: dict[str, Any] = {
        "type": kind,
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1:8000")]
        + [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 5000),
    }
    if kind == "http":
        scope["method"] = "GET"
    else:
        scope |= {"subprotocols": [], "extensions": {"websocket.http.response": {}}}
    return scope


async def knock(scope: dict[str, Any]) -> tuple[Behind, list[dict[str, Any]]]:
    behind, sent = Behind(), []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> Any:
        raise AssertionError("the door does not read")

    await Door(behind, RULES)(scope, receive, send)
    return behind, sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_a_refusal_is_an_http_answer_in_json(kind: str) -> None:
    """A WebSocket too is refused with a status and a sentence, before the handshake; nothing behind hears of it."""
    behind, sent = await knock(scope_of(kind, "/ws/chat"))
    assert behind.scopes == []
    prefix = "websocket.http.response" if kind == "websocket" else "http.response"
    assert [message["type"] for message in sent] == [f"{prefix}.start", f"{prefix}.body"]
    assert sent[0]["status"] == 401
    assert set(json.loads(sent[1]["body"])) == {"code", "message", "hint"}
    assert json.loads(sent[1]["body"])["code"] == "token_missing"


async def test_a_server_without_that_extension_closes_before_accepting() -> None:
    """Which becomes a 403 there."""
    scope = scope_of("websocket", "/ws/chat")
    scope["extensions"] = {}
    _, sent = await knock(scope)
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("status", [401, 403])
async def test_statuses(status: int) -> None:
    """401 asks for the token; 403 says that the address or the page is wrong."""
    scope = scope_of() if status == 401 else scope_of(origin="http://evil.example", authorization=f"Bearer {TOKEN}")
    _, sent = await knock(scope)
    assert sent[0]["status"] == status
    assert ((b"www-authenticate", b"Bearer") in sent[0]["headers"]) is (status == 401)


@pytest.mark.parametrize("way", ["query", "header", "subprotocol", "cookie", "wrong"])
async def test_the_token_goes_no_further(way: str) -> None:
    """Neither the application nor the server's own log lines, which are made from this very scope, ever see it."""
    scope = {
        "query": scope_of("websocket", query=f"a=1&token={TOKEN}"),
        "header": scope_of("websocket", authorization=f"Bearer {TOKEN}"),
        "subprotocol": scope_of("websocket", sec_websocket_protocol=f"alisa, alisa.token.{TOKEN}"),
        "cookie": scope_of("websocket", cookie=f"alisa_8000={RULES.cookie_value()}", origin="http://127.0.0.1:8000"),
        "wrong": scope_of("websocket", query=f"token=not-{TOKEN}"),
    }[way]
    behind, _ = await knock(scope)
    assert TOKEN not in repr(scope)
    assert RULES.cookie_value() not in repr(scope)
    if way != "wrong":
        assert behind.scopes == [scope]
        assert not admitted(scope).guest
    if way == "subprotocol":
        assert scope["subprotocols"] == ["alisa"]


async def test_the_link_is_traded_for_a_cookie() -> None:
    """The link of the start leaves a cookie that scripts cannot read and other sites do not cause to be sent."""
    behind, sent = await knock(scope_of(path="/", query=f"token={TOKEN}"))
    headers = dict(sent[0]["headers"])
    assert behind.scopes == []
    assert (sent[0]["status"], headers[b"location"]) == (303, b"/")
    cookie = headers[b"set-cookie"].decode()
    assert cookie.startswith(f"alisa_8000={RULES.cookie_value()};")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie


async def test_the_link_to_the_settings_goes_on_by_itself() -> None:
    """It may come from a page of no site, whose redirect would go without the cookie: a page of ours goes on."""
    behind, sent = await knock(scope_of(path="/settings", query=f"token={TOKEN}", accept="text/html,*/*"))
    headers = dict(sent[0]["headers"])
    assert behind.scopes == []
    assert (sent[0]["status"], headers[b"content-type"]) == (200, b"text/html; charset=utf-8")
    assert headers[b"set-cookie"].startswith(f"alisa_8000={RULES.cookie_value()};".encode())
    assert b"SameSite=Strict" in headers[b"set-cookie"]
    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert b'<meta http-equiv="refresh" content="0; url=/settings">' in sent[1]["body"]
    assert TOKEN.encode() not in sent[1]["body"]
    assert int(headers[b"content-length"]) == len(sent[1]["body"])


@pytest.mark.parametrize("asked", [{"query": f"token={TOKEN}"}, {"authorization": f"Bearer {TOKEN}"}])
async def test_a_program_gets_the_settings_themselves(asked: dict[str, str]) -> None:
    """However it shows the token: only what shows pages is sent round."""
    behind, _ = await knock(scope_of(path="/settings", **asked))
    assert len(behind.scopes) == 1


async def test_somebody_turned_away_from_the_settings_can_read_why() -> None:
    """A person who opened them gets a page that says what to do instead."""
    behind, sent = await knock(scope_of(path="/settings", query="token=wrong", accept="text/html"))
    assert behind.scopes == []
    assert sent[0]["status"] == 401
    assert b"set-cookie" not in dict(sent[0]["headers"])
    assert b"alisa settings" in sent[1]["body"]


async def test_the_lifespan_passes() -> None:
    """What is no visitor is not asked."""
    behind, _ = await knock({"type": "lifespan"})
    assert behind.scopes == [{"type": "lifespan"}]
