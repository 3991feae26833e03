"""The user's settings and stored wishes, as the values that the policy works with."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from alisa.protocol.tags import Channel
from alisa.runtime.sections import QuietSettings
from backend.events.facts import Verdict
from backend.idle.kinds import Remark
from backend.idle.policy import Limits
from backend.settings import InitiativeSettings
from backend.storage.thoughts import StoredThought


def limits_of(settings: InitiativeSettings, quiet: QuietSettings) -> Limits:
    """The user's limits, as the policy knows them."""
    return Limits(
        enabled=settings.enabled,
        gap=timedelta(minutes=settings.gap_minutes),
        per_hour=settings.per_hour,
        per_day=settings.per_day,
        unanswered=settings.unanswered,
        loudest=None if settings.loudest == "voice" else Channel(settings.loudest),
        quiet=quiet,
    )


def next_quiet(now: datetime, quiet: QuietSettings) -> datetime | None:
    """When quiet hours begin next, in the zone of `now`; None where there are none."""
    if not quiet.on or quiet.begins == quiet.ends:
        return None
    begins = time.fromisoformat(quiet.begins)
    today = now.replace(hour=begins.hour, minute=begins.minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def remark_of(thought: StoredThought, now: datetime) -> Remark:
    """A remark of before. One whose reception nobody waited for found no answer; none lies in the future."""
    verdict = Verdict(thought.verdict) if thought.verdict in set(Verdict) else Verdict.IGNORED
    return Remark(min(thought.said_at, now), thought.kind, thought.key, thought.turn, thought.app, verdict)
