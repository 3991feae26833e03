"""Which hub she listens to, in which dialect, who is given the token of this home, and what that hub offers."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlsplit

from alisa.link import Address, Find, discover, speaks_full
from alisa.link.address import ASK_TIMEOUT_SECONDS, get
from alisa.link.discover import http_url
from alisa.runtime.paths import Home
from alisa.runtime.sections import HubSettings
from overlay.settings import OverlaySettings

_NAMES_OF_THIS_COMPUTER = {"localhost": "127.0.0.1", "::1": "127.0.0.1"}
_PORTS = {"ws": 80, "wss": 443}
MOST_MODES = 24
MOST_NAME_CHARS = 40


def finder(home: Home, hub: HubSettings, settings: OverlaySettings) -> Find:
    """What the link asks before each try: the hub may come back elsewhere, and be another one."""

    async def find() -> Address:
        ours, token = discover(home, hub)
        url = settings.hub_url or ours
        full = settings.dialect == "full" or (settings.dialect == "auto" and await speaks_full(url))
        foreign = not _same_place(url, ours) or (settings.dialect == "auto" and not full)
        if settings.hub_url and settings.hub_token:
            token = settings.hub_token
        elif foreign:
            token = ""
        return Address(url, token, plain=not full)

    return find


def _same_place(one: str, other: str) -> bool:
    """Do both addresses mean the same port of the same computer?"""
    return _place(one) == _place(other)


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return _NAMES_OF_THIS_COMPUTER.get(host, host), parts.port or _PORTS.get(parts.scheme, 0)


async def modes_of(address: Address) -> tuple[str, ...]:
    """The names of the modes that this hub offers; none where it does not tell."""
    try:
        async with asyncio.timeout(ASK_TIMEOUT_SECONDS):
            told = json.loads(await get(f"{http_url(address.url)}/modes", address.token))
    except (OSError, ValueError, RecursionError):
        return ()
    rows = told.get("modes") if isinstance(told, dict) else None
    names = [row.get("name") for row in rows[:MOST_MODES] if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple(name for name in names if isinstance(name, str) and _usable(name))


def _usable(name: str) -> bool:
    return 0 < len(name) <= MOST_NAME_CHARS and name.isprintable()
