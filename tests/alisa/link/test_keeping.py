"""A line to the hub that is kept: who sends over it, what comes, and what a refusal changes."""

from __future__ import annotations

import asyncio

import pytest

from alisa.link import Connected, HubLink, HubSide, Item, finder, keep
from alisa.link.backoff import Backoff
from alisa.link.keeping import AGAIN_SECONDS
from alisa.protocol.messages import Hello, Say
from alisa.runtime.errors import AlisaError
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings


class Keeper:
    """Who keeps a line, and the hub's side of it."""

    def __init__(self) -> None:
        self.hub = HubSide()
        self.held: list[bool] = []
        self.came: list[Item] = []
        self.refusals: list[AlisaError] = []
        self.beside_ended = False

    def make(self) -> HubLink:
        hello = Hello("voice", "voice")
        return HubLink("pair:", "", hello, backoff=Backoff(jitter=0.0), connect=self.hub.connect)

    async def beside(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.beside_ended = True

    async def keep(self) -> None:
        await keep(
            self.make,
            hold=lambda link: self.held.append(link is not None),
            take=self.came.append,
            refused=self.refusals.append,
            beside=self.beside,
        )


@pytest.mark.looptime
async def test_it_is_kept_past_a_refusal_and_let_go_of_at_the_end() -> None:
    """The hub is asked again after a while; what is done beside ends with it."""
    keeper = Keeper()
    keeper.hub.refusal = AlisaError("hub_refused", "No.", "Ask.")
    task = asyncio.create_task(keeper.keep())
    await asyncio.sleep(AGAIN_SECONDS - 1)
    assert [error.code for error in keeper.refusals] == ["hub_refused"]
    assert keeper.held == [True, False]
    keeper.hub.refusal = None
    await asyncio.sleep(2)
    await keeper.hub.accept()
    keeper.hub.send(Say("hello"))
    await asyncio.sleep(0.1)
    assert isinstance(keeper.came[0], Connected)
    assert keeper.came[1] == Say("hello")
    assert keeper.held == [True, False, True]
    assert not keeper.beside_ended
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert keeper.held[-1] is False
    assert keeper.beside_ended


async def test_the_hub_of_this_home_is_found(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its address and token; its dialect is asked for only where that matters."""
    asked: list[str] = []

    async def plain(url: str) -> bool:
        asked.append(url)
        return False

    monkeypatch.setattr("alisa.link.keeping.speaks_full", plain)
    found = await finder(home, HubSettings())()
    assert found.url.startswith("ws://")
    assert found.token
    assert (found.plain, asked) == (False, [])
    assert (await finder(home, HubSettings(), may_be_plain=True)()).plain
    assert asked == [found.url]
