"""The voice's line to the hub: kept for ever, and never waited for.

What is to be sent waits in one queue; what shows only the moment (the mouth, a partial word, the state) is dropped
while the hub is away. What the messages mean is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from alisa.link import Connected, HubLink, Item, keep
from alisa.protocol.message import Message
from alisa.protocol.messages import Hello, Mouth, Partial, Status
from alisa.runtime.errors import AlisaError
from alisa.runtime.logs import get_logger

SEND_SECONDS = 5.0
"""How long what the user said waits for a hub that is just away."""
NAME = "voice"

log = get_logger(__name__)


class Line:
    """`run` keeps the connection and hands what comes to `take`; `send` may be called at any time."""

    def __init__(self, link: Callable[[Hello], HubLink], take: Callable[[Item], None]) -> None:
        """`link` makes a link that is not entered yet."""
        self._make = link
        self._take = take
        self._outgoing: asyncio.Queue[Message] = asyncio.Queue()
        self._link: HubLink | None = None
        self._finished: int | None = None
        self._refusal: AlisaError | None = None
        self.not_sent: Callable[[Message, AlisaError], None] = _nobody
        """told of what the hub never got"""
        self.refused: Callable[[AlisaError | None], None] = lambda _: None
        """told why the hub does not want us; None: it does"""

    def send(self, message: Message) -> None:
        """Send soon."""
        of_the_moment = isinstance(message, (Mouth, Partial, Status))
        if not (of_the_moment and (self._link is None or not self._link.connected)):
            self._outgoing.put_nowait(message)

    async def run(self) -> None:
        """Be connected, for ever; a hub that refuses is asked again later."""
        await keep(self._new, hold=self._hold, take=self._came, refused=self._refuse, beside=self._send_all)

    async def drained(self, seconds: float = 1.0) -> None:
        """Wait until what was to be sent is on its way, for so long at most."""
        async with asyncio.timeout(seconds):
            await self._outgoing.join()

    def _new(self) -> HubLink:
        return self._make(Hello("voice", NAME, resume=self._finished))

    def _hold(self, link: HubLink | None) -> None:
        if link is None and self._link is not None:
            self._finished = self._link.finished
        self._link = link

    def _came(self, item: Item) -> None:
        if isinstance(item, Connected):
            log.info("connected", server=item.welcome.server)
            self._refusal = None
            self.refused(None)
        self._take(item)

    def _refuse(self, refusal: AlisaError) -> None:
        log.warning("the hub does not want a voice", code=refusal.code, error=refusal.message)
        self._refusal = refusal
        self.refused(refusal)

    async def _send_all(self) -> None:
        while True:
            message = await self._outgoing.get()
            try:
                await self._send(message)
            finally:
                self._outgoing.task_done()

    async def _send(self, message: Message) -> None:
        try:
            await self._open().send(message, timeout_seconds=SEND_SECONDS)
        except AlisaError as error:
            log.info("not sent", tag=message.tag.value, code=error.code)
            self.not_sent(message, error)

    def _open(self) -> HubLink:
        if self._link is None:
            raise self._refusal or AlisaError("hub_away", "The hub is away.", "Start it with `alisa up`.")
        return self._link


def _nobody(_message: Message, _error: AlisaError) -> None:
    """Nobody wants to know."""
