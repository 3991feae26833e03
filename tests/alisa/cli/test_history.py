"""`alisa history` shows, searches, exports, clears and brings back what was said, with a hub and without."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from alisa.protocol.tags import Emotion
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token
from backend.settings import StorageSettings
from backend.storage.database import Database
from backend.storage.history import History
from tests.alisa.cli.conftest import Alisa
from tests.backend.storage.steps import answer, say, talk
from tests.faults import needs_posix

STORAGE = StorageSettings.model_validate({})


@pytest.fixture
def spoken(home: Home) -> Home:
    """A home in which something was said in two conversations."""

    async def speak() -> None:
        database = await Database.open(home, STORAGE, SystemClock())
        history = History(database)
        await history.ensure_conversation("main", "teasing", "alisa")
        await talk(history, ("black coffee?", "Fine.\nTwo sugars."))
        turn = await say(history, "\x1b[2Jtea\x07", "work")
        await answer(history, turn, "Hm", interrupted=True, emotion=Emotion.SHY)
        await database.close()

    asyncio.run(speak())
    return home


def test_the_newest_messages(spoken: Home, alisa: Alisa) -> None:
    """Each with its time, speaker and words, under its day and conversation; nothing said commands the terminal."""
    done = alisa("history")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].endswith("2026 · main")
    assert lines[1].endswith("You    black coffee?")
    assert lines[2].endswith("Alisa  Fine.")
    assert lines[3].strip() == "Two sugars."
    assert lines[4].strip() == "(happy)"
    assert lines[5].endswith("2026 · work")
    assert lines[6].endswith("You    [2Jtea")
    assert lines[7].endswith("Alisa  Hm  (shy, interrupted)")
    assert "\x1b" not in done.out


def test_searching_and_narrowing(spoken: Home, alisa: Alisa) -> None:
    """Words may stand side by side or quoted; no words of theirs are an operator."""
    assert "black coffee?" in alisa("history", "black", "cof").out
    assert alisa("history", '"coffee black"').err == "Nothing was found for '\"coffee black\"'.\n"
    assert alisa("history", "AND", "(").code == 0
    assert alisa("history", "-c", "work").out.count("\n") == 3
    assert alisa("history", "-n", "1").out.count("\n") == 2
    assert alisa("history", "-n", "0").code == 2


def test_as_json(spoken: Home, alisa: Alisa) -> None:
    """Programs get the same names as over HTTP."""
    (first, *_) = json.loads(alisa("history", "--json").out)["messages"]
    assert first["text"] == "black coffee?"
    assert set(first) == {
        "id", "turn", "conversation", "role", "text", "emotion", "cause", "origin", "interrupted", "at",
    }  # fmt: skip
    summary = json.loads(alisa("history", "summary", "--json").out)
    assert (summary["messages"], summary["emotions"]) == (4, {"happy": 1, "shy": 1})


def test_the_summary(spoken: Home, alisa: Alisa) -> None:
    """All of history in a few sentences."""
    done = alisa("history", "summary")
    assert "4 messages in 2 turns: 2 yours, 2 hers." in done.out
    assert "main: 2 messages, mode teasing" in done.out
    assert "She felt happy (1), shy (1)." in done.out


def test_before_anything_was_said(home: Home, alisa: Alisa) -> None:
    """One sentence says so and what to do; nothing is created."""
    done = alisa("history")
    assert (done.code, done.out) == (1, "")
    assert "no history yet" in done.err
    assert not home.database.exists()
    assert "no backups yet" in alisa("history", "restore").out


def test_exporting(spoken: Home, alisa: Alisa, tmp_path: Path) -> None:
    """To the screen or into a file that is not there yet; of one conversation or all."""
    assert "**Alisa (happy)**" in alisa("history", "export").out
    assert len(json.loads(alisa("history", "export", "--format", "json", "-c", "work").out)["messages"]) == 2
    out = tmp_path / "talks.md"
    assert "4 messages are in" in alisa("history", "export", "--out", str(out)).out
    assert out.read_text(encoding="utf-8").startswith("# Conversations with Alisa\n")
    again = alisa("history", "export", "--out", str(out))
    assert (again.code, "exists already" in again.err) == (2, True)
    assert alisa("history", "export", "-c", "none", "--out", str(tmp_path / "none.md")).code == 2
    assert not (tmp_path / "none.md").exists()
    assert alisa("history", "export", "--out", str(tmp_path / "no" / "folder.md")).code == 1


@needs_posix
def test_an_export_is_for_its_owners_eyes(spoken: Home, alisa: Alisa, tmp_path: Path) -> None:
    """Nobody else can read the file, whatever the umask."""
    before = os.umask(0)
    try:
        alisa("history", "export", "--out", str(tmp_path / "talks.md"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "talks.md").stat().st_mode) == 0o600


def test_clearing_and_bringing_back(spoken: Home, alisa: Alisa) -> None:
    """Without a terminal it wants --yes; the line that it prints brings everything back."""
    assert alisa("history", "clear").code == 2
    done = alisa("history", "clear", "--conversation", "main", "--yes")
    assert (done.code, "2 messages are forgotten." in done.out) == (0, True)
    assert "coffee" not in alisa("history").out
    assert "There was nothing to forget." in alisa("history", "clear", "-c", "main", "--yes").out
    name = done.out.split("alisa history restore ")[1].strip()
    assert name in alisa("history", "restore").out
    assert "2 messages are back." in alisa("history", "restore", name).out
    assert "Nothing was missing." in alisa("history", "restore", name).out
    assert "coffee" in alisa("history").out


def test_a_backup_comes_back_into_a_history_that_is_gone(spoken: Home, alisa: Alisa) -> None:
    """The file was deleted: a backup brings it back."""
    alisa("history", "clear", "--yes")
    listed = json.loads(alisa("history", "restore", "--json").out)["backups"]
    reasons = [backup["reason"] for backup in listed]
    assert sorted(reasons) == ["cleared", "clearing", "daily"]
    undo = listed[reasons.index("clearing")]
    spoken.database.unlink()
    assert json.loads(alisa("history", "restore", undo["name"], "--json").out)["messages"] == 4
    assert alisa("history", "restore", "none.db").code == 2


@pytest.mark.parametrize("answer", ["y", "n", ""])
def test_being_asked(spoken: Home, alisa: Alisa, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal she asks; anything but a yes leaves all as it is."""
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    done = alisa("history", "clear")
    assert done.code == (0 if answer == "y" else 130)
    assert ("coffee" in alisa("history").out) is (answer != "y")


def test_a_hub_that_runs_is_asked_to_clear(spoken: Home, alisa: Alisa) -> None:
    """With the token, for the conversation that was named; its refusal comes through in its words."""
    asked: list[tuple[str, str | None]] = []
    replies = [
        (200, {"status": "cleared", "messages": 2, "backup": "alisa-x.db"}),
        (507, {"code": "disk_full", "message": "The disk is full.", "hint": "Free some space."}),
        (200, ["nonsense"]),
    ]

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append((self.path, self.headers["Authorization"]))
            status, body = replies.pop(0)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *args: object) -> None:
            """Be quiet."""

    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        spoken.hub_file.write_text(json.dumps({"url": url, "pid": os.getpid(), "created": 0}))
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            done = alisa("history", "clear", "--yes", "-c", "black & white", "--json")
            refused = alisa("history", "clear", "--yes")
            odd = alisa("history", "clear", "--yes")
        finally:
            server.shutdown()
            thread.join()
    assert json.loads(done.out) == {"messages": 2, "backup": "alisa-x.db"}
    bearer = f"Bearer {read_or_make_token(spoken)}"
    assert asked[:2] == [("/history/clear?conversation=black+%26+white", bearer), ("/history/clear", bearer)]
    assert (refused.code, refused.err) == (1, "The disk is full. Free some space.\n")
    assert (odd.code, "did not say" in odd.err) == (1, True)
    spoken.hub_file.unlink()
    assert "coffee" in alisa("history").out, "nothing was cleared behind the hub's back"


def test_a_hub_that_went_away_is_not_guessed_at(spoken: Home, alisa: Alisa) -> None:
    """When the hub does not answer, nobody knows what it did: that is said."""
    spoken.hub_file.write_text(json.dumps({"url": "http://127.0.0.1:9", "pid": os.getpid(), "created": 0}))
    done = alisa("history", "clear", "--yes")
    assert (done.code, "did not say" in done.err) == (1, True)
