"""What a supervised process is, and what is known about it: values, and nothing that runs.

The specification crosses a process border (from `alisa up` to the detached supervisor) and the
state crosses another (from the supervisor to `alisa status`), so both can be written as JSON.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where a supervised process is in its life."""

    WAITING = "waiting"
    """for another process that must be ready first"""
    STARTING = "starting"
    LOADING = "loading"
    """it answers, and says that it is not ready yet"""
    READY = "ready"
    RESTARTING = "restarting"
    """it ended unasked and will be started again"""
    FAILED = "failed"
    """given up; `detail` says why"""
    STOPPING = "stopping"
    STOPPED = "stopped"


SETTLED = frozenset({State.READY, State.FAILED, State.STOPPED})
"""The states that do not change by themselves."""


@dataclass(frozen=True, slots=True)
class Ready:
    """How to see from outside that a process is ready.

    `file` is a JSON file, written by the process itself, with its `url` and `pid`; `path` is then
    asked over HTTP at that address: 200 is ready, anything else is loading. Without a path, the file
    alone says that it is ready, and needs no `url`. Without a file, a
    process is ready once it has lived for `settle_seconds`.
    """

    file: str = ""
    path: str = ""
    settle_seconds: float = 0.5
    limit_seconds: float = 60.0
    """a process that is not ready after this long is ended and counts as crashed"""


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """One process that the supervisor keeps alive."""

    name: str
    argv: tuple[str, ...]
    ready: Ready = Ready()
    waits_for: tuple[str, ...] = ()
    """processes that must be ready before this one starts"""
    outlives: tuple[str, ...] = ()
    """processes that must have ended before this one is stopped; those that wait for it always do"""
    env: Mapping[str, str] = field(default_factory=dict)
    stop_seconds: float = 8.0
    """how long it may take to end by itself when it is asked to"""
    may_leave: bool = False
    """its ending with exit code 0 is the user's wish (a window that was closed), and it is not started again"""


def to_json(spec: ProcessSpec) -> dict[str, Any]:
    """The specification as plain JSON values."""
    return dataclasses.asdict(spec)


def from_json(value: Mapping[str, Any]) -> ProcessSpec:
    """The specification that `to_json` wrote; KeyError or TypeError for anything else."""
    return ProcessSpec(
        name=value["name"],
        argv=tuple(value["argv"]),
        ready=Ready(**value["ready"]),
        waits_for=tuple(value["waits_for"]),
        outlives=tuple(value["outlives"]),
        env=dict(value["env"]),
        stop_seconds=value["stop_seconds"],
        may_leave=value["may_leave"],
    )


def stops_before(specs: Iterable[ProcessSpec]) -> dict[str, frozenset[str]]:
    """For each process the names that must have ended before it is asked to stop."""
    specs = tuple(specs)
    names = {spec.name for spec in specs}
    return {
        spec.name: frozenset(
            other.name for other in specs if spec.name in other.waits_for or other.name in spec.outlives
        )
        & names
        for spec in specs
    }


@dataclass(frozen=True, slots=True)
class Status:
    """What is known about one process at one moment. `since` is ISO 8601 in UTC."""

    name: str
    state: State
    since: str
    pid: int | None = None
    restarts: int = 0
    detail: str = ""

    def to_json(self) -> dict[str, Any]:
        """The status as it stands in `alisa status --json`."""
        return dataclasses.asdict(self)


def status_from_json(value: Mapping[str, Any]) -> Status:
    """The status that `Status.to_json` wrote."""
    return Status(**{**value, "state": State(value["state"])})
