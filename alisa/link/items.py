"""What comes out of a link: the hub's messages, and the news that it came or went."""

from __future__ import annotations

from dataclasses import dataclass

from alisa.protocol.message import Message
from alisa.protocol.messages import Welcome


@dataclass(frozen=True, slots=True)
class Connected:
    """The hub has welcomed us. Turns that were missed follow as ordinary messages.

    A hub of the plain dialect welcomes nobody: its `welcome.server` is empty, and nothing of the rest is known.
    """

    welcome: Welcome


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The hub is away. The link goes on trying; the next try is in `retry_in_seconds`."""

    reason: str
    retry_in_seconds: float


Item = Message | Connected | Disconnected
