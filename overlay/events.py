"""What happens to her on this desktop: the events that do not come from the hub.

`overlay.model.reduce` takes these beside the hub's messages and the link's news. When they are sent is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass

from alisa.link import Item


@dataclass(frozen=True, slots=True)
class PointerSeen:
    """The mouse pointer is near: where it is, as her eyes see it, -1 to 1 each; right and down are positive."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PointerLeft:
    """The mouse pointer is no longer near."""


@dataclass(frozen=True, slots=True)
class Poked:
    """The user clicked on her."""


@dataclass(frozen=True, slots=True)
class Dragged:
    """The user took hold of her, or let go."""

    on: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The user said something through her own text entry. With a plain hub nothing else tells that a reply is due."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The quiet hours of the user began or ended."""

    on: bool


DesktopEvent = PointerSeen | PointerLeft | Poked | Dragged | Asked | QuietHours
Event = Item | DesktopEvent
"""All that her model understands: the hub's messages, the link's `Connected` and `Disconnected`, and the above."""
