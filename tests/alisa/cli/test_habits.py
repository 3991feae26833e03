"""`alisa habits` shows, erases and takes along what was learnt, with a hub and without."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alisa.cli.habit_lines import chart, habit_lines
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home
from backend.events.facts import Verdict
from backend.habits.document import to_json
from backend.habits.model import Habits
from backend.habits.summary import summary
from backend.settings import StorageSettings
from backend.storage.database import Database
from backend.storage.habits import HabitRecords
from tests.alisa.cli.conftest import Alisa
from tests.backend.test_app import house

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def learnt(now: datetime = NOW, zone: object = UTC) -> Habits:
    habits = Habits(zone)  # type: ignore[arg-type]
    for day in range(21):
        begin = now - timedelta(days=day)
        habits.worked(begin, begin + timedelta(hours=2), task="coding", app="Code")
        habits.worked(begin + timedelta(hours=2), begin + timedelta(hours=3), task="browsing", app="Firefox")
        habits.switched("coding", "browsing", begin + timedelta(hours=2))
        habits.was_silent(begin, timedelta(minutes=25))
        habits.received("break", Verdict.DISMISSED, begin, "Code")
    return habits


@pytest.fixture
def known(home: Home) -> Home:
    """A home in which something was learnt."""

    async def keep() -> None:
        database = await Database.open(home, StorageSettings.model_validate({}), SystemClock())
        await HabitRecords(database).save(to_json(learnt(datetime.now(UTC) - timedelta(hours=4))), datetime.now(UTC))
        await database.close()

    asyncio.run(keep())
    return home


def test_the_page() -> None:
    """Charts by hour, shares, what comes next, and how remarks were taken."""
    text = "\n".join(line for line, _ in habit_lines(summary(learnt(), NOW + timedelta(hours=4)), UTC))
    assert "learnt since 31 October 2026" in text
    (bars,) = [line for line in text.splitlines() if line.startswith(" " * 20) and "█" in line][:1]
    assert bars.index("█") == 2 + 2 * 9
    assert "Best at 9:00–11:00." in text  # noqa: RUF001
    assert "code      67%" in text
    assert "coding     67%  then browsing" in text
    assert "break: welcome 0, ignored 0, waved away " in text
    assert habit_lines(summary(Habits(UTC), NOW), UTC)[0][0].startswith("Nothing has been learnt")


def test_a_chart() -> None:
    """What is not nothing shows; a plain terminal gets plain letters."""
    assert chart([0, 0.001, 0.5, 1]) == "  ▁▁▄▄██"
    assert chart([0, 0]) == "    "
    assert chart([0, 1, 2], blocks=" .:#") == "  ::##"


def test_without_a_hub(known: Home, alisa: Alisa, tmp_path: Path) -> None:
    """Shown, exported for its owner's eyes, forgotten when that is meant, imported again."""
    assert "In which applications" in alisa("habits").out
    assert json.loads(alisa("habits", "--json").out)["apps"][0]["name"] == "code"
    file = tmp_path / "my habits.json"
    assert alisa("habits", "export", str(file)).code == 0
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert alisa("habits", "export", str(file)).code == 2
    assert alisa("habits", "forget", "dreams", "--yes").code == 2
    asked = alisa("habits", "forget")
    assert (asked.code, "--yes" in asked.err) == (2, True)
    assert alisa("habits", "forget", "apps", "--yes").code == 0
    told = json.loads(alisa("habits", "--json").out)
    assert (told["apps"], bool(told["tasks"])) == ([], True)
    assert alisa("habits", "forget", "--yes").code == 0
    assert alisa("habits").out.startswith("Nothing has been learnt")
    assert alisa("habits", "import", str(file), "--yes").code == 0
    assert json.loads(alisa("habits", "--json").out)["apps"][0]["name"] == "code"


def test_a_bad_file_is_refused(known: Home, alisa: Alisa, tmp_path: Path) -> None:
    """Before anybody is asked, with what is wrong; nothing has changed."""
    file = tmp_path / "bad.json"
    file.write_bytes(b"\xff\x00{")
    done = alisa("habits", "import", str(file), "--yes")
    assert (done.code, "not JSON" in done.err) == (2, True)
    assert alisa("habits", "import", str(tmp_path / "none.json"), "--yes").code == 2
    assert "In which applications" in alisa("habits").out


def test_before_anything_was_learnt(home: Home, alisa: Alisa) -> None:
    """One sentence, and nothing is created."""
    done = alisa("habits")
    assert (done.code, done.out) == (0, "Nothing has been learnt of your habits yet.\n")
    assert not home.database.exists()


async def test_a_hub_that_runs_is_asked(known: Home, alisa: Alisa, tmp_path: Path) -> None:
    """What the hub has in mind counts, and what is forgotten is forgotten there."""
    async with house(known) as hub:
        known.hub_file.write_text(json.dumps({"url": f"http://127.0.0.1:{hub.port}", "pid": os.getpid(), "created": 0}))

        async def run(*arguments: str) -> str:
            done = await asyncio.to_thread(alisa, *arguments)
            assert done.code == 0, done.err
            return done.out

        assert "In which applications" in await run("habits")
        file = tmp_path / "habits.json"
        await run("habits", "export", str(file))
        await run("habits", "forget", "--yes")
        assert (await hub.get("/habits"))["apps"] == []
        await run("habits", "import", str(file), "--yes")
        assert (await hub.get("/habits"))["apps"][0]["name"] == "code"
