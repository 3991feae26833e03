"""The one consumer of commands: conversations side by side, in each one turn at a time.

A command is accepted or refused at once; what was accepted from the user is stored and will be
answered, if need be when the model is back. How a turn is run is `turn`'s business, who gives way to
whom is `floor`'s; who sent a command and who hears the facts is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta, tzinfo
from itertools import groupby
from types import TracebackType
from typing import ParamSpec, Self

from alisa.protocol.tags import Cause, Emotion, EndReason
from alisa.protocol.text import made_whole
from alisa.runtime.clock import Clock
from alisa.runtime.errors import AlisaError, UsageError
from alisa.runtime.logs import get_logger
from alisa.runtime.paths import Home, data_folder
from alisa.runtime.sections import LlmSettings
from backend.conversation import budget as budgets
from backend.conversation import heard, prompt
from backend.conversation.context import Contributor
from backend.conversation.counting import TokenCounts
from backend.conversation.floor import Asked, Floor
from backend.conversation.state import ConversationState, RunningTurn
from backend.conversation.turn import House, Turn, too_long
from backend.events.bus import Bus
from backend.events.commands import ChangeMode, Command, Interrupt, Muse, Say
from backend.events.facts import CutIn, HistoryCleared, ModeChanged, SpeechFinished, UserSpoke
from backend.llm.types import KnowsContext, LanguageModel, Prepares
from backend.persona import load_mode, mode_or_none, persona_or_default
from backend.settings import ConversationSettings
from backend.storage.history import History

FORGOTTEN_AFTER = timedelta(minutes=10)
"""What waited longer than this for its answer when the hub started is not answered of itself any more."""
QUIET_SECONDS = 0.3
"""How long after a turn the tokens of its words are counted, if nobody speaks meanwhile."""

P = ParamSpec("P")

log = get_logger(__name__)


class Driver:
    """Use it as `async with Driver(…) as driver`: leaving the block ends what runs and stores what came."""

    def __init__(
        self,
        *,
        history: History,
        model: LanguageModel,
        bus: Bus,
        clock: Clock,
        home: Home,
        settings: ConversationSettings,
        llm_settings: LlmSettings,
        max_message_chars: int = 16_000,
        contributors: Sequence[Contributor] = (),
        zone: tzinfo | None = None,
    ) -> None:
        self._history = history
        self._prepares = model if isinstance(model, Prepares) else None
        self._bus = bus
        self._clock = clock
        self._home = home
        self._settings = settings
        self._max_chars = max_message_chars
        self._counts = TokenCounts(model)
        self._house = House(
            history=history,
            model=model,
            known=model if isinstance(model, KnowsContext) else None,
            counts=self._counts,
            bus=bus,
            clock=clock,
            settings=settings,
            llm=llm_settings,
            rules=_rules(),
            contributors=contributors,
            zone=zone,
        )
        self._floors: dict[str, Floor] = {}
        self._making = asyncio.Lock()
        self._returning = asyncio.Lock()
        self._group = asyncio.TaskGroup()
        self._idle: set[asyncio.Task[Exception | None]] = set()
        """work that can be dropped at any moment"""
        self._stopping = False
        self._started = clock.now()
        self._unsubscribe = (
            bus.subscribe(self._note_cleared, HistoryCleared),
            bus.subscribe(self._note_playback, SpeechFinished),
        )

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        self._started = self._clock.now()
        await self._history.recover(self._started)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.stop()
        finally:
            for unsubscribe in self._unsubscribe:
                unsubscribe()
            await self._group.__aexit__(None, None, None)  # the block's own error goes its own way, ungrouped

    # --- commands ------------------------------------------------------------------------------

    async def submit(self, command: Command) -> None:
        """Take a command; returns once it is accepted, which for the user's words means stored.

        Raises AlisaError for whoever sent it: `empty_message`, `message_too_long`, `too_many_waiting`, `unknown_mode`,
        `stopping`, or what storage raises (`disk_full` …).
        """
        if self._stopping:
            raise AlisaError("stopping", "Alisa is being stopped.", "Start her again with `alisa up`.")
        match command:
            case Say():
                await self._take_in(command)
            case Muse():
                await self._let_muse(command)
            case Interrupt():
                self._interrupt(command)
            case ChangeMode():
                await self._change_mode(command)
            case _:
                raise UsageError("unknown_command", f"{type(command).__name__} is no command for a conversation.")

    async def _take_in(self, said: Say) -> None:
        text = made_whole(said.text).replace("\0", "").strip()
        if not text:
            raise UsageError("empty_message", "Nothing was said.", "Send some text.")
        if len(text) > self._max_chars:
            raise UsageError(
                "message_too_long",
                f"This message has {len(text)} characters; she takes {self._max_chars} at most.",
                "Send it in parts, or raise hub.max_message_chars.",
            )
        accepted = self._clock.monotonic()
        floor = await self._floor(said.conversation)
        if len(floor.waiting) + floor.entering >= self._settings.max_waiting:
            raise AlisaError(
                "too_many_waiting", "Too many messages wait for their answer.", "Wait until she has answered some."
            )
        self._get_ready(floor)
        await self._refuse_too_long(floor, text)
        floor.give_way()
        floor.entering += 1
        # whoever sent it may go away meanwhile: what is being stored is then answered all the same
        failure = await asyncio.shield(self._run(self._store, floor, said, text, accepted))
        if failure is not None:
            raise failure

    async def _store(self, floor: Floor, said: Say, text: str, accepted: float) -> None:
        try:
            async with floor.entrance:
                at = self._clock.now()
                turn = await self._history.open_turn(
                    floor.conversation, Cause.USER, text=text, source=said.source, origin=said.origin, at=at
                )
                overtaken = floor.give_way()
                floor.waiting.append(Asked(turn, Cause.USER, text, accepted))
                self._wake(floor)  # first, so that the model is asked before the clients are written to
                self._bus.publish(UserSpoke(floor.conversation, turn, text, said.source, said.origin, at))
        finally:
            floor.entering -= 1
        for asked in overtaken:
            await self._close_unspoken(asked)

    async def _refuse_too_long(self, floor: Floor, text: str) -> None:
        """Raises EngineError `message_too_long` when the message alone would not fit, as far as that can be known."""
        budget = self._house.budget()
        system = prompt.system_prompt(floor.persona, self._house.rules, floor.mode)
        if budgets.fixed_tokens(system, text, self._counts.at_most) <= budget.prompt_tokens:
            return
        exact = await self._counts.learn([system, text])
        if exact and budgets.fixed_tokens(system, text, self._counts.nearly) > budget.prompt_tokens:
            raise too_long()

    async def _let_muse(self, muse: Muse) -> None:
        floor = await self._floor(muse.conversation)
        if floor.busy() or floor.entrance.locked():
            log.debug("a musing was dropped: somebody speaks", conversation=floor.conversation)
            return
        async with floor.entrance:
            turn = await self._history.open_turn(
                floor.conversation, muse.cause, text=None, source=None, origin="", at=self._clock.now()
            )
            asked = Asked(turn, muse.cause, muse.cue, self._clock.monotonic(), channel=muse.channel, naming=muse.naming)
            if not floor.busy():
                floor.waiting.append(asked)
                self._wake(floor)
                return
        await self._close_unspoken(asked)

    async def _close_unspoken(self, asked: Asked) -> None:
        """Close a turn that was opened and never begun: nobody hears of it."""
        await self._history.close_turn(
            asked.turn, reason=EndReason.INTERRUPTED, text="", emotion=None, interrupted=False, origin="", timings={},
            at=self._clock.now(),
        )  # fmt: skip

    def _interrupt(self, command: Interrupt) -> None:
        floor = self._floors.get(command.conversation)
        running = floor.running if floor else None
        if running is not None and command.turn in (None, running.asked.turn) and running.interrupt(command.heard):
            return
        if command.turn is not None and command.heard is not None:
            self._run(heard.amend, self._history, self._bus, command, running)
        self._bus.publish(CutIn(command.conversation, command.turn, command.origin))

    def _note_playback(self, finished: SpeechFinished) -> None:
        """A voice was cut off: the reply ends there, whether it is still being written or not."""
        if finished.turn is not None and not finished.completed:
            self._interrupt(Interrupt(finished.conversation, finished.turn, finished.heard, finished.origin))

    async def _change_mode(self, change: ChangeMode) -> None:
        mode = load_mode(change.mode, self._home)
        floor = await self._floor(change.conversation)
        await self._history.set_mode(floor.conversation, mode.name)
        floor.mode = mode
        self._bus.publish(ModeChanged(floor.conversation, mode.name, change.origin))
        self._prepare_when_quiet(floor)

    # --- conversations -------------------------------------------------------------------------

    async def ensure(self, conversation: str) -> None:
        """See to it that the conversation exists and is known: somebody is about to speak."""
        self._get_ready(await self._floor(conversation))

    def state(self, conversation: str) -> ConversationState:
        """How a conversation stands now; one that nobody has entered yet, as it would begin."""
        floor = self._floors.get(conversation)
        if floor is None:
            persona, _ = persona_or_default(self._settings.persona, self._home)
            return ConversationState(self._settings.mode or persona.mode, persona.name, Emotion.NEUTRAL, None, None)
        running = None
        if isinstance(floor.running, Turn):
            asked = floor.running.asked
            running = RunningTurn(asked.turn, asked.cause, floor.running.text, floor.running.emotion)
        emotion = running.emotion if running and running.emotion else floor.emotion
        return ConversationState(floor.mode.name, floor.persona.name, emotion, floor.last_turn, running)

    async def _floor(self, conversation: str) -> Floor:
        floor = self._floors.get(conversation)
        if floor is not None:
            return floor
        async with self._making:
            if conversation not in self._floors:
                self._floors[conversation] = await self._make_floor(conversation)
            return self._floors[conversation]

    async def _make_floor(self, conversation: str) -> Floor:
        usual, _ = persona_or_default(self._settings.persona, self._home)
        info = await self._history.ensure_conversation(conversation, self._settings.mode or usual.mode, usual.name)
        persona, no_persona = persona_or_default(info.persona or usual.name, self._home)
        mode, no_mode = mode_or_none(info.mode or self._settings.mode or persona.mode, self._home)
        for problem in (no_persona, no_mode):
            if problem is not None:
                log.warning(problem.message, code=problem.code, hint=problem.hint)
        turn, emotion = await self._history.latest(conversation)
        floor = Floor(conversation, persona, mode, emotion or Emotion.NEUTRAL, turn, has_past=turn is not None)
        self._prepare_when_quiet(floor)
        return floor

    def _note_cleared(self, cleared: HistoryCleared) -> None:
        for floor in self._floors.values():
            if cleared.conversation in ("", floor.conversation):
                floor.emotion = Emotion.NEUTRAL

    # --- turns ---------------------------------------------------------------------------------

    def _wake(self, floor: Floor) -> None:
        if floor.worker is None and not self._stopping:
            floor.worker = self._group.create_task(self._work(floor))

    async def _work(self, floor: Floor) -> None:
        """Run what waits, one after the other."""
        try:
            while floor.waiting and not self._stopping:
                turn = Turn(self._house, floor, floor.waiting.popleft())
                floor.running = turn
                try:
                    await turn.run()
                finally:
                    floor.running = None
        finally:
            floor.worker = None
        self._get_ready(floor)
        self._prepare_when_quiet(floor)

    async def model_returned(self) -> None:
        """The model is there again: answer what the user said last and was not answered, in one new turn for each
        conversation. What was already old when the hub started is left alone, and so is what cannot be answered."""
        async with self._returning:
            pending = await self._history.unanswered()
            pending.sort(key=lambda turn: (turn.conversation, turn.turn))
            for conversation, turns in groupby(pending, key=lambda turn: turn.conversation):
                floor = await self._floor(conversation)
                fresh = [
                    turn
                    for turn in turns
                    if turn.at >= self._started - FORGOTTEN_AFTER and turn.turn not in floor.hopeless
                ]
                if not fresh or floor.busy() or self._stopping:
                    continue
                accepted = self._clock.monotonic()
                async with floor.entrance:
                    turn = await self._history.open_turn(
                        conversation, Cause.USER, text=None, source=None, origin="", at=self._clock.now()
                    )
                    words = "\n".join(item.text for item in fresh)
                    floor.waiting.append(Asked(turn, Cause.USER, words, accepted, past_until=fresh[0].turn))
                self._wake(floor)

    # --- meanwhile -----------------------------------------------------------------------------

    def _get_ready(self, floor: Floor) -> None:
        """Have the model told that a reply will be asked for in a moment, as often follows an entrance or an answer."""
        if self._prepares and not floor.busy() and not self._stopping:
            self._run(self._prepares.prepare)

    def _prepare_when_quiet(self, floor: Floor) -> None:
        if not self._stopping:
            task = self._run(self._prepare, floor)
            self._idle.add(task)
            task.add_done_callback(self._idle.discard)

    async def _prepare(self, floor: Floor) -> None:
        """While nobody waits for it: read the cards again, and count the tokens of what the next prompt will hold."""
        await asyncio.sleep(QUIET_SECONDS)
        if floor.busy():
            return
        persona, no_persona = persona_or_default(floor.persona.name, self._home)
        mode, no_mode = mode_or_none(floor.mode.name, self._home)
        floor.persona = floor.persona if no_persona else persona
        floor.mode = floor.mode if no_mode else mode
        stored = await self._history.window(floor.conversation, turns=self._settings.window_turns)
        system = prompt.system_prompt(floor.persona, self._house.rules, floor.mode)
        past = [message.content for turn in prompt.past_turns(stored) for message in turn]
        await self._counts.learn([system, *past])
        self._get_ready(floor)

    def _run(self, work: Callable[P, Awaitable[None]], *args: P.args, **kw: P.kwargs) -> asyncio.Task[Exception | None]:
        """Do it beside everything else; the task's result is what went wrong."""
        return self._group.create_task(_outcome(work, *args, **kw))

    async def stop(self) -> None:
        """End in phases: take nothing more, interrupt what runs, store it, end what goes on beside. May be repeated."""
        self._stopping = True
        for floor in self._floors.values():
            floor.waiting.clear()  # they are stored and unanswered: the next start answers them
            if floor.running is not None:
                floor.running.leave_off()
        for task in self._idle:
            task.cancel()
        workers = [floor.worker for floor in self._floors.values() if floor.worker is not None]
        if workers:
            await asyncio.wait(workers)


async def _outcome(work: Callable[P, Awaitable[None]], *args: P.args, **kw: P.kwargs) -> Exception | None:
    """Do the work; return what went wrong instead of raising it, so that it hurts nothing beside it."""
    try:
        await work(*args, **kw)
    except Exception as error:
        if not isinstance(error, AlisaError):
            log.exception("work beside the conversation failed")
        return error
    return None


def _rules() -> str:
    """How to write a reply, the same for every persona."""
    return (data_folder() / "prompts" / "rules.txt").read_text("utf-8")
