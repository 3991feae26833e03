"""What a detector finds in a picture, and what a detector is. How it is found is not known here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
"""height x width x 3, blue, green, red"""


@dataclass(frozen=True, slots=True)
class Face:
    """A face, in shares of the picture: 0 is its left or upper edge, 1 its right or lower one."""

    left: float
    top: float
    width: float
    height: float
    eyes: int | None = None
    """how many open eyes were found; None: they were not looked for"""
    turned: float | None = None
    """how far the head is turned aside: 0 towards the camera, 1 in profile; None: it cannot be told"""

    @property
    def area(self) -> float:
        """The share of the picture that it covers."""
        return self.width * self.height


class Detector(Protocol):
    """Finds faces. It blocks, and is used by one thread."""

    def find(self, picture: Picture) -> list[Face]:
        """Return the faces in the picture. Raises AlisaError where it cannot work at all."""
        ...

    def close(self) -> None:
        """Give back what it holds; it may be asked again afterwards."""
        ...


def nearest(faces: Iterable[Face]) -> Face | None:
    """Return the largest face: it is nearest to the screen, and whoever it is uses the computer."""
    return max(faces, key=lambda face: face.area, default=None)
