"""Children end with their parent however it ends, and with everything that they started themselves."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from alisa.runtime.children import (
    Record,
    forget,
    is_running,
    leashed,
    popen_kwargs,
    record,
    start,
    sweep,
    terminate_tree,
)
from alisa.runtime.errors import MissingError
from alisa.runtime.paths import Home
from tests.faults import kill_hard, needs_linux, needs_posix

ROOT = Path(__file__).resolve().parents[3]
DEADLINE_SECONDS = 20.0

SLEEPER = "import time; print('up', flush=True); time.sleep(1000)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER


def python(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-S", "-c", program, *arguments]


def alive(pid: int) -> bool:
    with suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def assert_gone(pid: int) -> None:
    """The process ends within the deadline; the system says when, so this looks again and again."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while alive(pid):
        assert time.monotonic() < deadline, f"process {pid} is an orphan"
        time.sleep(0.005)


@contextmanager
def parent(program: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process of its own that runs `program`, which prints the number of its child."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    child = 0
    try:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        yield process, child
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        if child and alive(child):
            kill_hard(child)


PARENT = """
import asyncio, sys
from alisa.runtime.children import start
async def main():
    child = await start([sys.executable, "-S", "-c", sys.argv[1]], stdout=asyncio.subprocess.PIPE{more})
    await child.stdout.readline()
    print(child.pid, flush=True)
    await child.wait()
asyncio.run(main())
"""


# --- never an orphan -----------------------------------------------------------------------------


@needs_linux
@pytest.mark.parametrize("child", [SLEEPER, DEAF])
def test_a_child_dies_with_its_killed_parent(child: str) -> None:
    """kill -9 of the parent: the child, which knows nothing of Alisa and may be deaf to signals, is gone."""
    with parent(PARENT.format(more=""), child) as (process, pid):
        assert alive(pid)
        kill_hard(process.pid)
        assert_gone(pid)


@needs_posix
def test_a_leashed_program_dies_with_its_killed_parent() -> None:
    """Where the system does not do it, the leash does: kill -9 of the parent ends leash and program."""
    program = (
        "import subprocess, sys\n"
        "from alisa.runtime.children import leashed\n"
        "child = subprocess.Popen(leashed(sys.argv[1:]), stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "print(child.stdout.readline().decode(), flush=True); child.wait()"
    )
    tell = "import os, time; print(os.getpid(), flush=True); time.sleep(1000)"
    with parent(program, *python(tell)) as (process, pid):
        leash = psutil.Process(pid).ppid()
        assert leash != process.pid
        kill_hard(process.pid)
        assert_gone(pid)
        assert_gone(leash)


@needs_posix
def test_a_leash_passes_on_signals_and_codes() -> None:
    """SIGTERM reaches the program, and its exit code comes back; so does the signal that ended it."""
    polite = "import signal, sys; signal.signal(signal.SIGTERM, lambda *a: sys.exit(7)); " + SLEEPER
    for program, code in ((polite, 7), (SLEEPER, 128 + signal.SIGTERM)):
        with subprocess.Popen(leashed(python(program)), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as leash:
            assert leash.stdout is not None
            assert leash.stdout.readline() == b"up\n"
            leash.terminate()
            assert leash.wait(DEADLINE_SECONDS) == code
    nothing = subprocess.run(leashed(["no-such-program-at-all"]), stdin=subprocess.DEVNULL, capture_output=True)
    assert nothing.returncode == 127
    assert nothing.stderr == b"no-such-program-at-all could not be started: No such file or directory\n"


@needs_posix
async def test_start_leashes_where_the_system_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `leash`, a system that has nothing of its own gets the small program in between."""
    monkeypatch.setattr("alisa.runtime.children.sys.platform", "darwin")
    process = await start(python(SLEEPER), stdout=subprocess.PIPE, leash=True)
    monkeypatch.undo()
    assert process.stdout is not None
    assert await process.stdout.readline() == b"up\n"
    (program,) = psutil.Process(process.pid).children()
    await terminate_tree(process)
    assert not alive(program.pid)


@needs_posix
async def test_ctrl_c_does_not_reach_a_child() -> None:
    """A child leads a session of its own: what the terminal sends to the parent's group passes it by."""
    process = await start(python(SLEEPER), stdout=subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.readline()
    assert os.getsid(process.pid) == process.pid != os.getsid(0)
    await terminate_tree(process, 1)


def test_popen_kwargs_suit_popen() -> None:
    """The same holds for a child started without asyncio."""
    with subprocess.Popen(python(SLEEPER), stdout=subprocess.PIPE, **popen_kwargs()) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"up"
        process.kill()


async def test_a_missing_program_is_told() -> None:
    """A program that is not there is an error with a hint, not an OSError."""
    with pytest.raises(MissingError, match="no-such-program"):
        await start(["no-such-program-at-all"])


async def test_who_is_cancelled_while_starting_leaves_no_child() -> None:
    """At whichever moment the wish to stop comes."""
    for moment in range(6):
        starting = asyncio.create_task(start(python(SLEEPER), stdout=subprocess.DEVNULL))
        for _ in range(moment):
            await asyncio.sleep(0)
        starting.cancel()
        with suppress(asyncio.CancelledError):
            await terminate_tree(await starting)
        assert not [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


# --- ending a tree ---------------------------------------------------------------------------------


async def test_a_polite_process_ends_by_itself() -> None:
    """Asked to end, it ends, and that is reported; its exit code is not lost."""
    process = await start(python(SLEEPER), stdout=subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.readline()
    assert await terminate_tree(process, DEADLINE_SECONDS) is True
    assert process.returncode == (-signal.SIGTERM if os.name == "posix" else process.returncode)
    assert await terminate_tree(process) is True


async def test_closing_stdin_is_asking_too() -> None:
    """A process that waits for the end of its stdin sees it."""
    process = await start(
        python("import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(); sys.stdin.read()"),
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    await process.stdout.readline()
    assert await terminate_tree(process, DEADLINE_SECONDS) is True
    assert process.returncode == 0


@needs_posix
async def test_a_deaf_process_is_killed() -> None:
    """One that ignores the question is killed when the grace is over."""
    process = await start(python(DEAF), stdout=subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.readline()
    assert await terminate_tree(process, 0.2) is False
    assert process.returncode == -signal.SIGKILL


@needs_posix
@pytest.mark.parametrize("first", ["DEAF", "gone"])
async def test_nothing_of_the_tree_is_left(first: str) -> None:
    """Grandchildren end too: those of a deaf process, and those that a process left behind when it ended."""
    middle = (
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN if sys.argv[2] == 'DEAF' else signal.SIG_DFL)\n"
        "child = subprocess.Popen([sys.executable, '-S', '-c', sys.argv[1]], stdout=subprocess.PIPE)\n"
        "child.stdout.readline(); print(child.pid, flush=True); time.sleep(1000)"
    )
    process = await start(python(middle, DEAF, first), stdout=subprocess.PIPE)
    assert process.stdout is not None
    grandchild = int(await process.stdout.readline())
    assert alive(grandchild)
    assert await terminate_tree(process, 0.2 if first == "DEAF" else DEADLINE_SECONDS) is (first == "gone")
    assert_gone(grandchild)


async def test_a_process_that_is_gone_is_fine() -> None:
    """A number that no process has is ended already."""
    process = subprocess.Popen(python("pass"))
    process.wait()
    assert await terminate_tree(process.pid) is True


# --- what a killed run left behind -----------------------------------------------------------------


RECORDING = """
import subprocess, sys
from pathlib import Path
from alisa.runtime.children import record
from alisa.runtime.paths import Home
child = subprocess.Popen([sys.executable, "-S", "-c", sys.argv[1]], start_new_session=True, stdout=subprocess.PIPE)
child.stdout.readline()
record(Home(Path(sys.argv[2])), "model", child.pid)
print(child.pid, flush=True)
child.wait()
"""


@needs_posix
async def test_what_a_killed_run_left_is_swept(home: Home) -> None:
    """A child that outlived its killed parent is recognised at the next start and ended, once."""
    with parent(RECORDING, DEAF, str(home.root)) as (process, pid):
        assert await sweep(home) == []  # its parent still runs: it is no leftover
        assert alive(pid)
        kill_hard(process.pid)
        process.wait()
        assert alive(pid)
        assert await sweep(home, grace_seconds=0.1) == ["model"]
        assert_gone(pid)
        assert await sweep(home) == []


async def test_a_stranger_with_the_same_number_is_left_alone(home: Home) -> None:
    """Numbers are used again: a process that started at another time is somebody else's."""
    folder = home.run / "children"
    folder.mkdir()
    me = psutil.Process()
    for created in (me.create_time() - 100, -1.0, 1e300):
        (folder / "model.json").write_text(
            json.dumps({"pid": me.pid, "created": created, "owner": 2**22 + 1, "owner_created": 0.0})
        )
        assert await sweep(home) == []
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b'{"pid": "x"}', b'{"pid": NaN}', b'{"pid": 1e400}', b"[" * 99_999]
)
async def test_a_damaged_record_is_removed(home: Home, content: bytes) -> None:
    """A record that says nothing is no reason to end anything."""
    folder = home.run / "children"
    folder.mkdir()
    (folder / "x.json").write_bytes(content)
    assert await sweep(home) == []
    assert list(folder.iterdir()) == []


async def test_a_record_can_be_forgotten(home: Home) -> None:
    """A child that ended in order leaves no record; forgetting twice is fine; one that is gone is not recorded."""
    record(home, "model", os.getpid())
    (path,) = (home.run / "children").iterdir()
    assert Record(**json.loads(path.read_text())).pid == os.getpid()
    forget(home, "model")
    forget(home, "model")
    assert not path.exists()
    process = subprocess.Popen(python("pass"))
    process.wait()
    record(home, "model", process.pid)
    assert not path.exists()


def test_who_is_running() -> None:
    """A process is known by its number and its start."""
    me = psutil.Process()
    assert is_running(me.pid, me.create_time())
    assert not is_running(me.pid, me.create_time() - 60)
    assert not is_running(-5, 0)
