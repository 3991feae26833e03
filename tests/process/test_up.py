"""The command with the real hub: up, status, stop, and that nothing is ever left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from benchmarks import rig
from tests.faults import needs_posix

pytestmark = [pytest.mark.process, pytest.mark.timeout(180)]

SCRIPTED = {"ALISA_LLM__ENGINE": "scripted"}


def tree(pid: int) -> list[psutil.Process]:
    """The process and all that it started."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def supervisor(hub: rig.Rig) -> psutil.Process:
    """The process that keeps the others alive."""
    return psutil.Process(hub.process("backend").ppid())


def wait_gone(processes: list[psutil.Process], seconds: float = 15.0) -> None:
    """Wait until none of them runs; a zombie that its new parent has not buried yet has ended, too."""
    deadline = time.monotonic() + seconds
    left = processes
    while left and time.monotonic() < deadline:
        _, left = psutil.wait_procs(left, timeout=0.1)
        left = [each for each in left if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
    assert left == []


def start(hub: rig.Rig, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Run the command beside the test."""
    argv = [sys.executable, "-m", "alisa", *arguments]
    return subprocess.Popen(
        argv, env=hub.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
    )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """Read what it says until the words come."""
    said = ""
    for line in process.stdout or ():
        said += line
        if words in line:
            return said
    raise AssertionError(said)


@pytest.fixture
def hub() -> Iterator[rig.Rig]:
    """A hub alone, with scripted words, as `alisa up --detach` starts it."""
    with rig.running(only="backend", settings=SCRIPTED) as running:
        yield running


@pytest.fixture
def asleep() -> Iterator[rig.Rig]:
    """A home in which nothing runs."""
    with rig.fresh(SCRIPTED) as fresh:
        yield fresh


def test_with_the_real_model_from_up_to_stop(alisa: rig.Rig) -> None:
    """Both are ready, the status tells it, and after `stop` no process of either is left."""
    status = alisa.status()
    assert [(row["name"], row["state"], row["restarts"]) for row in status["processes"]] == [
        ("llm_server", "ready", 0),
        ("backend", "ready", 0),
    ]
    assert all(set(row) == {"name", "pid", "state", "since", "restarts", "detail"} for row in status["processes"])
    assert status["hub"]["url"] == alisa.http
    assert status["hub"]["clients"] == 0
    assert status["model"]["state"] in ("ready", "busy")
    assert status["problems"] == []
    processes = tree(supervisor(alisa).pid)
    assert len(processes) >= 4
    stopped = alisa.alisa("stop")
    assert stopped.returncode == 0
    assert "llm_server" in stopped.stdout
    wait_gone(processes, 1.0)
    assert alisa.status()["running"] is False
    assert alisa.alisa("stop").stdout == "Alisa was not running.\n"


def test_the_second_up_says_that_she_runs(hub: rig.Rig) -> None:
    """What was asked for is there: done. More was asked for: a failure that says how to get it."""
    again = hub.alisa("up", "--detach", "--only", "backend")
    assert again.returncode == 0
    assert "already running" in again.stdout
    in_front = hub.alisa("up", "--only", "backend")
    assert in_front.returncode == 0
    more = {**hub.environment, "ALISA_LLM__ENGINE": "openai"}
    argv = [sys.executable, "-m", "alisa", "up", "--detach", "--only", "backend,llm_server"]
    done = subprocess.run(argv, env=more, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "without llm_server" in done.stderr
    assert len(hub.status()["processes"]) == 1


def test_two_ups_at_once_make_one_alisa(asleep: rig.Rig) -> None:
    """Whoever comes second finds her awake."""
    both = [start(asleep, "up", "--detach", "--only", "backend") for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("already running" in each for each in said) == 1
    assert len(asleep.status()["processes"]) == 1


@needs_posix
def test_a_killed_hub_is_back(hub: rig.Rig) -> None:
    """kill -9: a new hub answers at the same address, and the restart is counted."""
    hub.process("backend").kill()
    deadline = time.monotonic() + 20
    while (row := hub.status()["processes"][0])["restarts"] == 0 or row["state"] != "ready":
        assert time.monotonic() < deadline, row
    assert row["restarts"] == 1
    assert hub.alisa("chat", "hello").returncode == 0


@needs_posix
def test_a_killed_supervisor_leaves_nothing(alisa_again: rig.Rig) -> None:
    """kill -9 of the supervisor: hub, model server and llama.cpp end by themselves, and `up` works again."""
    processes = tree(supervisor(alisa_again).pid)
    processes[0].kill()
    wait_gone(processes)
    assert alisa_again.status()["running"] is False
    again = alisa_again.alisa("up", "--detach", "--only", "backend,llm_server")
    assert again.returncode == 0, again.stderr


@pytest.fixture
def alisa_again() -> Iterator[rig.Rig]:
    """Hub and model of their own, for a test that ends them."""
    with rig.running() as running:
        yield running


@needs_posix
def test_a_frozen_supervisor_can_be_stopped(hub: rig.Rig) -> None:
    """It does not answer any more: `alisa stop` ends it and what it runs all the same."""
    processes = tree(supervisor(hub).pid)
    processes[0].send_signal(signal.SIGSTOP)
    assert hub.alisa("stop").returncode == 0
    wait_gone(processes)


@pytest.mark.parametrize("content", ["", "{"])
def test_a_damaged_state_file_is_no_obstacle(hub: rig.Rig, content: str) -> None:
    """With its file damaged, she can still be stopped."""
    processes = tree(supervisor(hub).pid)
    hub.home.supervisor_file.write_text(content)
    assert hub.alisa("stop").returncode == 0
    wait_gone(processes)
    assert hub.status()["running"] is False


@needs_posix
def test_ctrl_c_in_front_stops_all(asleep: rig.Rig) -> None:
    """In the foreground she says what runs, and one Ctrl-C puts all to sleep in order."""
    process = start(asleep, "up", "--only", "backend", start_new_session=True)
    said = read_until(process, "Ctrl-C")
    assert "The hub is starting" in said
    assert f"Alisa is awake. Type `alisa chat` to talk with her.  {asleep.http}" in said
    processes = tree(process.pid)
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in said + rest
    assert "Good night." in rest
    wait_gone(processes, 1.0)


@needs_posix
def test_ctrl_c_while_she_wakes_leaves_nothing(asleep: rig.Rig) -> None:
    """A start that is broken off is undone."""
    process = start(asleep, "up", "--detach", "--only", "backend", start_new_session=True)
    read_until(process, "The hub is starting")
    processes = tree(psutil.Process(process.pid).children()[0].pid)
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 130, rest
    assert "Traceback" not in rest
    wait_gone(processes)


def test_a_start_that_fails_leaves_nothing_and_says_why(asleep: rig.Rig) -> None:
    """The port is taken: exit code 1, the reason, and no process."""
    with socket.create_server(("127.0.0.1", asleep.port)):
        done = asleep.alisa("up", "--detach", "--only", "backend")
    assert done.returncode == 1
    assert str(asleep.port) in done.stderr
    assert "Traceback" not in done.stderr
    assert asleep.status()["running"] is False


def test_the_chat_in_front(asleep: rig.Rig) -> None:
    """`up --chat` wakes her, talks, and puts her to sleep again; with --keep she stays awake."""
    talked = asleep.alisa("up", "--chat", "--only", "backend", input="hello\n")
    assert talked.returncode == 0, talked.stderr
    assert talked.stdout.rstrip().endswith("Good night.")
    assert asleep.status()["running"] is False
    kept = asleep.alisa("up", "--chat", "--keep", "--only", "backend", input="hello\n")
    assert kept.returncode == 0, kept.stderr
    assert asleep.status()["processes"][0]["state"] == "ready"


@needs_posix
def test_she_outlives_the_terminal_that_started_her(asleep: rig.Rig) -> None:
    """`up --detach` in a terminal that is closed afterwards: she goes on."""
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(
            sys.executable, [sys.executable, "-m", "alisa", "up", "-d", "--only", "backend"], dict(asleep.environment)
        )
    with contextlib.suppress(OSError):
        while os.read(terminal, 4096):
            pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert asleep.status()["processes"][0]["state"] == "ready"


@needs_posix
def test_closing_the_terminal_of_the_foreground_stops_all(asleep: rig.Rig) -> None:
    """`alisa up` ends with its terminal, and so does what it runs."""
    process = start(asleep, "up", "--only", "backend", start_new_session=True)
    read_until(process, "Ctrl-C")
    processes = tree(process.pid)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=30)
    wait_gone(processes, 1.0)


def test_restart_logs_and_token(hub: rig.Rig) -> None:
    """A part begins anew on request, the logs tell it, and a renewed token shuts the old one out."""
    before = hub.process("backend").pid
    assert hub.alisa("restart", "backend").returncode == 0
    assert hub.process("backend").pid != before
    assert hub.alisa("restart", "nobody").returncode == 2
    logs = hub.alisa("logs", "-n", "500")
    assert "the hub listens" in logs.stdout
    assert "restarted as asked" in logs.stdout
    assert hub.token not in logs.stdout
    renewed = hub.alisa("token", "--renew").stdout.strip()
    assert renewed != hub.token
    assert hub.alisa("chat", "hello").returncode == 0


@needs_posix
def test_following_the_logs_ends_with_ctrl_c(hub: rig.Rig) -> None:
    """`alisa logs -f` shows what comes, and leaving it is no failure with a trace."""
    process = start(hub, "logs", "backend", "-f", start_new_session=True)
    read_until(process, "the hub listens")
    hub.alisa("restart", "backend")
    read_until(process, "the hub listens")
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Traceback" not in rest


def test_the_idle_supervisor_costs_next_to_nothing(hub: rig.Rig) -> None:
    """Once all is ready it waits for events: less than 1 % of a core."""
    process = supervisor(hub)
    before, begun = sum(process.cpu_times()[:2]), time.monotonic()
    with pytest.raises(psutil.TimeoutExpired):
        process.wait(5)
    used = sum(process.cpu_times()[:2]) - before
    assert used / (time.monotonic() - begun) < 0.01
