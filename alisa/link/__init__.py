"""How every process of Alisa talks with the hub: connect, introduce, come back, resume, send, iterate."""

from __future__ import annotations

from alisa.link.address import Address, Find, speaks_full
from alisa.link.client import HubLink
from alisa.link.discover import discover
from alisa.link.items import Connected, Disconnected, Item
from alisa.link.keeping import finder, keep
from alisa.link.pair import HubSide, pair

__all__ = [
    "Address", "Connected", "Disconnected", "Find", "HubLink", "HubSide", "Item", "discover", "finder", "keep",
    "pair", "speaks_full",
]  # fmt: skip
