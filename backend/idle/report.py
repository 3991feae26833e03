"""How initiative stands, for whoever asks: why she is silent, why she spoke, and what is left of the budget.

Pure: values in, one object of plain values out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from backend.idle.decisions import Decisions, channel_name
from backend.idle.kinds import Kind
from backend.idle.mind import Mind
from backend.idle.policy import Decision, Limits
from backend.storage.thoughts import StoredThought

SHOWN = 20


def report(
    mind: Mind, decisions: Decisions, present: Decision, limits: Limits, said: StoredThought | None, shown: int = SHOWN
) -> dict[str, Any]:
    """What `GET /initiative` answers. `present` is what she would decide now, `said` what she said unasked last."""
    now = present.at
    until = mind.snoozed_until
    return {
        "enabled": limits.enabled,
        "now": _decision(present),
        "snoozed_until": until.isoformat() if until is not None and now < until else None,
        "goodbye": mind.goodbye,
        "quiet_hours": limits.quiet.include(now.time()),
        "budget": _budget(mind, limits, now),
        "kinds": {kind.value: _kind(kind, mind.given_up) for kind in Kind},
        "last_remark": None if said is None else _thought(said),
        "decisions": [entry.as_json() for entry in decisions.latest(shown)],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    would = decision.spoke
    return {
        "would_speak": would,
        "kind": decision.kind,
        "gate": decision.gate,
        "reason": decision.reason,
        "about": decision.candidate.reason if decision.candidate is not None else "",
        "channel": channel_name(decision) if would else None,
    }


def _budget(mind: Mind, limits: Limits, now: datetime) -> dict[str, Any]:
    ages = [now - remark.at for remark in mind.remarks]
    last = mind.remarks[-1].at if mind.remarks else None
    return {
        "last_at": last.isoformat() if last is not None else None,
        "gap_minutes": round(limits.gap.total_seconds() / 60),
        "this_hour": sum(age < timedelta(hours=1) for age in ages),
        "per_hour": limits.per_hour,
        "this_day": sum(age < timedelta(days=1) for age in ages),
        "per_day": limits.per_day,
    }


def _kind(kind: Kind, given_up: Mapping[str, str]) -> dict[str, Any]:
    return {"on": kind.value not in given_up, "off_by": given_up.get(kind.value)}


def _thought(thought: StoredThought) -> dict[str, Any]:
    return {
        "turn": thought.turn,
        "at": thought.said_at.isoformat(),
        "kind": thought.kind,
        "reason": thought.reason,
        "channel": thought.channel,
        "app": thought.app,
        "trigger": dict(thought.trigger),
        "verdict": thought.verdict,
    }
