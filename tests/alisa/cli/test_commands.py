"""The small commands where nothing runs: status, stop, restart, logs, token, up."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil
import pytest

from alisa.cli import restart, status
from alisa.cli.hub import RunningHub
from alisa.cli.supervisor import state
from alisa.cli.supervisor.spec import State, Status
from alisa.runtime.paths import Home
from tests.alisa.cli.conftest import Alisa


def test_status_when_nothing_runs(alisa: Alisa) -> None:
    """It says so, and that is no failure."""
    done = alisa("status")
    assert done.code == 0
    assert "not running" in done.out
    told = json.loads(alisa("status", "--json").out)
    assert told["running"] is False
    assert told["processes"] == []
    assert told["hub"] == {"url": None, "clients": 0, "turn": None, "state": "down"}
    assert told["problems"] == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1.5, "url": 5}', '{"pid": -1}', "\x00\xff"])
def test_damaged_files_are_no_running_alisa(alisa: Alisa, home: Home, text: str) -> None:
    """Whatever a crash left in run/, the commands work."""
    for name in ("supervisor.json", "hub.json", "llm.json", "llm_state.json"):
        (home.run / name).write_bytes(text.encode("latin-1"))
    (home.run / "children").mkdir()
    (home.run / "children" / "backend.json").write_bytes(text.encode("latin-1"))
    assert json.loads(alisa("status", "--json").out)["running"] is False
    assert alisa("stop").code == 0


def test_settings_that_cannot_be_used_are_problems(alisa: Alisa, home: Home) -> None:
    """A person who looks at the status learns of them."""
    home.config_file.write_text("[hub]\nport = -5\n")
    [problem] = json.loads(alisa("status", "--json").out)["problems"]
    assert problem["code"] == "setting"
    assert "hub.port" in problem["message"]
    assert problem["hint"]


def test_a_supervisor_that_does_not_answer_is_a_problem(alisa: Alisa, home: Home) -> None:
    """The file names a living process, but nobody listens: told, with what to do."""
    state.write(home, state.Running(os.getpid(), psutil.Process().create_time(), 9, "x"))
    [problem] = json.loads(alisa("status", "--json").out)["problems"]
    assert problem["code"] == "supervisor_silent"


HUB = {
    "status": "ready", "clients": 0, "turn": None,
    "dependencies": {
        "llm": {"state": "ready", "since": "", "last_error": "It was away.", "detail": {"model": "llama3", "note": ""}},
        "storage": {"state": "ready", "detail": {"notices": ["The history file was damaged. It is kept as x.db."]}},
    },
}  # fmt: skip


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A hub that answers so when it is asked how it does; its model is somebody else's server."""
    told = json.loads(json.dumps(HUB))
    monkeypatch.setattr(status, "running_hub", lambda _home: RunningHub("http://127.0.0.1:8000", os.getpid()))
    monkeypatch.setattr(status, "health", lambda _url: told)
    return told


def test_a_model_server_of_the_users_own_is_told_in_words(alisa: Alisa, hub: dict[str, Any]) -> None:
    """Its model by name, and what is wrong with it as a sentence; an error of before is over."""
    assert "model  llama3, ready\n" in alisa("status").out
    model = json.loads(alisa("status", "--json").out)["model"]
    assert (model["name"], model["state"], model["detail"]) == ("llama3", "ready", "")
    hub["dependencies"]["llm"] |= {"state": "down", "detail": {"model": "", "note": "Nobody answers."}}
    assert "model  down: Nobody answers." in alisa("status").out


def test_what_became_of_the_history_is_a_problem(alisa: Alisa, hub: dict[str, Any]) -> None:
    """A damaged history that was healed is told as long as the hub runs."""
    [problem] = json.loads(alisa("status", "--json").out)["problems"]
    assert problem["code"] == "history_notice"
    assert "x.db" in problem["message"]
    assert problem["hint"]


def test_stop_when_nothing_runs(alisa: Alisa) -> None:
    """Nothing to do is done."""
    assert (alisa("stop").code, alisa("stop").out) == (0, "Alisa was not running.\n")


def test_stop_in_a_home_that_does_not_exist(alisa: Alisa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes no folder only to look into it."""
    monkeypatch.setenv("ALISA_HOME", str(tmp_path / "none"))
    assert alisa("stop").code == 0
    assert alisa("status").code == 0
    assert alisa("logs").code == 0
    assert not (tmp_path / "none").exists()


def test_restart_when_nothing_runs(alisa: Alisa) -> None:
    """A failure that says how to wake her."""
    done = alisa("restart", "backend")
    assert done.code == 1
    assert "alisa up" in done.err


def test_a_part_that_is_not_needed_is_no_failure(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model server, told to start again where another one makes the words: it says so and ends, and all is well."""
    after = Status("llm_server", State.STOPPED, "", None, 1, "not needed: llm.url names another server")
    monkeypatch.setattr(restart.state, "read", lambda _home: object())
    monkeypatch.setattr(restart, "ask", lambda *_args, **_more: {"processes": [asdict(after)]})
    done = alisa("restart", "llm_server")
    assert (done.code, done.err) == (0, "")
    assert "not needed: llm.url names another server." in done.out
    assert json.loads(alisa("restart", "llm_server", "--json").out)["state"] == "stopped"


def test_the_token(alisa: Alisa, home: Home) -> None:
    """Alone on its line, the same each time, another one after --renew."""
    first = alisa("token").out
    assert first == alisa("token").out
    assert len(first.strip()) >= 43
    renewed = alisa("token", "--renew").out
    assert renewed != first
    assert home.token_file.read_text().strip() == renewed.strip()


def log(home: Home, process: str, *events: tuple[str, str]) -> None:
    lines = [json.dumps({"at": at, "level": "info", "logger": "x", "event": event}) for at, event in events]
    (home.logs / f"{process}.jsonl").write_text("".join(f"{line}\n" for line in lines))


def test_logs_of_all_parts_in_order_of_time(alisa: Alisa, home: Home) -> None:
    """What happened first stands first, whoever wrote it down."""
    log(home, "backend", ("2026-11-21T20:00:01.000000Z", "one"), ("2026-11-21T20:00:03.000000Z", "three"))
    log(home, "llm_server", ("2026-11-21T20:00:02.000000Z", "two"))
    assert [line.split()[-1] for line in alisa("logs").out.splitlines()] == ["one", "two", "three"]
    assert [line.split()[-1] for line in alisa("logs", "-n", "2").out.splitlines()] == ["two", "three"]
    assert [line.split()[-1] for line in alisa("logs", "backend").out.splitlines()] == ["one", "three"]
    assert json.loads(alisa("logs", "llm_server", "--raw").out)["event"] == "two"
    assert alisa("logs", "-n", "0").out == ""


def test_logs_of_a_part_that_has_none(alisa: Alisa, home: Home) -> None:
    """Nothing yet is no failure; a name that is none is wrong use."""
    assert "Nothing has been written down" in alisa("logs", "backend").err
    log(home, "backend", ("2026-11-21T20:00:01.000000Z", "one"))
    done = alisa("logs", "nose")
    assert done.code == 2
    assert "backend" in done.err


def test_up_for_a_part_that_is_not_there(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3: something needed is missing, and which."""
    from alisa.cli import up
    from alisa.cli.machine import Machine

    monkeypatch.setattr(up, "look_around", lambda: Machine(frozenset({"backend"}), False, False, False, False, False))
    done = alisa("up", "--only", "voice")
    assert done.code == 3
    assert "voice" in done.err


def test_up_for_what_is_not_needed(alisa: Alisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model server where another one makes the words: it says so, and no empty Alisa is started."""
    monkeypatch.setenv("ALISA_LLM__URL", "http://127.0.0.1:11434/v1")
    done = alisa("up", "--only", "llm_server")
    assert done.code == 0
    assert "not needed: the model is at http://127.0.0.1:11434/v1" in done.out
    assert "nothing to start" in done.out
