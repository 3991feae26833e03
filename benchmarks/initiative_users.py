"""Synthetic users of known taste: what their days look like to the eyes, and how they take a remark.

Each user is drawn from a seed, and so is each day: whoever lives with the user, the same things happen to them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from backend.events.facts import Verdict
from backend.idle.kinds import Kind

FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)
REWARD = {Verdict.WELCOME: 1.0, Verdict.IGNORED: -0.25, Verdict.DISMISSED: -1.0}
"""What a remark is worth to the user by how it was received."""
APPS = (
    ("Editor", "coding"), ("Terminal", "terminal"), ("Firefox", "browsing"), ("Writer", "writing"), ("Mail", "reading"),
    ("Player", "watching"),
)  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """Something that happens to the user, as the hub would hear of it."""

    at: datetime
    eye: str
    """`face`, `screen`, `system`, or `said`"""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class User:
    """Somebody, and what they like."""

    seed: int
    likes: dict[tuple[Kind, str], float]
    """how likely a remark of a kind is welcome in a part of the day"""
    temper: float
    """how likely an unwelcome one is waved away rather than passed over"""

    @classmethod
    def drawn(cls, seed: int) -> User:
        """A user who loves some kinds, bears others and hates the rest, more or less so by the part of the day."""
        rng = random.Random(seed)
        likes = {}
        for kind in Kind:
            usual = rng.choice((0.05, 0.2, 0.5, 0.75, 0.9, 0.95))
            for part in ("morning", "afternoon", "evening"):
                likes[kind, part] = min(0.98, max(0.02, usual + rng.uniform(-0.15, 0.15)))
        return cls(seed, likes, rng.uniform(0.1, 0.9))

    def welcome(self, kind: Kind, at: datetime) -> float:
        """How likely such a remark is welcome."""
        return self.likes[kind, "morning" if at.hour < 12 else "afternoon" if at.hour < 18 else "evening"]

    def value(self, kind: Kind, at: datetime) -> float:
        """What such a remark earns in expectation."""
        p = self.welcome(kind, at)
        unwelcome = self.temper * REWARD[Verdict.DISMISSED] + (1 - self.temper) * REWARD[Verdict.IGNORED]
        return p * REWARD[Verdict.WELCOME] + (1 - p) * unwelcome

    def misses(self, kind: Kind) -> bool:
        """Whether the user, told that she gave up a kind of remark, wants it back."""
        noon = FIRST_DAY.replace(hour=12)
        return sum(self.value(kind, noon + timedelta(hours=step)) for step in (-3, 3, 7)) > 0

    def reaction(self, kind: Kind, at: datetime, *, grumpiness: float = 0.0) -> Verdict:
        """How this remark is taken; the dice fall the same each time. `grumpiness`: so many are waved away anyhow."""
        rng = random.Random(f"{self.seed}/{at.date()}/{at.hour}/{kind}")
        liked, temper, mood = rng.random(), rng.random(), rng.random()
        if mood < grumpiness:
            return Verdict.DISMISSED
        if liked < self.welcome(kind, at):
            return Verdict.WELCOME
        return Verdict.DISMISSED if temper < self.temper else Verdict.IGNORED

    def day(self, number: int) -> Iterator[Happening]:
        """Everything that happens on one day, in order."""
        rng = random.Random(f"{self.seed}/{number}")
        start = FIRST_DAY + timedelta(days=number)
        now = start + timedelta(minutes=rng.randint(7 * 60, 9 * 60 + 30))
        end = start + timedelta(minutes=rng.randint(20 * 60, 23 * 60 + 30))
        yield Happening(now, "face", {"presence": "present"})
        yield Happening(now, "system", {"idle_seconds": 0})
        while now < end:
            now += timedelta(seconds=rng.randint(60, 900))
            for happening in _next(rng, now):
                now = max(now, happening.at)
                yield happening
        yield Happening(now, "face", {"presence": "absent"})
        yield Happening(now, "system", {"idle_seconds": 1800})


def _next(rng: random.Random, now: datetime) -> Iterator[Happening]:
    """What happens next, some of it with an end."""
    app, task = rng.choice(APPS)
    screen = {"app": app, "task": task, "window": f"document {rng.randint(1, 9)} - {app}"}
    what = rng.random()
    if what < 0.55:
        yield Happening(now, "screen", screen)
    elif what < 0.63:
        yield Happening(now, "screen", {**screen, "window": f"● notes.md - {app}"})
        yield Happening(
            now + timedelta(seconds=rng.randint(30, 300)), "screen", {**screen, "window": f"notes.md - {app}"}
        )
    elif what < 0.70:
        line = rng.randint(1, 400)
        error = {"error_kind": "python", "error_file": f"m{rng.randint(1, 30)}.py", "error_line": line}
        yield Happening(now, "screen", {"app": "Terminal", "task": "terminal", **error})
        yield Happening(now + timedelta(seconds=rng.randint(20, 900)), "screen", screen)
    elif what < 0.76:
        busy = rng.choice(("call", "fullscreen", "presentation", "do_not_disturb"))
        yield Happening(now, "system", {busy: True, "idle_seconds": 0})
        yield Happening(now + timedelta(minutes=rng.randint(5, 60)), "system", {"idle_seconds": 0})
    elif what < 0.82:
        back = now + timedelta(minutes=rng.choice((3, 8, 15, 30, 60)))
        yield Happening(now, "face", {"presence": "absent"})
        yield Happening(now + timedelta(minutes=1), "system", {"idle_seconds": 60})
        yield Happening(back, "face", {"presence": "present"})
        yield Happening(back, "system", {"idle_seconds": 0})
    elif what < 0.88:
        yield Happening(now, "system", {"idle_seconds": 60})
        yield Happening(now + timedelta(seconds=rng.randint(30, 300)), "system", {"idle_seconds": 0})
    elif what < 0.91:
        yield Happening(now, "face", {"presence": "present", "attention": "distracted"})
        yield Happening(now + timedelta(minutes=rng.randint(1, 10)), "face", {"presence": "present"})
    else:
        text = rng.choice(("How are you?", "What time is it?", "I have an exam tomorrow", "Tell me a joke", "be quiet"))
        yield Happening(now, "said", {"text": text})
