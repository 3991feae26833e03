"""Habits and reminders in the whole hub, on a real port, over a real database: only the language model is a script."""

from __future__ import annotations

import asyncio
import json

from alisa.protocol.messages import SightScreen, SightSystem
from alisa.runtime.paths import Home
from backend.settings import InitiativeSettings
from tests.backend.test_app import House, house, said, tokens

REPLY = ["<emotion=calm>", "Fine."]


async def ask(hub: House, method: str, path: str, **options: object) -> tuple[int, dict]:
    async with hub.http() as http:
        answer = await http.request(method, path, **options)  # type: ignore[arg-type]
        return answer.status_code, answer.json()


async def test_a_timer_is_set_in_words_and_rings(home: Home) -> None:
    """She is told that it was set, the client is told for certain, and when it is over she says it; then it is done."""
    async with house(home, REPLY, ["<emotion=calm>", "It is over."]) as hub, hub.chat() as chat:
        first = await said(chat, "set a timer for 1 second")
        prompt = hub.model.requests[0].messages[-1].content
        assert "reminder set: in 1 second, the timer of a second is over" in prompt
        frames = await chat.until("[END:2]")
        assert tokens(frames) == "It is over."
        assert any(frame.startswith('[TURN:2]{"cause":"reminder"') for frame in frames)
        status = [frame.partition("]")[2] for frame in (*first, *frames) if frame.startswith("[STATUS]")]
        notes = [json.loads(body).get("reminder_note") for body in status]
        assert "Timer set: in 1 second" in notes
        assert "Timer: the timer of a second is over" in notes
        assert (
            hub.model.requests[1]
            .messages[-1]
            .content.endswith("(A reminder is due: the timer of a second is over. Tell the user.)")
        )
        async with asyncio.timeout(20):
            while (await hub.get("/reminders"))["reminders"]:
                await asyncio.sleep(0.05)
        (done,) = (await hub.get("/reminders", all="true"))["reminders"]
        assert (done["state"], done["kind"]) == ("said", "timer")


async def test_reminders_over_http(home: Home) -> None:
    """Set, listed, cancelled; what is wrong is said; the token is wanted; a restart forgets none."""
    async with house(home) as hub:
        status, made = await ask(hub, "POST", "/reminders", json={"text": "tomorrow at 9 to call the dentist"})
        assert (status, made["text"], made["state"], made["when"]) == (
            200,
            "call the dentist",
            "open",
            "tomorrow, 09:00",
        )
        status, refused = await ask(hub, "POST", "/reminders", json={"text": "call the dentist"})
        assert (status, refused["code"], bool(refused["hint"])) == (400, "reminder_unclear", True)
        assert (await ask(hub, "POST", "/reminders", json={"text": "", "x": 1}))[0] == 422
        assert (await ask(hub, "DELETE", "/reminders/99"))[1]["code"] == "no_such_reminder"
        async with hub.http(headers={}) as http:
            assert (await http.get("/reminders")).status_code == 401
            assert (await http.get("/habits/export")).status_code == 401
    async with house(home) as hub:
        (kept,) = (await hub.get("/reminders"))["reminders"]
        assert kept["text"] == "call the dentist"
        assert (await ask(hub, "DELETE", f"/reminders/{kept['id']}"))[1]["status"] == "cancelled"
        assert (await hub.get("/reminders"))["reminders"] == []


async def test_what_came_due_waits_for_somebody_who_hears_it(home: Home) -> None:
    """A reminder that came due while nobody was connected is said to the first who comes."""
    async with house(home, ["<emotion=calm>", "Leave!"]) as hub:
        await ask(hub, "POST", "/reminders", json={"text": "in 1 second to leave"})
        async with hub.chat("vision", name="eyes"):
            pass
        await asyncio.sleep(1.5)
        assert hub.model.requests == []
        async with hub.chat() as chat:
            assert tokens(await chat.until("[END:1]")) == "Leave!"


async def test_habits_over_http(home: Home) -> None:
    """Learnt from the eyes and kept, shown, exported, forgotten, imported; bad input changes nothing."""
    async with house(home, REPLY) as hub, hub.chat("vision", name="eyes") as eyes, hub.chat() as chat:
        await eyes.send(SightSystem(idle_seconds=0))
        await eyes.send(SightScreen(task="coding", app="Code"))
        await said(chat, "hello")
    async with house(home) as hub:
        known = await hub.get("/habits")
        assert [app["name"] for app in known["apps"]] == ["code"]
        assert known["learning"] is True
        exported = await hub.get("/habits/export")
        assert exported["format"] == "alisa-habits"
        status, refused = await ask(hub, "POST", "/habits/forget", params={"what": "dreams"})
        assert (status, refused["code"]) == (400, "unknown_habits")
        assert (await ask(hub, "POST", "/habits/forget"))[1]["what"] == "everything"
        assert (await hub.get("/habits"))["apps"] == []
        for body in (b"", b"{", b'{"format": "alisa-habits", "version": 1, "x": 2}', b"x" * 2_000_000):
            status, refused = await ask(hub, "POST", "/habits/import", content=body)
            assert (status, refused["code"]) == (400, "habits_unreadable")
        assert (await ask(hub, "POST", "/habits/import", json=exported))[1]["apps"][0]["name"] == "code"


async def test_nothing_is_learnt_when_that_is_off(home: Home) -> None:
    """The setting is enough."""
    off = (InitiativeSettings(learn_habits=False),)
    async with house(home, REPLY, sections=off) as hub, hub.chat("vision", name="eyes") as eyes, hub.chat() as chat:
        await eyes.send(SightScreen(task="coding", app="Code"))
        await said(chat, "hello")
        known = await hub.get("/habits")
        assert (known["learning"], known["apps"]) == (False, [])
