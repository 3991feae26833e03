"""The way from a terminal to the hub: the link of this home, and waiting for the hub to be there.

What is done with the link is not known here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from alisa.link.client import HubLink
from alisa.link.discover import discover
from alisa.link.items import Connected
from alisa.link.socket import Connect, Socket, connect_websocket
from alisa.protocol.messages import Hello, Welcome
from alisa.protocol.roles import Role
from alisa.runtime.errors import AlisaError, MissingError
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings
from alisa.runtime.settings import load

PATIENCE_SECONDS = 5.0
"""How long to wait for a hub that was there a moment ago: it may be starting again."""
IMPATIENCE_SECONDS = 0.5
"""How long to wait where nothing says that a hub runs at all."""


@dataclass(frozen=True, slots=True)
class Place:
    """This person's hub: its home and where it listens."""

    home: Home
    hub: HubSettings

    @classmethod
    def here(cls) -> Place:
        """The place that the environment and the settings name."""
        home = Home.find()
        return cls(home, load(HubSettings, home=home)[HubSettings])

    def address(self) -> tuple[str, str]:
        """The url and the token, as they are now."""
        return discover(self.home, self.hub)

    def link(self, conversation: str, role: Role = Role.CHAT) -> HubLink:
        """A link to one conversation. The address is looked up at each try: the hub may return on another port."""
        url, token = self.address()
        hello = Hello(role.value, name="terminal", conversation=conversation)
        return HubLink(url, token, hello, connect=self._connect())

    def _connect(self) -> Connect:
        async def connect(_url: str, _token: str) -> Socket:
            return await connect_websocket(*self.address())

        return connect


async def first_welcome(link: HubLink, place: Place) -> Welcome:
    """Wait until the hub has welcomed us. Raises MissingError when no hub is running, and what the link raises."""
    patience = PATIENCE_SECONDS if place.home.hub_file.exists() else IMPATIENCE_SECONDS
    try:
        async with asyncio.timeout(patience):
            async for item in link:
                if isinstance(item, Connected):
                    return item.welcome
    except TimeoutError:
        pass
    raise MissingError("hub_missing", "Alisa is not running.", "Start her with `alisa up`, then try again.")


def hub_lost() -> AlisaError:
    """What is said when the hub went away and did not come back."""
    return AlisaError("hub_away", "The hub went away and did not come back.", "Look at `alisa status`, then ask again.")
