"""The file that tells where the supervisor is, and the lock that keeps it the only one."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys

import psutil
import pytest

from alisa.cli.supervisor import leftovers, state
from alisa.runtime import children
from alisa.runtime.paths import Home
from tests.faults import needs_posix

ME = state.Running(os.getpid(), psutil.Process().create_time(), 4711, "secret")


def test_what_is_written_is_read(home: Home) -> None:
    """Other commands find the running supervisor."""
    state.write(home, ME)
    assert state.read(home) == ME


@needs_posix
def test_only_the_owner_can_read_it(home: Home) -> None:
    """The secret is for nobody else."""
    state.write(home, ME)
    assert stat.S_IMODE(home.supervisor_file.stat().st_mode) == 0o600


def test_a_stale_file_is_none(home: Home) -> None:
    """The number of a process that is another one now, or none, does not count."""
    state.write(home, state.Running(os.getpid(), ME.created - 100, 1, "x"))
    assert state.read(home) is None
    done = subprocess.Popen([sys.executable, "-S", "-c", ""])
    done.wait()
    state.write(home, state.Running(done.pid, ME.created, 1, "x"))
    assert state.read(home) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "5", '{"pid": "x"}', '{"pid": -1}', '{"pid": 1e400}', "\x00"])
def test_a_damaged_file_is_none(home: Home, text: str) -> None:
    """Whatever stands in it, no command falls over it."""
    home.supervisor_file.write_text(text)
    assert state.read(home) is None
    state.remove(home, os.getpid())
    assert home.supervisor_file.exists()


def test_it_is_taken_back_by_its_writer_alone(home: Home) -> None:
    """A supervisor that ends late does not remove the file of the next one."""
    state.write(home, ME)
    state.remove(home, ME.pid + 1)
    assert state.read(home) == ME
    state.remove(home, ME.pid)
    assert not home.supervisor_file.exists()


def test_there_is_one_supervisor(home: Home) -> None:
    """The lock is held by one, and free again when it lets go."""
    assert state.is_free(home)
    first = state.lock(home)
    assert first is not None
    assert state.lock(home) is None
    assert not state.is_free(home)
    first.release()
    assert state.is_free(home)


def test_waiting_for_one_that_is_just_starting_ends(home: Home) -> None:
    """A supervisor that never says where it is is not waited for for ever."""
    assert state.wait_for(home, 0.05) is None
    state.write(home, ME)
    assert state.wait_for(home, 5.0) == ME


def test_the_owner_is_found_through_what_it_started(home: Home) -> None:
    """With the state file gone, the records of the parts still tell who runs them."""
    child = subprocess.Popen([sys.executable, "-S", "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    children.record(home, "backend", child.pid)
    assert leftovers.owner(home, ["backend"]) == os.getpid()
    assert leftovers.owner(home, ["llm_server"]) is None
    assert leftovers.left_behind(home) == []
    record = home.run / "children" / "backend.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "owner_created": 1.0}))
    assert leftovers.owner(home, ["backend"]) is None
    assert leftovers.left_behind(home) == ["backend"]
    record.write_text("{")
    assert leftovers.left_behind(home) == []
    child.communicate()
