"""The driver over the real history: what it is promised holds, on a real disk and in real time."""

from __future__ import annotations

import asyncio

from alisa.protocol.tags import EndReason
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home
from backend.events.facts import SentenceReady, TokenStreamed, TurnEnded
from backend.llm.scripted import STALL, ScriptedModel
from backend.settings import StorageSettings
from backend.storage.database import Database
from backend.storage.history import History
from tests.flow.talking import talking


async def opened(home: Home) -> Database:
    return await Database.open(home, StorageSettings(), SystemClock())


async def said(history: History, conversation: str = "main") -> list[str]:
    page = await history.page(conversation=conversation)
    ordered = sorted(page, key=lambda message: (message.turn, message.role == "assistant"))
    return [f"{m.role}: {m.text}{' (cut off)' if m.interrupted else ''}" for m in ordered]


async def test_a_conversation_on_disk(home: Home) -> None:
    """Talking, cutting in, a musing overtaken, a failure and its late answer: all stands in history as it was."""
    database = await opened(home)
    history = History(database)
    script = [["One.", " Two."], ["Three. ", "Four", STALL], ["I was. ", "And", STALL], ["Five."]]
    async with talking(home, *script, history=history, clock=SystemClock()) as talk:
        await talk.say("a")
        await talk.until(TurnEnded)
        await talk.say("b")
        await talk.until(TokenStreamed, 2, turn=2)
        await talk.interrupt(heard="Three")
        await talk.until(TurnEnded, 2)
        await talk.muse()
        await talk.until(TokenStreamed, 1, turn=3)
        await talk.say("c")
        await talk.until(TurnEnded, 4)
        talk.model.state = "down"
        await talk.say("d")
        await talk.say("e")
        await talk.until(TurnEnded, 6)
        talk.model.state = "ready"
        talk.model.add(["Six."])
        await talk.driver.model_returned()
        await talk.until(TurnEnded, 7)
        assert talk.prompt()[-1][1].endswith("[/context]\nd\ne")
        assert [ended.reason for ended in talk.all(TurnEnded)] == [
            EndReason.STOP, EndReason.INTERRUPTED, EndReason.INTERRUPTED, EndReason.STOP, EndReason.ERROR,
            EndReason.ERROR, EndReason.STOP,
        ]  # fmt: skip
        assert await said(history) == [
            "user: a",
            "assistant: One. Two.",
            "user: b",
            "assistant: Three. (cut off)",
            "assistant: I was. (cut off)",
            "user: c",
            "assistant: Five.",
            "user: d",
            "user: e",
            "assistant: Six.",
        ]
    await database.close()


async def test_a_hub_that_is_killed_keeps_what_was_spoken(home: Home) -> None:
    """The file as it stood when a sentence was spoken holds that sentence; the next start closes the turn."""
    database = await opened(home)
    copy = Home(home.root.parent / "after the kill").ensure()
    async with talking(home, ["One.", " Two", STALL], history=History(database), clock=SystemClock()) as talk:
        await talk.say("a")
        await talk.until(SentenceReady)
        for name in ("alisa.db", "alisa.db-wal"):  # what a kill leaves behind
            (copy.root / name).write_bytes((home.root / name).read_bytes())
    await database.close()
    database = await opened(copy)
    history = History(database)
    async with talking(copy, ["Yes."], history=history, clock=SystemClock()) as talk:
        assert await said(history) == ["user: a", "assistant: One. (cut off)"]
        await talk.driver.model_returned()
        await talk.say("b")
        await talk.until(TurnEnded)
        assert await said(history) == ["user: a", "assistant: One. (cut off)", "user: b", "assistant: Yes."]
        assert len(talk.model.requests) == 1
    await database.close()


async def test_ten_at_once_on_disk(home: Home) -> None:
    """Ten people in one conversation and ten conversations, all at the same time."""
    database = await opened(home)
    history = History(database)
    async with talking(home, history=history, model=ScriptedModel(), clock=SystemClock()) as talk:
        await asyncio.gather(
            *(talk.say(f"person {n}") for n in range(10)), *(talk.say(f"alone {n}", f"c{n}") for n in range(10))
        )
        await talk.until(TurnEnded, 20)
        together = await said(history)
        assert together[::2] == [f"user: person {n}" for n in range(10)]
        assert [line.rpartition(": ")[2] for line in together[1::2]] == [f"person {n}" for n in range(10)]
        for n in range(10):
            assert len(await said(history, f"c{n}")) == 2
    await database.close()
