"""The link to a hub that knows no introduction."""

from __future__ import annotations

import asyncio

import pytest

from alisa.link import Address, Connected, Disconnected, pair
from alisa.link.socket import SocketLostError
from alisa.protocol import Emotion
from alisa.protocol.messages import EmotionShown, End, Error, Hello, Interrupt, Say, Status, Token, Welcome
from alisa.runtime.errors import AlisaError

pytestmark = pytest.mark.looptime


async def plain() -> Address:
    return Address("pair:", plain=True)


async def test_nothing_is_said_that_such_a_hub_could_take_for_words() -> None:
    """There is no [HELLO]; the link is connected at once, and the user's words go out bare."""
    link, hub = pair(Hello("overlay"), find=plain)
    async with link:
        await hub.accept_plain()
        assert await anext(link) == Connected(Welcome("", "main"))
        await link.send(Say("hi"))
        assert await hub.receive_frame() == "hi"


async def test_a_reply_is_heard_piece_by_piece() -> None:
    """Bare text, emotion, end and error become messages without a turn; odd frames are passed over."""
    link, hub = pair(Hello("overlay"), find=plain)
    async with link:
        await hub.accept_plain()
        await anext(link)
        for frame in ("[EMOTION]shy", "Well", " then.", "", "[EMOTION]furious", "\ud800", "[END]", "[ERROR]"):
            hub.send_frame(frame)
        heard = [await anext(link) for _ in range(5)]
        assert heard[:4] == [EmotionShown(Emotion.SHY), Token("Well"), Token(" then."), End()]
        assert isinstance(heard[4], Error)


async def test_what_the_dialect_cannot_say_is_refused_here() -> None:
    """It never reaches the hub, and whoever sent it is told."""
    link, hub = pair(find=plain)
    async with link:
        await hub.accept_plain()
        with pytest.raises(AlisaError) as refusal:
            await link.send(Interrupt())
        assert refusal.value.code == "plain_hub"
        await link.send(Say("still there"))
        assert await hub.receive_frame() == "still there"


async def test_the_hub_is_looked_for_anew_at_each_try() -> None:
    """It may be away, come back in the other dialect, and come back elsewhere; the link goes on trying."""
    answers = [SocketLostError("the hub is not running"), Address("pair:", plain=True), Address("pair:", "token")]

    async def find() -> Address:
        answer = answers.pop(0)
        if isinstance(answer, SocketLostError):
            raise answer
        return answer

    link, hub = pair(Hello("overlay"), find=find)
    async with link:
        assert isinstance(await anext(link), Disconnected)
        await hub.accept_plain()
        assert isinstance(await anext(link), Connected)
        await asyncio.sleep(1)
        hub.drop("the hub has stopped")
        assert isinstance(await anext(link), Disconnected)
        assert await hub.accept() == Hello("overlay")
        assert await anext(link) == Connected(Welcome("pair", "main"))
        hub.send(Status({}))
        assert await anext(link) == Status({})
