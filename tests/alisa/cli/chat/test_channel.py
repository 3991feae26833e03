"""The way of the user's words to the hub: never lost, never said twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from alisa.cli.chat.channel import Channel
from alisa.cli.chat.scene import Scene
from alisa.cli.chat.session import Place
from alisa.link import Connected, HubLink, HubSide, pair
from alisa.link.items import Item
from alisa.protocol.messages import Interrupt, Say, Status, Token, Turn, User
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings

pytestmark = pytest.mark.looptime


class PairPlace(Place):
    """A place whose link is one side of a pair."""

    link_of_pair: HubLink

    def link(self, conversation: str, *_: object) -> HubLink:  # type: ignore[override]
        return self.link_of_pair


class Talk:
    def __init__(self, hub: HubSide, channel: Channel, scene: Scene) -> None:
        self.hub, self.channel, self.scene = hub, channel, scene
        self.items: list[Item] = []

    def heard(self, item: Item) -> None:
        self.items.append(item)
        self.scene.feed(item)

    async def say(self, text: str) -> None:
        self.scene.say(text)
        await self.channel.say(text)


@asynccontextmanager
async def talking(home: Home) -> AsyncIterator[Talk]:
    link, hub = pair()
    place = type("Here", (PairPlace,), {"link_of_pair": link})(home, HubSettings())
    scene = Scene()
    talk = Talk(hub, Channel(place, "main", lambda: scene.unheard), scene)
    opening = asyncio.create_task(talk.channel.open())
    await hub.accept()
    scene.feed(Connected(await opening))
    listening = asyncio.create_task(talk.channel.listen(talk.heard))
    yield talk
    listening.cancel()
    await talk.channel.close()


async def test_words_and_wishes_go_out(home: Home) -> None:
    """What is typed is said at once, and so is everything else."""
    async with talking(home) as talk:
        await talk.say("hi")
        await talk.channel.send(Interrupt(turn=1))
        assert [await talk.hub.receive() for _ in range(2)] == [Say("hi"), Interrupt(turn=1)]


async def test_what_was_typed_while_the_hub_was_away_is_said_once(home: Home) -> None:
    """In order, when it is back."""
    async with talking(home) as talk:
        talk.hub.drop()
        await asyncio.sleep(0.01)
        await talk.say("one")
        await talk.say("two")
        await talk.hub.accept()
        assert [await talk.hub.receive() for _ in range(2)] == [Say("one"), Say("two")]
        await asyncio.sleep(60)
        assert talk.hub._now().to_hub.empty()


async def test_what_the_hub_had_taken_is_not_said_again(home: Home) -> None:
    """It tells so right after its welcome; what it does not know is said."""
    async with talking(home) as talk:
        await talk.say("taken")
        await talk.say("lost")
        await asyncio.sleep(1)
        talk.hub.drop()
        await talk.hub.accept()
        talk.hub.send(User("taken", 1))
        assert await talk.hub.receive() == Say("lost")
        await asyncio.sleep(60)
        assert talk.hub._now().to_hub.empty()


async def test_how_things_stand_is_told_first(home: Home) -> None:
    """A reply that is being written is known before the past is shown."""
    link, hub = pair()
    place = type("Here", (PairPlace,), {"link_of_pair": link})(home, HubSettings())
    channel = Channel(place, "main", list)
    opening = asyncio.create_task(channel.open())
    await hub.accept()
    told = [Status({}), Turn(turn=3), Token("so far", turn=3)]
    hub.send(*told)
    await opening
    assert await channel.how_things_stand() == told
    await channel.close()
