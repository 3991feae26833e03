"""The eyes' line to the hub: kept for ever, and never waited for.

What is seen holds until it changes: of each kind only the newest waits for a hub that is away, and a hub that comes
back is told how things stand. An offer of help is of its moment and is not made again. A hub that does not know the
newer words is told in the older ones. What the messages mean is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from alisa.link import Connected, Disconnected, HubLink, Item, keep
from alisa.protocol.message import Message
from alisa.protocol.messages import Hello, Status, Welcome
from alisa.protocol.sight import SightScreen
from alisa.protocol.tags import Tag
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger
from vision.seed import SIGHT_TAGS, in_old_words

SEND_SECONDS = 5.0
NAME = "vision"

log = get_logger(__name__)


class Line:
    """`run` keeps the connection; `send` and `forget` may be called at any time."""

    def __init__(self, link: Callable[[Hello], HubLink], connected: Callable[[bool], None]) -> None:
        """`link` makes a link that is not entered yet; `connected` is told when the hub comes and goes."""
        self._make = link
        self._connected = connected
        self._link: HubLink | None = None
        self._welcome: Welcome | None = None
        self._known: dict[Tag, Message] = {}
        self._due: dict[Tag, Message] = {}
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def send(self, message: Message) -> None:
        """Tell the hub soon; what was to be told of the same kind before is old."""
        self._known[message.tag] = replace(message, offer="") if isinstance(message, SightScreen) else message
        if self._welcome is not None:
            self._due[message.tag] = message
            self._idle.clear()
            self._news.set()

    def forget(self, tag: Tag) -> None:
        """This is not seen any more: a hub that comes back is not told of it."""
        self._known.pop(tag, None)
        self._due.pop(tag, None)

    async def run(self) -> None:
        """Be connected, for ever; a hub that refuses is asked again later."""
        await keep(self._new, hold=self._hold, take=self._take, refused=_refused, beside=self._send_all)

    async def drained(self, seconds: float = 1.0) -> None:
        """Wait until what was to be sent is on its way, for so long at most."""
        async with asyncio.timeout(seconds):
            await self._idle.wait()

    def _new(self) -> HubLink:
        return self._make(Hello("vision", NAME))

    def _hold(self, link: HubLink | None) -> None:
        self._link = link
        if link is None:
            self._lost()

    def _take(self, item: Item) -> None:
        if isinstance(item, Connected):
            log.info("connected", server=item.welcome.server)
            self._welcome = item.welcome
            self._due = dict(self._known)
            if self._due:
                self._idle.clear()
                self._news.set()
            self._connected(True)
        elif isinstance(item, Disconnected):
            self._lost()

    def _lost(self) -> None:
        was_there, self._welcome = self._welcome is not None, None
        self._due.clear()
        self._idle.set()
        if was_there:
            self._connected(False)

    async def _send_all(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while self._due and self._welcome is not None:
                message = self._due.pop(next(iter(self._due)))
                await self._send(message, self._welcome)
            self._idle.set()

    async def _send(self, message: Message, welcome: Welcome) -> None:
        told = _for(message, welcome)
        if told is None or self._link is None:
            return
        try:
            await self._link.send(told, timeout_seconds=SEND_SECONDS)
        except AlisaError as error:
            log.info("not sent", tag=told.tag.value, code=error.code)


def _for(message: Message, welcome: Welcome) -> Message | None:
    """The message in words that this hub knows; None: it knows none."""
    if isinstance(message, Status):
        return message if Tag.STATUS.value in welcome.may_send else None
    if message.tag in SIGHT_TAGS and message.tag.value not in welcome.may_send:
        return in_old_words(message)
    return message


def _refused(error: AlisaError) -> None:
    log.warning("the hub does not want any eyes", code=error.code, error=error.message)
