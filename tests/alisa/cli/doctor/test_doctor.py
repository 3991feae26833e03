"""The doctor: every check finds what it is there for, and says how to mend it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import psutil
import pytest

from alisa.cli.doctor import machine, model
from alisa.cli.doctor.checks import CHECKS, examine
from alisa.cli.doctor.finding import Check, Finding, Level, Patient
from alisa.runtime import children
from alisa.runtime.paths import Home
from alisa.runtime.ports import free_port
from tests.alisa.cli.conftest import Alisa
from tests.faults import needs_linux, needs_posix

ROOT = Path(__file__).parents[4]
PAGE = ROOT / "docs" / "troubleshooting.md"


def patient(home: Home, **env: str) -> Patient:
    return Patient(home, env)


def found(name: str, who: Patient) -> list[Finding]:
    return list(examine(next(check for check in CHECKS if check.name == name), who))


def levels(name: str, who: Patient) -> set[Level]:
    return {finding.level for finding in found(name, who)}


def test_every_check_stands_in_the_page_about_troubles() -> None:
    """Whoever adds a check writes down what to do about it."""
    text = PAGE.read_text(encoding="utf-8")
    assert [check.name for check in CHECKS if f"\n### {check.name}\n" not in text] == []


def test_the_page_names_no_check_that_is_gone() -> None:
    """The page and the checks hold the same names."""
    text = PAGE.read_text(encoding="utf-8").split("## What `alisa doctor` finds", 1)[1].split("\n## ", 1)[0]
    named = [line.removeprefix("### ") for line in text.splitlines() if line.startswith("### ")]
    assert named == [check.name for check in CHECKS]


def test_every_check_finds_something_and_every_trouble_has_a_fix(home: Home) -> None:
    """On any machine each check says at least one thing, and what is not fine says what to do."""
    who = patient(home, **os.environ)
    for check in CHECKS:
        findings = list(examine(check, who))
        assert findings, check.name
        assert all(finding.fix for finding in findings if finding.level is not Level.OK), check.name
        assert all(finding.says.endswith((".", ")", "!")) for finding in findings), check.name


def test_a_check_that_fails_is_a_finding(home: Home) -> None:
    """A broken library keeps no other check from running."""

    def broken(_: Patient):
        raise ImportError("no such library")
        yield

    [finding] = examine(Check("x", "x", broken), patient(home))
    assert finding.level is Level.PROBLEM
    assert "no such library" in finding.says


def test_the_exit_code_is_1_when_there_is_a_problem(alisa: Alisa, home: Home) -> None:
    """For scripts; with --json every finding has its fix."""
    home.config_file.write_text("[hub]\nport = -5\n")
    done = alisa("doctor", "--json")
    assert done.code == 1
    told = json.loads(done.out)
    assert told["problems"] >= 1
    assert {row["check"] for row in told["findings"]} == {check.name for check in CHECKS}
    assert all(row["fix"] for row in told["findings"] if row["level"] != "ok")
    text = alisa("doctor")
    assert text.code == 1
    assert "Fix: " in text.out


# --- the machine ------------------------------------------------------------------------------


def test_an_old_or_too_new_python(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """32 bits are a problem, an untried version is a warning."""
    assert levels("python", patient(home)) <= {Level.OK, Level.WARNING}
    monkeypatch.setattr(machine, "_NEWEST_TRIED", (3, 10))
    assert levels("python", patient(home)) == {Level.WARNING}
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    assert levels("python", patient(home)) == {Level.PROBLEM}


def test_libraries_are_compared_with_the_pins(tmp_path: Path) -> None:
    """Missing ones and other versions are named; those for another system are not missed."""
    pins = tmp_path / "run.txt"
    version = subprocess.run(
        [sys.executable, "-c", "import importlib.metadata as m; print(m.version('psutil'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    pins.write_text(
        f"# pins\npsutil=={version} \\\n    --hash=sha256:00\npydantic==0.0.1 \\\n    --hash=sha256:00\n"
        "no-such-thing==1.0 \\\n    --hash=sha256:00\n"
        "no-such-either==1.0 ; sys_platform == 'nowhere' \\\n    --hash=sha256:00\n"
    )
    missing, other = machine.compare_pins(pins)
    assert missing == ["no-such-thing"]
    assert [each.split()[0] for each in other] == ["pydantic"]


def test_a_library_may_be_pinned_for_each_python(tmp_path: Path) -> None:
    """Which of its pins is here does not matter; none of them does."""
    pins = tmp_path / "run.txt"
    for_each = "psutil=={} ; python_full_version < '3.12' \\\npsutil=={} ; python_full_version >= '3.12' \\\n"
    pins.write_text(for_each.format(psutil.__version__, "99.0"))
    assert machine.compare_pins(pins) == ([], [])
    pins.write_text(for_each.format("98.0", "99.0"))
    assert machine.compare_pins(pins) == ([], [f"psutil {psutil.__version__} (pinned 98.0 or 99.0)"])


def test_a_fresh_environment_has_what_is_pinned() -> None:
    """On the machine that runs the tests nothing differs from `requirements/run.txt`: no warning about nothing."""
    assert machine.compare_pins(ROOT / "requirements" / "run.txt") == ([], [])


class Memory(NamedTuple):
    """What psutil tells of the memory, in bytes."""

    total: float
    available: float


@pytest.mark.parametrize(
    ("total", "free", "needed", "level"),
    [
        (16, 8, 0, Level.OK),
        (16, 8, 6, Level.OK),
        (16, 4, 6, Level.WARNING),
        (4, 3, 6, Level.PROBLEM),
        (4, 0.1, 0, Level.WARNING),
    ],
)
def test_memory(
    home: Home, monkeypatch: pytest.MonkeyPatch, total: float, free: float, needed: float, level: Level
) -> None:
    """What the model needs is compared with what there is, and with what is free."""
    gib = 1024**3
    monkeypatch.setattr(psutil, "virtual_memory", lambda: Memory(total * gib, free * gib))
    monkeypatch.setattr(machine, "_needed_by_model", lambda _: needed * gib)
    assert levels("memory", patient(home)) == {level}


@pytest.mark.parametrize(("free", "level"), [(50e6, Level.PROBLEM), (500e6, Level.WARNING), (50e9, Level.OK)])
def test_disk(home: Home, monkeypatch: pytest.MonkeyPatch, free: float, level: Level) -> None:
    """A nearly full disk is found before history is lost."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=int(free)))
    assert levels("disk", patient(home)) == {level}


@needs_linux
def test_display_sound_and_camera(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there is a warning, not a problem: she runs without."""
    assert levels("display", patient(home)) == {Level.WARNING}
    monkeypatch.setattr(machine, "has_tk", lambda: True)
    assert levels("display", patient(home, DISPLAY=":0")) == {Level.OK}
    [finding] = found("display", patient(home, WAYLAND_DISPLAY="wayland-0"))
    assert "xwayland" in finding.fix
    monkeypatch.setattr(machine, "has_tk", lambda: False)
    [finding] = found("display", patient(home, DISPLAY=":0"))
    assert "python3-tk" in finding.fix
    monkeypatch.setattr(machine, "has_sound", lambda _: False)
    assert levels("sound", patient(home)) == {Level.WARNING}
    monkeypatch.setattr(machine, "has_sound", lambda _: True)
    monkeypatch.setattr(machine, "_has_portaudio", lambda: False)
    [finding] = found("sound", patient(home))
    assert "libportaudio2" in finding.fix
    monkeypatch.setattr(machine, "_has_portaudio", lambda: True)
    assert levels("sound", patient(home)) == {Level.OK}
    for there, level in ((True, Level.OK), (False, Level.WARNING)):
        monkeypatch.setattr(machine, "has_camera", lambda there=there: there)
        assert levels("camera", patient(home)) == {level}


def test_a_clock_that_went_back(home: Home) -> None:
    """A clock before Alisa's own files would put history out of order."""
    assert levels("clock", patient(home)) == {Level.OK}
    home.config_file.touch()
    future = datetime.now(UTC).timestamp() + 86_400
    os.utime(home.config_file, (future, future))
    assert levels("clock", patient(home)) == {Level.PROBLEM}


# --- what is the user's own -------------------------------------------------------------------


@needs_posix
def test_a_home_that_others_may_read(home: Home) -> None:
    """Found, with the command that closes it."""
    assert levels("home", patient(home)) == {Level.OK}
    home.root.chmod(0o755)
    [finding] = found("home", patient(home))
    assert finding.level is Level.WARNING
    assert finding.fix.startswith("chmod go-rwx")


@needs_posix
def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "home").write_text("not a folder")
    assert levels("home", patient(Home(tmp_path / "home"))) == {Level.PROBLEM}


def test_settings(home: Home) -> None:
    """What cannot be used is a problem; a hub that is open to others is a warning."""
    assert levels("settings", patient(home)) == {Level.OK}
    assert levels("settings", patient(home, ALISA_HUB__PORT="x")) == {Level.PROBLEM}
    assert Level.WARNING in levels("settings", patient(home, ALISA_HUB__HOST="0.0.0.0"))
    assert Level.WARNING in levels("settings", patient(home, ALISA_HUB__ALLOW_GUESTS="true"))


def test_personas(home: Home) -> None:
    """A broken card and a persona that does not exist are named; the default steps in."""
    assert levels("personas", patient(home)) == {Level.OK}
    assert Level.WARNING in levels("personas", patient(home, ALISA_CONVERSATION__PERSONA="nobody"))
    (home.personas / "mine.toml").write_text("prompt = \n")
    findings = found("personas", patient(home))
    assert any("mine.toml" in finding.says for finding in findings if finding.level is Level.WARNING)


def test_a_damaged_history(home: Home) -> None:
    """None, a whole one, a damaged one, and one that was moved aside."""
    assert levels("history", patient(home)) == {Level.OK}
    with sqlite3.connect(home.database) as connection:
        connection.execute("create table t(x)")
        connection.executemany("insert into t values (?)", [("word " * 100,)] * 500)
    connection.close()
    assert levels("history", patient(home)) == {Level.OK}
    (home.root / "alisa.corrupt-2026.db").touch()
    assert levels("history", patient(home)) == {Level.OK, Level.WARNING}
    content = bytearray(home.database.read_bytes())
    content[5000:60000] = b"\x13" * 55000
    home.database.write_bytes(content)
    told = next(finding for finding in found("history", patient(home)) if finding.level is Level.PROBLEM)
    assert "***" not in told.says  # what SQLite puts above its findings
    home.database.write_bytes(b"this is no database at all" * 100)
    assert Level.PROBLEM in levels("history", patient(home))


def test_a_port_that_is_taken(home: Home) -> None:
    """Who has it, and how to take another one."""
    port = free_port()
    assert levels("ports", patient(home, ALISA_HUB__PORT=str(port))) == {Level.OK}
    assert levels("ports", patient(home, ALISA_HUB__PORT="0")) == {Level.OK}
    with socket.create_server(("127.0.0.1", port)):
        [finding] = found("ports", patient(home, ALISA_HUB__PORT=str(port)))
        assert finding.level is Level.PROBLEM
        assert f"alisa config set hub.port {port + 1}" in finding.fix
        assert Level.PROBLEM in levels("ports", patient(home, ALISA_HUB__PORT="0", ALISA_LLM__PORT=str(port)))


def test_what_was_left_behind(home: Home) -> None:
    """A process whose supervisor was killed is named, with the command that ends it."""
    assert levels("running", patient(home)) == {Level.OK}
    orphan = subprocess.Popen([sys.executable, "-S", "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    children.record(home, "backend", orphan.pid)
    record = home.run / "children" / "backend.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "owner_created": 1.0}))
    assert levels("running", patient(home)) == {Level.WARNING}
    orphan.communicate()


# --- what speaks ------------------------------------------------------------------------------


def test_the_model_file(home: Home) -> None:
    """Missing and damaged ones are problems, in the model server's own words."""
    assert levels("model", patient(home, ALISA_LLM__MODEL="no-such-model")) == {Level.PROBLEM}
    broken = home.models / "broken.gguf"
    broken.write_bytes(b"this is no model" * 10)
    assert levels("model", patient(home, ALISA_LLM__MODEL="broken")) == {Level.PROBLEM}
    broken.write_bytes(b"GGUF" + b"\0" * 1000)
    assert levels("model", patient(home, ALISA_LLM__MODEL="broken")) == {Level.OK}
    assert levels("model", patient(home, ALISA_LLM__ENGINE="scripted")) == {Level.OK}


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        (b"200 OK", Level.OK),
        (b"401 Unauthorized", Level.PROBLEM),
        (b"404 Not Found", Level.WARNING),
        (b"", Level.PROBLEM),
    ],
)
def test_a_model_server_that_the_user_named(home: Home, answer: bytes, level: Level) -> None:
    """It is asked for its models, and what it answers is told."""
    import threading

    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 " + answer + b"\r\nContent-Length: 0\r\n\r\n" if answer else b"")

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"http://me:secret@127.0.0.1:{server.getsockname()[1]}/v1"
        [finding] = found("model", patient(home, ALISA_LLM__URL=url))
        thread.join()
    assert finding.level is level
    assert "secret" not in finding.says


def test_a_model_server_that_is_not_there(home: Home) -> None:
    """Nobody answers: a problem, with both ways out."""
    [finding] = found("model", patient(home, ALISA_LLM__URL=f"http://127.0.0.1:{free_port()}/v1"))
    assert finding.level is Level.PROBLEM
    assert "alisa config unset llm.url" in finding.fix


def test_llama_cpp(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong path, a bundled one that cannot be loaded, and one that is not needed."""
    assert levels("llama.cpp", patient(home, ALISA_LLM__SERVER_PATH="/no/such/server")) == {Level.PROBLEM}
    assert levels("llama.cpp", patient(home, ALISA_LLM__URL="http://x/v1")) == {Level.OK}
    for why, fix in (
        ("libgomp.so.1: cannot open shared object file", "libgomp1"),
        ("DLL load failed", "Visual C++"),
        ("No module named 'xllamacpp'", "scripts/start.py"),
        ("it ended with -4", "Install llama.cpp"),
    ):
        monkeypatch.setattr(model, "engines", lambda *_: [model_engine()])
        monkeypatch.setattr(model, "_why_bundled_fails", lambda why=why: why)
        [finding] = found("llama.cpp", patient(home))
        assert finding.level is Level.PROBLEM
        assert fix in finding.fix


def model_engine():
    from llm_server.binaries import BUNDLED, Engine

    return Engine(BUNDLED, ())


def test_what_leaves_the_machine(home: Home) -> None:
    """Only a model server elsewhere, and then it is said."""
    assert levels("network", patient(home)) == {Level.OK}
    assert levels("network", patient(home, ALISA_LLM__URL="http://127.0.0.1:1/v1")) == {Level.OK}
    [finding] = found("network", patient(home, ALISA_LLM__URL="https://api.example.com/v1"))
    assert finding.level is Level.WARNING
    assert "api.example.com" in finding.says


def test_the_house_is_looked_at_without_harm(home: Home) -> None:
    """The doctor changes nothing but what it needs to look: no database, no settings, no token appear."""
    for check in CHECKS:
        list(examine(check, patient(home)))
    assert not home.database.exists()
    assert not home.config_file.exists()
    assert not home.token_file.exists()
