"""The processes together: order, readiness, restarts, an orderly end. With small real programs."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from alisa.cli.supervisor.group import Group
from alisa.cli.supervisor.keeper import Pace, World, describe_end
from alisa.cli.supervisor.policy import Limits, Policy
from alisa.cli.supervisor.spec import ProcessSpec, Ready, State, Status
from alisa.runtime.errors import UsageError
from tests.alisa.cli.supervisor.conftest import Program, is_alive, until
from tests.faults import needs_posix


class Watched:
    """A running group and what it told."""

    def __init__(self, world: World, *specs: ProcessSpec) -> None:
        self.told: list[Status] = []
        self.group = Group(specs, world, self.told.append)
        self.task = asyncio.create_task(self.group.run())

    def status(self, name: str = "part") -> Status:
        return next(status for status in self.group.statuses() if status.name == name)

    async def until(self, state: State, name: str = "part", restarts: int = 0) -> Status:
        await until(lambda: self.status(name).state is state and self.status(name).restarts >= restarts)
        return self.status(name)

    def states(self, name: str = "part") -> list[State]:
        return [status.state for status in self.told if status.name == name]


@asynccontextmanager
async def running(world: World, *specs: ProcessSpec) -> AsyncIterator[Watched]:
    """The group runs for the length of the block, then stops."""
    watched = Watched(world, *specs)
    try:
        yield watched
    except BaseException:
        watched.group.kill()  # what went wrong is told, not that somebody takes a minute to stop
        await asyncio.wait({watched.task}, timeout=10)
        raise
    watched.group.stop()
    await until(watched.task)


async def test_from_start_to_end(world: World, program: Program) -> None:
    """A process is starting, then ready at its address, then stopping, then stopped, and gone."""
    async with running(world, program("serve")) as watched:
        status = await watched.until(State.READY)
        assert status.detail.startswith("http://127.0.0.1:")
        assert is_alive(status.pid or 0)
    assert watched.states() == [State.STARTING, State.STARTING, State.READY, State.STOPPING, State.STOPPED]
    assert not is_alive(status.pid or 0)
    assert list((world.home.run / "children").iterdir()) == []


async def test_loading_is_not_ready(world: World, program: Program, tmp_path: Path) -> None:
    """A process that answers 503 is loading, until it answers 200."""
    async with running(world, program("loading")) as watched:
        await watched.until(State.LOADING)
        (tmp_path / "part.go").touch()
        await watched.until(State.READY)


async def test_a_process_without_an_address_is_ready_when_it_lives(world: World) -> None:
    """A program that has no HTTP is ready once it has lived for a moment."""
    argv = (sys.executable, "-S", "-c", "import sys; sys.stdin.read()")
    async with running(world, ProcessSpec("part", argv, Ready(settle_seconds=0.05))) as watched:
        await watched.until(State.READY)


async def test_independent_ones_start_side_by_side(world: World, program: Program) -> None:
    """The hub does not wait for the model."""
    async with running(world, program("loading", "model"), program("serve", "hub")) as watched:
        await watched.until(State.READY, "hub")
        await watched.until(State.LOADING, "model")


async def test_one_that_needs_another_waits_for_it(world: World, program: Program, tmp_path: Path) -> None:
    """The voice starts when the hub is ready, not before."""
    async with running(world, program("loading", "hub"), program("serve", "voice", waits_for=("hub",))) as watched:
        await watched.until(State.LOADING, "hub")
        assert watched.status("voice").state is State.WAITING
        assert watched.status("voice").pid is None
        (tmp_path / "hub.go").touch()
        await watched.until(State.READY, "voice")


async def test_they_stop_in_reverse(world: World, program: Program, tmp_path: Path) -> None:
    """What needs the hub ends before the hub, and the hub before the model."""
    specs = (
        program("serve", "model", outlives=("hub",)),
        program("serve", "hub"),
        program("serve", "voice", waits_for=("hub",)),
    )
    async with running(world, *specs) as watched:
        await until(watched.group.settled())
    assert (tmp_path / "order.txt").read_text().split() == ["voice", "hub", "model"]


@needs_posix
async def test_a_killed_one_comes_back_at_once(world: World, program: Program) -> None:
    """kill -9 is answered with a new life, and counted."""
    async with running(world, program("serve")) as watched:
        before = await watched.until(State.READY)
        os.kill(before.pid or 0, signal.SIGKILL)
        after = await watched.until(State.READY, restarts=1)
        assert after.pid != before.pid
        assert any(status.state is State.RESTARTING and "SIGKILL" in status.detail for status in watched.told)


async def test_one_that_cannot_start_is_given_up_with_its_last_words(world: World, program: Program) -> None:
    """After some tries the state is failed, and the detail says why."""
    async with running(world, program("crash"), program("serve", "other")) as watched:
        failed = await watched.until(State.FAILED)
        assert "3 times in a row" in failed.detail
        assert failed.detail.endswith("it ended with exit code 1: something broke")
        assert failed.restarts == 2
        await watched.until(State.READY, "other")


async def test_something_missing_is_told_at_once_in_its_own_words(world: World, program: Program) -> None:
    """Exit code 3 is not tried again, and its sentence is the reason."""
    async with running(world, program("missing"), program("serve", "other")) as watched:
        failed = await watched.until(State.FAILED)
        assert failed.detail == "A thing is missing. Get it."
        assert failed.restarts == 0


async def test_a_program_that_is_not_there_is_given_up(world: World) -> None:
    """A wrong path is a failure with a reason, not a crash of the supervisor."""
    async with running(world, ProcessSpec("part", ("/no/such/program",))) as watched:
        await until(watched.task)
    assert "could not be started" in next(s for s in watched.told if s.state is State.FAILED).detail


async def test_one_that_is_not_needed_is_stopped_quietly(world: World, program: Program) -> None:
    """Exit code 0 before it was ready is no failure."""
    async with running(world, program("finish"), program("serve", "other")) as watched:
        assert (await watched.until(State.STOPPED)).detail == "Not needed here."


async def test_a_start_that_hangs_is_ended(world: World, program: Program) -> None:
    """A process that is not ready within its time is killed and counts as failed."""
    async with running(world, program("mute", limit_seconds=0.1), program("serve", "other")) as watched:
        failed = await watched.until(State.FAILED)
        assert "not ready within" in failed.detail


async def test_one_that_falls_silent_is_started_again(world: World, program: Program, tmp_path: Path) -> None:
    """A process that was ready and answers no more is ended, and begins anew."""
    impatient = replace(world, pace=Pace(watch_seconds=0.05, watch_timeout_seconds=0.2))
    async with running(impatient, program("serve")) as watched:
        before = await watched.until(State.READY)
        (tmp_path / "part.silent").touch()
        await until(lambda: not is_alive(before.pid or 0))
        (tmp_path / "part.silent").unlink()
        after = await watched.until(State.READY, restarts=1)
        assert after.pid != before.pid


@needs_posix
async def test_one_that_ignores_the_request_to_end_is_killed(world: World, program: Program) -> None:
    """SIGTERM ignored: after its time it is killed, and everything ends."""
    async with running(world, program("deaf", stop_seconds=0.2)) as watched:
        status = await watched.until(State.READY)
    assert not is_alive(status.pid or 0)


@needs_posix
async def test_what_a_process_started_ends_with_it(world: World, program: Program, tmp_path: Path) -> None:
    """A grandchild in a session of its own does not outlive an orderly stop."""
    async with running(world, program("parent")) as watched:
        await watched.until(State.READY)
        grandchild = int((tmp_path / "part.grandchild").read_text())
        assert is_alive(grandchild)
    assert not is_alive(grandchild)


@needs_posix
async def test_kill_ends_all_at_once(world: World, program: Program) -> None:
    """A second Ctrl-C does not wait for anybody."""
    async with running(
        world, program("deaf", "a", stop_seconds=60.0), program("deaf", "b", stop_seconds=60.0)
    ) as watched:
        await until(watched.group.settled())
        watched.group.stop()
        await watched.until(State.STOPPING, "a")
        watched.group.kill()
        await until(watched.task, seconds=5.0)


async def test_restart_by_name(world: World, program: Program) -> None:
    """One process begins a new life, the others go on; an unknown name is refused."""
    async with running(world, program("serve"), program("serve", "other")) as watched:
        await until(watched.group.settled())
        before, other = watched.status(), watched.status("other")
        watched.group.restart("part")
        after = await watched.until(State.READY, restarts=1)
        assert after.pid != before.pid
        assert watched.status("other") == other
        with pytest.raises(UsageError):
            watched.group.restart("nobody")


async def test_restart_after_it_was_given_up(world: World, program: Program, tmp_path: Path) -> None:
    """What failed can be tried again once the reason is gone."""
    script = tmp_path / "later.py"
    script.write_text("import sys; sys.exit(3)")
    spec = ProcessSpec("part", (sys.executable, "-S", str(script)), Ready(settle_seconds=0.05))
    async with running(world, spec, program("serve", "other")) as watched:
        await watched.until(State.FAILED)
        script.write_text("import sys; sys.stdin.read()")
        watched.group.restart("part")
        await watched.until(State.READY, restarts=1)


async def test_the_group_ends_when_nothing_is_left_to_keep(world: World, program: Program) -> None:
    """When all have failed or finished, there is nothing to supervise."""
    watched = Watched(world, program("missing", "a"), program("finish", "b"))
    await until(watched.task)


async def test_a_pause_before_a_restart_does_not_hold_up_the_end(world: World, program: Program) -> None:
    """Stopping in the middle of a long back-off is quick."""
    slow = replace(world, policy=Policy(Limits(first_pause_seconds=600.0)))
    async with running(slow, program("crash"), program("serve", "other")) as watched:
        await watched.until(State.RESTARTING)
        watched.group.stop()
        await until(watched.task, seconds=5.0)


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        (1, ("20:14:05 error    backend  it broke",), "it ended with exit code 1: it broke"),
        (1, ("Port 8000 is taken. End that program.",), "Port 8000 is taken. End that program."),
        (3, (), "it ended with exit code 3"),
        (0, (), "it ended by itself"),
        (
            -9,
            ("Fatal Python error: Aborted", '  File "x", line 1'),
            "it was ended by SIGKILL: Fatal Python error: Aborted",
        ),
        (-250, (), "it was ended by signal 250"),
    ],
)
def test_how_an_end_is_told(code: int, said: tuple[str, ...], told: str) -> None:
    """The last words are the reason, without the time stamp of a log line."""
    assert describe_end(code, said) == told
