"""What she keeps in mind for speaking up: how things stand, as the facts tell.

Each fact changes it at a time that is given; nothing here waits, asks or decides. Candidates and the policy read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alisa.protocol.tags import Presence, Source
from backend.events import facts
from backend.idle import phrases
from backend.idle.kinds import Remark
from backend.idle.moments import FRESH_FOR, PAUSE_SECONDS, Breakpoint, between
from backend.idle.policy import shifted, without_old
from backend.sight.seen import Error, Seen, after_report, after_status, fresh

SETTLES = timedelta(minutes=2)
"""After a start, or when the computer wakes, nothing is said for so long."""
HEARD_FOR = timedelta(seconds=12)
"""A transcript in progress that says nothing new for so long is over."""
LONGEST_SPEECH = timedelta(minutes=5)
"""A voice that never says that it has finished is not believed for longer."""
REAL_PAUSE = timedelta(minutes=10)
"""A pause in work of this length begins a new stretch."""
NEW_DAY_AFTER = timedelta(hours=5)
BACK_FOR = timedelta(minutes=3)
"""So long after a return it is still one."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error that the screen shows, and since when."""

    error: Error
    since: datetime
    app: str


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Something that the user wanted to come back to."""

    turn: int
    at: datetime


@dataclass
class Mind:
    """How things stand in the conversation in which the user is."""

    started: datetime
    away_after: timedelta = timedelta(minutes=10)
    """a shorter absence is none"""
    conversation: str = "main"
    mode: str = ""
    seen: Seen = field(default_factory=Seen)
    silent_since: datetime | None = None
    """since when neither has said anything"""
    spoke_at: datetime | None = None
    spoke_aloud_at: datetime | None = None
    running: int | None = None
    playing_since: datetime | None = None
    heard_at: datetime | None = None
    """when somebody was last heard speaking, in words that are not complete"""
    goodbye: bool = False
    snoozed_until: datetime | None = None
    engaged_at: datetime | None = None
    settled_at: datetime | None = None
    unsettled_by: str = "she has only just started"
    last_breakpoint: tuple[Breakpoint, datetime] | None = None
    absent_since: datetime | None = None
    hands_rested: bool = False
    """whether the keyboard was left alone, too, since the face is gone: who types is there, wherever they look"""
    back_at: datetime | None = None
    """when the user came back from a real absence that nobody has remarked on"""
    away_for: timedelta = timedelta()
    looking_away_since: datetime | None = None
    trouble: Trouble | None = None
    working_since: datetime | None = None
    pausing_since: datetime | None = None
    stirred_at: datetime | None = None
    thread: OpenThread | None = None
    remarks: list[Remark] = field(default_factory=list)
    given_up: dict[str, str] = field(default_factory=dict)
    """the kinds that are off, and who turned them off: `you` or `learnt`"""

    def __post_init__(self) -> None:
        self.silent_since = self.stirred_at = self.started
        self.settled_at = self.started + SETTLES

    # --- what happens --------------------------------------------------------------------------------

    def take(self, fact: facts.Fact, now: datetime) -> None:
        """Something happened."""
        match fact:
            case facts.UserSpoke():
                self._user_spoke(fact, now)
            case facts.TurnBegan() if fact.conversation == self.conversation:
                self.running, self.silent_since = fact.turn, now
            case facts.TurnEnded() if fact.conversation == self.conversation:
                self.running, self.silent_since = None, now
            case facts.SpeechBegan():
                self.playing_since = now
            case facts.SpeechFinished():
                self.playing_since, self.silent_since = None, now
            case facts.PartialHeard():
                self.heard_at = self.silent_since = now
            case facts.ModeChanged() if fact.conversation == self.conversation:
                self.mode = fact.mode
            case facts.Snoozed(until=until):
                self.snoozed_until = until if until > now else None
                self.goodbye = self.goodbye and until > now
            case facts.SightChanged():  # it is the same person, in whichever conversation they are
                self._look(after_report(self.seen, fact.eye, fact.values, now), now)
            case facts.StatusChanged():
                self._look(after_status(self.seen, fact.values), now)
            case _:
                pass

    def recall(self, remarks: list[Remark], now: datetime) -> None:
        """This was said before the hub was started. A start is no answer to it, a night between is as good as one."""
        self.remarks = remarks
        if remarks and now - remarks[-1].at >= NEW_DAY_AFTER:
            self.engaged_at = now

    def pass_time(self, now: datetime) -> None:
        """So late it is now: forget what is stale."""
        self._look(fresh(self.seen, now), now)
        self.remarks = without_old(self.remarks, now)

    def wake(self, now: datetime) -> None:
        """The computer slept, or its clock jumped: what had gathered before is no reason to speak.

        After a whole night of it a new day begins.
        """
        if self.stirred_at is None or now - self.stirred_at >= NEW_DAY_AFTER:
            self.engaged_at = now
        self.silent_since = self.stirred_at = now
        self.hold_back(now + SETTLES, "the computer has only just woken, or its clock was set")
        self.last_breakpoint = self.working_since = self.looking_away_since = self.heard_at = self.playing_since = None
        self.trouble = self.thread = self.back_at = None
        if self.absent_since is not None:
            self.absent_since = now

    def hold_back(self, until: datetime, why: str) -> None:
        """Say nothing until then."""
        self.settled_at, self.unsettled_by = until, why

    def shift(self, by: timedelta) -> None:
        """The clock was set back by so much (a negative span): everything is as old as it was before."""
        for name in (
            "silent_since", "spoke_at", "spoke_aloud_at", "playing_since", "heard_at", "snoozed_until", "engaged_at",
            "settled_at", "absent_since", "back_at", "looking_away_since", "working_since", "pausing_since",
            "stirred_at",
        ):  # fmt: skip
            at = getattr(self, name)
            setattr(self, name, None if at is None else at + by)
        self.last_breakpoint = None
        self.remarks = shifted(self.remarks, by)

    def _user_spoke(self, fact: facts.UserSpoke, now: datetime) -> None:
        if fact.conversation != self.conversation:
            self.conversation, self.running, self.thread = fact.conversation, None, None
        self.spoke_at = self.silent_since = self.stirred_at = now
        self.heard_at = self.absent_since = None
        if fact.source is Source.SPOKEN:
            self.spoke_aloud_at = now
        self.goodbye = phrases.says_goodbye(fact.text)
        if not phrases.waves_away(fact.text):
            self.engaged_at = now
        self.thread = OpenThread(fact.turn, now) if phrases.leaves_open(fact.text) else None

    # --- what is seen ----------------------------------------------------------------------------------

    def _look(self, seen: Seen, now: datetime) -> None:
        before, self.seen = self.seen, seen
        if seen == before:
            return
        found = between(before, seen)
        if found is not None:
            self.last_breakpoint = (found, now)
        self._note_presence(before.presence, seen.presence, now)
        self._note_error(now)
        self._note_work(now)
        distracted = seen.attention == "distracted"
        self.looking_away_since = (self.looking_away_since or now) if distracted else None

    def _note_presence(self, before: Presence | None, after: Presence | None, now: datetime) -> None:
        if after is Presence.ABSENT:
            rested = self.seen.system is None or self.seen.idle_seconds >= PAUSE_SECONDS or bool(self.seen.busy)
            self.hands_rested = rested or (self.hands_rested and self.absent_since is not None)
            self.absent_since = self.absent_since or now
            self.back_at = None
        elif after is Presence.PRESENT:
            gone = self.absent_since is not None and self.hands_rested
            if gone and self.absent_since is not None and now - self.absent_since >= self.away_after:
                self.back_at, self.away_for = now, now - self.absent_since
                self.last_breakpoint = (Breakpoint.RETURN, now)
                self.engaged_at, self.goodbye = now, False
                self.silent_since = now
            self.absent_since = None
            if self.stirred_at is None or now - self.stirred_at >= NEW_DAY_AFTER:
                self.engaged_at, self.goodbye = now, False
            self.stirred_at = now
        elif before is Presence.PRESENT:
            self.stirred_at = now

    def _note_error(self, now: datetime) -> None:
        error = self.seen.error
        if error is None:
            self.trouble = None
        elif self.trouble is None or self.trouble.error != error:
            self.trouble = Trouble(error, now, self.seen.app)

    def _note_work(self, now: datetime) -> None:
        """A stretch of work goes on through short pauses."""
        paused = self.seen.presence is Presence.ABSENT or self.seen.idle_seconds >= PAUSE_SECONDS
        if paused:
            self.pausing_since = self.pausing_since or now
            return
        if self.pausing_since is not None and now - self.pausing_since >= REAL_PAUSE:
            self.working_since = None
        self.pausing_since = None
        self.working_since = (self.working_since or now) if self.seen.task in WORK else None

    # --- as the policy asks -----------------------------------------------------------------------------

    def breakpoint_at(self, now: datetime) -> Breakpoint | None:
        """The breakpoint of a moment ago."""
        if self.last_breakpoint is None or now - self.last_breakpoint[1] > FRESH_FOR:
            return None
        return self.last_breakpoint[0]

    def speaking_at(self, now: datetime) -> str:
        """Who speaks or what runs, in words; empty: nobody and nothing."""
        if self.running is not None:
            return "a reply is being written"
        if self.playing_since is not None and now - self.playing_since < LONGEST_SPEECH:
            return "she is speaking"
        if self.heard_at is not None and now - self.heard_at < HEARD_FOR:
            return "you are speaking"
        if self.spoke_at is not None and now - self.spoke_at < HEARD_FOR:
            return "you have just said something"
        return ""

    def is_settled_in(self, now: datetime) -> bool:
        """Whether the user is here, and has been for so long that nobody greets them any more."""
        return self.absent_since is None and (self.back_at is None or now - self.back_at > BACK_FOR)

    def unsettled_at(self, now: datetime) -> str:
        """Why it is too early for anything, in words."""
        return self.unsettled_by if self.settled_at is not None and now < self.settled_at else ""


WORK = frozenset({"coding", "writing", "design", "terminal", "reading", "spreadsheet"})
"""The tasks that make a stretch of work."""
