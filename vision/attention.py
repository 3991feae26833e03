"""Do they look at the screen? What a face shows becomes `focused` and `distracted`, without flicker; pure.

What it can tell: a face turned to the camera with its eyes open is taken for somebody who looks at the screen; a
head in profile, or eyes that cannot be seen (shut, or cast down to a phone or a book), for somebody who does not.

What it cannot tell: where the eyes look. Whoever faces the camera and looks past it counts as focused, and
whoever works on a second screen beside the camera as distracted. Sunglasses and strong reflections hide eyes.
A face that is small in the picture, or that is not seen at all for a moment, tells nothing: then it is left as it
was, and after a while not told any more. It is a hint to leave somebody alone, never a judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from alisa.protocol.tags import Attention
from vision.detectors.faces import Face
from vision.steady import Hold, Steady

SMALLEST = 0.14
"""A face narrower than this share of the picture (45 of 320 pixels) is too small for its eyes."""
ASIDE = 0.5
"""A head that is turned further looks somewhere else."""
HOLDS: Mapping[Attention | None, Hold] = MappingProxyType(
    {
        Attention.FOCUSED: Hold(seconds=1.0, looks=2),
        Attention.DISTRACTED: Hold(seconds=5.0, looks=3),
        None: Hold(seconds=10.0, looks=3),
    }
)


def glance(face: Face | None) -> Attention | None:
    """Return what one look tells about the face nearest to the screen; None: nothing."""
    if face is None:
        return None
    if face.turned is not None and face.turned > ASIDE:
        return Attention.DISTRACTED
    if face.eyes is None:
        return None if face.turned is None else Attention.FOCUSED
    if face.width < SMALLEST:
        return None
    return Attention.FOCUSED if face.eyes else Attention.DISTRACTED


def look(steady: Steady[Attention | None], face: Face | None, at: float) -> Steady[Attention | None]:
    """Return what counts after a look that showed this face, at `at` seconds on a monotonic clock."""
    seen = glance(face)
    if seen is Attention.FOCUSED and steady.value is None:
        return Steady(seen)  # there is nothing that it could flicker from
    return steady.seen(seen, at, HOLDS[seen])
