"""When a process that ended is started again, and when it is given up. Pure: time is an argument.

A process that had been ready is started again at once: somebody is waiting for it. One that never
gets that far is tried a few times with growing pauses, then given up, because a machine that
restarts a broken program for ever only gets hot. One that does get ready but keeps dying is given
up, too, by counting its ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the policy."""

    first_pause_seconds: float = 0.25
    longest_pause_seconds: float = 10.0
    failed_starts: int = 5
    """so many ends in a row before it was ready: given up"""
    window_seconds: float = 60.0
    window_ends: int = 30
    """so many ends within the window, ready or not: given up"""
    final_codes: frozenset[int] = frozenset({2, 3})
    """exit codes that say: trying again does not help (wrong use, something is missing)"""


@dataclass(frozen=True, slots=True)
class Life:
    """One life of a process: monotonic seconds; `code` None: it was ended because it hung."""

    started: float
    ready: float | None
    ended: float
    code: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """What the policy remembers of earlier lives."""

    failed_starts: int = 0
    ends: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """Start it again after this many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Do not start it again; `why` is a clause, "" where its own last words say it all."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """It ended by itself without an error: it is not needed, or not wanted any more."""


Verdict = Again | GiveUp | Finished


@dataclass(frozen=True, slots=True)
class Policy:
    """Decides after each life. `jitter` gives a factor, 0.5 to 1.0 in real use."""

    limits: Limits = field(default_factory=Limits)
    jitter: Callable[[], float] = lambda: 1.0

    def judge(self, record: Record, life: Life, *, may_leave: bool = False) -> tuple[Verdict, Record]:
        """What to do after `life`, and what to remember. `may_leave`: it may also end for good once it was ready."""
        limits = self.limits
        if life.code == 0 and (may_leave or life.ready is None):
            return Finished(), record
        if life.code in limits.final_codes and life.ready is None:
            return GiveUp(), record
        after = replace(
            record,
            failed_starts=record.failed_starts + 1 if life.ready is None else 0,
            ends=(*(at for at in record.ends if at > life.ended - limits.window_seconds), life.ended),
        )
        if after.failed_starts >= limits.failed_starts:
            return GiveUp(f"it failed to start {after.failed_starts} times in a row"), after
        if len(after.ends) >= limits.window_ends:
            return GiveUp(f"it ended {len(after.ends)} times within {limits.window_seconds:.0f} s"), after
        if after.failed_starts == 0:
            return Again(0.0), after
        pause = limits.first_pause_seconds * 2 ** (after.failed_starts - 1)
        return Again(min(pause, limits.longest_pause_seconds) * self.jitter()), after
