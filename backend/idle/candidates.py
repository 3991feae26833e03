"""What she could speak about now, whether or not she may: one function for each kind.

Pure: from what she has in mind to things that could be said. The categories of silence (2, 5, 10, 30 minutes) and the
weights of mode and time of day are those of the seed system, as a prior; what is learnt comes in with the policy.
No remark makes the user feel guilty or afraid of missing something: none of them says what the user should have done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from alisa.protocol.tags import Cause, Presence
from backend.idle import cues
from backend.idle.habits import Habits
from backend.idle.kinds import SCREEN_TEXT, Candidate, Kind, Urgency
from backend.idle.mind import BACK_FOR, Mind
from backend.sight.words import place, spoken_age

SILENCES: tuple[tuple[timedelta, str, float], ...] = (
    (timedelta(minutes=30), "very long", 1.0),
    (timedelta(minutes=10), "long", 0.75),
    (timedelta(minutes=5), "short", 0.2),
    (timedelta(minutes=2), "brief", 0.1),
)
"""The least length of each category, and how much it makes a remark worth."""
USUAL = timedelta(minutes=10)
"""The silence for which the categories are made; where more is normal, they begin later."""
MODES: Mapping[str, float] = {"teasing": 1.0, "calm": 0.8, "serious": 0.6}
PARTS_OF_THE_DAY: tuple[tuple[int, str, float], ...] = (
    (22, "night", 0.4), (18, "evening", 1.0), (12, "afternoon", 0.9), (6, "morning", 0.8), (0, "night", 0.4),
)  # fmt: skip
STUCK_AFTER = timedelta(seconds=60)
STUCK_AT_MOST = timedelta(minutes=30)
"""An error that stays for longer is not what the user is busy with."""
LONG_WORK = timedelta(minutes=90)
LOOKS_AWAY_AFTER = timedelta(minutes=3)
NEAR_THE_NIGHT = timedelta(minutes=45)
THREAD_AFTER = timedelta(hours=2)
THREAD_AT_MOST = timedelta(hours=36)

Finder = Callable[[Mind, datetime, Habits, datetime | None], Candidate | None]


def candidates(mind: Mind, now: datetime, habits: Habits, quiet_from: datetime | None = None) -> list[Candidate]:
    """Everything that could be said now. `now` is in the user's zone; `quiet_from`: when the next quiet hours begin."""
    found = (finder(mind, now, habits, quiet_from) for finder in _FINDERS)
    return [candidate for candidate in found if candidate is not None]


def _silence(mind: Mind, now: datetime, habits: Habits, _quiet_from: datetime | None) -> Candidate | None:
    if mind.silent_since is None or mind.seen.presence is Presence.ABSENT:
        return None
    silent = now - mind.silent_since
    usual = max(timedelta(minutes=2), habits.usual_silence(now))
    felt = silent * (USUAL / usual) if usual > USUAL else silent
    found = next(((name, weight) for least, name, weight in SILENCES if felt >= least), None)
    if found is None:
        return None
    name, weight = found
    part, of_day = part_of_day(now)
    return Candidate(
        Kind.SILENCE,
        key=f"silence:{now:%Y-%m-%d}:{part}",
        reason=f"nobody had spoken for {spoken_age(silent)}",
        cue=cues.MUSE,
        weight=weight * of_day * MODES.get(mind.mode, 0.9),
        urgency=Urgency.MEDIUM if name in ("long", "very long") else Urgency.LOW,
        details={"silence": name, "minutes": round(silent.total_seconds() / 60)},
    )


def _back(mind: Mind, now: datetime, _habits: Habits, _quiet_from: datetime | None) -> Candidate | None:
    if mind.back_at is None or now - mind.back_at > BACK_FOR:
        return None
    away = spoken_age(mind.away_for)
    return Candidate(
        Kind.BACK,
        key=f"back:{mind.back_at:%Y-%m-%dT%H:%M}",
        reason=f"you came back after {away}",
        cue=cues.BACK,
        weight=1.0 if mind.away_for >= timedelta(minutes=30) else 0.7,
        urgency=Urgency.HIGH,
        cause=Cause.VISION,
        grounds=frozenset({"presence"}),
        needs_breakpoint=False,
        looks_for_eyes=False,
        details={"away_minutes": round(mind.away_for.total_seconds() / 60)},
    )


def _away(mind: Mind, now: datetime, _habits: Habits, _quiet_from: datetime | None) -> Candidate | None:
    """Somebody who looks away is hardly ever worth a word."""
    if mind.looking_away_since is None or now - mind.looking_away_since < LOOKS_AWAY_AFTER:
        return None
    return Candidate(
        Kind.AWAY,
        key=f"away:{now:%Y-%m-%d}",
        reason="you had been looking elsewhere for some minutes",
        cue=cues.MUSE,
        weight=0.15,
        cause=Cause.VISION,
        grounds=frozenset({"attention"}),
    )


def _stuck(mind: Mind, now: datetime, _habits: Habits, _quiet_from: datetime | None) -> Candidate | None:
    trouble = mind.trouble
    if trouble is None or not STUCK_AFTER <= now - trouble.since <= STUCK_AT_MOST:
        return None
    where = place(trouble.error)
    stays = spoken_age(now - trouble.since)
    return Candidate(
        Kind.STUCK,
        key=f"stuck:{trouble.error.kind}:{where}",
        reason=f"an error{f' in {where}' if where else ''} had been on the screen for {stays}",
        cue=cues.stuck(where),
        weight=1.0 if where else 0.5,
        urgency=Urgency.HIGH if where else Urgency.MEDIUM,
        cause=Cause.VISION,
        grounds=frozenset({SCREEN_TEXT, "the error stays"}),
        needs_breakpoint=False,
        details={"where": where, "kind": trouble.error.kind},
        naming=cues.naming(trouble.error),
    )


def _break(mind: Mind, now: datetime, _habits: Habits, _quiet_from: datetime | None) -> Candidate | None:
    if mind.working_since is None or now - mind.working_since < LONG_WORK:
        return None
    worked = now - mind.working_since
    return Candidate(
        Kind.BREAK,
        key=f"break:{mind.working_since:%Y-%m-%dT%H}:{worked // timedelta(hours=2)}",
        reason=f"you had been working for {cues.how_long(worked)} without a break",
        cue=cues.long_work(worked),
        weight=0.7 if worked < timedelta(hours=3) else 1.0,
        urgency=Urgency.MEDIUM,
        cause=Cause.VISION,
        grounds=frozenset({"task", "time"}),
        details={"worked_minutes": round(worked.total_seconds() / 60)},
    )


def _late(mind: Mind, now: datetime, _habits: Habits, quiet_from: datetime | None) -> Candidate | None:
    if quiet_from is None or not timedelta() < quiet_from - now <= NEAR_THE_NIGHT:
        return None
    if mind.seen.presence is not Presence.PRESENT:
        return None
    return Candidate(
        Kind.LATE,
        key=f"late:{now:%Y-%m-%d}",
        reason="it was getting late",
        cue=cues.MUSE,
        weight=0.5,
        urgency=Urgency.MEDIUM,
        grounds=frozenset({"time"}),
    )


def _thread(mind: Mind, now: datetime, _habits: Habits, _quiet_from: datetime | None) -> Candidate | None:
    thread = mind.thread
    if thread is None or not THREAD_AFTER <= now - thread.at <= THREAD_AT_MOST:
        return None
    return Candidate(
        Kind.THREAD,
        key=f"thread:{thread.turn}",
        reason="you had wanted to come back to something",
        cue=cues.MUSE,
        weight=0.8,
        urgency=Urgency.MEDIUM,
        grounds=frozenset({"your words"}),
        details={"turn": thread.turn},
    )


_FINDERS: tuple[Finder, ...] = (_back, _stuck, _break, _thread, _late, _silence, _away)


def part_of_day(now: datetime) -> tuple[str, float]:
    """The part of the day, and its weight."""
    return next((name, weight) for hour, name, weight in PARTS_OF_THE_DAY if now.hour >= hour)
