"""The link in virtual time, against the hub's side of an in-process pair."""

from __future__ import annotations

import asyncio

import pytest

from alisa.link import Connected, Disconnected, HubLink, pair
from alisa.link.backoff import Backoff
from alisa.link.client import QUEUE_MESSAGES
from alisa.link.items import Item
from alisa.protocol.messages import End, Error, Hello, Interrupt, Say, Status, Token, Turn, User, Welcome
from alisa.runtime.errors import AlisaError

pytestmark = pytest.mark.looptime


async def next_of(link: HubLink) -> Item:
    return await anext(link)


async def test_it_introduces_itself_and_then_speaks() -> None:
    """Hello first, then Connected with the welcome, then messages in both directions, unchanged."""
    link, hub = pair(Hello("voice", name="ears"))
    async with link:
        assert await hub.accept() == Hello("voice", name="ears")
        assert await next_of(link) == Connected(Welcome("pair", "main"))
        await link.send(Say("hi"))
        assert await hub.receive() == Say("hi")
        hub.send(Token("Hey", turn=1))
        assert await next_of(link) == Token("Hey", turn=1)


async def test_what_comes_before_the_welcome_is_not_passed_on() -> None:
    """Until it is welcomed the hub may serve it in the plain dialect; that is not for the consumer."""
    link, hub = pair()
    async with link:
        accepted = asyncio.create_task(hub.accept())
        await accepted
        hub.drop()
        assert isinstance(await next_of(link), Connected)
        assert isinstance(await next_of(link), Disconnected)
        connection = await hub._waiting.get()
        for frame in ("bare words", "[EMOTION]happy", "[END]", "[ERROR]"):
            connection.to_client.put_nowait(frame)
        connection.to_client.put_nowait('[WELCOME]{"server":"x","conversation":"main"}')
        assert await next_of(link) == Connected(Welcome("x", "main"))


async def test_unknown_tags_and_broken_frames_are_passed_over() -> None:
    """A newer hub may say more; what cannot be understood is not worth falling over."""
    link, hub = pair()
    async with link:
        await hub.accept()
        await next_of(link)
        for frame in ("[LATER]{}", "", "[EMOTION:1]angry", "[END:1]{", "[STATUS]{}"):
            hub.send_frame(frame)
        assert await next_of(link) == Status({})


async def test_it_comes_back_with_growing_patience() -> None:
    """The first retry is made at once, later ones after waits that grow to five seconds, for ever."""
    link, hub = pair()
    hub.away = True
    async with link:
        waits = [await next_of(link) for _ in range(20)]
        assert all(isinstance(item, Disconnected) and item.reason == "the hub is not running" for item in waits)
        seconds = [item.retry_in_seconds for item in waits if isinstance(item, Disconnected)]
        assert seconds[:3] == pytest.approx([0.1, 0.13, 0.169])
        assert seconds == sorted(seconds)
        assert seconds[-1] == 5.0
        hub.away = False
        await hub.accept()
        assert isinstance(await next_of(link), Connected)


async def test_after_a_good_connection_it_returns_at_once() -> None:
    """A connection that had lasted is tried again without waiting; one that is lost at once is not hammered."""
    link, hub = pair()
    async with link:
        waits = []
        for _ in range(3):
            await hub.accept()
            await next_of(link)
            await asyncio.sleep(60)
            hub.drop("the hub has stopped")
            waits.append(await next_of(link))
        assert waits == [Disconnected("the hub has stopped", 0.0)] * 3
        for _ in range(8):
            await hub.accept()
            await next_of(link)
            hub.drop()
            lost = await next_of(link)
        assert isinstance(lost, Disconnected)
        assert lost.retry_in_seconds > 0.3


async def test_it_asks_for_what_it_missed() -> None:
    """`resume` is the last turn whose end it saw; the turn that broke off is sent again."""
    link, hub = pair()
    async with link:
        first = await hub.accept(Welcome("pair", "main", current_turn=16))
        assert first.resume is None
        hub.send(User("a", turn=17), Turn(turn=17), Token("b", turn=17), End(turn=17), Turn(turn=18))
        items = [await next_of(link) for _ in range(6)]
        assert items[-1] == Turn(turn=18)
        hub.drop()
        assert (await hub.accept()).resume == 17
        assert link.finished == 17


async def test_in_a_new_conversation_everything_is_news() -> None:
    """Where nothing had been said, whatever was said while the hub was away is asked for."""
    link, hub = pair()
    async with link:
        await hub.accept(Welcome("pair", "main"))
        hub.drop()
        assert (await hub.accept()).resume == 0


@pytest.mark.parametrize(("running", "resume"), [(True, 15), (False, 16)])
async def test_a_first_connection_begins_where_the_conversation_stands(running: bool, resume: int) -> None:
    """It does not ask for the past; but a turn that was running when it came, and broke off, it does."""
    link, hub = pair()
    async with link:
        await hub.accept(Welcome("pair", "main", current_turn=16))
        await next_of(link)
        if running:
            hub.send(Turn(turn=16))
            await next_of(link)
        hub.drop()
        assert (await hub.accept()).resume == resume


async def test_a_refusal_is_final() -> None:
    """A wrong token ends the iteration and every send with the hub's own words; there is no retry."""
    link, hub = pair()
    hub.refusal = AlisaError("hub_refused", "The token is not right.", "Run `alisa token`.")
    async with link:
        for _ in range(2):
            with pytest.raises(AlisaError) as refusal:
                await next_of(link)
            assert refusal.value is hub.refusal
        with pytest.raises(AlisaError) as refusal:
            await link.send(Say("hi"))
        assert refusal.value.code == "hub_refused"


async def test_a_hello_that_the_hub_does_not_take_is_final() -> None:
    """An unknown role is answered with an error instead of a welcome: trying again would be no use."""
    link, hub = pair(Hello("pirate"))
    async with link:
        connection = await hub._waiting.get()
        connection.to_client.put_nowait('[ERROR]{"code":"bad_message","message":"No such role.","hint":"Use chat."}')
        with pytest.raises(AlisaError, match=r"No such role\. Use chat\.") as refusal:
            await next_of(link)
        assert refusal.value.code == "hub_refused"


async def test_a_hub_in_trouble_is_tried_again() -> None:
    """A hello that cannot be answered now (a full disk, a fault) may be answered later."""
    link, hub = pair()
    async with link:
        connection = await hub._waiting.get()
        connection.to_client.put_nowait('[ERROR]{"code":"disk_full","message":"The disk is full."}')
        assert await next_of(link) == Disconnected("The disk is full.", 0.1)
        await hub.accept()
        assert isinstance(await next_of(link), Connected)


async def test_an_error_of_a_turn_is_a_message() -> None:
    """Once welcomed, errors are news like any other."""
    link, hub = pair()
    async with link:
        await hub.accept()
        await next_of(link)
        hub.send(Error("llm_down", "m", "h", turn=3), Error("unknown_mode", "m"))
        assert await next_of(link) == Error("llm_down", "m", "h", turn=3)
        assert await next_of(link) == Error("unknown_mode", "m")


async def test_sending_waits_for_the_hub() -> None:
    """What is sent while the hub is away goes out when it is back."""
    link, hub = pair()
    hub.away = True
    async with link:
        sending = asyncio.create_task(link.send(Say("patient")))
        await asyncio.sleep(3)
        assert not sending.done()
        hub.away = False
        await hub.accept()
        await sending
        assert await hub.receive() == Say("patient")


async def test_sending_does_not_wait_for_ever() -> None:
    """After ten seconds it says that the hub is away, and what to do."""
    link, hub = pair()
    hub.away = True
    started = asyncio.get_running_loop().time()
    async with link:
        with pytest.raises(AlisaError) as away:
            await link.send(Interrupt())
    assert away.value.code == "hub_away"
    assert "alisa up" in away.value.hint
    assert asyncio.get_running_loop().time() - started == pytest.approx(10)


async def test_a_message_that_meets_a_broken_connection_is_sent_again() -> None:
    """Losing the connection while sending is not the sender's concern."""
    link, hub = pair()
    async with link:
        await hub.accept()
        await next_of(link)
        hub._now().open = False  # the writer notices before the reader does
        sending = asyncio.create_task(link.send(Say("again")))
        await asyncio.sleep(0.01)
        hub.drop()
        await hub.accept()
        await sending
        assert await hub.receive() == Say("again")


async def test_what_no_frame_can_hold_is_refused_here() -> None:
    """A megabyte of words is an error for whoever sends it, and nothing for the hub."""
    link, _ = pair()
    async with link:
        with pytest.raises(AlisaError, match="1 MiB"):
            await link.send(Say("x" * 2**20))


async def test_a_hub_that_never_says_hello_is_left() -> None:
    """A connection without a welcome is given up after five seconds, and tried again."""
    link, hub = pair()
    async with link:
        item = await next_of(link)
        assert isinstance(item, Disconnected)
        assert item.reason == "the hub does not say hello"
        assert hub._waiting.qsize() == 1


async def test_a_consumer_that_does_not_read_holds_the_hub_back() -> None:
    """Only so many messages wait in memory; sending works all the same."""
    link, hub = pair()
    async with link:
        await hub.accept()
        hub.send(*(Token(str(n), turn=1) for n in range(QUEUE_MESSAGES + 50)))
        await asyncio.sleep(1)
        assert link._items.qsize() == QUEUE_MESSAGES + 1
        await link.send(Say("still here"))
        assert await hub.receive() == Say("still here")
        items = [await next_of(link) for _ in range(QUEUE_MESSAGES + 51)]
        assert items[1:] == [Token(str(n), turn=1) for n in range(QUEUE_MESSAGES + 50)]


async def test_leaving_ends_everything() -> None:
    """After the block the iteration is over, sending fails at once, and the connection is closed."""
    link, hub = pair()
    async with link:
        await hub.accept()
        await next_of(link)
    assert [item async for item in link] == []
    assert not link.connected
    assert not hub._now().open
    with pytest.raises(AlisaError, match="closed"):
        await link.send(Say("hi"))


async def test_a_defect_is_not_swallowed() -> None:
    """Something unforeseen in the connection comes out where the link is iterated."""

    async def broken(url: str, token: str) -> None:
        raise ZeroDivisionError

    async with HubLink("x", "", Hello("chat"), connect=broken) as link:  # type: ignore[arg-type]
        with pytest.raises(ZeroDivisionError):
            await anext(link)


def test_waits_are_spread_but_never_longer() -> None:
    """Jitter shortens a wait by a fifth at most, so that many clients do not return in step."""
    import random

    plain, spread = Backoff(jitter=0.0).delays(random.Random(1)), Backoff().delays(random.Random(1))
    pairs = [(next(plain), next(spread)) for _ in range(40)]
    assert pairs[0] == (0.0, 0.0)
    assert all(0.8 * longest <= wait <= longest for longest, wait in pairs)
    assert len({wait for _, wait in pairs}) > 30
