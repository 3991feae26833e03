"""`alisa remind` and `alisa reminders`, with a hub and without."""

from __future__ import annotations

import asyncio
import json
import os

from alisa.runtime.paths import Home
from tests.alisa.cli.conftest import Alisa
from tests.backend.test_app import house


def test_without_a_hub(home: Home, alisa: Alisa) -> None:
    """Kept for when she is up; listed with its number, by which it can be cancelled."""
    assert alisa("reminders").err == "There are no reminders.\n"
    assert not home.database.exists()
    done = alisa("remind", "tomorrow", "at", "9", "to", "call", "my", "sister")
    assert (done.code, done.out.splitlines()[0]) == (0, "Reminder 1: tomorrow, 09:00 — call my sister")
    assert "not running" in done.out
    assert json.loads(alisa("remind", "set a timer for 2 hours", "--json").out)["kind"] == "timer"
    lines = alisa("reminders").out.splitlines()
    assert sorted(line.split()[0] for line in lines) == ["1", "2"]
    assert any(line.endswith("call my sister") for line in lines)
    assert alisa("reminders", "cancel", "1").out == "Cancelled: call my sister.\n"
    alisa("remind", "in 3 hours to go")
    assert json.loads(alisa("reminders", "cancel", "3", "--json").out)["state"] == "cancelled"
    again = alisa("reminders", "cancel", "1")
    assert (again.code, "no open reminder 1" in again.err) == (3, True)
    assert len(json.loads(alisa("reminders", "--json").out)["reminders"]) == 1
    assert "(cancelled)" in alisa("reminders", "--all").out


def test_what_is_not_clear(home: Home, alisa: Alisa) -> None:
    """It says what is missing and how to say it; nothing is kept."""
    for words in (["call", "the", "dentist"], [], ["yesterday to go"]):
        done = alisa("remind", *words)
        assert (done.code, "at six" in done.err) == (2, True), done
    alisa("remind", "in 5 minutes")
    assert alisa("reminders").out.count("\n") == 1


async def test_a_hub_that_runs_is_asked(home: Home, alisa: Alisa) -> None:
    """It keeps them, and says what is wrong in its own words."""
    async with house(home) as hub:
        home.hub_file.write_text(json.dumps({"url": f"http://127.0.0.1:{hub.port}", "pid": os.getpid(), "created": 0}))
        done = await asyncio.to_thread(alisa, "remind", "in 2 hours to water the plants")
        assert (done.code, done.out.count("\n")) == (0, 1)
        assert "water the plants" in (await asyncio.to_thread(alisa, "reminders")).out
        assert len((await hub.get("/reminders"))["reminders"]) == 1
        assert (await asyncio.to_thread(alisa, "reminders", "cancel", "1")).code == 0
        assert (await asyncio.to_thread(alisa, "reminders")).err == "There are no reminders.\n"
        refused = await asyncio.to_thread(alisa, "remind", "nothing")
        assert (refused.code, "does not say when" in refused.err) == (2, True)  # as without a hub
        empty = await asyncio.to_thread(alisa, "remind")
        assert (empty.code, "at six" in empty.err) == (2, True)
        assert (await asyncio.to_thread(alisa, "reminders", "cancel", "99")).code == 3
