"""Her initiative without a hub, a loop or a model: facts and times in, remarks out; for the simulation and the replay.

Everything that decides is the hub's own: `mind`, `candidates`, `policy`, `judging`, and the habits.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from alisa.protocol.tags import Cause, Emotion, EndReason
from backend.events import facts
from backend.events.facts import Verdict
from backend.habits import model as habits_model
from backend.habits import questions
from backend.idle.candidates import candidates
from backend.idle.habits import Habits
from backend.idle.judging import ANSWERED_WITHIN, Reception
from backend.idle.kinds import Kind, Remark
from backend.idle.limits import next_quiet
from backend.idle.mind import Mind
from backend.idle.phrases import waves_away
from backend.idle.policy import IN_A_ROW, Decision, Limits, Situation, choose, dismissed_in_a_row


class Learnt:
    """The real habits, asked directly."""

    def __init__(self) -> None:
        self.habits = habits_model.Habits(UTC)

    def worth(self, kind: str, at: datetime, app: str) -> float:
        return questions.worth(self.habits, kind, at, app)

    def usual_silence(self, at: datetime) -> timedelta:
        return questions.usual_silence(self.habits, at)

    def quiet_now(self, at: datetime) -> bool:
        return questions.quiet_now(self.habits, at)

    def good_moment(self, at: datetime, task: str) -> float:
        return questions.good_moment(self.habits, at, task)


@dataclass
class Run:
    """One user's days with her."""

    started: datetime
    habits: Habits
    limits: Limits = field(default_factory=Limits)
    gives_up: bool = True
    said: list[Remark] = field(default_factory=list)
    """everything that she ever said"""
    silent: dict[str, int] = field(default_factory=dict)
    """how often each gate held her back"""

    def __post_init__(self) -> None:
        self.mind = Mind(self.started, mode="teasing")
        self._receptions: list[Reception] = []

    def take(self, fact: facts.Fact, now: datetime) -> None:
        """Something happened."""
        for reception in list(self._receptions):
            self._judge(reception, reception.take(fact, now))
        last = self.said[-1] if self.said else None
        soon = last is not None and last.verdict is Verdict.WELCOME and now - last.at < ANSWERED_WITHIN
        if last is not None and soon and isinstance(fact, facts.UserSpoke) and waves_away(fact.text):
            self._rejudge(last, Verdict.DISMISSED)  # as the loop of the hub does
        self.mind.take(fact, now)

    def look(self, now: datetime) -> Decision:
        """She considers; what she says is said at once and counts."""
        mind = self.mind
        mind.pass_time(now)
        for reception in list(self._receptions):
            self._judge(reception, reception.pass_time(now))
        situation = self.situation(now)
        found = candidates(mind, now, self.habits, next_quiet(now, self.limits.quiet))
        decision = choose(situation, found, self.limits, self.habits)
        if decision.spoke and decision.candidate is not None:
            self._speak(decision, now)
        else:
            self.silent[decision.gate] = self.silent.get(decision.gate, 0) + 1
        return decision

    def situation(self, now: datetime) -> Situation:
        """As the loop of the hub tells it."""
        mind = self.mind
        return Situation(
            now=now,
            snoozed_until=mind.snoozed_until,
            goodbye=mind.goodbye,
            busy=mind.seen.busy,
            speaking=mind.speaking_at(now),
            unsettled=mind.unsettled_at(now),
            presence=mind.seen.presence,
            attention=mind.seen.attention,
            task=mind.seen.task,
            app=mind.seen.app,
            breakpoint=mind.breakpoint_at(now),
            feels_hands=mind.seen.feels_hands,
            remarks=mind.remarks,
            engaged_at=mind.engaged_at,
            spoke_aloud_at=mind.spoke_aloud_at,
            given_up=frozenset(mind.given_up),
        )

    def turn_on(self, kind: str) -> None:
        """The user wants a kind back that she had given up: as `alisa quiet --kind KIND on` does."""
        self.mind.given_up.pop(kind, None)
        self.mind.remarks = [
            replace(each, verdict=Verdict.IGNORED) if each.kind == kind and each.verdict is Verdict.DISMISSED else each
            for each in self.mind.remarks
        ]

    def _speak(self, decision: Decision, now: datetime) -> None:
        candidate = decision.candidate
        if candidate is None:
            return
        remark = Remark(now, candidate.kind.value, candidate.key, len(self.said) + 1, self.mind.seen.app)
        self.said.append(remark)
        self.mind.remarks.append(remark)
        self._receptions.append(Reception(remark, now))
        if candidate.kind is Kind.BACK:
            self.mind.back_at = None
        if candidate.kind is Kind.THREAD:
            self.mind.thread = None
        self.mind.take(facts.TurnBegan("main", remark.turn, candidate.cause, now), now)
        ended = facts.TurnEnded("main", remark.turn, Cause.IDLE, EndReason.STOP, "…", Emotion.CALM, now)
        self.take(ended, now)

    def _judge(self, reception: Reception, verdict: Verdict | None) -> None:
        if verdict is None:
            return
        self._receptions.remove(reception)
        self._rejudge(reception.remark, verdict)

    def _rejudge(self, remark: Remark, verdict: Verdict) -> None:
        judged = replace(remark, verdict=verdict)
        self.said = [judged if each.turn == remark.turn else each for each in self.said]
        self.mind.remarks = [judged if each.turn == remark.turn else each for each in self.mind.remarks]
        if isinstance(self.habits, Learnt):
            self.habits.habits.received(remark.kind, verdict, remark.at, remark.app)
        if self.gives_up and dismissed_in_a_row(self.mind.remarks, remark.kind) >= IN_A_ROW:
            self.mind.given_up[remark.kind] = "learnt"
