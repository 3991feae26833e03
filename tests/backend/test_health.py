"""How the parts are doing, and what waits is answered when the model is back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from alisa.protocol.tags import Cause, Emotion, EndReason
from alisa.runtime.clock import ManualClock
from backend.events.bus import Bus
from backend.events.facts import StatusChanged, TurnEnded, TurnFailed
from backend.health import LONGEST_PAUSE_SECONDS, Health
from backend.llm.types import LlmState
from backend.storage.types import StorageCondition

NOW = datetime(2026, 11, 21, tzinfo=UTC)
READY = LlmState("ready", "starter")


@dataclass
class Watched:
    """A model whose state the test chooses, watched in virtual time."""

    state: LlmState = READY
    probes: list[float] = field(default_factory=list)
    returns: list[float] = field(default_factory=list)
    told: list[StatusChanged] = field(default_factory=list)
    storage: StorageCondition = field(default_factory=lambda: StorageCondition("ready", NOW))
    bus: Bus = field(default_factory=Bus)
    fails: bool = False
    health: Health = field(init=False)

    def __post_init__(self) -> None:
        self.bus.subscribe(self.told.append, StatusChanged)
        self.health = Health(self, lambda: self.storage, self.bus, ManualClock(NOW), self.returned)  # type: ignore[arg-type]

    async def probe(self) -> LlmState:
        self.probes.append(asyncio.get_running_loop().time())
        return self.state

    async def returned(self) -> None:
        self.returns.append(asyncio.get_running_loop().time())
        if self.fails:
            raise RuntimeError

    @contextlib.asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        watch = asyncio.create_task(self.health.watch())
        try:
            yield
        finally:
            watch.cancel()

    def turn_fails(self, code: str) -> None:
        self.bus.publish(TurnFailed("main", 1, code, "The model is away.", "Wait."))

    def turn_ends_well(self) -> None:
        self.bus.publish(TurnEnded("main", 1, Cause.USER, EndReason.STOP, "x", Emotion.CALM, NOW))


@pytest.mark.looptime
async def test_while_all_is_well_it_looks_seldom() -> None:
    """Ten minutes cost about forty looks."""
    model = Watched()
    async with model.watched():
        await asyncio.sleep(600)
    assert 35 <= len(model.probes) <= 60
    assert model.probes[-1] - model.probes[-2] == pytest.approx(LONGEST_PAUSE_SECONDS)


@pytest.mark.looptime
@pytest.mark.parametrize("state", ["down", "loading"])
async def test_while_the_model_is_away_it_looks_often(state: str) -> None:
    """Half a second at most passes between two looks, so that she is back at once."""
    model = Watched(LlmState(state, detail="It is loading."))  # type: ignore[arg-type]
    async with model.watched():
        await asyncio.sleep(20)
        assert max(b - a for a, b in zip(model.probes, model.probes[1:], strict=False)) <= 0.5
        assert not model.returns
        assert not model.health.all_well
        assert model.health.can_take_messages
        model.state = LlmState("ready", "starter")
        await asyncio.sleep(0.5)
        assert len(model.returns) == 1
        assert model.health.all_well
    assert model.health.dependencies["llm"].last_error == "It is loading."


@pytest.mark.looptime
async def test_what_waits_from_before_the_start_is_answered() -> None:
    """As soon as the model is ready for the first time, and then no more."""
    model = Watched()
    async with model.watched():
        await asyncio.sleep(100)
    assert model.returns == [0]


@pytest.mark.looptime
async def test_a_reply_that_fails_is_noticed_at_once() -> None:
    """A model that crashed and was back before anybody looked still has the message answered."""
    model = Watched()
    async with model.watched():
        await asyncio.sleep(100)
        model.turn_fails("llm_unreachable")
        await asyncio.sleep(0.1)
        assert len(model.returns) == 2
        assert model.health.dependencies["llm"].last_error == "The model is away."


@pytest.mark.looptime
async def test_a_failure_that_is_not_the_models_absence_is_not_tried_again() -> None:
    """A prompt that is too long will be too long again."""
    model = Watched()
    async with model.watched():
        await asyncio.sleep(100)
        model.turn_fails("prompt_too_long")
        await asyncio.sleep(100)
        assert len(model.returns) == 1


@pytest.mark.looptime
async def test_a_model_that_breaks_off_every_reply_is_asked_ever_more_seldom() -> None:
    """It says that it is ready and fails each time: no loop at full speed; one success starts over."""
    model = Watched()

    async def fails() -> None:
        model.returns.append(asyncio.get_running_loop().time())
        model.turn_fails("llm_broke_off")

    model.health._on_return = fails
    async with model.watched():
        await asyncio.sleep(600)
        assert len(model.returns) < 40
        before = len(model.returns)
        model.turn_ends_well()
        model.turn_fails("llm_broke_off")
        await asyncio.sleep(1)
        assert len(model.returns) > before


@pytest.mark.looptime
async def test_the_watch_survives_a_failure() -> None:
    """What waits is tried again."""
    model = Watched(fails=True)
    async with model.watched():
        await asyncio.sleep(5)
        model.fails = False
        await asyncio.sleep(60)
        assert len(model.returns) > 1


@pytest.mark.looptime
async def test_clients_are_told_what_changed_and_only_then() -> None:
    """One status for each change."""
    model = Watched(LlmState("loading"))
    async with model.watched():
        await asyncio.sleep(10)
        model.state = LlmState("ready", "starter")
        await asyncio.sleep(10)
        model.storage = StorageCondition("failing", NOW, "The disk is full.")
        await asyncio.sleep(30)
    assert [(fact.values["llm"], fact.values["storage"]) for fact in model.told] == [
        ("loading", "ready"), ("ready", "ready"), ("ready", "failing"),
    ]  # fmt: skip
    assert not model.health.can_take_messages
    assert model.health.dependencies["storage"].as_json()["last_error"] == "The disk is full."
