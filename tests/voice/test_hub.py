"""The line to the hub: kept for ever, never waited for, and honest about what did not arrive."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from alisa.link import Connected, HubLink, HubSide
from alisa.link.backoff import Backoff
from alisa.link.keeping import AGAIN_SECONDS
from alisa.protocol.message import Message
from alisa.protocol.messages import End, Hello, Mouth, Say, Sentence, Status, Turn
from alisa.runtime.errors import AlisaError
from voice.app import Teller
from voice.hub import SEND_SECONDS, Line
from voice.status import Board, VoiceState

pytestmark = pytest.mark.looptime


class Ends:
    """A line and the hub's side of it."""

    def __init__(self) -> None:
        self.hub = HubSide()
        self.took: list[Any] = []
        self.lost: list[tuple[Message, str]] = []
        self.line = Line(self._link, self.took.append)
        self.line.not_sent = lambda message, error: self.lost.append((message, error.code))

    def _link(self, hello: Hello) -> HubLink:
        return HubLink("pair:", "", hello, backoff=Backoff(jitter=0.0), connect=self.hub.connect)


async def running(ends: Ends) -> asyncio.Task[None]:
    task = asyncio.create_task(ends.line.run())
    await asyncio.sleep(0)
    return task


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_it_introduces_itself_and_takes_what_comes() -> None:
    """As a voice; what is sent arrives in order."""
    ends = Ends()
    task = await running(ends)
    hello = await ends.hub.accept()
    assert (hello.role, hello.name) == ("voice", "voice")
    ends.hub.send(Turn(turn=1), Sentence("Hi.", 1), End(turn=1))
    await asyncio.sleep(0.1)
    assert isinstance(ends.took[0], Connected)
    assert ends.took[2] == Sentence("Hi.", 1)
    ends.line.send(Say("one"))
    ends.line.send(Say("two"))
    assert [await ends.hub.receive(), await ends.hub.receive()] == [Say("one"), Say("two")]
    await ends.line.drained()
    await ended(task)


async def test_the_hub_goes_and_comes_back() -> None:
    """What the user said meanwhile waits a while; what showed the moment does not."""
    ends = Ends()
    task = await running(ends)
    await ends.hub.accept()
    await asyncio.sleep(1)
    ends.hub.away = True
    ends.hub.drop()
    await asyncio.sleep(0.5)
    ends.line.send(Mouth(0.5))
    ends.line.send(Say("still there?"))
    ends.hub.away = False
    await ends.hub.accept()
    assert await ends.hub.receive() == Say("still there?")
    await ended(task)


async def test_what_never_arrived_is_told() -> None:
    """After some seconds, so that the user can be told aloud."""
    ends = Ends()
    ends.hub.away = True
    task = await running(ends)
    ends.line.send(Say("hello?"))
    await asyncio.sleep(SEND_SECONDS + 1)
    assert ends.lost == [(Say("hello?"), "hub_away")]
    await ended(task)


async def test_a_hub_that_refuses_is_asked_again() -> None:
    """Somebody may have put it right meanwhile."""
    ends = Ends()
    told: list[AlisaError | None] = []
    ends.line.refused = told.append
    refusal = ends.hub.refusal = AlisaError("hub_refused", "No.", "Ask.")
    task = await running(ends)
    await asyncio.sleep(1)
    assert told == [refusal], "whoever looks at the voice is to know why nothing comes of it"
    ends.line.send(Say("hello?"))
    await asyncio.sleep(0.1)
    assert ends.lost == [(Say("hello?"), "hub_refused")]
    ends.hub.refusal = None
    await asyncio.sleep(AGAIN_SECONDS)
    async with asyncio.timeout(5):
        await ends.hub.accept()
    await asyncio.sleep(0.1)
    assert told == [refusal, None]
    await ended(task)


async def test_the_hub_is_told_how_the_voice_does() -> None:
    """Once for each change that it cares about, and all of it again when the hub is new."""
    told: list[Message] = []
    board = Board()
    board.watch(Teller(told.append))
    board.change(state=VoiceState.IDLE)
    assert told == []
    board.change(connected=True)
    board.change(partial="hel", mouth=0.3, speech=0.1)
    board.change(state=VoiceState.LISTENING)
    board.change(connected=False)
    board.change(connected=True)
    states = [message.values["voice"] for message in told if isinstance(message, Status)]
    assert states == ["idle", "listening", "listening"]
