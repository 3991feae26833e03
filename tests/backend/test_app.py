"""The whole hub on a real port: only the language model is a script."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from alisa.protocol.messages import Hello, Interrupt, Mode, Mute, Say
from alisa.runtime.clock import Clock, ManualClock
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings, LlmSettings, QuietSettings
from alisa.runtime.settings import Settings
from alisa.runtime.token import read_or_make_token
from backend.app import Hub, create_app
from backend.gateway.admission import CHAT_PATH
from backend.llm.scripted import STALL, ScriptedModel
from backend.settings import ConversationSettings, InitiativeSettings, JournalSettings, StorageSettings
from tests.backend.gateway.client import Client, connected, listening


def settings_with(*sections: Any) -> Settings:
    chosen = {type(section): section for section in sections}
    usual = (
        HubSettings(), LlmSettings(), ConversationSettings(), InitiativeSettings(), QuietSettings(), StorageSettings(),
        JournalSettings(),
    )  # fmt: skip
    return Settings.of(*(chosen.get(type(section), section) for section in usual))


class House:
    """A hub that runs, and the ways to it."""

    def __init__(self, port: int, token: str, model: ScriptedModel, hub: Hub) -> None:
        self.port = port
        self.hub = hub
        self.model = model
        self.bearer = {"Authorization": f"Bearer {token}"}
        self.token = token

    @contextlib.asynccontextmanager
    async def chat(self, role: str = "chat", **hello: Any) -> AsyncIterator[Client]:
        async with connected(self.port, headers=self.bearer) as client:
            await client.send(Hello(role, **hello))
            await client.until("[STATUS]")
            yield client

    def http(self, **options: Any) -> httpx.AsyncClient:
        options.setdefault("headers", self.bearer)
        options.setdefault("timeout", 60)  # a request may start the command `alisa`, and the machine may be busy
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, **options)

    async def get(self, path: str, **params: Any) -> Any:
        async with self.http() as http:
            answer = await http.get(path, params=params)
            assert answer.status_code == 200, answer.text
            return answer.json()


@contextlib.asynccontextmanager
async def house(
    home: Home, *script: Any, sections: tuple[Any, ...] = (), clock: Clock | None = None
) -> AsyncIterator[House]:
    model = ScriptedModel(script)
    app = create_app(settings_with(*sections), home, model=model, clock=clock)
    async with listening(app, lifespan="on") as port:
        yield House(port, read_or_make_token(home), model, app.state.hub)


async def said(client: Client, text: str) -> list[str]:
    """Say something and hear the reply to its end."""
    await client.send(Say(text))
    return await client.until("[END:")


def tokens(frames: list[str]) -> str:
    return "".join(frame.partition("]")[2] for frame in frames if frame.startswith("[TOKEN:"))


REPLY = ["<emotion=", "happy>", " Hi", " there."]


async def test_a_conversation(home: Home) -> None:
    """She answers, everybody hears it, and it stands in history."""
    async with house(home, REPLY) as hub, hub.chat() as chat, hub.chat("voice") as voice:
        frames = await said(chat, "hello")
        assert tokens(frames) == "Hi there."
        assert "[EMOTION:1]happy" in frames
        assert "[SENTENCE:1]Hi there." in await voice.until("[END:")
        messages = (await hub.get("/history"))["messages"]
        assert [(m["role"], m["text"], m["emotion"], m["turn"]) for m in messages] == [
            ("user", "hello", None, 1), ("assistant", "Hi there.", "happy", 1),
        ]  # fmt: skip
        assert set(messages[0]) == {
            "id", "turn", "conversation", "role", "text", "emotion", "cause", "origin", "interrupted", "at",
        }  # fmt: skip


ON = '[MUTE]{"muted":true}'


async def test_mute_outlives_the_hub(home: Home) -> None:
    """Whom the user silenced is silent after a restart, too, and heard again only when the user says so."""
    async with house(home) as hub, hub.chat() as chat:
        await chat.send(Mute(muted=True))
        assert ON in await chat.until("[MUTE]")
    async with house(home) as hub, connected(hub.port, headers=hub.bearer) as voice:
        await voice.send(Hello("voice"))
        assert ON in await voice.until("[STATUS]")
        async with hub.chat() as chat:
            await chat.send(Mute(muted=False))
            assert ON not in await voice.until("[MUTE]")
    async with house(home) as hub, connected(hub.port, headers=hub.bearer) as voice:
        await voice.send(Hello("voice"))
        assert ON not in await voice.until("[STATUS]")


async def test_an_interruption(home: Home) -> None:
    """The reply ends, and history holds what came, marked."""
    async with house(home, ["Once upon a time.", " And", STALL]) as hub, hub.chat() as chat:
        await chat.send(Say("a story"))
        await chat.until("[TOKEN:1]")
        await chat.send(Interrupt())
        end = (await chat.until("[END:1]"))[-1]
        assert '"reason":"interrupted"' in end
        assert (await hub.get("/history"))["messages"][-1]["interrupted"] is True


async def test_the_model_comes_back(home: Home) -> None:
    """While it is away the turn ends with an error and a hint; when it is back she answers by herself."""
    async with house(home, REPLY) as hub, hub.chat() as chat:
        hub.model.state = "down"
        frames = await said(chat, "are you there?")
        assert any(frame.startswith('[ERROR:1]{"code":"llm_unreachable"') for frame in frames)
        assert '"reason":"error"' in frames[-1]
        hub.model.state = "ready"
        frames = await chat.until("[END:2]")
        assert tokens(frames) == "Hi there."
        health = await hub.get("/health")
        assert health["dependencies"]["llm"]["last_error"]


async def test_who_was_away_is_told_what_happened(home: Home) -> None:
    """A client that comes back hears the turns that it missed, in a hub that was started anew."""
    async with house(home, REPLY) as hub, hub.chat() as chat:
        await said(chat, "one")
    async with house(home, ["<emotion=sad>", "Two."]) as hub, hub.chat() as chat:
        await said(chat, "two")
        async with hub.chat(resume=0) as late:
            frames = await late.until("[END:2]")
            assert [frame for frame in frames if frame.startswith("[USER")] == ["[USER:1]one", "[USER:2]two"]
            assert tokens(frames) == "Hi there.Two."


async def test_a_stop_stores_what_she_was_saying(home: Home) -> None:
    """Clients hear that the reply was cut off; the next start knows it."""
    async with contextlib.AsyncExitStack() as outlives_the_hub:
        async with house(home, ["I was about to say.", STALL]) as hub:
            chat = await outlives_the_hub.enter_async_context(hub.chat())
            await chat.send(Say("what?"))
            await chat.until("[TOKEN:1]")
            await hub.hub.finish()
            await hub.hub.drain()
        assert '"reason":"interrupted"' in (await chat.until("[END:1]"))[-1]
        assert (await chat.closed())[0] == 1012
    async with house(home) as hub:
        last = (await hub.get("/history"))["messages"][-1]
        assert (last["text"], last["interrupted"]) == ("I was about to say.", True)


async def test_modes(home: Home) -> None:
    """A mode that exists is told to the conversation; one that does not is answered with those that do."""
    async with house(home) as hub, hub.chat() as chat:
        await chat.send(Mode("calm"))
        assert await chat.frame() == "[MODE]calm"
        await chat.send(Mode("furious"))
        assert "teasing" in await chat.frame()
    async with house(home) as hub, connected(hub.port, headers=hub.bearer) as plain:
        await plain.send("/mode serious")
        assert await plain.frames(2) == ["[MODE CHANGED]", "[END]"]


async def test_ten_people_at_once(home: Home) -> None:
    """In one conversation they are answered in order, never interleaved; conversations run side by side."""

    def reply(request: Any) -> list[Any]:
        return ["You said ", 0.01, request.messages[-1].content.splitlines()[-1]]

    async with house(home, *[reply] * 20) as hub, contextlib.AsyncExitStack() as stack:
        together = [await stack.enter_async_context(hub.chat()) for _ in range(10)]
        await asyncio.gather(*(client.send(Say(f"m{i}")) for i, client in enumerate(together)))
        frames: list[str] = []
        while sum(frame.startswith("[END:") for frame in frames) < 10:
            frames.append(await together[0].frame())
        order = [frame for frame in frames if frame.startswith(("[TURN:", "[END:"))]
        turns = [int(frame.split(":")[1].split("]")[0]) for frame in order]
        assert turns == sorted(turns)
        assert turns[::2] == turns[1::2]

        apart = [await stack.enter_async_context(hub.chat(conversation=f"c{i}")) for i in range(10)]
        heard = await asyncio.gather(*(said(client, f"private {i}") for i, client in enumerate(apart)))
        assert [tokens(frames) for frames in heard] == [f"You said private {i}" for i in range(10)]


# --- over HTTP -----------------------------------------------------------------------------------


async def test_presence(home: Home) -> None:
    """A program is told in JSON, a browser on a page; both without a token."""
    async with house(home) as hub, hub.http(headers={}) as http:
        assert (await http.get("/")).json() == {"status": "Alisa online"}
        page = await http.get("/", headers={"Accept": "text/html,*/*"})
        assert "Alisa is online" in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert (await http.head("/")).status_code == 200
        assert (await http.get("/health/live")).json() == {"status": "live"}
        assert (await http.get("/health/ready")).status_code == 200
        health = (await http.get("/health")).json()
        assert set(health) == {"status", "version", "dependencies", "clients", "turn", "eyes"}
        assert set(health["dependencies"]["storage"]) == {"state", "since", "last_error", "detail"}


async def test_what_was_said_needs_the_token(home: Home) -> None:
    """Everything but presence and health is refused without it, in JSON with a hint."""
    async with house(home) as hub, hub.http(headers={}) as http:
        for path in ("/history", "/history/summary", "/history/export", "/conversations", "/status", "/metrics", "/x"):
            answer = await http.get(path)
            assert answer.status_code == 401
            assert set(answer.json()) == {"code", "message", "hint"}
        assert (await http.post("/history/clear")).status_code == 401
        evil = {**hub.bearer, "Origin": "https://evil.example"}
        assert (await http.get("/history", headers=evil)).status_code == 403
        assert (await http.get("/", headers={"Host": "evil.example"})).status_code == 403


async def test_the_link_of_the_start(home: Home) -> None:
    """The token in the address is traded for a cookie, which then opens history for that browser."""
    async with house(home) as hub, hub.http(headers={}) as browser:
        answer = await browser.get("/", params={"token": hub.token})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert (await browser.get("/history")).status_code == 200
        assert (await browser.post("/history/clear")).status_code == 403
        ours = {"Origin": f"http://127.0.0.1:{hub.port}"}
        assert (await browser.post("/history/clear", headers=ours)).status_code == 200


async def test_history_is_paged_and_searched(home: Home) -> None:
    """Newest last; `before` goes back, `q` finds, `conversation` keeps to one."""
    async with house(home, *[REPLY] * 3) as hub:
        async with hub.chat() as chat, hub.chat(conversation="work") as work:
            await said(chat, "the cat sleeps")
            await said(chat, "the dog runs")
            await said(work, "a report about cats")
        async with hub.http() as http:
            assert (await http.get("/history")).headers["cache-control"] == "no-store"
        page = (await hub.get("/history", conversation="main", limit=2))["messages"]
        assert [m["text"] for m in page] == ["the dog runs", "Hi there."]
        older = (await hub.get("/history", conversation="main", limit=2, before=page[0]["id"]))["messages"]
        assert [m["text"] for m in older] == ["the cat sleeps", "Hi there."]
        assert [m["text"] for m in (await hub.get("/history", q="dog"))["messages"]] == ["the dog runs"]
        assert (await hub.get("/history", q="\"'*) OR"))["messages"] == []
        summary = await hub.get("/history/summary")
        assert (summary["messages"], summary["emotions"]) == (6, {"happy": 3})
        assert {c["name"] for c in (await hub.get("/conversations"))["conversations"]} >= {"main", "work"}


async def test_export_and_clear(home: Home) -> None:
    """Everything as JSON and as Markdown; then forgotten."""
    async with house(home, ["<emotion=shy>", "# not a heading\nHm."]) as hub, hub.chat() as chat, hub.http() as http:
        await said(chat, "hi")
        exported = await http.get("/history/export")
        assert [m["text"] for m in json.loads(exported.text)["messages"]] == ["hi", "# not a heading\nHm."]
        markdown = await http.get("/history/export", params={"format": "markdown"})
        assert "attachment" in markdown.headers["content-disposition"]
        assert markdown.headers["content-type"].startswith("text/markdown")
        assert "\n## main\n" in markdown.text
        assert "\n> # not a heading\n> Hm.\n" in markdown.text
        assert "**Alisa (shy)**, " in markdown.text
        cleared = (await http.post("/history/clear", params={"conversation": "main"})).json()
        assert (cleared["status"], cleared["messages"]) == ("cleared", 2)
        assert (await hub.get("/history"))["messages"] == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/history?limit=0", 422),
        ("GET", "/history?limit=x", 422),
        ("GET", f"/history?before={10**30}", 422),
        ("GET", "/history?conversation=", 422),
        ("GET", "/history?conversation=a%00b", 400),
        ("GET", "/history/export?format=pdf", 422),
        ("GET", "/history/export?conversation=nobody", 400),
        ("GET", "/nothing", 404),
        ("GET", "/openapi.json", 404),
        ("GET", "/docs", 404),
        ("DELETE", "/history", 405),
    ],
)
async def test_wrong_requests_are_answered_in_one_form(home: Home, method: str, path: str, status: int) -> None:
    """A code for programs, a sentence for people, what to do next."""
    async with house(home) as hub, hub.http() as http:
        answer = await http.request(method, path)
        assert answer.status_code == status
        assert set(answer.json()) == {"code", "message", "hint"}
        assert answer.json()["message"]


async def test_status_and_metrics(home: Home) -> None:
    """Who is connected, and what was counted."""
    async with house(home, REPLY) as hub, hub.chat(name="terminal") as chat, hub.http() as http:
        await said(chat, "hi")
        (client,) = (await hub.get("/status"))["clients"]
        assert (client["name"], client["role"], client["conversation"]) == ("terminal", "chat", "main")
        metrics = await http.get("/metrics")
        assert metrics.headers["content-type"].startswith("text/plain")
        assert 'alisa_turns_total{cause="user",reason="stop"} 1.0' in metrics.text
        assert {mode["name"] for mode in (await hub.get("/modes"))["modes"]} >= {"calm", "serious", "teasing"}
        assert {card["name"] for card in (await hub.get("/personas"))["personas"]} >= {"alisa", "assistant"}


async def test_the_journal_is_off_unless_it_is_turned_on(home: Home) -> None:
    """It holds what was said."""
    journal = home.logs / "journal.jsonl"
    async with house(home, REPLY) as hub, hub.chat() as chat:
        await said(chat, "hi")
    assert not journal.exists()
    async with house(home, REPLY, sections=(JournalSettings(enabled=True),)) as hub, hub.chat() as chat:
        await said(chat, "hi")
    assert '"frame": "[USER:2]hi"' in journal.read_text("utf-8")


async def test_a_guest_holds_a_conversation(home: Home) -> None:
    """A client that knows only the plain dialect, without a token, where the user allows it."""
    async with (
        house(home, REPLY, sections=(HubSettings(allow_guests=True),)) as hub,
        connected(hub.port, headers={}) as guest,
    ):
        await guest.send("hello there")
        assert await guest.frames(4) == ["[EMOTION]happy", "Hi", " there.", "[END]"]
        await guest.send('{"message": "hello again"}')
        await guest.until("[END]")
        assert (await hub.get("/history"))["messages"][0]["origin"] == "plain-1"


async def test_every_address_is_documented(home: Home) -> None:
    """docs/http.md lists what the hub answers, and nothing else."""
    page = (Path(__file__).parents[2] / "docs" / "http.md").read_text("utf-8")
    documented = set(re.findall(r"^\| (?:○ )?`(?:GET|POST|DELETE) (/[^`]*)`", page, re.MULTILINE))
    app = create_app(settings_with(), home, model=ScriptedModel())
    async with app.state.hub.running():
        included = [route.original_router.routes for route in app.routes if hasattr(route, "original_router")]
        routes = [*app.routes, *(route for routes in included for route in routes)]
    assert documented | {CHAT_PATH} == {route.path for route in routes if hasattr(route, "path")}


async def test_why_she_is_silent_and_what_she_sees_can_be_asked(home: Home) -> None:
    """The reason, the budget, a snooze that counts at once, kinds to turn off; sight stands in the prompt, labelled."""
    async with house(home, REPLY) as running, running.chat() as client, running.chat("vision") as eyes:
        asked = await running.get("/initiative")
        assert asked["now"]["would_speak"] is False
        assert asked["now"]["reason"]
        assert asked["budget"]["per_day"] == 8
        assert asked["last_remark"] is None
        async with running.http() as http:
            snoozed = await http.post("/initiative/snooze", params={"minutes": 90})
            assert snoozed.json()["status"] == "snoozed"
            assert (await http.post("/initiative/kinds", params={"kind": "silence", "on": False})).status_code == 200
            assert (await http.post("/initiative/kinds", params={"kind": "nagging", "on": True})).status_code == 422
        asked = await running.get("/initiative")
        assert asked["now"]["gate"] == "snoozed"
        assert asked["snoozed_until"]
        assert asked["kinds"]["silence"] == {"on": False, "off_by": "you"}
        await eyes.send('[SIGHT_SCREEN]{"app":"Editor","window":"main.py - Editor","text":"the words on the screen"}')
        await asyncio.sleep(0.05)
        await said(client, "hi")
        prompt = running.model.requests[-1].messages[-1].content
        assert "sight (screen): Editor, main.py" in prompt
        assert "the words on the screen" not in prompt


async def test_somebody_who_comes_back_is_greeted(home: Home) -> None:
    """From the eyes over the hub to the terminal: after a real absence a turn of hers comes, and why can be asked."""
    clock = ManualClock()
    sections = (QuietSettings(on=False), InitiativeSettings(away_minutes=5))
    async with house(home, REPLY, sections=sections, clock=clock) as running, running.chat() as client:
        async with running.chat("vision") as eyes:

            async def see(presence: str, minutes: int) -> None:
                await eyes.send(f'[SIGHT_FACE]{{"presence":"{presence}"}}')
                for _ in range(minutes):
                    await asyncio.sleep(0.02)
                    clock.advance(60)
                    assert running.hub._initiative is not None
                    await running.hub._initiative.consider()

            await see("present", 3)
            await see("absent", 8)
            await eyes.send('[SIGHT_FACE]{"presence":"present"}')
            frames = await client.until("[END:")
            assert [frame for frame in frames if frame.startswith("[TURN:")] == ['[TURN:1]{"cause":"vision"}']
            assert tokens(frames) == "Hi there."
            assert running.model.requests[-1].messages[-1].content.endswith("(The user has just come back.)")
        remark = (await running.get("/initiative", turn=1))["last_remark"]
        assert (remark["kind"], remark["channel"]) == ("back", "voice")
        assert remark["reason"] == "Because you came back after 8 minutes."
