"""One JSON object for each benchmark: figures with their unit, their target and whether it was met."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Figure:
    """One measured value. `better` says on which side of the target it has to lie."""

    value: float
    unit: str
    target: float | None = None
    better: Literal["lower", "higher"] = "lower"

    @property
    def ok(self) -> bool | None:
        """Whether the target was met; None where there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.better == "lower" else self.value >= self.target

    def as_json(self) -> dict[str, Any]:
        """The shape that other programs rely on: value, unit, target, ok."""
        return {"value": round(self.value, 4), "unit": self.unit, "target": self.target, "ok": self.ok}


@dataclass
class Report:
    """The figures of one benchmark."""

    benchmark: str
    results: dict[str, Figure] = field(default_factory=dict)

    def add(self, name: str, figure: Figure) -> None:
        """Keep a figure and tell the watching person, on standard error."""
        self.results[name] = figure
        mark = {True: "ok", False: "MISSED", None: ""}[figure.ok]
        target = "" if figure.target is None else f" (target {figure.target})"
        print(f"{name:44s} {figure.value:10.3f} {figure.unit}{target} {mark}", file=sys.stderr, flush=True)

    def print(self) -> None:
        """The one JSON object, on standard output."""
        results = {name: figure.as_json() for name, figure in self.results.items()}
        print(json.dumps({"benchmark": self.benchmark, "machine": asdict(machine()), "results": results}, indent=1))


@dataclass(frozen=True)
class Machine:
    """What the figures were taken on."""

    cpu: str
    cores: int
    memory_gib: float
    system: str
    python: str


def machine() -> Machine:
    """This machine, in words that say nothing about its owner."""
    import psutil

    return Machine(
        cpu=_cpu_name(),
        cores=os.cpu_count() or 0,
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least `share` (0 to 1) of them do not exceed: the nearest rank."""
    rank = math.ceil(round(share * len(values), 9))  # what is whole stays whole
    return sorted(values)[max(rank, 1) - 1]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def _cpu_name() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
