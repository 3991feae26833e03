"""Initiative: every half minute, and at a breakpoint, she considers whether to say something of her own accord.

The thin half. Facts go into `mind`, what could be said comes from `candidates`, whether it is from `policy`, how it was
received from `judging`; here they are only brought together, told and kept. A computer that slept, or a clock that was
set back, leaves no backlog: what had gathered is let go.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Self

from alisa.protocol.tags import Cause, EndReason
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from alisa.runtime.sections import QuietSettings
from backend.events import facts
from backend.events.bus import Bus
from backend.events.commands import Command, Muse
from backend.events.facts import Verdict
from backend.idle import phrases
from backend.idle.candidates import candidates
from backend.idle.decisions import Decisions, channel_name
from backend.idle.habits import Habits
from backend.idle.held import Held
from backend.idle.judging import ANSWERED_WITHIN, Reception
from backend.idle.keeping import GOODBYE, OFF, SNOOZED_UNTIL, Keeper, Store, recall
from backend.idle.kinds import Candidate, Kind, Remark
from backend.idle.limits import limits_of, next_quiet
from backend.idle.mind import Mind
from backend.idle.policy import (
    IN_A_ROW,
    Decision,
    Gate,
    Situation,
    choose,
    dismissed_in_a_row,
)
from backend.settings import InitiativeSettings
from backend.storage.thoughts import StoredThought
from backend.times.until import until

TICK_SECONDS = 30.0
SLEPT = timedelta(minutes=3)
"""A gap between two looks that is this much too long: the computer slept."""
SET_BACK = timedelta(seconds=5)
AFTER_FAILURE = timedelta(minutes=20)
"""When the model could not write a thought, none is asked of it for so long."""
STILL_MEANT = timedelta(minutes=15)
"""So long after a remark "not now" is about her speaking up."""
BEGINS_WITHIN = timedelta(seconds=5)
"""A turn that was asked for and has not begun by then was dropped: the user was faster."""
LONGEST_QUIET = timedelta(days=7)

log = get_logger(__name__)


class Initiative:
    """Use it as `async with Initiative(…)`: it considers until the block is left."""

    def __init__(
        self,
        *,
        bus: Bus,
        clock: Clock,
        submit: Callable[[Command], Awaitable[None]],
        settings: InitiativeSettings,
        quiet: QuietSettings,
        habits: Habits,
        store: Store,
        listeners: Callable[[str], bool],
        mode: Callable[[str], str],
        zone: tzinfo | None = None,
        tick_seconds: float = TICK_SECONDS,
    ) -> None:
        self._bus = bus
        self._clock = clock
        self._submit = submit
        self._habits = habits
        self._store = store
        self._listeners = listeners
        self._mode = mode
        self._zone = zone
        self._tick = tick_seconds
        self._not_now = timedelta(minutes=settings.not_now_minutes)
        self.limits = limits_of(settings, quiet)
        self.mind = Mind(clock.now(), away_after=timedelta(minutes=settings.away_minutes))
        self.decisions = Decisions()
        self._held = Held()
        self._receptions: dict[int, Reception] = {}
        self._pending: Decision | None = None
        self._last_look = (clock.now(), clock.monotonic())
        self._nudge = asyncio.Event()
        self._keeper = Keeper()
        self._tasks: list[asyncio.Task[None]] = []
        self._unsubscribe: Callable[[], None] = lambda: None

    async def __aenter__(self) -> Self:
        await recall(self._store, self.mind, self._clock.now())
        self._unsubscribe = self._bus.subscribe(self._happened)
        self._tasks = [
            asyncio.create_task(self._run(), name="initiative"),
            asyncio.create_task(self._keeper.run(), name="thoughts"),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._unsubscribe()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._keeper.finish()

    # --- what the user wants ---------------------------------------------------------------------------

    def snooze(self, minutes: int) -> datetime | None:
        """Be quiet for so long, 0 ends it; until when."""
        until = self._clock.now() + timedelta(minutes=minutes)
        self._bus.publish(facts.Snoozed(self.mind.conversation, until))
        return until if minutes else None

    def turn_kind(self, kind: Kind, *, on: bool, by: str = "you") -> None:
        """Turn a kind of remark on or off."""
        name = kind.value
        if on:
            self.mind.given_up.pop(name, None)
            for remark in self.mind.remarks:
                if remark.kind == name and remark.verdict is Verdict.DISMISSED:
                    self._note_verdict(remark, Verdict.IGNORED)  # what was held against it is forgiven
        else:
            self.mind.given_up[name] = by
        self._keeper.later(lambda: self._store.wish(OFF + name, None if on else by))

    @property
    def digest(self) -> tuple[str, ...]:
        """What was held while the user was away, while she greets them."""
        return self._held.digest

    def situation(self) -> Situation:
        """How things stand for the policy, now."""
        mind, now = self.mind, self._clock.now()
        return Situation(
            now=now.astimezone(self._zone),
            listeners=self._listeners(mind.conversation),
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

    def decide_now(self) -> Decision:
        """What she would decide at this moment; nothing follows from it."""
        situation = self.situation()
        return choose(situation, self._candidates(situation), self.limits, self._habits)

    # --- considering -----------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._tick):
                    await self._nudge.wait()
            self._nudge.clear()
            try:
                await self.consider()
            except AlisaError as error:
                log.warning("a thought could not be had", code=error.code, error=error.message)
            except Exception:
                log.exception("considering failed")

    async def consider(self) -> None:
        """Look, decide, and speak or not; the loop does so by itself."""
        self._mind_the_clock()
        now = self._clock.now()
        self.mind.pass_time(now)
        self.mind.mode = self._mode(self.mind.conversation)
        for reception in list(self._receptions.values()):
            self._judge(reception.remark, reception.pass_time(now))
        if self._pending is not None:
            if now - self._pending.at < BEGINS_WITHIN:
                return
            self._tell(replace(self.decisions.take_back(self._pending), at=now))
            self._pending = None
        if self.mind.is_settled_in(now):
            self._held.let_go()
        situation = self.situation()
        found = self._candidates(situation)
        decision = choose(situation, found, self.limits, self._habits)
        if decision.gate == Gate.ABSENT:
            for each in found:
                if each.kind in (Kind.STUCK, Kind.THREAD):
                    self._held.hold(each.key, each.reason)
        if self.decisions.add(decision):
            self._tell(decision)
        if decision.spoke and decision.candidate is not None:
            await self._speak(decision)

    def _candidates(self, situation: Situation) -> list[Candidate]:
        return candidates(self.mind, situation.now, self._habits, next_quiet(situation.now, self.limits.quiet))

    async def _speak(self, decision: Decision) -> None:
        candidate = decision.candidate
        if candidate is None:
            return
        self._pending = decision
        if candidate.kind is Kind.BACK:
            self.mind.back_at = None
            self._held.begin_to_tell()
        await self._submit(
            Muse(self.mind.conversation, candidate.cause, candidate.cue, decision.channel, candidate.naming)
        )

    def _mind_the_clock(self) -> None:
        """Notice that the computer slept, or that its clock was set."""
        (wall, steady), self._last_look = self._last_look, (self._clock.now(), self._clock.monotonic())
        passed = timedelta(seconds=self._last_look[1] - steady)
        drift = (self._last_look[0] - wall) - passed
        if drift < -SET_BACK:
            log.info("the clock was set back", seconds=round(-drift.total_seconds()))
            self.mind.shift(drift)
            for reception in self._receptions.values():
                reception.shift(drift)
        if drift > SLEPT or passed > timedelta(seconds=self._tick) + SLEPT:
            log.info("the computer slept, or its clock was set")
            self.mind.wake(self._last_look[0])
            self._held.let_go()

    # --- what happens ------------------------------------------------------------------------------------

    def _happened(self, fact: facts.Fact) -> None:
        now, before, goodbye = self._clock.now(), self.mind.last_breakpoint, self.mind.goodbye
        for reception in list(self._receptions.values()):
            self._judge(reception.remark, reception.take(fact, now))
        quiet_until = None
        if isinstance(fact, facts.UserSpoke):
            quiet_until = self._is_asked_for_quiet(fact, now)
            if self.mind.absent_since is not None:  # who comes back and speaks first is told in the answer
                self._held.begin_to_tell()
        self.mind.take(fact, now)
        self._follow(fact, now)
        if self.mind.goodbye != goodbye:
            said_at = now.isoformat() if self.mind.goodbye else None
            self._keeper.later(lambda: self._store.wish(GOODBYE, said_at))
        if quiet_until is not None:
            self._bus.publish(facts.Snoozed(self.mind.conversation, quiet_until))
            told = f"{quiet_until.astimezone(self._zone):%A %H:%M}"
            self._advise(f"She does not speak up by herself until {told}. `alisa quiet off` ends it.")
        if self.mind.last_breakpoint is not None and self.mind.last_breakpoint != before:
            self._nudge.set()

    def _follow(self, fact: facts.Fact, now: datetime) -> None:
        match fact:
            case facts.TurnBegan(cause=Cause.IDLE | Cause.VISION):
                self._began(fact, now)
            case facts.TurnEnded(cause=Cause.IDLE | Cause.VISION):
                self._ended(fact, now)
            case facts.TurnEnded() if self._pending is None:
                self._held.was_told()
            case facts.Snoozed(until=until):
                value = until.isoformat() if until > now else None
                self._keeper.later(lambda: self._store.wish(SNOOZED_UNTIL, value))
                if value is None:
                    self._advise("")
            case facts.FeedbackGiven(turn=about, value=value) if value:
                self._judge_late(about, Verdict.DISMISSED if value < 0 else Verdict.WELCOME, now)
            case facts.ReminderDue() if self.mind.absent_since is not None:
                self._held.hold(f"reminder:{fact.reminder}", f"a reminder was due: {fact.text}")
            case facts.HistoryCleared(conversation=conversation):
                self._keeper.later(lambda: self._store.forget(conversation))
            case _:
                pass

    def _is_asked_for_quiet(self, said: facts.UserSpoke, now: datetime) -> datetime | None:
        """Until when the user asks her to be quiet, if that is what they say."""
        words = phrases.quiet_until(said.text)
        end = until(words, now, self._zone) if words else None
        if end is not None:
            return min(end, now + LONGEST_QUIET)
        waved = self._spoke_lately(now) and phrases.waves_away(said.text)
        if waved:
            self._judge_late(None, Verdict.DISMISSED, now)
        return now + self._not_now if waved or phrases.wants_quiet(said.text) else None

    def _spoke_lately(self, now: datetime) -> bool:
        remarks = self.mind.remarks
        return bool(remarks) and now - remarks[-1].at < STILL_MEANT

    def _began(self, fact: facts.TurnBegan, now: datetime) -> None:
        """She begins to say something unasked: from now on it counts."""
        decision, self._pending = self._pending, None
        candidate = None if decision is None else decision.candidate
        if decision is None or candidate is None:  # somebody else let her: it counts all the same
            self.mind.remarks.append(Remark(now, "other", f"other:{fact.turn}", fact.turn, self.mind.seen.app))
            return
        remark = Remark(now, candidate.kind.value, candidate.key, fact.turn, self.mind.seen.app)
        self.mind.remarks.append(remark)
        self._receptions[fact.turn] = Reception(remark, now)
        self.decisions.note_turn(fact.turn)
        if candidate.kind is Kind.THREAD:
            self.mind.thread = None
        thought = StoredThought(
            fact.conversation, fact.turn, remark.kind, remark.key, decision.reason, channel_name(decision), remark.app,
            now, dict(candidate.details),
        )  # fmt: skip
        self._keeper.later(lambda: self._store.keep(thought))

    def _ended(self, fact: facts.TurnEnded, now: datetime) -> None:
        self._held.was_told()
        if fact.reason is not EndReason.ERROR:
            return
        self._receptions.pop(fact.turn, None)
        self.mind.remarks = [remark for remark in self.mind.remarks if remark.turn != fact.turn]
        self.mind.hold_back(now + AFTER_FAILURE, "the model could not write her last thought")
        self._keeper.later(lambda: self._store.drop(fact.turn))

    def _judge(self, remark: Remark, verdict: Verdict | None) -> None:
        if verdict is None:
            return
        self._receptions.pop(remark.turn, None)
        self._note_verdict(remark, verdict)
        self._bus.publish(
            facts.RemarkJudged(self.mind.conversation, remark.kind, remark.turn, remark.at, remark.app, verdict)
        )
        if dismissed_in_a_row(self.mind.remarks, remark.kind) >= IN_A_ROW and remark.kind not in self.mind.given_up:
            self._give_up(Kind(remark.kind))

    def _judge_late(self, turn: int | None, verdict: Verdict, now: datetime) -> None:
        """The user says what they think of a remark of which something else was believed: a mark opened after an hour,
        "not now" after ten minutes, or right after other words."""
        lately = turn is None and self._spoke_lately(now)
        for remark in self.mind.remarks[-1:] if lately else self.mind.remarks:
            waits = remark.turn in self._receptions or remark.kind not in set(Kind)
            if waits or not (lately or remark.turn == turn) or remark.verdict in (None, verdict):
                continue
            if not lately or remark.verdict is Verdict.IGNORED or now - remark.at < ANSWERED_WITHIN:
                self._judge(remark, verdict)

    def _note_verdict(self, remark: Remark, verdict: Verdict) -> None:
        judged = replace(remark, verdict=verdict)
        self.mind.remarks = [judged if each.turn == remark.turn else each for each in self.mind.remarks]
        self._keeper.later(lambda: self._store.judge(remark.turn, verdict.value))

    def _give_up(self, kind: Kind) -> None:
        """Waved away three times in a row: she stops, and it is said once."""
        self.turn_kind(kind, on=False, by="learnt")
        note = (
            f"She will not speak up about this any more ({kind.value}): you waved it away three times. "
            f"`alisa quiet --kind {kind.value} on` brings it back."
        )
        self._advise(note)
        decision = Decision(self._clock.now(), False, kind.value, Gate.OFF.value, note)
        self.decisions.add(decision)
        self._tell(decision)

    def _advise(self, note: str) -> None:
        """Show every client a sentence, once."""
        self._bus.publish(facts.StatusChanged("", {"initiative_note": note}))

    def _tell(self, decision: Decision) -> None:
        details: dict[str, object] = dict(decision.candidate.details) if decision.candidate is not None else {}
        if decision.spoke:
            details |= {"channel": channel_name(decision), "worth": decision.worth}
        log.info("spoke up" if decision.spoke else "kept silent", kind=decision.kind, gate=decision.gate,
                 reason=decision.reason)  # fmt: skip
        self._bus.publish(
            facts.DecisionMade(
                self.mind.conversation,
                decision.at,
                decision.spoke,
                decision.kind,
                decision.gate,
                decision.reason,
                details,
            )
        )
