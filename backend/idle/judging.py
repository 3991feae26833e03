"""How something that she said unasked was received: welcome, waved away, or passed over.

Pure. An answer within some minutes is a welcome; "not now", a thumb down, a snooze or silencing her waves the remark
away, and so does cutting her off, unless the words that follow are an answer; when nothing comes, it was passed over.
Times are given; who listens for the facts is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alisa.protocol.tags import EndReason
from backend.events import facts
from backend.events.facts import Verdict
from backend.idle import phrases
from backend.idle.kinds import Remark

ANSWERED_WITHIN = timedelta(minutes=5)
WORDS_FOLLOW_WITHIN = timedelta(seconds=10)
"""Who cuts in has said by then what they wanted to say."""


@dataclass(slots=True)
class Reception:
    """A remark that waits for its verdict."""

    remark: Remark
    since: datetime
    """when it was complete, or began"""
    cut_off_at: datetime | None = None

    def take(self, fact: facts.Fact, now: datetime) -> Verdict | None:
        """What this fact says about the remark; None: nothing yet."""
        turn = self.remark.turn
        if isinstance(fact, facts.TurnEnded) and fact.turn == turn:
            self.since = now
        match fact:
            case facts.FeedbackGiven(turn=about, value=value) if about in (None, turn) and value:
                return Verdict.DISMISSED if value < 0 else Verdict.WELCOME
            case facts.UserSpoke(text=text):
                return Verdict.DISMISSED if phrases.waves_away(text) else Verdict.WELCOME
            case facts.Snoozed(until=until) if until > now:
                return Verdict.DISMISSED
            case facts.MuteChanged(muted=True):
                return Verdict.DISMISSED
            case (
                facts.CutIn(turn=about)
                | facts.SpeechFinished(turn=about, completed=False)
                | facts.TurnEnded(turn=about, reason=EndReason.INTERRUPTED)
            ) if about in (None, turn):
                self.cut_off_at = self.cut_off_at or now
            case _:
                pass
        return None

    def pass_time(self, now: datetime) -> Verdict | None:
        """What follows from nothing having come."""
        if self.cut_off_at is not None and now - self.cut_off_at >= WORDS_FOLLOW_WITHIN:
            return Verdict.DISMISSED
        return Verdict.IGNORED if now - self.since >= ANSWERED_WITHIN else None

    def shift(self, by: timedelta) -> None:
        """The clock was set back by so much, a negative span."""
        self.remark = replace(self.remark, at=self.remark.at + by)
        self.since += by
        self.cut_off_at = None if self.cut_off_at is None else self.cut_off_at + by
