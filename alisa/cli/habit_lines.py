"""Habits in the terminal: sentences, and small charts of the day in blocks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

_BLOCKS = " ▁▂▃▄▅▆▇█"
_PLAIN_BLOCKS = " .:-=+*#@"
_AXIS = "".join(f"{hour:<12}" for hour in (0, 6, 12, 18)).rstrip()
_INDENT = "  "
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Line = tuple[str, str]
"""A line and its style."""


def chart(values: Sequence[float], most: float | None = None, *, blocks: str = _BLOCKS) -> str:
    """One pair of blocks for each value, as high as its share of `most` (else of the greatest)."""
    top = max(values, default=0.0) if most is None else most
    if top <= 0:
        return blocks[0] * (2 * len(values))
    steps = len(blocks) - 1
    heights = [0 if value <= 0 else max(1, min(steps, round(steps * value / top))) for value in values]
    return "".join(2 * blocks[height] for height in heights)


def habit_lines(known: Mapping[str, Any], zone: tzinfo | None, *, plain: bool = False) -> list[Line]:
    """All that is known, for a person. `plain`: for a terminal without block letters."""
    if known.get("began") is None:
        return [("Nothing has been learnt of your habits yet.", ""), *_off(known)]
    blocks = _PLAIN_BLOCKS if plain else _BLOCKS
    began = datetime.fromisoformat(str(known["began"])).astimezone(zone)
    lines: list[Line] = [(f"Your habits, learnt since {began.day} {began:%B %Y}.", "strong"), *_off(known)]
    if any(known["works"]):
        lines += _charted("When you work", known["works"], None, blocks)
    if any(known["depth"]):
        lines += _charted("When most gets made", known["depth"], 1.0, blocks)
        lines.append((f"{_INDENT}Best at {_hours(known['productive_hours'])}.", ""))
    lines += _charted("How long you are usually silent", known["silence_minutes"], None, blocks)
    shortest, longest = min(known["silence_minutes"]), max(known["silence_minutes"])
    lines.append((f"{_INDENT}{_minutes(shortest)} to {_minutes(longest)}.", ""))
    if known["days"]:
        told = (f"{day.capitalize()[:3]} {known['days'][day]:.1f} h" for day in _DAYS if day in known["days"])
        lines += [("", ""), ("A usual week", "strong"), (_INDENT + " · ".join(told), "")]
    lines += _shares("In which applications", known["apps"])
    lines += _shares("On what", known["tasks"])
    if known["remarks"]:
        lines += [("", ""), ("How you took what she said unasked", "strong"), *map(_remark, known["remarks"])]
    return lines


def _off(known: Mapping[str, Any]) -> list[Line]:
    if known.get("learning") is False:
        return [("Nothing more is being learnt: initiative.learn_habits is off.", "faint")]
    return []


def _charted(title: str, values: Sequence[float], most: float | None, blocks: str) -> list[Line]:
    return [("", ""), (title, "strong"), (_INDENT + chart(values, most, blocks=blocks).rstrip(), "good"),
            (_INDENT + _AXIS, "faint")]  # fmt: skip


def _shares(title: str, items: Sequence[Mapping[str, Any]]) -> list[Line]:
    total = sum(item["hours"] for item in items)
    if total <= 0:
        return []
    width = max(len(item["name"]) for item in items)
    lines: list[Line] = [("", ""), (title, "strong")]
    for item in items:
        after = f"  then {item['next']}" if item.get("next") else ""
        lines.append((f"{_INDENT}{item['name']:<{width}}  {item['hours'] / total:>4.0%}{after}", ""))
    return lines


def _remark(item: Mapping[str, Any]) -> Line:
    counts = f"welcome {item['welcome']:.0f}, ignored {item['ignored']:.0f}, waved away {item['dismissed']:.0f}"
    return f"{_INDENT}{item['kind']}: {counts}", ""


def _hours(hours: Sequence[int]) -> str:
    """Runs of hours: from when to when each goes."""
    runs: list[list[int]] = []
    for hour in hours:
        if runs and runs[-1][-1] == hour - 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    return ", ".join(f"{run[0]}:00–{(run[-1] + 1) % 24}:00" for run in runs)  # noqa: RUF001 - from … to


def _minutes(minutes: float) -> str:
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"
