"""Logs: JSON for programs, plain lines for people, secrets for nobody."""

from __future__ import annotations

import json
import logging
import stat
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

import pytest

from alisa.runtime import logs
from alisa.runtime.paths import Home
from alisa.runtime.sections import LogSettings
from tests.faults import full_disk

TOKEN = "wJ3xq_V0aT9-token-of-this-home"


@pytest.fixture(autouse=True)
def _restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process's hooks and the list of secrets are as they were."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logs, "_hidden", set())


def lines(home: Home, process: str = "hub") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (home.logs / f"{process}.jsonl").read_text("utf-8").splitlines()]


def test_a_line_is_json_with_what_is_bound(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Time, level, logger, event, values, and the turn that is bound, in the file; the same for people on stderr."""
    logs.configure("hub", LogSettings(), home)
    with logs.bound(turn=17, conversation="main"):
        logs.get_logger("backend.reply").info("turn ended", reason="stop")
    logs.get_logger("backend.reply").debug("not wanted")
    (line,) = lines(home)
    assert line.pop("at").endswith("Z")
    assert line == {
        "level": "info", "logger": "backend.reply", "event": "turn ended",
        "reason": "stop", "turn": 17, "conversation": "main",
    }  # fmt: skip
    said = capsys.readouterr()
    assert said.out == ""
    assert "info    hub  turn ended" in said.err
    assert "reason=stop" in said.err


def test_other_libraries_look_the_same(home: Home) -> None:
    """Lines of the standard library carry the turn too; libraries that chatter are quiet."""
    logs.configure("hub", LogSettings(level="debug"), home, console=False)
    with logs.bound(turn=3):
        logging.getLogger("uvicorn").warning("late by %d ms", 5)
    logging.getLogger("httpx").info("HTTP Request: GET http://127.0.0.1")
    (line,) = lines(home)
    assert (line["event"], line["logger"], line["turn"]) == ("late by 5 ms", "uvicorn", 3)


def test_secrets_do_not_get_out(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Not by their key, not in a URL or header, not a named one, not inside an error or its trace."""
    logs.configure("hub", LogSettings(), home)
    logs.hide(TOKEN)
    log = logs.get_logger("x")
    log.warning("connected", token="abc123", url="ws://h/ws/chat?a=1&token=abc123&b=2", header="Bearer abc123")
    logging.getLogger("lib").warning("it is %s", TOKEN)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        log.exception("failed", Authorization="abc123")
    text = (home.logs / "hub.jsonl").read_text() + capsys.readouterr().err
    assert TOKEN not in text
    assert "abc123" not in text
    assert "b=2" in text


def test_a_trace_is_for_the_file_only(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A person sees the kind of error and where the details are; the file holds the trace."""
    logs.configure("hub", LogSettings(), home)
    try:
        raise ValueError("inner words")
    except ValueError as error:
        logs.get_logger("x").error("it failed", exc_info=error)
        logging.getLogger("y").exception("that too")
    for line in lines(home):
        assert line["error"] == "ValueError: inner words"
        assert "Traceback" in line["trace"]
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "ValueError; details in logs/hub.jsonl" in said


def test_odd_text_stays_one_line(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Line breaks, terminal codes, lone surrogates and objects of any kind cannot break a line."""
    logs.configure("hub", LogSettings(), home)
    logs.get_logger("x").warning("a\nb\x1b[2J\ud800", thing=object(), text="\r\n")
    assert lines(home)[0]["event"] == "a\nb\x1b[2J\ud800"
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "\x1b" not in said


def test_files_rotate_and_are_private(home: Home) -> None:
    """A file that is full makes room for the next; so many are kept, readable by their owner alone."""
    logs.configure("hub", LogSettings(max_mib=1, keep=2), home, console=False)
    log = logs.get_logger("x")
    for _ in range(45):
        log.info("x" * 100_000)
    files = sorted(path.name for path in home.logs.iterdir())
    assert files == ["hub.jsonl", "hub.jsonl.1", "hub.jsonl.2"]
    for path in home.logs.iterdir():
        assert path.stat().st_size <= 1024 * 1024
        assert sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_configuring_again_replaces(home: Home) -> None:
    """The last call counts: one line for each event, at the level that was given last."""
    for level in ("debug", "warning"):
        logs.configure("hub", LogSettings(level=level), home, console=False)
    logs.get_logger("x").info("no")
    logs.get_logger("x").warning("yes")
    assert [line["event"] for line in lines(home)] == ["yes"]


def test_a_full_disk_is_said_once(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When the file cannot be written the process goes on, and says so in one line."""
    with full_disk(tmp_path / "full"):
        logs.configure("hub", LogSettings(), Home(tmp_path / "full"), console=False)
        for _ in range(100):
            logs.get_logger("x").warning("x" * 1000)
        assert capsys.readouterr().err.count("cannot be written") == 1
        logs.configure("hub", LogSettings(), home, console=False)  # lets go of the disk


def test_a_folder_that_cannot_be_made(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Logs that have no place do not stop anything either."""
    (tmp_path / "file").write_text("")
    logs.configure("hub", LogSettings(), Home(tmp_path / "file"), console=False)
    logs.get_logger("x").warning("lost")
    assert "Alisa goes on without it" in capsys.readouterr().err


def test_a_closed_terminal_is_no_trouble(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines still reach the file when nobody can read stderr any more."""

    class Closed:
        def isatty(self) -> bool:
            return False

        def write(self, text: str) -> None:
            raise BrokenPipeError

        def flush(self) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Closed())
    logs.configure("hub", LogSettings(), home)
    logs.get_logger("x").warning("still here")
    sys.excepthook(ValueError, ValueError("x"), None)
    assert [line["event"] for line in lines(home)] == ["still here", "uncaught"]


def test_colours_only_for_a_terminal_that_wants_them(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets colours, NO_COLOR takes them away."""
    written: list[str] = []

    class Terminal:
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            written.append(text)

        def flush(self) -> None:
            pass

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR")
    logs.configure("hub", LogSettings(), home)
    logs.get_logger("x").warning("loud")
    monkeypatch.setenv("NO_COLOR", "1")
    logs.configure("hub", LogSettings(), home)
    logs.get_logger("x").warning("plain")
    assert ["\x1b[33m" in text for text in written if text.strip()] == [True, False]


def test_what_nobody_caught_is_logged(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Uncaught errors, in any thread, and warnings go to the file with their trace; people see one line."""
    logs.configure("hub", LogSettings(), home)
    sys.excepthook(ValueError, ValueError("secret words"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    thread = threading.Thread(target=lambda: 1 / 0, name="worker")
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("old way", DeprecationWarning, stacklevel=1)
    events = [line["event"] for line in lines(home)]
    assert events[:2] == ["uncaught", "uncaught in thread worker"]
    assert "old way" in events[2]
    said = capsys.readouterr().err
    assert "Something unexpected went wrong in hub (ValueError). The details are in logs/hub.jsonl." in said
    assert "Traceback" not in said
    assert said.count("ValueError") == 1


def test_before_configure_nothing_reaches_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    """A logger that is used in a short command, where no log is wanted, does not disturb its output."""
    logs.get_logger("x").info("hello")
    assert capsys.readouterr().out == ""
