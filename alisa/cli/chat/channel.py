"""The screen's side of the hub: one conversation at a time, and words that are never lost.

What was typed is said when the hub is there, said again when nobody knows whether it was heard, and never
twice when the hub says that it was. What the screen does with what is heard is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from alisa.cli.asking import ask
from alisa.cli.chat.past import PastMessage, fetch_past
from alisa.cli.chat.session import Place, first_welcome
from alisa.link.client import HubLink
from alisa.link.discover import http_url
from alisa.link.items import Connected, Disconnected, Item
from alisa.protocol.message import Message
from alisa.protocol.messages import Say, Welcome
from alisa.runtime.errors import AlisaError

GATHER_SECONDS = 0.25
"""How long after a reconnect the hub has to tell what it already took, before the rest is said again."""
SAY_SECONDS = 0.5
"""How long words wait in the link; after that they are said again at the next connection."""
QUIET_SECONDS = 0.05
"""A hub that says nothing for so long has told how things stand."""


class Channel:
    """A link to one conversation. `unheard` names what was typed and the hub has not yet taken."""

    def __init__(self, place: Place, conversation: str, unheard: Callable[[], list[str]]) -> None:
        self.conversation = conversation
        self._place = place
        self._unheard = unheard
        self._link: HubLink = place.link(conversation)
        self._settled = False
        self._again: asyncio.Task[None] | None = None

    async def open(self) -> Welcome:
        """Wait for the hub. Raises AlisaError when there is none, or it does not want us."""
        await self._link.__aenter__()
        try:
            welcome = await first_welcome(self._link, self._place)
        except BaseException:
            await self._link.__aexit__(None, None, None)
            raise
        self._settled = True
        return welcome

    async def close(self) -> None:
        """Hang up."""
        if self._again is not None:
            self._again.cancel()
        await self._link.__aexit__(None, None, None)

    async def how_things_stand(self) -> list[Item]:
        """What the hub tells right after its welcome, of a reply that is being written."""
        items = []
        with suppress(TimeoutError):
            while True:
                async with asyncio.timeout(QUIET_SECONDS):
                    items.append(await anext(self._link))
        return items

    async def listen(self, heard: Callable[[Item], None]) -> None:
        """Pass on everything that the hub says, for ever. Raises AlisaError when it does not want us any more."""
        async for item in self._link:
            heard(item)
            match item:
                case Connected():
                    self._again = asyncio.create_task(self._say_again())
                case Disconnected():
                    self._settled = False
                case _:
                    pass

    async def say(self, text: str) -> None:
        """Say what was typed, now or when the hub is back."""
        if self._settled:
            with suppress(AlisaError):  # it stays unheard, and is said again
                await self._link.send(Say(text), timeout_seconds=SAY_SECONDS)

    async def send(self, message: Message) -> None:
        """Send anything else. Raises AlisaError when the hub stays away."""
        await self._link.send(message)

    async def past(self, count: int) -> list[PastMessage]:
        """The latest messages. Raises AlisaError when they cannot be read."""
        url, token = self._place.address()
        return await asyncio.to_thread(fetch_past, url, token, self.conversation, count)

    async def why(self) -> Mapping[str, Any]:
        """Why she is silent, and why she spoke up. Raises AlisaError when the hub does not tell."""
        url, token = self._place.address()
        return await asyncio.to_thread(ask, http_url(url), token, "GET", "/initiative", limit=0)

    async def _say_again(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        self._settled = True
        for text in self._unheard():
            await self.say(text)
