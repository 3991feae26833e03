"""A line to the hub that is kept for ever: found anew each time, and asked for again where the hub refuses.

What is sent over it and what is made of what comes is the business of whoever keeps it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from alisa.link.address import Address, Find, speaks_full
from alisa.link.client import HubLink
from alisa.link.discover import discover
from alisa.link.items import Item
from alisa.runtime.errors import AlisaError

if TYPE_CHECKING:
    from alisa.runtime.paths import Home
    from alisa.runtime.sections import HubSettings

AGAIN_SECONDS = 10.0
"""How long to wait after a refusal: somebody has to change something first."""


def finder(home: Home, hub: HubSettings, *, may_be_plain: bool = False) -> Find:
    """What the link asks before each try: the hub may come back elsewhere.

    `may_be_plain`: it may be one that speaks the plain dialect, which is found out.
    """

    async def find() -> Address:
        url, token = discover(home, hub)
        return Address(url, token, plain=may_be_plain and not await speaks_full(url))

    return find


async def keep(
    make: Callable[[], HubLink],
    *,
    hold: Callable[[HubLink | None], None],
    take: Callable[[Item], None],
    refused: Callable[[AlisaError], None],
    beside: Callable[[], Coroutine[Any, Any, None]],
) -> None:
    """Be connected, until it is cancelled; a hub that refuses is asked again later.

    `make` makes a link that is not entered yet, `hold` is given it while it is open and None when it is not,
    `take` is given what comes, `refused` why the hub does not want us. `beside` is run meanwhile: what sends.
    """
    sending = asyncio.create_task(beside(), name="line: send")
    try:
        while True:
            try:
                async with make() as link:
                    hold(link)
                    async for item in link:
                        take(item)
            except AlisaError as error:
                refused(error)
            finally:
                hold(None)
            await asyncio.sleep(AGAIN_SECONDS)
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
