"""Is somebody there? Faces that come and go become `present` and `absent`, without flicker; pure.

Somebody is there once a face was seen twice, so a pattern that looks like a face for a moment greets nobody;
they are gone when no face was seen for a while, so nobody leaves by looking at the keyboard. Before that is
certain either way it is not told. Who it is, is not known, and not asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from alisa.protocol.tags import Presence
from vision.steady import Hold, Steady

APPEARS = Hold(seconds=0.4, looks=2)
LEAVES = Hold(seconds=8.0, looks=3)
FIRST_ABSENT = Hold(seconds=3.0, looks=3)
"""At the beginning nobody can be thought to have bent down."""
MORE_FACES = Hold(seconds=1.0, looks=2)
FEWER_FACES = Hold(seconds=5.0, looks=3)
GAP_SECONDS = 90.0
"""After so long without a look (the machine slept) what was about to count begins again."""
MOST_FACES = 100
"""What the wire takes."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known about presence after some looks."""

    presence: Steady[Presence | None] = field(default_factory=lambda: Steady(None))
    """None: not certain yet"""
    faces: Steady[int] = field(default_factory=lambda: Steady(0))
    looked: float | None = None
    """when the last look was"""

    @property
    def unsettled(self) -> bool:
        """Whether the next look may change something."""
        return self.presence.unsettled or self.faces.unsettled or self.presence.value is None


def look(watch: Watch, faces: int, at: float) -> Watch:
    """Return what is known after a look that found so many faces, at `at` seconds on a monotonic clock."""
    gap = watch.looked is not None and not 0.0 <= at - watch.looked <= GAP_SECONDS
    presence = Steady(watch.presence.value) if gap else watch.presence
    count = Steady(watch.faces.value) if gap else watch.faces
    faces = min(faces, MOST_FACES)

    if faces:
        presence = presence.seen(Presence.PRESENT, at, APPEARS)
    else:
        presence = presence.seen(Presence.ABSENT, at, FIRST_ABSENT if presence.value is None else LEAVES)

    if presence.value is not Presence.PRESENT:
        return Watch(presence, Steady(0), at)
    if watch.presence.value is not Presence.PRESENT:
        return Watch(presence, Steady(faces), at)
    if faces:  # none at all is the business of presence
        count = count.seen(faces, at, MORE_FACES if faces > count.value else FEWER_FACES)
    return Watch(presence, count, at)
