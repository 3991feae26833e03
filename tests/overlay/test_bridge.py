"""The bridge between Tk's thread and the loop with the links, against a hub on a real socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Callable

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from alisa.link import Address, Connected, Disconnected, Find
from alisa.protocol import Emotion
from alisa.protocol.messages import EmotionShown, Error, Mode, Mouth, Mute, Say, Token
from overlay.bridge import BOX_ITEMS, Bridge, News, NotSent

PATIENCE_SECONDS = 20


class Hub:
    """A hub that writes down what it hears, and says what a test wants."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self.clients: dict[str, ServerConnection] = {}
        self.url = ""

    async def serve(self, connection: ServerConnection) -> None:
        role = "plain"
        self.clients.setdefault(role, connection)
        with contextlib.suppress(ConnectionClosed):
            async for frame in connection:
                text = str(frame)
                if text.startswith("[HELLO]"):
                    role = json.loads(text.removeprefix("[HELLO]"))["role"]
                    self.clients[role] = connection
                    await connection.send('[WELCOME]{"server":"1","conversation":"main"}')
                self.heard.put_nowait((role, text))

    async def hears(self) -> tuple[str, str]:
        """What a client said that is no introduction."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                role, text = await self.heard.get()
                if not text.startswith("[HELLO]"):
                    return role, text


class Side:
    """Tk's side of the bridge, played by the test."""

    def __init__(self, find: Find) -> None:
        self._rung = asyncio.Event()
        loop = asyncio.get_running_loop()
        self.bridge = Bridge(find, lambda: loop.call_soon_threadsafe(self._rung.set))
        self._waiting: list[News] = []

    async def next(self, wanted: Callable[[News], bool] = lambda _item: True) -> News:
        """The next item that is wanted; others are passed over."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                while self._waiting:
                    item = self._waiting.pop(0)
                    if wanted(item):
                        return item
                await self._rung.wait()
                self._rung.clear()
                self._waiting += self.bridge.take()


@contextlib.asynccontextmanager
async def bridged(*, plain: bool = False) -> AsyncIterator[tuple[Side, Hub]]:
    hub = Hub()
    async with serve(hub.serve, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]

        async def find() -> Address:
            return Address(f"ws://127.0.0.1:{port}/ws/chat", plain=plain)

        side = Side(find)
        side.bridge.start()
        try:
            yield side, hub
        finally:
            await asyncio.to_thread(side.bridge.stop)
            assert "bridge" not in {thread.name for thread in threading.enumerate()}


async def test_what_the_hub_says_crosses_in_order() -> None:
    """Connected first, then every message, on the side that Tk takes from."""
    async with bridged() as (side, hub):
        assert isinstance(await side.next(), Connected)
        await hub.clients["overlay"].send("[EMOTION:3]happy")
        await hub.clients["overlay"].send("[MOUTH]0.5")
        assert await side.next() == EmotionShown(Emotion.HAPPY, turn=3)
        assert await side.next() == Mouth(0.5)


async def test_what_the_user_does_goes_over_a_link_of_its_own() -> None:
    """Silence may be wished by the avatar; words and modes are the user's, and go out with the role `chat`."""
    async with bridged() as (side, hub):
        await side.next()
        assert set(hub.clients) == {"plain", "overlay"}
        for message in (Mute(), Say("hi"), Mode("calm"), Say("again")):
            side.bridge.send(message)
        assert await hub.hears() == ("overlay", '[MUTE]{"muted":true}')
        assert await hub.hears() == ("chat", '[SAY]{"text":"hi","source":"typed"}')
        assert await hub.hears() == ("chat", "[MODE]calm")
        assert await hub.hears() == ("chat", '[SAY]{"text":"again","source":"typed"}')


async def test_errors_for_the_user_cross_and_the_reply_does_not_come_twice() -> None:
    """What the second link hears is not news, but for what went wrong with the user's own words."""
    async with bridged() as (side, hub):
        await side.next()
        side.bridge.send(Say("hi"))
        await hub.hears()
        await hub.clients["chat"].send("[TOKEN:4]twice")
        await hub.clients["chat"].send('[ERROR]{"code":"message_too_long","message":"Too long."}')
        assert await side.next() == Error("message_too_long", "Too long.")


async def test_a_plain_hub_is_spoken_with_over_one_link() -> None:
    """Nothing but plain frames is sent, and what the dialect cannot say is told on this side."""
    async with bridged(plain=True) as (side, hub):
        assert isinstance(await side.next(), Connected)
        for message in (Say("hi"), Mute(), Mode("teasing")):
            side.bridge.send(message)
        assert await hub.hears() == ("plain", "hi")
        assert await hub.hears() == ("plain", "/mode teasing")
        refused = await side.next()
        assert isinstance(refused, NotSent)
        assert (refused.message, refused.error.code) == (Mute(), "plain_hub")
        await hub.clients["plain"].send("Hey.")
        assert await side.next() == Token("Hey.")


async def test_while_the_hub_is_away() -> None:
    """She hears that it is, goes on trying, and what the user says meanwhile is answered with what to do."""

    async def find() -> Address:
        return Address("ws://127.0.0.1:1/ws/chat")

    side = Side(find)
    side.bridge.start()
    for _ in range(3):
        assert isinstance(await side.next(), Disconnected)
    side.bridge.send(Say("hi"))
    told = await side.next(lambda item: isinstance(item, NotSent))
    assert isinstance(told, NotSent)
    assert told.message == Say("hi")
    assert (told.error.code, told.error.hint) == ("hub_away", "Start it with `alisa up`.")
    await asyncio.to_thread(side.bridge.stop)


async def test_more_than_tk_can_take_waits_in_the_socket() -> None:
    """A hub that floods her fills one bounded box; nothing is lost, and nothing grows."""
    async with bridged() as (side, hub):
        await side.next()
        overlay = hub.clients["overlay"]
        flood = asyncio.create_task(_flood(overlay, 3 * BOX_ITEMS))
        heard = []
        while len(heard) < 3 * BOX_ITEMS:
            assert len(side.bridge._box) <= BOX_ITEMS
            heard.append(await side.next())
        assert heard == [Token(str(number), turn=1) for number in range(3 * BOX_ITEMS)]
        await flood


async def _flood(connection: ServerConnection, frames: int) -> None:
    for number in range(frames):
        await connection.send(f"[TOKEN:1]{number}")


async def test_it_stops_while_the_box_is_full() -> None:
    """Hanging up does not depend on anybody taking what waits."""
    async with bridged() as (side, hub):
        await side.next()
        await _flood(hub.clients["overlay"], 2 * BOX_ITEMS)


async def test_a_failure_that_nobody_expected_does_not_end_it() -> None:
    """It is told once, and it is tried again."""

    async def find() -> Address:
        raise RuntimeError("odd")

    side = Side(find)
    side.bridge.start()
    assert isinstance(await side.next(), Disconnected)
    told = await side.next()
    assert isinstance(told, Error)
    assert told.code == "internal"
    await asyncio.to_thread(side.bridge.stop)


def test_a_bridge_that_never_began_can_be_stopped() -> None:
    """Whatever fails before the start, nothing is left open."""

    async def find() -> Address:
        raise AssertionError

    Bridge(find, lambda: None).stop()


@pytest.mark.parametrize("call", [lambda bridge: bridge.send(Say("late")), lambda bridge: bridge.take()])
def test_after_the_end_nothing_happens(call: Callable[[Bridge], object]) -> None:
    """Tk may still call while it winds up."""

    async def find() -> Address:
        raise AssertionError

    bridge = Bridge(find, lambda: None)
    bridge.stop()
    call(bridge)
