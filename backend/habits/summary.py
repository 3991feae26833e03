"""Habits as a few numbers, for people and programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend.events.facts import Verdict
from backend.habits import questions
from backend.habits.model import Habits

_MOST = 10


def summary(habits: Habits, at: datetime) -> dict[str, Any]:
    """What is known, as it stands at a time. Hours are hours of the day, 0 to 23; shares lie between 0 and 1."""
    wall = at.astimezone(habits.zone)
    hours = [wall.replace(hour=hour, minute=30, second=0, microsecond=0) for hour in range(24)]
    return {
        "began": habits.began.isoformat() if habits.began else None,
        "works": [round(share, 4) for share in questions.works_by_hour(habits, at)],
        "depth": [round(questions.depth(habits, hour), 3) for hour in hours],
        "productive_hours": questions.productive_hours(habits, at),
        "silence_minutes": [round(questions.usual_silence(habits, hour).total_seconds() / 60, 1) for hour in hours],
        "days": _days(habits, at),
        "apps": [{"name": key[0], "hours": round(hours, 2)} for key, hours in _largest(habits.apps.items(at))],
        "tasks": [_task(habits, key[0], hours, at) for key, hours in _largest(habits.tasks.items(at))],
        "remarks": _remarks(habits, at),
        "quiet_now": questions.quiet_now(habits, at),
    }


def _days(habits: Habits, at: datetime) -> dict[str, float]:
    """Hours of work on each day of the week, as a usual week has them."""
    found: dict[str, float] = {}
    for key, hours in habits.hours.items(at):
        found[key[0]] = found.get(key[0], 0.0) + hours / questions.weeks(habits, at)
    return {day: round(hours, 2) for day, hours in found.items()}


def _task(habits: Habits, name: str, hours: float, at: datetime) -> dict[str, Any]:
    return {"name": name, "hours": round(hours, 2), "next": questions.next_task(habits, name, at)}


def _remarks(habits: Habits, at: datetime) -> list[dict[str, Any]]:
    kinds: dict[str, dict[str, float]] = {}
    for key, count in habits.reception.items(at):
        received = kinds.setdefault(key[0], dict.fromkeys((verdict.value for verdict in Verdict), 0.0))
        received[key[3]] += count
    return [
        {"kind": kind, **{name: round(count, 2) for name, count in received.items()},
         "worth": round(questions.worth(habits, kind, at, ""), 3)}
        for kind, received in sorted(kinds.items())
    ]  # fmt: skip


def _largest(items: Any) -> list[tuple[tuple[str, ...], float]]:
    return sorted(items, key=lambda item: (-item[1], item[0]))[:_MOST]
