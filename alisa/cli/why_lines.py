"""Why she is silent and why she spoke, in lines for a person: from what `GET /initiative` answers.

Pure. What is not there is left out: an older hub may tell less.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

_RECEIVED = {"welcome": "you answered", "dismissed": "you waved it away", "ignored": "it found no answer"}
_CHANNELS = {"voice": "aloud", "toast": "in a bubble", "badge": "with a mark"}


def why_lines(told: Mapping[str, Any], turn: int | None = None) -> list[str]:
    """Both answers, the budget, and what is off. `turn`: the one that was asked about."""
    lines = [_silent(_mapping(told, "now")), _said(_mapping(told, "last_remark"), turn)]
    budget = _mapping(told, "budget")
    if budget:
        lines.append(
            f"Within the last hour she spoke up {_of(budget, 'this_hour', 'per_hour')}, "
            f"within the last day {_of(budget, 'this_day', 'per_day')}."
        )
    off = [
        name for name, kind in _mapping(told, "kinds").items() if isinstance(kind, dict) and not kind.get("on", True)
    ]
    if off:
        lines.append(f"Turned off: {', '.join(off)}. `alisa quiet --kind {off[0]} on` brings it back.")
    return lines


def decision_lines(told: Mapping[str, Any]) -> list[str]:
    """The latest decisions, the newest first."""
    return [_decision(each) for each in told.get("decisions", []) if isinstance(each, dict)]


def initiative_line(told: Mapping[str, Any]) -> str:
    """All of it in the few words of `alisa status`."""
    now = _mapping(told, "now")
    if not told.get("enabled", True):
        return "turned off (initiative.enabled)"
    if told.get("snoozed_until"):
        return f"quiet until {_clock(told['snoozed_until'])}, as you asked"
    if now.get("would_speak"):
        return f"about to say something: {now.get('reason', '')}"
    return f"silent: {now.get('reason', '')}"


def remark_line(told: Mapping[str, Any]) -> str:
    """What she said last by herself, in the few words of `alisa status`; empty: nothing lately."""
    remark = _mapping(told, "last_remark")
    return _said(remark).removeprefix("What she said last by herself, ") if remark else ""


def _silent(now: Mapping[str, Any]) -> str:
    if now.get("would_speak"):
        return f"She would speak now. {now.get('reason', '')}"
    silent = f"Why she is silent: {now.get('reason') or 'she does not say.'}"
    return f"{silent} She might have spoken because {now['about']}." if now.get("about") else silent


def _said(remark: Mapping[str, Any], turn: int | None = None) -> str:
    if not remark:
        return "She has not said anything unasked lately."
    how = _CHANNELS.get(str(remark.get("channel")), "")
    received = _RECEIVED.get(str(remark.get("verdict")), "it may still be answered")
    which = "last by herself" if turn is None else f"in turn {turn}"
    return f"What she said {which}, {_clock(remark.get('at'))} {how}: {remark.get('reason', '')} ({received})"


def _decision(each: Mapping[str, Any]) -> str:
    what = f"{'spoke ' if each.get('spoke') else 'silent'}  {each.get('kind') or '-':8}"
    times = f" ({each['times']} times)" if each.get("times", 1) != 1 else ""
    return f"{_clock(each.get('at'))}  {what}  {each.get('reason', '')}{times}"


def _mapping(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = told.get(name)
    return value if isinstance(value, dict) else {}


def _of(budget: Mapping[str, Any], used: str, most: str) -> str:
    return f"{budget.get(used, 0)} of {budget.get(most, 0)} times"


def _clock(at: object) -> str:
    """`14:05`, with the day when it is not today."""
    try:
        local = datetime.fromisoformat(str(at)).astimezone()
    except (ValueError, OverflowError, OSError):
        return "?"
    today = datetime.now(local.tzinfo).date() == local.date()
    return f"{local:%H:%M}" if today else f"{local:%a %H:%M}"
