"""kill -9 takes nothing of what was acknowledged, however often it comes and whatever it hits."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from alisa.runtime.clock import ManualClock
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage.database import Database
from backend.storage.history import History
from tests.backend.storage.steps import NOW, ask
from tests.faults import kill_hard

KILLS = 20
WRITER = '''
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage.database import Database
from backend.storage.history import History

async def talk(history, conversation):
    """Whole turns, a sentence at a time; a line on stdout for all that is committed."""
    for number in range(10_000):
        at = datetime.now(UTC)
        turn = await history.open_turn(
            conversation, Cause.USER, text=f"question {number}", source=Source.TYPED, origin="", at=at)
        print("said", turn, flush=True)
        text = ""
        for sentence in range(3):
            text += f"Sentence {sentence} of {turn}. "
            await history.save_partial(turn, text, Emotion.CALM, at)
            print("partial", turn, sentence, flush=True)
        await history.close_turn(turn, reason=EndReason.STOP, text=text, emotion=Emotion.CALM,
            interrupted=False, origin="", timings={}, at=at)
        print("closed", turn, flush=True)

async def main():
    database = await Database.open(Home(Path(sys.argv[1])), StorageSettings(), SystemClock())
    history = History(database)
    await history.recover(datetime.now(UTC))
    async with asyncio.TaskGroup() as group:
        for name in ("main", "work"):
            group.create_task(talk(history, name))

asyncio.run(main())
'''


def acknowledged(home: Home, kill_after: int) -> Iterator[list[str]]:
    """Let the writer write, kill it after so many lines, and give all lines that it had written."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home.root)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        assert writer.stderr
        for number, line in enumerate(writer.stdout):
            if line.endswith("\n"):  # what the kill tore is no acknowledgement
                yield line.split()
            if number == kill_after:
                kill_hard(writer.pid)
        assert not writer.stderr.read()


@pytest.mark.process
async def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    """Every acknowledged message is there, and of a reply that was cut off every acknowledged sentence, marked so."""
    home = Home(tmp_path / "home")
    chance = random.Random(20)
    said: set[int] = set()
    sentences: dict[int, int] = {}
    closed: set[int] = set()
    for _ in range(KILLS):
        lines = await asyncio.to_thread(list, acknowledged(home, chance.randrange(120)))
        for what, turn, *sentence in lines:
            if what == "said":
                said.add(int(turn))
            elif what == "partial":
                sentences[int(turn)] = int(sentence[0])
            else:
                closed.add(int(turn))
    assert len(said) > KILLS

    database = await Database.open(home, StorageSettings(), ManualClock())
    assert database.notices == [], "a kill is no damage"
    history = History(database)
    pending = {waiting.turn for waiting in await history.recover(NOW)}
    messages = [message async for message in history.export()]
    users = {message.turn for message in messages if message.role == "user"}
    hers = {message.turn: message for message in messages if message.role == "assistant"}
    assert said <= users
    assert len(users - said) <= 2 * KILLS, "what was committed and not yet acknowledged may be there too"
    for turn, last in sentences.items():
        assert f"Sentence {last} of {turn}." in hers[turn].text
        assert hers[turn].interrupted in ({False} if turn in closed else {False, True})
    for turn in users - hers.keys():
        assert turn in pending or any(answered > turn for answered in hers)
    assert {turn for turn, message in hers.items() if message.interrupted} <= users - closed
    await database.close()
    assert ask(home.database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(home.database, "SELECT count(*) FROM turns WHERE ended_at IS NULL") == [(0,)]


@pytest.mark.process
async def test_kills_during_the_first_start(tmp_path: Path) -> None:
    """Killed while the history is being made: the next start makes it, whole."""
    for number, pause in enumerate((0.2, 0.35, 0.5, 0.6)):
        home = Home(tmp_path / str(number))
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(home.root)], stdout=subprocess.DEVNULL)
        await asyncio.sleep(pause)
        kill_hard(writer.pid)
        await asyncio.to_thread(writer.wait)
        database = await Database.open(home, StorageSettings(), ManualClock())
        assert database.notices == []
        await History(database).recover(NOW)
        await database.close()
        assert ask(home.database, "PRAGMA integrity_check") == [("ok",)]
