"""One event after another makes the avatar of now."""

from __future__ import annotations

from overlay.events import Event
from overlay.model.avatar import Avatar


def reduce(avatar: Avatar, event: Event, now: float) -> Avatar:  # noqa: ARG001
    """The avatar after this event. Never raises; what does not concern her changes nothing."""
    return avatar
