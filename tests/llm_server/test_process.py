"""The model server as a process: real llama.cpp, real signals, real kills."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from alisa.runtime.paths import Home
from llm_server.states import State, observe
from tests.llm_server.running import STARTER, Running, running, start, until

pytestmark = [pytest.mark.process]
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path) as process:
        process.endpoint()
        yield process


def test_it_starts_quickly_and_answers_with_its_key_alone(tmp_path: Path) -> None:
    """Ready within two seconds; 200 with the key of `run/llm.json`, 401 without; the file is for its owner only."""
    began = time.monotonic()
    with running(tmp_path) as model:
        found = model.endpoint()
        assert time.monotonic() - began < 2
        assert found["model"] == "starter"
        assert found["engine"] == "bundled"
        assert found["context_tokens"] == 4096
        assert found["pid"] == model.process.pid
        assert found["detail"] == ""
        assert model.ask().json()["choices"][0]["message"]["content"]
        assert model.ask(key=False).status_code == 401
        if os.name == "posix":
            assert stat.S_IMODE(model.home.llm_file.stat().st_mode) == 0o600
        assert model.process.stdout is not None
        assert model.process.stdout.readline() == f"ready {found['url']} starter\n"


def test_each_conversation_gets_the_whole_window(model: Running) -> None:
    """`llm.context_tokens` is what one conversation has, however many there may be at once."""
    found = model.endpoint()
    headers = {"Authorization": f"Bearer {found['api_key']}"}
    slots = httpx.get(found["url"].replace("/v1", "/slots"), headers=headers, timeout=10).json()
    assert [slot["n_ctx"] for slot in slots] == [4096, 4096]


def test_the_key_is_nowhere_to_be_seen(model: Running) -> None:
    """Neither in the list of processes, nor in the environment of the bundled server, nor in a log."""
    key = model.endpoint()["api_key"]
    for process in (psutil.Process(model.process.pid), model.server()):
        assert key not in " ".join(process.cmdline())
        assert key not in "".join(process.environ().values())
    assert key not in model.log()


@posix
def test_a_killed_server_is_back_within_two_seconds_at_the_same_address(model: Running) -> None:
    """kill -9 in the middle of a reply, six times over: she is back each time, and nobody needs a new address."""
    before = model.endpoint()
    for _ in range(6):
        _kill_in_mid_reply(model)
        assert model.ask().status_code == 200
    after = model.endpoint()
    assert {**after, "created": ""} == {**before, "created": ""}


def _kill_in_mid_reply(model: Running) -> None:
    """Kill the server while it writes, and wait at most two seconds for the next one."""
    with model.stream() as lines:
        server = model.server()
        server.kill()
        killed = time.monotonic()
        with pytest.raises(httpx.HTTPError):
            list(lines)
    until(lambda: _ready_again(model, server.pid), 2.0 - (time.monotonic() - killed), "a new server")


def _ready_again(model: Running, old: int) -> bool:
    children = psutil.Process(model.process.pid).children()
    return bool(children) and children[0].pid != old and model.home.llm_file.exists()


@posix
def test_a_killed_parent_leaves_no_process(model: Running) -> None:
    """kill -9 of the process that looks after the server takes the server along."""
    server = model.server()
    model.process.kill()
    psutil.wait_procs([server], timeout=3)
    assert not server.is_running()


@posix
def test_stopping_does_not_wait_for_an_open_stream(model: Running) -> None:
    """SIGTERM while she speaks: gone within three seconds, exit code 0, no process, no address left."""
    server = model.server()
    with model.stream():
        began = time.monotonic()
        model.process.terminate()
        assert model.process.wait(10) == 0
        assert time.monotonic() - began < 3
    assert not server.is_running()
    assert not model.home.llm_file.exists()


def test_it_ends_when_its_parent_is_gone(model: Running) -> None:
    """The end of stdin is the end of the supervisor: nothing stays behind."""
    server = model.server()
    assert model.process.stdin is not None
    model.process.stdin.close()
    assert model.process.wait(10) == 0
    psutil.wait_procs([server], timeout=3)
    assert not server.is_running()


@pytest.mark.parametrize(
    ("content", "code"),
    [("missing", ""), ("truncated", "damaged or incomplete"), ("a web page", "no GGUF file"), ("empty", "is empty")],
)
def test_the_starter_speaks_for_a_missing_or_damaged_model_and_says_so(tmp_path: Path, content: str, code: str) -> None:
    """Never silently: `run/llm.json`, the state and the log say why, and what to do."""
    home = Home(tmp_path / "home").ensure()
    path = home.models / "mine.gguf"
    whole = STARTER.read_bytes()
    contents = {"truncated": whole[: len(whole) // 2], "a web page": b"<html>" * 100, "empty": b""}
    if content in contents:
        path.write_bytes(contents[content])
    with running(tmp_path, {"ALISA_LLM__MODEL": str(path)}) as model:
        found = model.endpoint()
        assert found["model"] == "starter"
        assert "The starter speaks for now" in found["detail"]
        assert "mine.gguf" in found["detail"] or "mine" in found["detail"]
        assert code in found["detail"]
        assert model.ask().status_code == 200
        assert "starter speaks instead" in model.log()


def test_the_chosen_model_takes_over_as_soon_as_it_is_there(tmp_path: Path) -> None:
    """A download that ends while the starter speaks needs no restart by hand."""
    with running(tmp_path, {"ALISA_LLM__MODEL": "mine"}) as model:
        assert model.endpoint()["model"] == "starter"
        shutil.copy(STARTER, model.home.models / "mine.gguf")
        until(lambda: (model._endpoint() or {}).get("model") == "mine", 15, "the chosen model")
        assert model.endpoint()["detail"] == ""
        assert model.ask().status_code == 200


def test_a_taken_port_names_its_owner(tmp_path: Path) -> None:
    """A fixed port that another program holds: exit code 1, one sentence, what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(tmp_path, {"ALISA_LLM__PORT": str(port)}) as model:
            assert model.process.wait(30) == 1
            assert model.process.stderr is not None
            told = model.process.stderr.read()
    assert f"Port {port} of the model server is taken" in told
    assert "llm.port" in told
    assert "Traceback" not in told


def test_a_configured_server_that_is_none_is_named(tmp_path: Path) -> None:
    """Exit code 3: something needed is missing."""
    with running(tmp_path, {"ALISA_LLM__SERVER_PATH": "/no/such/llama-server"}) as model:
        assert model.process.wait(20) == 3
        assert model.process.stderr is not None
        assert "/no/such/llama-server" in model.process.stderr.read()


def test_it_is_not_needed_where_a_server_elsewhere_is_named(tmp_path: Path) -> None:
    """With `llm.url` it says so and ends with 0."""
    with running(tmp_path, {"ALISA_LLM__URL": "http://127.0.0.1:11434/v1"}) as model:
        assert model.process.wait(20) == 0
        assert "not needed: llm.url names another model server" in model.log()


def test_there_is_one_in_each_home(model: Running) -> None:
    """A second one would take the first one's address away: it is told that one runs already."""
    with start(model.home) as second:
        assert second.wait(20) == 1
        assert second.stderr is not None
        assert "runs already" in second.stderr.read()
    assert model.ask().status_code == 200


async def test_its_state_can_be_seen_from_outside(tmp_path: Path) -> None:
    """down, ready, busy while she speaks, down again."""
    with running(tmp_path) as model:
        model.endpoint()
        assert (await observe(model.home)).state is State.READY
        with model.stream():
            seen = await observe(model.home)
            assert (seen.state, seen.model) == (State.BUSY, "starter")
        model.process.terminate()
        model.process.wait(10)
        assert (await observe(model.home)).state is State.DOWN


@posix
def test_an_installed_server_that_cannot_run_makes_way_for_the_bundled_one(tmp_path: Path) -> None:
    """A llama-server whose library is missing is named in the log, and she speaks all the same."""
    _program(tmp_path, "echo 'llama-server: error while loading shared libraries: libgomp.so.1: x' >&2; exit 127")
    with running(tmp_path, _first_on_path(tmp_path)) as model:
        assert model.endpoint()["engine"] == "bundled"
        assert "libgomp" in model.log()
        assert model.ask().status_code == 200


@posix
def test_an_installed_server_is_preferred_and_an_old_one_is_spared_new_options(tmp_path: Path) -> None:
    """llama-server on PATH is run, its key in the environment; an option that it does not know is left out."""
    shim = Path(__file__).with_name("llama_server_shim.py")
    _program(tmp_path, f'exec "{sys.executable}" "{shim}" "$@"')
    with running(tmp_path, _first_on_path(tmp_path)) as model:
        found = model.endpoint()
        assert found["engine"] == str(tmp_path / "bin" / "llama-server")
        assert model.ask().status_code == 200
        assert model.ask(key=False).status_code == 401
        command = model.server().cmdline()
        assert "--cache-ram" not in command
        assert "--jinja" in command
        server = model.server()
        model.process.kill()
        psutil.wait_procs([server], timeout=3)
        assert not server.is_running(), "an installed server is no orphan either"


def test_a_rolling_window_keeps_its_place_in_the_cache(model: Running) -> None:
    """Twelve turns, the oldest dropped from the seventh on, what changes at the end: little is read anew each time."""
    read = [_turn(model, number) for number in range(12)]
    filled, rolling = read[3:6], read[7:]
    assert max(rolling) <= max(filled) * 1.5, f"newly evaluated tokens per turn: {read}"
    assert max(rolling) < 200


TURNS: list[tuple[str, str]] = []


def _turn(model: Running, number: int) -> int:
    """Ask with the last six turns as history; return how many tokens of the prompt were evaluated anew."""
    if number == 0:
        TURNS.clear()
    words = f"Today, on day {number}, I walked by the river with the dog and had tea with my sister at noon."
    reply = f"<emotion=happy> Day {number} sounds lovely. Rivers and tea go well together, and dogs agree."
    messages = [{"role": "system", "content": "You are Alisa, a companion. " + "Be warm and brief. " * 20}]
    for user, assistant in TURNS[-6:]:
        messages += [{"role": "user", "content": user}, {"role": "assistant", "content": assistant}]
    context = f"[context]\ntime: Saturday, 20:{number:02d}\n[/context]\n"
    answer: dict[str, Any] = model.ask(messages=[*messages, {"role": "user", "content": context + words}]).json()
    TURNS.append((words, reply))
    return int(answer["timings"]["prompt_n"])


@posix
def test_idle_costs_nothing(model: Running) -> None:
    """Both processes together use at most one per cent of a core while nobody speaks."""
    processes = [psutil.Process(model.process.pid), model.server()]
    used = -_cpu(processes)
    began = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        model.process.wait(6)
    used += _cpu(processes)
    assert used / (time.monotonic() - began) <= 0.01


def _cpu(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def _program(folder: Path, script: str) -> None:
    (folder / "bin").mkdir()
    program = folder / "bin" / "llama-server"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def _first_on_path(folder: Path) -> dict[str, str]:
    return {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
