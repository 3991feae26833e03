"""One turn, from the prompt to what stands in history.

It can be interrupted at any moment, fails in words, and always ends: stored first, then told. What is
asked of the model is decided in `prompt` and `budget`, what is said comes from `reply`; who may speak
when is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import cast

from alisa.protocol.tags import Cause, Emotion, EndReason
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError, EngineError, StorageError
from alisa.runtime.logs import bound, get_logger
from alisa.runtime.sections import LlmSettings
from backend.conversation import budget as budgets
from backend.conversation import prompt
from backend.conversation.budget import Budget
from backend.conversation.context import Contributor, block, gather
from backend.conversation.counting import TokenCounts
from backend.conversation.floor import Asked, Floor
from backend.conversation.naming import what_is_missing
from backend.conversation.reply import Reply, heard_part
from backend.conversation.tact import Tact
from backend.events.bus import Bus
from backend.events.facts import EmotionFelt, Fact, SentenceReady, TurnBegan, TurnEnded, TurnFailed
from backend.llm import trouble
from backend.llm.types import ChatRequest, Finished, KnowsContext, LanguageModel, TextDelta
from backend.settings import ConversationSettings
from backend.storage.history import History
from backend.storage.types import StoredMessage

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What every turn needs."""

    history: History
    model: LanguageModel
    known: KnowsContext | None
    """the same model, if it tells about itself"""
    counts: TokenCounts
    bus: Bus
    clock: Clock
    settings: ConversationSettings
    llm: LlmSettings
    rules: str
    contributors: Sequence[Contributor] = ()
    zone: tzinfo | None = None
    """the user's time zone; None: the system's"""

    def budget(self) -> Budget:
        """How long a prompt may be for the model that answers now."""
        return Budget.of(self.context_tokens(), self.llm.max_reply_tokens, self.settings.window_tokens)

    def context_tokens(self) -> int:
        """The context window of the model that answers now."""
        return self.known.context_tokens if self.known else self.llm.context_tokens

    def origin(self) -> str:
        """Who writes the replies now."""
        return f"{self.llm.engine}:{self.known.identity if self.known else self.llm.model}"


@dataclass(slots=True)
class _Ending:
    """How the speaking ended."""

    finished: Finished | None = None
    failure: AlisaError | None = None
    interrupted: bool = False
    heard: str | None = None


@dataclass(slots=True)
class _Stopwatch:
    """When what happened, in the clock's monotonic seconds."""

    accepted: float
    began: float = 0.0
    asked: float | None = None
    first_token: float | None = None
    pieces: int = 0

    def timings(self, now: float, finished: Finished | None) -> dict[str, float]:
        """The timings of `TurnEnded`."""
        told: dict[str, float | None] = {
            "queued": 1000 * (self.began - self.accepted),
            "context": 1000 * (self.asked - self.began) if self.asked is not None else None,
            "first_token": 1000 * (self.first_token - self.accepted) if self.first_token is not None else None,
            "total": 1000 * (now - self.accepted),
            "tokens": (finished.reply_tokens if finished else None) or self.pieces,
            "prompt_tokens": finished.prompt_tokens if finished else None,
            "cached_tokens": finished.cached_tokens if finished else None,
        }
        return {name: round(value, 3) for name, value in told.items() if value is not None}


class Turn:
    """One turn of a conversation. `run` it once."""

    def __init__(self, house: House, floor: Floor, asked: Asked) -> None:
        self.asked = asked
        self.ended = asyncio.Event()
        """set when all of it is stored and told"""
        self._house = house
        self._floor = floor
        self._reply = Reply(floor.conversation, asked.turn)
        self._watch = _Stopwatch(asked.accepted)
        self._ending = _Ending()
        self._speaking: asyncio.Task[object] | None = None
        self._over = False
        self._leaving = False
        self._sentence_came = asyncio.Event()

    @property
    def text(self) -> str:
        """What she has said so far."""
        return self._reply.text

    @property
    def emotion(self) -> Emotion | None:
        """How she feels, once it is known."""
        return self._reply.felt

    def interrupt(self, heard: str | None) -> bool:
        """End the turn at once; False when it is over already. `heard`: what the user heard of it, where known."""
        if self._over or self._ending.interrupted:
            return False
        self._ending.interrupted, self._ending.heard = True, heard
        if self._speaking is not None:
            self._speaking.cancel()
        return True

    def leave_off(self) -> None:
        """The hub is being stopped: end the turn. One in which she has not spoken stays open, to be answered later."""
        self._leaving = True
        self.interrupt(None)

    async def run(self) -> EndReason:
        """Speak, store, tell. Never raises, unless the task that runs it is cancelled."""
        with bound(conversation=self._floor.conversation, turn=self.asked.turn):
            self._watch.began = self._house.clock.monotonic()
            self._floor.last_turn = self.asked.turn
            asked = self.asked
            self._publish(TurnBegan(self._floor.conversation, asked.turn, asked.cause, self._now(), asked.channel))
            try:
                if not self._ending.interrupted:
                    await self._speak_and_keep()
            except Exception:
                log.exception("a turn failed")
                self._ending.failure = _internal()
            try:
                return await self._end()
            finally:
                self.ended.set()

    # --- speaking ------------------------------------------------------------------------------

    async def _speak_and_keep(self) -> None:
        """Both at once: the words stream on while the sentences before them are stored."""
        async with asyncio.TaskGroup() as group:
            keeping = group.create_task(self._keep())
            await self._speak()
            self._over = True
            self._sentence_came.set()
            await keeping

    async def _speak(self) -> None:
        """Ask and listen, until the end, a failure or an interruption.

        This runs in the task of the turn, not in one of its own, because the model is to be asked before any client
        is told that the turn began: starting a task would let the clients go first.
        """
        task = self._speaking = asyncio.current_task()
        try:
            await self._ask_and_listen()
        except asyncio.CancelledError:
            if task is None or not self._ending.interrupted or task.uncancel():
                raise  # it was not us
        except AlisaError as error:
            self._ending.failure = error
        except Exception:
            log.exception("a turn failed")
            self._ending.failure = _internal()
        finally:
            self._speaking = None

    async def _ask_and_listen(self) -> None:
        budget = self._house.budget()
        request = await self._request(budget)
        try:
            await self._listen(request)
        except EngineError as error:
            if error.code != "prompt_too_long" or self._reply.begun:
                raise
            log.info("the prompt was too long; trying with less of the past")
            if len(request.messages) == len(("system", "user")):
                raise too_long() from None
            await self._listen(await self._request(budget.harder(), harder=True))

    async def _request(self, budget: Budget, *, harder: bool = False) -> ChatRequest:
        """The prompt, with as much of the past as fits, or with at most half of that.

        Raises EngineError `message_too_long`.
        """
        house, floor, asked = self._house, self._floor, self.asked
        system = prompt.system_prompt(floor.persona, house.rules, floor.mode)
        now = house.clock.now().astimezone(house.zone)
        context = block(now, gather(house.contributors, floor.conversation, now))
        stored: Sequence[StoredMessage] = ()
        if floor.has_past:
            before = asked.turn if asked.past_until is None else asked.past_until
            count = house.settings.window_turns
            stored = await house.history.window(floor.conversation, turns=count, before_turn=before)
        past = prompt.past_turns(stored)
        kept = await fitting(house.counts, budget, system, past, context + asked.words)
        if harder:
            kept = kept[(len(kept) + 1) // 2 :]
        messages = prompt.build(system, kept, context, asked.words)
        self._watch.asked = house.clock.monotonic()
        temperature = floor.mode.temperature
        return ChatRequest(
            messages,
            max_tokens=budgets.longest_reply(house.context_tokens(), house.llm.max_reply_tokens),
            temperature=house.llm.temperature if temperature is None else temperature,
        )

    async def _listen(self, request: ChatRequest) -> None:
        deltas = cast("AsyncGenerator[object, None]", self._house.model.stream(request))
        tact = Tact() if self.asked.cause in (Cause.IDLE, Cause.VISION) else None
        async with aclosing(deltas):
            async for delta in deltas:
                if isinstance(delta, TextDelta):
                    self._hear(delta.text if tact is None else tact.feed(delta.text))
                elif isinstance(delta, Finished):
                    self._ending.finished = delta
        if tact is not None and (rest := tact.finish()):
            self._hear(rest)
        if self._reply.begun and (missing := what_is_missing(self._reply.text, self.asked.naming)):
            self._hear(missing)
        for fact in self._reply.finish():
            self._publish(fact)
        if not self._reply.begun:
            finished = self._ending.finished
            raise trouble.empty(ran_out=finished is not None and finished.reason == "length")

    def _hear(self, raw: str) -> None:
        watch = self._watch
        watch.pieces += 1
        for fact in self._reply.take(raw):
            self._publish(fact)
        if watch.first_token is None and self._reply.begun:
            watch.first_token = self._house.clock.monotonic()
        if self._reply.spoken:
            self._sentence_came.set()

    # --- storing -------------------------------------------------------------------------------

    async def _keep(self) -> None:
        """Store what she said at the end of each sentence, then let it be spoken, so that a killed hub keeps what
        had been spoken. The last ones wait for the whole reply to be stored."""
        while True:
            await self._sentence_came.wait()
            self._sentence_came.clear()
            if self._over:
                return
            spoken = self._reply.take_spoken()
            text = self._reply.text[: spoken[-1].until].rstrip() if spoken else ""
            try:
                if text:
                    await self._house.history.save_partial(self.asked.turn, text, self._reply.felt, self._now())
            except StorageError as error:
                log.warning("a sentence could not be kept", code=error.code, error=error.message)
            if not self._ending.interrupted:
                for piece in spoken:
                    self._publish(SentenceReady(self._floor.conversation, self.asked.turn, piece.sentence))

    async def _end(self) -> EndReason:
        """Store what stands of the turn, then tell that it is over; nothing of it follows."""
        self._over = True
        ending, house = self._ending, self._house
        text, reason = self._reply.text, _reason(ending)
        if ending.interrupted and ending.heard is not None:
            text = heard_part(text, ending.heard)
        timings = self._watch.timings(house.clock.monotonic(), ending.finished)
        try:
            if text or not self._leaving:
                await self._close(reason, text, timings)
        except StorageError as error:
            ending.failure, reason = error, EndReason.ERROR
        except Exception:
            log.exception("a turn could not be stored")
            ending.failure, reason = _internal(), EndReason.ERROR
        self._floor.has_past = True
        self._tell(text, reason, timings)
        return reason

    async def _close(self, reason: EndReason, text: str, timings: Mapping[str, float]) -> None:
        await self._house.history.close_turn(
            self.asked.turn,
            reason=reason,
            text=text,
            emotion=self._reply.emotion if text else None,
            interrupted=reason in (EndReason.INTERRUPTED, EndReason.ERROR) and bool(text),
            origin=self._house.origin(),
            timings=timings,
            at=self._now(),
        )

    def _tell(self, text: str, reason: EndReason, timings: Mapping[str, float]) -> None:
        conversation, turn, reply = self._floor.conversation, self.asked.turn, self._reply
        if reply.begun and reply.felt is None:
            self._publish(EmotionFelt(conversation, turn, Emotion.NEUTRAL))
        if reply.begun:
            self._floor.emotion = reply.emotion
        if reason is not EndReason.INTERRUPTED:
            for piece in reply.take_spoken():
                self._publish(SentenceReady(conversation, turn, piece.sentence))
        failure = self._ending.failure
        if failure is not None and reason is EndReason.ERROR:
            if failure.code in ("message_too_long", "prompt_too_long"):
                self._floor.hopeless.add(turn)
            log.info("a turn failed", code=failure.code, error=failure.message)
            self._publish(TurnFailed(conversation, turn, failure.code, failure.message, failure.hint))
        self._publish(
            TurnEnded(conversation, turn, self.asked.cause, reason, text, reply.emotion, self._now(), timings)
        )

    def _publish(self, fact: Fact) -> None:
        self._house.bus.publish(fact)

    def _now(self) -> datetime:
        return self._house.clock.now()


def _internal() -> AlisaError:
    return AlisaError(
        "internal", "Something went wrong inside Alisa.", "Say it again; `alisa logs backend` tells more."
    )


def _reason(ending: _Ending) -> EndReason:
    if ending.interrupted:
        return EndReason.INTERRUPTED
    if ending.failure is not None or ending.finished is None:
        return EndReason.ERROR
    return EndReason.LENGTH if ending.finished.reason == "length" else EndReason.STOP


async def fitting(
    counts: TokenCounts, budget: Budget, system: str, past: Sequence[prompt.PastTurn], present: str
) -> Sequence[prompt.PastTurn]:
    """The newest turns of the past that fit. Tokens are counted only when it is not clear that all fit.

    Raises EngineError `message_too_long` when even none of them does.
    """

    def fit(count: budgets.Count) -> tuple[int, int]:
        fixed = budgets.fixed_tokens(system, present, count)
        costs = [budgets.past_tokens(turn, count) for turn in past]
        return budgets.kept_turns(costs, fixed, budget), budget.prompt_tokens - fixed

    kept, room = fit(counts.at_most)
    if kept == len(past) and room >= 0:
        return past
    exact = await counts.learn([system, present, *(message.content for turn in past for message in turn)])
    kept, room = fit(counts.nearly)
    if exact and room < 0:
        raise too_long()
    return past[len(past) - kept :]


def too_long() -> EngineError:
    """The error for a message that does not fit into the model's context window, whatever is left out."""
    return EngineError(
        "message_too_long",
        "This message is too long for the language model.",
        "Send it in parts, or choose a model with a longer context.",
    )
