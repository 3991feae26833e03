"""How well she chooses when to speak up: over a thousand simulated days, or along a labelled trace.

`python -m benchmarks.initiative [--quick]` lives through the days of synthetic users whose taste is known: nothing may
be said in a gated state, no cap exceeded in any window, being waved away more often may never bring more remarks, and
what she earns is compared with an oracle that knows the taste and obeys the same limits. `--trace FILE` replays one.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alisa.protocol.tags import Source
from alisa.runtime.errors import AlisaError
from backend.events import facts
from backend.events.facts import Verdict
from backend.idle.habits import Habits, NoHabits
from backend.idle.kinds import Kind, Remark
from backend.idle.phrases import waves_away
from backend.idle.policy import Limits
from benchmarks.initiative_run import Learnt, Run
from benchmarks.initiative_trace import read, replay
from benchmarks.initiative_users import REWARD, Happening, User
from benchmarks.report import Figure, Report

LOOK_EVERY = timedelta(minutes=1)
NIGHT = timedelta(hours=4)
"""A gap of this length is not lived through minute by minute: nobody is there."""
THRESHOLDS = (0.0, 0.2, 0.4)
"""What a remark must be worth to the oracle; the best of these in hindsight counts, for each user."""
GRUMPINESS = (0.0, 0.25, 0.5, 0.75, 1.0)
AWAY = timedelta(minutes=10)
BUSY = ("call", "fullscreen", "presentation", "do_not_disturb")
ANSWERS = {Verdict.WELCOME: "Oh, thank you!", Verdict.DISMISSED: "Not now."}


class Oracle(NoHabits):
    """Habits that know the user's taste."""

    def __init__(self, user: User, threshold: float) -> None:
        self._user, self._threshold = user, threshold

    def worth(self, kind: str, at: datetime, app: str) -> float:
        del app
        return float(self._user.value(Kind(kind), at) > self._threshold)


@dataclass
class Truth:
    """How it really stands with the user, kept apart from what she believes."""

    present: bool = False
    busy: bool = False
    looks_away: bool = False
    immersed: bool = False
    snoozed_until: datetime | None = None
    left_at: datetime | None = None
    engaged_at: datetime | None = None
    """when the user last had to do with her, came back or began a day"""
    wrong: list[str] = field(default_factory=list)
    """what was said in a gated state"""

    def note(self, happening: Happening) -> None:
        """This happened."""
        at, values = happening.at, happening.values
        match happening.eye:
            case "face":
                self._see(at, values)
            case "system":
                self.busy = any(values.get(name) for name in BUSY)
            case "screen":
                self.immersed = values.get("task") in ("meeting", "gaming", "watching")
            case "said":
                self.answer(values["text"], at)
            case _:
                pass

    def answer(self, text: str, at: datetime) -> None:
        """The user said this."""
        if not waves_away(text):
            self.engaged_at = at

    def _see(self, at: datetime, values: Mapping[str, Any]) -> None:
        self.present = values["presence"] == "present"
        self.looks_away = values.get("attention") == "distracted"
        if not self.present:
            self.left_at = self.left_at or at
        elif self.left_at is None or at - self.left_at >= AWAY:
            self.engaged_at, self.left_at, self.immersed = at, None, False
        else:
            self.left_at = None

    def check(self, now: datetime, run: Run, off: Collection[str]) -> None:
        """She said something now: was she allowed to? `off`: the kinds that she had given up."""
        kind = Kind(run.said[-1].kind)
        quiet = now.hour >= 22 or now.hour < 8
        snoozed = self.snoozed_until is not None and now < self.snoozed_until
        looks_away = self.looks_away and kind not in (Kind.BACK, Kind.AWAY)
        immersed = self.immersed and kind is not Kind.BACK
        before = run.said[-2] if len(run.said) > 1 else None
        answered = before is None or before.verdict is Verdict.WELCOME
        unanswered = not answered and before is not None and (self.engaged_at is None or before.at >= self.engaged_at)
        gated = quiet or snoozed or self.busy or not self.present or looks_away or immersed or unanswered
        if gated or kind.value in off:
            self.wrong.append(now.isoformat())


@dataclass(frozen=True)
class Life:
    """What became of some days."""

    said: Sequence[Remark]
    wrong: int
    earned: float


def live(
    user: User, days: int, habits: Habits, *, gives_up: bool = True, wants_back: bool = True, grumpiness: float = 0.0
) -> Life:
    """One user's days with her. `wants_back`: what the user likes and she gave up is turned on again the next day."""
    now = next(user.day(0)).at
    run, truth = Run(now, habits, gives_up=gives_up), Truth()
    earned, turn = 0.0, 0
    reply: tuple[datetime, str] | None = None
    for day in range(days):
        for kind in [kind for kind in run.mind.given_up if wants_back and user.misses(Kind(kind))]:
            run.turn_on(kind)  # it was said that she gave it up, and how it comes back
        for happening in user.day(day):
            if happening.at - now > NIGHT:
                now = happening.at - LOOK_EVERY
            while True:
                due = min(now + LOOK_EVERY, happening.at, reply[0] if reply else happening.at)
                now = max(now, due)
                if reply is not None and now >= reply[0]:
                    turn += 1
                    run.take(facts.UserSpoke("main", 10**6 + turn, reply[1], Source.TYPED, "sim", now), now)
                    truth.answer(reply[1], now)
                    reply = None
                if now >= happening.at:
                    truth.note(happening)
                    _happen(run, habits, happening, now)
                off = set(run.mind.given_up)
                if run.look(now).spoke:
                    truth.check(now, run, off)
                    verdict = user.reaction(Kind(run.said[-1].kind), now, grumpiness=grumpiness)
                    earned += REWARD[verdict]
                    if verdict in ANSWERS:
                        reply = (now + timedelta(seconds=40), ANSWERS[verdict])
                    if verdict is Verdict.DISMISSED:
                        truth.snoozed_until = now + timedelta(hours=4)
                if now >= happening.at:
                    break
    return Life(run.said, len(truth.wrong), earned)


def _happen(run: Run, habits: Habits, happening: Happening, now: datetime) -> None:
    if happening.eye == "said":
        run.take(facts.UserSpoke("main", 1, happening.values["text"], Source.TYPED, "sim", now), now)
        return
    before = run.mind.seen
    run.take(facts.SightChanged("main", happening.eye, happening.values), now)
    if isinstance(habits, Learnt) and happening.eye == "screen" and before.screen is not None:
        habits.habits.worked(max(before.screen.at, now - timedelta(hours=1)), now, task=before.task, app=before.app)
        habits.habits.switched(before.task, run.mind.seen.task, now)


def exceeded(said: Sequence[Remark], limits: Limits) -> int:
    """How many windows hold more than they may; every window that ends at a remark is looked at."""
    count = 0
    for place, each in enumerate(said):
        ages = [each.at - other.at for other in said[max(0, place - 60) : place + 1]]
        count += sum(age < timedelta(hours=1) for age in ages) > limits.per_hour
        count += sum(age < timedelta(days=1) for age in ages) > limits.per_day
        count += place > 0 and each.at - said[place - 1].at < limits.gap
    return count


def simulate(report: Report, *, users: int, days: int) -> None:
    """Live through it all."""
    began = time.perf_counter()
    everybody = [User.drawn(seed) for seed in range(users)]
    hers = [live(user, days, Learnt()) for user in everybody]
    report.add("simulated_days", Figure(users * days, "days"))
    report.add("remarks_a_day", Figure(sum(len(life.said) for life in hers) / (users * days), "remarks"))
    report.add("said_in_a_gated_state", Figure(sum(life.wrong for life in hers), "remarks", 0))
    report.add("windows_over_a_cap", Figure(sum(exceeded(life.said, Limits()) for life in hers), "windows", 0))
    oracle = sum(
        max(live(user, days, Oracle(user, threshold), gives_up=False).earned for threshold in THRESHOLDS)
        for user in everybody
    )
    earned = sum(life.earned for life in hers)
    report.add("earned_a_day", Figure(earned / (users * days), "rewards"))
    report.add("oracle_a_day", Figure(oracle / (users * days), "rewards"))
    report.add("share_of_the_oracle", Figure(earned / oracle if oracle > 0 else 1.0, "of 1", 0.8, "higher"))
    few = everybody[: max(2, users // 5)]
    counts = [
        sum(len(live(user, days, Learnt(), wants_back=False, grumpiness=each).said) for user in few)
        for each in GRUMPINESS
    ]
    for grumpiness, count in zip(GRUMPINESS, counts, strict=True):
        report.add(f"remarks_a_day_waved_away_{grumpiness:.0%}", Figure(count / (len(few) * days), "remarks"))
    rises = sum(later > earlier for earlier, later in itertools.pairwise(counts))
    report.add("more_dismissals_more_remarks", Figure(rises, "times", 0))
    report.add("seconds", Figure(time.perf_counter() - began, "s"))


def trace(report: Report, path: Path) -> None:
    """Replay a labelled trace."""
    score = replay(read(path))
    report.add("precision", Figure(score.precision, "of 1"))
    report.add("recall", Figure(score.recall, "of 1"))
    report.add("f1", Figure(score.f1, "of 1"))
    report.add("false_alarms_an_hour", Figure(score.false_alarms_an_hour, "an hour"))
    report.add("hits", Figure(score.hits, "moments"))
    report.add("misses", Figure(score.misses, "moments"))
    report.add("hours", Figure(score.hours, "h"))


def main() -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.initiative", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--quick", action="store_true", help="fewer days")
    parser.add_argument("--trace", type=Path, metavar="FILE", help="replay a labelled trace (JSON lines)")
    chosen = parser.parse_args()
    report = Report("initiative")
    try:
        if chosen.trace is not None:
            trace(report, chosen.trace)
        elif chosen.quick:
            simulate(report, users=5, days=20)
        else:
            simulate(report, users=20, days=50)
    except (AlisaError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    report.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
