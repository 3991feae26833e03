"""A process stops in phases, whatever stops it, and ends with the code that says why."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from alisa.runtime import tasks
from alisa.runtime.errors import AlisaError, MissingError, UsageError
from alisa.runtime.tasks import Lifetime, Phase, report, run
from tests.faults import kill_hard, needs_linux, needs_posix

ROOT = Path(__file__).resolve().parents[3]
DEADLINE_SECONDS = 30


# --- phases, in virtual time -------------------------------------------------------------------


@pytest.mark.looptime
async def test_phases_run_in_order() -> None:
    """STOP_INPUT, FINISH, DRAIN, CLOSE; within a phase the last one added comes first; plain or async."""
    lifetime, seen = Lifetime(), []
    for phase in reversed(Phase):
        lifetime.on_stop(phase, lambda phase=phase: seen.append(f"{phase.name} first added"))

    async def later() -> None:
        await asyncio.sleep(0.5)
        seen.append("CLOSE last added")

    lifetime.on_stop(Phase.CLOSE, later)

    async def main(lifetime: Lifetime) -> None:
        await lifetime.until_stopped()
        seen.append("main")

    asyncio.get_running_loop().call_later(60, lifetime.stop, "enough")
    assert await lifetime.live(main) == 0
    assert lifetime.reason == "enough"
    assert seen == [
        "STOP_INPUT first added", "FINISH first added", "DRAIN first added",
        "CLOSE last added", "CLOSE first added", "main",
    ]  # fmt: skip


@pytest.mark.looptime
async def test_the_phases_run_when_main_ends_by_itself() -> None:
    """What main returns is the exit code, and everything is still closed in order."""
    lifetime, closed = Lifetime(), []
    lifetime.on_stop(Phase.CLOSE, lambda: closed.append(True))

    async def main(_lifetime: Lifetime) -> int:
        return 7

    assert await lifetime.live(main) == 7
    assert closed == [True]


@pytest.mark.looptime
async def test_a_hanging_callback_is_cut_off(caplog: pytest.LogCaptureFixture) -> None:
    """A phase takes no longer than its time; the callbacks after it still get theirs."""
    lifetime, seen = Lifetime(), []
    loop = asyncio.get_running_loop()
    lifetime.on_stop(Phase.FINISH, lambda: seen.append("after"))
    lifetime.on_stop(Phase.FINISH, lambda: asyncio.sleep(1000))
    lifetime.on_stop(Phase.CLOSE, lambda: seen.append("close"))
    started = loop.time()

    async def main(_lifetime: Lifetime) -> None:
        return None

    await lifetime.live(main)
    assert seen == ["after", "close"]
    assert loop.time() - started == pytest.approx(tasks.PHASE_SECONDS[Phase.FINISH], abs=1)
    assert "FINISH took longer" in caplog.text


@pytest.mark.looptime
async def test_a_failing_callback_does_not_hurt_the_others(caplog: pytest.LogCaptureFixture) -> None:
    """One that raises (a TimeoutError of its own, too) is logged, and the rest runs."""
    lifetime, seen = Lifetime(), []

    def fail(error: Exception) -> None:
        raise error

    lifetime.on_stop(Phase.CLOSE, lambda: seen.append("closed"))
    lifetime.on_stop(Phase.CLOSE, lambda: fail(TimeoutError("mine")))
    lifetime.on_stop(Phase.DRAIN, lambda: fail(ValueError("oops")))

    async def main(_lifetime: Lifetime) -> None:
        return None

    assert await lifetime.live(main) == 0
    assert seen == ["closed"]
    assert len([record for record in caplog.records if record.exc_info]) == 2


@pytest.mark.looptime
async def test_a_failing_task_stops_the_process_in_order() -> None:
    """Work beside main that fails ends the process: phases first, then its error."""
    lifetime, seen = Lifetime(), []
    lifetime.on_stop(Phase.CLOSE, lambda: seen.append("closed"))

    async def work() -> None:
        await asyncio.sleep(3)
        raise MissingError("gone", "It is gone.")

    async def main(lifetime: Lifetime) -> None:
        lifetime.start(work(), "work")
        await lifetime.until_stopped()
        seen.append("main")

    with pytest.raises(MissingError):
        await lifetime.live(main)
    assert seen == ["closed", "main"]


@pytest.mark.looptime
async def test_tasks_run_until_the_phases_are_over() -> None:
    """Work beside main goes on during the phases (a writer drains its queue), and is cancelled after them."""
    lifetime, seen = Lifetime(), []

    async def work() -> None:
        try:
            while True:
                await asyncio.sleep(0.1)
        finally:
            seen.append("cancelled")

    async def drain() -> None:
        await asyncio.sleep(1)
        seen.append("drained")

    async def main(lifetime: Lifetime) -> None:
        lifetime.start(work(), "work")
        lifetime.on_stop(Phase.DRAIN, drain)

    await lifetime.live(main)
    assert seen == ["drained", "cancelled"]


@pytest.mark.looptime
async def test_abandon_skips_the_phases() -> None:
    """An impatient person need not wait: everything is cancelled at once."""
    lifetime = Lifetime()
    loop = asyncio.get_running_loop()
    lifetime.on_stop(Phase.STOP_INPUT, lambda: asyncio.sleep(1000))
    lifetime.on_stop(Phase.FINISH, lambda: pytest.fail("must not run"))

    async def main(_lifetime: Lifetime) -> None:
        await asyncio.sleep(1000)

    loop.call_later(1, lifetime.stop, "SIGINT", 130)
    loop.call_later(1.5, lifetime.abandon)
    started = loop.time()
    assert await lifetime.live(main) == 130
    assert loop.time() - started < 3


async def test_work_needs_a_running_lifetime() -> None:
    """Starting work outside is a mistake of the programmer, said at once."""
    with pytest.raises(RuntimeError):
        Lifetime().start(asyncio.sleep(0), "early")


# --- what a person is told -----------------------------------------------------------------------


async def _raising(error: BaseException) -> int:
    raise error


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (UsageError("x", "That is wrong.", "Do this."), 2, "That is wrong. Do this."),
        (MissingError("x", "It is\nmissing."), 3, "It is missing."),
        (AlisaError("x", "No.", "Yes."), 1, "No. Yes."),
        (ExceptionGroup("g", [ExceptionGroup("h", [MissingError("x", "Deep.")])]), 3, "Deep."),
        (ValueError("secret"), 1, "Something unexpected went wrong in hub (ValueError). Run `alisa doctor`"),
        (SystemExit(5), 5, ""),
        (SystemExit("words"), 1, ""),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_errors_are_one_line_and_a_code(
    error: BaseException, code: int, line: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of error has its exit code and one line on stderr; never a trace, never the inner words."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    assert run(lambda _lifetime: _raising(error), process="hub") == code
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith(line)
    assert said.err.count("\n") == bool(line)
    assert "secret" not in said.err


def test_an_unexpected_error_is_in_the_log(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """The trace goes to the log, and the line says where that is."""
    assert report(ValueError("inner"), "hub") == 1
    assert "details are in logs/hub.jsonl" in capsys.readouterr().err
    assert caplog.records[-1].exc_info is not None


def test_a_forgotten_task_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """What a callback of the loop raises is logged instead of printed, and does not stop anything."""

    async def main(_lifetime: Lifetime) -> int:
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return 4

    assert run(main, process="hub") == 4
    assert "ZeroDivisionError" in caplog.text


# --- real processes and real signals ---------------------------------------------------------------

PROGRAM = """
import asyncio, sys, threading, time
from alisa.runtime.tasks import Phase, run

async def main(lifetime):
    for phase in Phase:
        lifetime.on_stop(phase, lambda phase=phase: print(phase.name, flush=True))
    {setup}
    print("ready", flush=True)
    await lifetime.until_stopped()

sys.exit(run(main, process="sample"))
"""


@contextmanager
def program(setup: str = "", stdin: int | None = subprocess.DEVNULL, **env: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(setup=setup)],
        stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=ROOT, env=os.environ | env,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait(DEADLINE_SECONDS)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def rest(stream: IO[str] | None) -> list[str]:
    assert stream is not None
    return stream.read().split()


PHASES = [phase.name for phase in Phase]


@needs_posix
@pytest.mark.parametrize(("number", "code"), [("SIGTERM", 0), ("SIGINT", 130)])
def test_a_signal_stops_in_order(number: str, code: int) -> None:
    """SIGTERM ends with 0, Ctrl-C with 130; every phase ran; nothing on stderr."""
    with program() as process:
        process.send_signal(getattr(signal, number))
        assert process.wait(DEADLINE_SECONDS) == code
        assert rest(process.stdout) == PHASES
        assert rest(process.stderr) == []


@needs_posix
def test_a_second_signal_does_not_wait() -> None:
    """Ctrl-C twice ends a phase that hangs."""
    setup = "lifetime.on_stop(Phase.STOP_INPUT, lambda: (print('hanging', flush=True), asyncio.sleep(1000))[1])"
    with program(setup) as process:
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        assert process.stdout.readline() == "hanging\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(1000) == 130
        assert rest(process.stdout) == []


@needs_posix
def test_a_third_signal_ends_even_a_deaf_task() -> None:
    """A task that will not be cancelled cannot keep the process from its third signal."""
    setup = """
    async def deaf():
        while True:
            try:
                print("deaf", flush=True)
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                pass
    lifetime.start(deaf(), "deaf")"""
    with program(setup) as process:
        assert process.stdout is not None
        process.send_signal(signal.SIGTERM)
        while process.stdout.readline() != "CLOSE\n":
            pass
        assert process.stdout.readline() == "deaf\n"  # cancelled, and heard nothing
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "deaf\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE_SECONDS) == 130


@needs_posix
def test_a_thread_that_never_returns_cannot_keep_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the phases and a last grace, a process that still hangs leaves."""
    setup = """
    import alisa.runtime.tasks as tasks, os
    asyncio.get_running_loop().run_in_executor(None, time.sleep, 1000)
    lifetime.on_stop(Phase.CLOSE, lambda: threading.Timer(0.1, os.write, (1, b"still here\\\\n")).start())"""
    program_text = PROGRAM.format(setup=setup).replace(
        "sys.exit(run(main", "import alisa.runtime.tasks as t; t._LAST_RESORT_SECONDS = 1 - 11\nsys.exit(run(main"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program_text], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE_SECONDS) == 1


def test_a_supervised_process_ends_with_its_stdin() -> None:
    """Closing the pipe that the supervisor holds (as its death does) stops the process in order, with 0."""
    with program(stdin=subprocess.PIPE, ALISA_SUPERVISED="1") as process:
        assert process.stdin is not None
        process.stdin.write("what is written does not matter")
        process.stdin.close()
        process.stdin = None
        assert process.wait(DEADLINE_SECONDS) == 0
        assert rest(process.stdout) == PHASES


def test_an_unsupervised_process_does_not_read_stdin() -> None:
    """Started by hand, with no stdin, it runs on."""
    with program(stdin=subprocess.DEVNULL) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        assert process.poll() is None


@needs_linux
def test_a_supervised_process_ends_with_its_parent() -> None:
    """Linux tells it of its parent's end even while somebody else holds its stdin open."""
    middle = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', sys.argv[1]], stdin=0)\n"
        "print(child.pid, flush=True); child.wait()"
    )
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", middle, PROGRAM.format(setup="")], stdin=read, stdout=subprocess.PIPE, text=True,
        cwd=ROOT, env=os.environ | {"ALISA_SUPERVISED": "1"},
    )  # fmt: skip
    os.close(read)
    assert process.stdout is not None
    with process.stdout:
        assert int(process.stdout.readline()) > 0
        assert process.stdout.readline() == "ready\n"
        kill_hard(process.pid)
        process.wait(DEADLINE_SECONDS)
        assert rest(process.stdout) == PHASES  # and its stdout is closed: it is gone
    os.close(write)
