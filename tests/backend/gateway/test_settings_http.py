"""The settings over HTTP, asked of the whole hub: the command behind it is the real one."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from alisa.runtime.paths import Home
from backend.gateway import answers, settings_http
from backend.gateway.admission import Rules
from backend.gateway.command import Command
from tests.backend.test_app import house

HTML = {"accept": "text/html,*/*"}


async def test_a_setting_is_seen_changed_and_given_back(home: Home) -> None:
    """Value, source and form are told; what is set stands in the file; then its default counts again."""
    async with house(home) as hub, hub.http() as http:
        rows = {row["key"]: row for row in (await http.get("/settings")).json()["settings"]}
        assert (rows["voice.volume"]["value"], rows["voice.volume"]["source"]) == (1.0, "default")
        done = await http.put("/settings/voice.volume", json={"value": "0.5"})
        assert (done.status_code, done.json()["after"]) == (200, "0.5")
        done = await http.put("/settings/voice.names", json={"value": '["Alisa", "Ali ✿"]'})
        assert done.status_code == 200
        assert tomllib.loads(home.config_file.read_text("utf-8")) == {
            "voice": {"volume": 0.5, "names": ["Alisa", "Ali ✿"]}
        }
        done = await http.delete("/settings/voice.volume")
        assert (done.status_code, done.json()["after"]) == (200, "1.0")
        assert "volume" not in home.config_file.read_text("utf-8")


@pytest.mark.parametrize(
    ("key", "value", "status", "code"),
    [
        ("hub.port", "99999", 422, "bad_value"),
        ("hub.port", "--help", 422, "bad_value"),
        ("hub.prt", "1", 404, "unknown_setting"),
        ("hub", "1", 422, "bad_request"),
        ("--json.x", "1", 422, "bad_request"),
        ("hub.port", "9" * 20_001, 422, "bad_request"),
    ],
)
async def test_what_cannot_be_set(home: Home, key: str, value: str, status: int, code: str) -> None:
    """Is told in a sentence with what to do; nothing is changed."""
    async with house(home) as hub, hub.http() as http:
        answer = await http.put(f"/settings/{key}", json={"value": value})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert not home.config_file.exists()


async def test_a_secret_is_never_told(home: Home) -> None:
    """Nothing given leaves it as it is; a new one takes its place."""
    async with house(home) as hub, hub.http() as http:
        answers = [
            await http.put("/settings/llm.api_key", json={"value": "sk-first"}),
            await http.put("/settings/llm.api_key", json={"value": ""}),
            await http.get("/settings"),
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 200]
        assert "sk-first" not in "".join(answer.text for answer in answers)
        assert 'api_key = "sk-first"' in home.config_file.read_text()
        assert (await http.put("/settings/conversation.mode", json={"value": ""})).json()["after"] == '""'


async def test_who_may_not(home: Home) -> None:
    """Without the token nothing is shown and nothing is changed; a page of another site gets nothing at all."""
    async with house(home) as hub, hub.http(headers={}) as http:
        assert (await http.get("/settings")).status_code == 401
        shown = await http.get("/settings", headers=HTML)
        assert (shown.status_code, "alisa settings" in shown.text) == (401, True)
        rules = Rules(hub.token)
        cookie = {"cookie": f"{rules.cookie_name(hub.port)}={rules.cookie_value()}"}
        for origin in ({}, {"origin": "https://evil.example"}, {"origin": "null"}):
            changed = await http.put("/settings/hub.allow_guests", json={"value": "true"}, headers={**cookie, **origin})
            assert changed.status_code == 403
        own = {**cookie, "origin": f"http://127.0.0.1:{hub.port}"}
        assert (await http.put("/settings/voice.volume", json={"value": "1"}, headers=own)).status_code == 200
        assert "guests" not in home.config_file.read_text()


async def test_another_computer_changes_nothing(home: Home) -> None:
    """Not even with the token, where the hub listens for others: a setting can name a program that runs here."""
    app = FastAPI()
    answers.install(app)
    app.include_router(settings_http.routes(Command(home)))
    elsewhere = httpx.ASGITransport(app, client=("192.0.2.7", 5000))
    async with httpx.AsyncClient(transport=elsewhere, base_url="http://hub") as http:
        for method, path in (("PUT", "llm.server_path"), ("DELETE", "hub.port"), ("POST", "restart/backend")):
            answer = await http.request(method, f"/settings/{path}", json={"value": "/tmp/x"})
            assert (answer.status_code, answer.json()["code"]) == (403, "not_at_home")
    assert not home.config_file.exists()


async def test_the_page_lets_nothing_else_in(home: Home) -> None:
    """One script and one style, both named by a nonce that is new each time; no address but ours."""
    async with house(home) as hub, hub.http() as http:
        pages = [await http.get("/settings", headers=HTML) for _ in range(2)]
    nonces = {match for page in pages for match in re.findall(r'<(?:script|style) nonce="([^"]+)"', page.text)}
    assert len(nonces) == 2
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert all(nonce in policy for nonce in re.findall(r'nonce="([^"]+)"', page.text))
        assert re.findall(r"https?://[^\s'\"]+", page.text) == ["http://www.w3.org/2000/svg"]
        assert "{nonce}" not in page.text + policy


async def test_the_page_at_the_root_leads_there(home: Home) -> None:
    """With a link for who shows the token, with the command for who does not."""
    async with house(home) as hub, hub.http() as http:
        assert 'href="/settings"' in (await http.get("/", headers=HTML)).text
        http.headers.pop("authorization")
        assert "alisa settings" in (await http.get("/", headers=HTML)).text


class Restarts(Command):
    """The command, with restarts that the test decides."""

    def __init__(self, home: Home, code: str) -> None:
        super().__init__(home)
        self.code = code

    async def start(self, *arguments: str) -> Any:
        import subprocess
        import sys

        from alisa.runtime import children

        return await children.start(
            [sys.executable, "-c", self.code, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip


async def _restart(home: Home, monkeypatch: pytest.MonkeyPatch, part: str, code: str = "") -> Any:
    from backend import app

    if code:
        monkeypatch.setattr(app, "Command", lambda home: Restarts(home, code))
    async with house(home) as hub, hub.http(timeout=60) as http:
        return await http.post(f"/settings/restart/{part}")


async def test_a_restart_where_nothing_can_be_restarted(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hub that nobody keeps running says so, of itself too."""
    for part in ("voice", "backend"):
        monkeypatch.setattr(settings_http, "OWN_SECONDS", 30.0)
        answer = await _restart(home, monkeypatch, part)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_running")


async def test_a_restart_of_another_part_is_waited_for(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is called with the part's name, and its answer is the answer."""
    code = "import json, sys; print(json.dumps({'arguments': sys.argv[1:]}))"
    answer = await _restart(home, monkeypatch, "voice", code)
    assert answer.json() == {"arguments": ["restart", "--json", "--", "voice"]}


async def test_the_hubs_own_restart_is_begun(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot wait for its own end: 202; the command goes on."""
    monkeypatch.setattr(settings_http, "OWN_SECONDS", 0.05)
    answer = await _restart(home, monkeypatch, "backend", "import time; time.sleep(0.3); print('{}')")
    assert (answer.status_code, answer.json()["state"]) == (202, "restarting")
