"""Our own command as a child: its answer, its sentence when it fails, and an end in any case."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from alisa.runtime import children
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from backend.gateway.command import Command, answer_of


async def child(code: str) -> asyncio.subprocess.Process:
    return await children.start(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


async def test_it_answers(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For this home, wherever the hub stands, whatever ALISA_HOME says; text goes in and comes out as it is."""
    monkeypatch.setenv("ALISA_HOME", str(tmp_path / "another"))
    monkeypatch.chdir(tmp_path)
    command = Command(home)
    arguments = ("config", "set", "--json", "--stdin", "--", "conversation.persona")
    changed = await command.ask(*arguments, given='Zoë $(x) "y"\n', limit_seconds=30)
    assert changed["key"] == "conversation.persona"
    assert 'persona = "Zoë $(x) \\"y\\""' in home.config_file.read_text("utf-8")


async def test_its_own_sentence_is_told(home: Home) -> None:
    """With its code and its hint."""
    with pytest.raises(AlisaError) as caught:
        await Command(home).ask("config", "unset", "--json", "--", "hub.prt", limit_seconds=30)
    assert (caught.value.code, caught.value.hint) == ("unknown_setting", "Did you mean hub.port?")


@pytest.mark.parametrize(
    "code", ["raise SystemExit(1)", "print('[1, 2]')", "print('not json')", "print('{}'); raise SystemExit(1)"]
)
async def test_one_that_says_nothing_of_use(code: str) -> None:
    """Is a sentence of ours, and no trace."""
    with pytest.raises(AlisaError, match="did not work") as caught:
        await answer_of(await child(code), limit_seconds=30)
    assert caught.value.code == "command_failed"


async def test_one_that_takes_too_long() -> None:
    """Is ended."""
    process = await child("import time; time.sleep(60)")
    with pytest.raises(AlisaError) as caught:
        await answer_of(process, limit_seconds=0.05)
    assert caught.value.code == "command_slow"
    assert await process.wait() != 0


async def test_one_that_nobody_waits_for() -> None:
    """Is ended, too."""
    process = await child("import time; time.sleep(60)")
    asked = asyncio.create_task(answer_of(process, limit_seconds=60))
    await asyncio.sleep(0.05)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert await process.wait() != 0
