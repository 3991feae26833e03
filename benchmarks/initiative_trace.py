"""A labelled trace, replayed: what she would have said, beside what a person thought right.

Each line is one JSON object: `at` (ISO 8601, or seconds since 1970; `time` and `timestamp` are understood, too),
`event` (or `type`): `face`, `screen`, `system`, `said`, `tick`; the fields of that event, beside it or under `values`;
and, where a person judged the moment, `label`: true or `speak` where a remark would have been right, false or `silent`
where not. A label holds for two minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alisa.protocol.tags import Source
from alisa.runtime.errors import UsageError
from backend.events import facts
from backend.idle.habits import NoHabits
from benchmarks.initiative_run import Run

LABEL_HOLDS = timedelta(minutes=2)
TICK = timedelta(seconds=30)
_NAMES = {"at", "time", "timestamp", "event", "type", "label", "values"}
_YES = {"true", "1", "yes", "speak", "interrupt", "proactive"}


@dataclass(frozen=True)
class Line:
    """One event of a trace."""

    at: datetime
    event: str
    values: dict[str, Any]
    label: bool | None


@dataclass(frozen=True)
class Score:
    """How she did beside the labels."""

    hits: int
    misses: int
    false_alarms: int
    hours: float

    @property
    def precision(self) -> float:
        """Which share of what she said was right; 1 where she said nothing."""
        said = self.hits + self.false_alarms
        return self.hits / said if said else 1.0

    @property
    def recall(self) -> float:
        """Which share of the right moments she took; 1 where there was none."""
        right = self.hits + self.misses
        return self.hits / right if right else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def false_alarms_an_hour(self) -> float:
        """How often an hour she spoke when she should not have."""
        return self.false_alarms / self.hours if self.hours else float(self.false_alarms)


def read(path: Path) -> list[Line]:
    """The events of a trace, in order of time. Raises UsageError that names the line that cannot be read."""
    lines = []
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        if text.strip():
            try:
                lines.append(_line(json.loads(text)))
            except (ValueError, KeyError, TypeError, OverflowError) as error:
                raise UsageError("bad_trace", f"{path.name}, line {number} cannot be read ({error}).") from error
    return sorted(lines, key=lambda line: line.at)


def replay(lines: list[Line]) -> Score:
    """Let her live through the trace."""
    if not lines:
        return Score(0, 0, 0, 0.0)
    run = Run(lines[0].at - timedelta(minutes=5), NoHabits())
    spoke = list(_spoken(run, lines))
    right = [line.at for line in lines if line.label]
    taken = {begin for begin in right if any(begin <= at <= begin + LABEL_HOLDS for at in spoke)}
    alarms = sum(not any(begin <= at <= begin + LABEL_HOLDS for begin in right) for at in spoke)
    hours = (lines[-1].at - lines[0].at).total_seconds() / 3600
    return Score(len(taken), len(right) - len(taken), alarms, hours)


def _spoken(run: Run, lines: Iterable[Line]) -> Iterator[datetime]:
    now = None
    for line in lines:
        while now is not None and now + TICK < line.at:
            now += TICK
            if run.look(now).spoke:
                yield now
        now = line.at
        fact = _fact(line, len(run.said) + 1)
        if fact is not None:
            run.take(fact, now)
        if run.look(now).spoke:
            yield now
    for _ in range(int(LABEL_HOLDS / TICK)):
        now = (now or run.started) + TICK
        if run.look(now).spoke:
            yield now


def _fact(line: Line, turn: int) -> facts.Fact | None:
    if line.event in ("face", "screen", "system"):
        return facts.SightChanged("main", line.event, line.values)
    if line.event == "said":
        text, spoken = str(line.values.get("text", "")), line.values.get("source") == "spoken"
        source = Source.SPOKEN if spoken else Source.TYPED
        return facts.UserSpoke("main", 1_000_000 + turn, text, source, "trace", line.at)
    return None


def _line(row: dict[str, Any]) -> Line:
    at = next((row[name] for name in ("at", "time", "timestamp") if name in row), None)
    if at is None:
        raise ValueError("it has no time")
    event = str(row.get("event", row.get("type", "tick")))
    values = {**{name: value for name, value in row.items() if name not in _NAMES}, **(row.get("values") or {})}
    label = row.get("label")
    return Line(_moment(at), event, values, None if label is None else str(label).lower() in _YES)


def _moment(at: object) -> datetime:
    if isinstance(at, (int, float)):
        return datetime.fromtimestamp(at, UTC)
    found = datetime.fromisoformat(str(at))
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
