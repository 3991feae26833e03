"""The eyes' line to the hub: how things stand is told whenever there is somebody to tell."""

from __future__ import annotations

import asyncio

import pytest

from alisa.link import HubLink, HubSide
from alisa.link.backoff import Backoff
from alisa.protocol.messages import Hello, Status, VisionDesktop, VisionFace, Welcome
from alisa.protocol.roles import MAY_SEND, Role
from alisa.protocol.sight import SightFace, SightScreen, SightSystem
from alisa.protocol.tags import Attention, Presence, Tag
from vision.hub import Line
from vision.seed import SIGHT_TAGS, in_old_words

pytestmark = pytest.mark.looptime

OURS = Welcome("1", "main", may_send=tuple(tag.value for tag in MAY_SEND[Role.VISION]))
OLDER = Welcome("0", "main", may_send=tuple(tag.value for tag in MAY_SEND[Role.VISION] - SIGHT_TAGS))
THERE = SightFace(Presence.PRESENT, Attention.FOCUSED, 1)
STUCK = SightScreen(task="coding", app="Code", error_kind="python", offer="help with the Python error")


class Ends:
    """A line and the hub's side of it."""

    def __init__(self) -> None:
        self.hub = HubSide()
        self.connected: list[bool] = []
        self.line = Line(self._link, self.connected.append)

    def _link(self, hello: Hello) -> HubLink:
        return HubLink("pair:", "", hello, backoff=Backoff(jitter=0.0), connect=self.hub.connect)


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_hub_that_comes_back_is_told_how_things_stand() -> None:
    """Of each kind the newest, once; an offer of help is of its moment."""
    ends = Ends()
    ends.line.send(SightFace(Presence.ABSENT))
    ends.line.send(THERE)
    task = asyncio.create_task(ends.line.run())
    assert (await ends.hub.accept(OURS)).role == "vision"
    assert await ends.hub.receive() == THERE
    ends.line.send(STUCK)
    assert await ends.hub.receive() == STUCK
    await ends.line.drained()
    ends.hub.away = True
    ends.hub.drop()
    await asyncio.sleep(0.5)
    ends.line.send(SightSystem(locked=True))
    ends.line.send(SightSystem(locked=False))
    ends.hub.away = False
    await ends.hub.accept(OURS)
    told = [await ends.hub.receive() for _ in range(3)]
    assert told == [THERE, SightScreen(task="coding", app="Code", error_kind="python"), SightSystem()]
    assert ends.connected == [True, False, True]
    await ended(task)


async def test_what_is_not_seen_any_more_is_not_told() -> None:
    """An eye that was closed while the hub was away saw nothing."""
    ends = Ends()
    ends.line.send(THERE)
    ends.line.send(STUCK)
    ends.line.forget(Tag.SIGHT_FACE)
    task = asyncio.create_task(ends.line.run())
    await ends.hub.accept(OURS)
    assert isinstance(await ends.hub.receive(), SightScreen)
    await ended(task)


async def test_an_older_hub_is_told_in_older_words() -> None:
    """It knows faces and desktops, and nothing of what the system says."""
    ends = Ends()
    for message in (SightSystem(locked=True), THERE, Status({"eyes": "open"})):
        ends.line.send(message)
    task = asyncio.create_task(ends.line.run())
    await ends.hub.accept(OLDER)
    assert await ends.hub.receive() == VisionFace("focused")
    assert await ends.hub.receive() == Status({"eyes": "open"})
    ends.line.send(STUCK)
    seen = await ends.hub.receive()
    assert isinstance(seen, VisionDesktop)
    assert (seen.task, seen.has_error, seen.offer) == ("coding", True, STUCK.offer)
    await ended(task)


def test_old_words() -> None:
    """Absent, present, or where somebody looks."""
    assert in_old_words(SightFace(Presence.ABSENT)) == VisionFace("absent")
    assert in_old_words(SightFace(Presence.PRESENT)) == VisionFace("present")
    assert in_old_words(SightSystem()) is None
