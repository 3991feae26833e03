"""What the habits say: is this a moment to speak, how is such a remark received, what comes next.

Pure. Where little is known an answer leans on what is known more generally, and in the end on a prior.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from backend.events.facts import Verdict
from backend.habits.fading import Faded
from backend.habits.model import DAYS, HABIT, SILENCES, Habits, cell, hour_of, named, part_of_day

UNKNOWN = 0.5
"""How a remark is expected to be received by somebody of whom nothing is known."""
_TRUST = 4.0
"""How many remarks it takes to be believed as much as what is known more generally."""
_WEIGHTS = {Verdict.WELCOME: (1.0, 0.0), Verdict.IGNORED: (0.0, 0.5), Verdict.DISMISSED: (0.0, 1.0)}
"""What a verdict counts for and against: somebody who says nothing may only be busy."""

USUAL_SILENCE = timedelta(minutes=10)
_PRIOR_SILENCE = 12
"""the length among SILENCES that holds it"""
_QUANTILE = 0.75
_SILENCES_TRUSTED = 4.0
_HARDLY_ANY = 0.5

_DISTURBS = {
    "meeting": 0.1,
    "gaming": 0.4,
    "watching": 0.5,
    "coding": 0.8,
    "writing": 0.8,
    "design": 0.8,
    "reading": 0.7,
}
"""How a remark is taken in the middle of a task, beside one in the middle of nothing."""
_DEEPEST = 0.3
"""How much an hour in which most is made takes from that."""

_KNOWN_AFTER = timedelta(weeks=2)
_NEVER = 0.02
"""An hour is one in which the user is never there, when less than this share of such hours was worked."""
_UNWELCOME, _UNWELCOME_AFTER = 0.2, 4.0
_USUALLY, _OFTEN_ENOUGH = 0.4, 2.0


def worth(habits: Habits, kind: str, at: datetime, app: str) -> float:
    """How likely a remark of this kind is welcome then and there, 0 to 1.

    Beta counts, from the general to the particular: the kind, the kind at this part of the day, the kind in this
    application. Each leans on the one before as on `_TRUST` remarks. One more dismissal never raises it.
    """
    kind, part, app = named(kind), part_of_day(at, habits.zone), named(app)
    mine = [(key, count) for key, count in habits.reception.items(at) if key[0] == kind]
    expected = _leaning(mine, UNKNOWN)
    expected = _leaning([(key, count) for key, count in mine if key[1] == part], expected)
    return _leaning([(key, count) for key, count in mine if key[2] == app], expected) if app else expected


def _leaning(counts: list[tuple[tuple[str, ...], float]], prior: float) -> float:
    good, bad = _good_and_bad(counts)
    return (_TRUST * prior + good) / (_TRUST + good + bad)


def _good_and_bad(counts: list[tuple[tuple[str, ...], float]]) -> tuple[float, float]:
    good = sum(count * _WEIGHTS[Verdict(key[3])][0] for key, count in counts)
    bad = sum(count * _WEIGHTS[Verdict(key[3])][1] for key, count in counts)
    return good, bad


def usual_silence(habits: Habits, at: datetime) -> timedelta:
    """How long silence is normal at this hour: three of four silences are no longer.

    An hour leans on its neighbours and on the whole day, and all of it on ten minutes.
    """
    hour = int(hour_of(at, habits.zone))
    near = {f"{hour:02d}": 1.0, f"{(hour - 1) % 24:02d}": 0.5, f"{(hour + 1) % 24:02d}": 0.5}
    here = dict.fromkeys(SILENCES, 0.0)
    day = dict.fromkeys(SILENCES, 0.0)
    for (of_hour, end), count in habits.silences.items(at):
        here[int(end)] += count * near.get(of_hour, 0.0)
        day[int(end)] += count
    known = sum(day.values())
    if known < _HARDLY_ANY:
        return USUAL_SILENCE
    day[_PRIOR_SILENCE] += _SILENCES_TRUSTED
    scale = _SILENCES_TRUSTED / (known + _SILENCES_TRUSTED)
    return timedelta(minutes=_quantile({end: here[end] + scale * day[end] for end in SILENCES}))


def _quantile(counts: dict[int, float]) -> float:
    """The length, in minutes, that `_QUANTILE` of the silences do not exceed; even within each step."""
    wanted = _QUANTILE * sum(counts.values())
    below = 0.0
    for begin, end in zip((0, *SILENCES), SILENCES, strict=False):
        if below + counts[end] >= wanted and counts[end] > 0:
            return begin + (end - begin) * (wanted - below) / counts[end]
        below += counts[end]
    return float(SILENCES[-1])


def good_moment(habits: Habits, at: datetime, task: str) -> float:
    """How good this moment is for speaking up, 0 to 1; 0.5 where nothing is known.

    From how remarks of any kind were received at this part of the day, how much the task is disturbed, and how much is
    made at this hour.
    """
    part = part_of_day(at, habits.zone)
    received = [(key, count) for key, count in habits.reception.items(at) if key[1] == part]
    doing = named(task)
    deep = _DEEPEST * depth(habits, at) if doing else 0.0
    return _leaning(received, UNKNOWN) * _DISTURBS.get(doing, 1.0) * (1.0 - deep)


def next_task(habits: Habits, task: str, at: datetime) -> str | None:
    """What usually follows this task, where something does."""
    after = {key[1]: count for key, count in habits.follows.items(at) if key[0] == named(task)}
    best = max(after, key=lambda each: (after[each], each), default=None)
    if best is None or after[best] < _OFTEN_ENOUGH or after[best] < _USUALLY * sum(after.values()):
        return None
    return best


def quiet_now(habits: Habits, at: datetime) -> bool:
    """Whether the user is never at work at such an hour, or mostly waves her away at this part of the day."""
    part = part_of_day(at, habits.zone)
    good, bad = _good_and_bad([(key, count) for key, count in habits.reception.items(at) if key[1] == part])
    if good + bad >= _UNWELCOME_AFTER and good / (good + bad) < _UNWELCOME:
        return True
    if habits.began is None or at - habits.began < _KNOWN_AFTER or habits.hours.total(at) < 1:
        return False
    by_hour = works_by_hour(habits, at)
    hour = int(hour_of(at, habits.zone))
    return max(by_hour[(hour + step) % 24] for step in (-1, 0, 1)) < _NEVER


# --- when ---------------------------------------------------------------------------------------------


def weeks(habits: Habits, at: datetime) -> float:
    """How many weeks the counts stand for, faded as they are: at least one."""
    age = max(timedelta(), at - habits.began) if habits.began is not None else timedelta()
    half_life = HABIT / timedelta(weeks=1)
    return max(1.0, half_life / math.log(2) * (1 - math.pow(0.5, age / HABIT)))


def works(habits: Habits, at: datetime) -> float:
    """Which share of such an hour of the week is worked, 0 to 1."""
    return min(1.0, habits.hours.get(cell(at, habits.zone), at) / weeks(habits, at))


def works_by_hour(habits: Habits, at: datetime) -> list[float]:
    """Which share of each hour of the day is worked, over all days."""
    return _by_hour(habits.hours, habits, at)


def depth(habits: Habits, at: datetime) -> float:
    """How much is made at this hour of the day beside the hour in which most is made, 0 to 1."""
    made = _by_hour(habits.focus, habits, at)
    return made[int(hour_of(at, habits.zone))] / max(made) if max(made) > _NEVER else 0.0


def productive_hours(habits: Habits, at: datetime) -> list[int]:
    """The hours of the day in which most is made."""
    made = _by_hour(habits.focus, habits, at)
    most = max(made)
    return [hour for hour, share in enumerate(made) if most > _NEVER and share >= 0.6 * most]


def _by_hour(counts: Faded, habits: Habits, at: datetime) -> list[float]:
    found = [0.0] * 24
    for key, count in counts.items(at):
        found[int(key[1])] += count
    return [min(1.0, hours / (len(DAYS) * weeks(habits, at))) for hours in found]
