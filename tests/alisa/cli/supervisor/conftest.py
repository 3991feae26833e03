"""What the supervisor's tests stand on: small real programs, and a way to wait for what they do."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import psutil
import pytest

from alisa.cli.supervisor.keeper import Pace, World
from alisa.cli.supervisor.policy import Limits, Policy
from alisa.cli.supervisor.spec import ProcessSpec, Ready
from alisa.runtime.clock import SystemClock
from alisa.runtime.paths import Home

PROGRAM = Path(__file__).with_name("program.py")
QUICK = Policy(Limits(first_pause_seconds=0.01, longest_pause_seconds=0.05, failed_starts=3))
PACE = Pace(watch_seconds=0.05, watch_timeout_seconds=10.0)
"""Looks often, but takes nobody for silent who merely waits for a busy machine."""

Program = Callable[..., ProcessSpec]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Make the specification of a small program that behaves as its mode says."""

    def make(mode: str, name: str = "part", **given: object) -> ProcessSpec:
        file = tmp_path / name
        argv = (sys.executable, "-S", "-E", str(PROGRAM), mode, str(file))
        ready = Ready(str(file), "/health", limit_seconds=given.pop("limit_seconds", 20.0))
        return ProcessSpec(name, argv, **{"ready": ready, "stop_seconds": 5.0, **given})

    return make


@pytest.fixture
def world(home: Home) -> World:
    """A world in which everything is quick."""
    return World(home, SystemClock(), dict(os.environ), home.root, QUICK, PACE)


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """No test leaves a process behind."""
    yield
    left = [child for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
    for child in left:
        child.kill()
    assert left == []


async def until(holds: Callable[[], bool] | Awaitable[object], seconds: float = 20.0) -> None:
    """Wait until the condition holds (looked at often) or the awaitable is done; fail after that many seconds."""
    async with asyncio.timeout(seconds):
        if not callable(holds):
            await holds
            return
        while not holds():
            await asyncio.sleep(0.005)


def is_alive(pid: int) -> bool:
    """Whether there is such a process, and it is no zombie."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
