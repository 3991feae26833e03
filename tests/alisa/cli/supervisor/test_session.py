"""A whole run of the supervisor, in the foreground and detached, over small real programs."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from alisa.cli.supervisor import state
from alisa.cli.supervisor.__main__ import read_order, write_order
from alisa.cli.supervisor.control import ask
from alisa.cli.supervisor.launcher import Detached
from alisa.cli.supervisor.session import Order, supervise
from alisa.cli.supervisor.spec import ProcessSpec, State, Status
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from alisa.runtime.tasks import Lifetime
from tests.alisa.cli.supervisor.conftest import PACE, Program, is_alive, until
from tests.faults import needs_posix

ROOT = Path(__file__).parents[4]


def order(home: Home, *specs: ProcessSpec) -> Order:
    return Order(home, specs, {**os.environ, "PYTHONPATH": str(ROOT)}, home.root, PACE)


class Session:
    """A session that runs in this event loop."""

    def __init__(self, home: Home, *specs: ProcessSpec) -> None:
        self.told: list[Status] = []
        self.settled: list[tuple[Status, ...]] = []
        self.lifetime = Lifetime()
        whole = order(home, *specs)
        self.task = asyncio.create_task(
            self.lifetime.live(lambda life: supervise(life, whole, self.told.append, self.settled.append))
        )


async def test_from_the_lock_to_the_last_process(home: Home, program: Program) -> None:
    """It says where it is, answers, stops when asked, and leaves neither file nor process."""
    session = Session(home, program("serve"))
    await until(lambda: bool(session.settled))
    running = state.read(home)
    assert running is not None
    assert not state.is_free(home)
    [process] = (await asyncio.to_thread(ask, running, "status"))["processes"]
    assert (process["name"], process["state"]) == ("part", "ready")
    await asyncio.to_thread(ask, running, "stop")
    await until(session.task)
    assert not is_alive(process["pid"])
    assert not home.supervisor_file.exists()
    assert state.is_free(home)


async def test_wait_answers_when_nothing_is_under_way(home: Home, program: Program, tmp_path: Path) -> None:
    """Whoever comes second waits until everything is ready."""
    session = Session(home, program("loading"))
    await until(lambda: state.read(home) is not None)
    running = state.read(home)
    assert running is not None
    waiting = asyncio.create_task(asyncio.to_thread(ask, running, "wait", timeout_seconds=20.0))
    await until(lambda: any(status.state is State.LOADING for status in session.told))
    assert not waiting.done()
    (tmp_path / "part.go").touch()
    assert (await waiting)["processes"][0]["state"] == "ready"
    session.lifetime.stop("test")
    await until(session.task)


async def test_restart_and_nonsense_through_the_channel(home: Home, program: Program) -> None:
    """A restart is done, an unknown command or name is refused."""
    session = Session(home, program("serve"))
    await until(lambda: bool(session.settled))
    running = state.read(home)
    assert running is not None
    await asyncio.to_thread(ask, running, "restart", name="part")
    after = (await asyncio.to_thread(ask, running, "wait", timeout_seconds=20.0))["processes"][0]
    assert (after["state"], after["restarts"]) == ("ready", 1)
    for command, values in (("dance", {}), ("restart", {"name": "nobody"})):
        with pytest.raises(AlisaError):
            await asyncio.to_thread(ask, running, command, **values)
    session.lifetime.stop("test")
    await until(session.task)


async def test_there_is_one_at_a_time(home: Home, program: Program) -> None:
    """A second supervisor is refused before it starts anything."""
    session = Session(home, program("serve"))
    await until(lambda: bool(session.settled))
    second = Session(home, program("serve", "other"))
    with pytest.raises(AlisaError) as caught:
        await until(second.task)
    assert caught.value.code == "already_running"
    assert second.told == []
    session.lifetime.stop("test")
    await until(session.task)


async def test_when_all_fail_it_ends_with_1(home: Home, program: Program) -> None:
    """Nothing left to keep alive, and that was a failure."""
    session = Session(home, program("missing"))
    await until(session.task)
    assert session.task.result() == 1
    assert session.settled[0][0].state is State.FAILED


async def test_what_a_killed_run_left_behind_is_ended_first(home: Home, program: Program) -> None:
    """The next start sweeps: a process whose supervisor is gone does not run beside the new one."""
    orphan = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
    record = home.run / "children" / "part.json"
    record.parent.mkdir(exist_ok=True)
    created = psutil.Process(orphan.pid).create_time()
    record.write_text(f'{{"pid": {orphan.pid}, "created": {created}, "owner": 1, "owner_created": 1.0}}')
    session = Session(home, program("serve"))
    await until(lambda: bool(session.settled))
    assert orphan.poll() is not None
    session.lifetime.stop("test")
    await until(session.task)


def test_an_order_survives_the_way_to_the_detached_supervisor(home: Home, program: Program) -> None:
    """What is read back is what was written, but for the pace, which is not a user's choice."""
    given = order(home, program("serve"), program("serve", "other", waits_for=("part",)))
    read = read_order(json.loads(write_order(given)))
    assert (read.home, read.specs, read.env, read.folder) == (given.home, given.specs, given.env, given.folder)


# --- detached ---------------------------------------------------------------------------------


@contextmanager
def detached(home: Home, *specs: ProcessSpec) -> Iterator[Detached]:
    """A detached supervisor, stopped at the end in any case."""
    supervisor = Detached(order(home, *specs))
    try:
        yield supervisor
    finally:
        supervisor.stop()
        left = state.read(home)
        if left:
            psutil.Process(left.pid).kill()


def settled(supervisor: Detached) -> tuple[Status, ...]:
    *_, last = supervisor.news(30.0)
    assert isinstance(last, tuple)
    return last


def wait_gone(*pids: int) -> None:
    psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=10)
    assert [pid for pid in pids if is_alive(pid)] == []


@pytest.mark.process
def test_detached_it_tells_what_happens(home: Home, program: Program) -> None:
    """The starting command hears each change, and at last how all are."""
    with detached(home, program("serve")) as supervisor:
        *changes, last = supervisor.news(30.0)
    assert [change.state for change in changes if isinstance(change, Status)] == ["starting", "starting", "ready"]
    assert isinstance(last, tuple)
    assert last[0].state is State.READY


@pytest.mark.process
def test_detached_it_lives_on_when_told_to(home: Home, program: Program) -> None:
    """After `keep` the end of the starting command is no reason to stop; `stop` is."""
    with detached(home, program("serve")) as supervisor:
        [status] = settled(supervisor)
        supervisor.keep()
        running = state.wait_for(home, 5.0)
        assert running is not None
        assert ask(running, "status")["processes"][0]["state"] == "ready"
        ask(running, "stop")
        wait_gone(running.pid, status.pid or 0)


@pytest.mark.process
def test_detached_it_ends_with_a_command_that_does_not_keep_it(home: Home, program: Program) -> None:
    """A start that is broken off leaves nothing behind."""
    with detached(home, program("serve")) as supervisor:
        [status] = settled(supervisor)
        supervisor.stop()
        assert not is_alive(supervisor.pid)
        assert not is_alive(status.pid or 0)
        assert not home.supervisor_file.exists()


@pytest.mark.process
@needs_posix
def test_kill_minus_9_of_the_supervisor_leaves_nothing(home: Home, program: Program) -> None:
    """However the supervisor ends, its processes end too, and the next start is not in the way of the last."""
    with detached(home, program("serve"), program("serve", "other")) as supervisor:
        statuses = settled(supervisor)
        supervisor.keep()
        os.kill(supervisor.pid, signal.SIGKILL)
        wait_gone(*(status.pid or 0 for status in statuses))
        assert state.read(home) is None
        with detached(home, program("serve")) as second:
            assert settled(second)[0].state is State.READY


@pytest.mark.process
@needs_posix
def test_a_second_ctrl_c_kills_at_once(home: Home, program: Program) -> None:
    """The first asks everything to end and waits; the second waits for nobody."""
    with detached(home, program("deaf", stop_seconds=600.0)) as supervisor:
        [status] = settled(supervisor)
        os.kill(supervisor.pid, signal.SIGINT)
        running = state.read(home)
        assert running is not None
        while ask(running, "status")["processes"][0]["state"] != "stopping":
            pass
        assert is_alive(status.pid or 0)
        os.kill(supervisor.pid, signal.SIGINT)
        wait_gone(supervisor.pid, status.pid or 0)


@pytest.mark.process
def test_detached_it_refuses_to_be_the_second(home: Home, program: Program) -> None:
    """The second `alisa up` hears that she runs already."""
    with detached(home, program("serve")) as supervisor:
        settled(supervisor)
        with detached(home, program("serve")) as second, pytest.raises(AlisaError) as caught:
            settled(second)
        assert caught.value.code == "already_running"


@pytest.mark.process
def test_a_start_that_takes_too_long_is_told(home: Home, program: Program) -> None:
    """Nobody waits for ever for a process that never gets ready."""
    with detached(home, program("mute")) as supervisor, pytest.raises(AlisaError) as caught:
        list(supervisor.news(0.5))
    assert caught.value.code == "start_timeout"


@pytest.mark.process
@needs_posix
def test_a_supervisor_that_dies_is_told(home: Home, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that cannot run it is a sentence, not silence."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with detached(home, program("serve")) as supervisor, pytest.raises(AlisaError) as caught:
        list(supervisor.news(10.0))
    assert caught.value.code == "supervisor_died"
