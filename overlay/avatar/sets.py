"""What an avatar set is once it is read: pictures, the order they lie in, and what each face is made of.

Where the pictures come from and how they are put together is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PIL import Image

from alisa.runtime.errors import AlisaError
from overlay.expressions import Expression, Viseme

EYES = "eyes"
MOUTH = "mouth"
MAX_NAMED = 3


class AvatarError(AlisaError):
    """A set of pictures cannot be used. `problems` says why, one sentence for each, the file's name first."""

    def __init__(self, code: str, message: str, hint: str = "", problems: Iterable[str] = ()) -> None:
        super().__init__(code, message, hint)
        self.problems = tuple(problems)


def broken(name: str, problems: Iterable[str]) -> AvatarError:
    """The error of the set called `name`, which names its first problems."""
    found = tuple(problems)
    shown = "; ".join(problem.rstrip(".") for problem in found[:MAX_NAMED])
    more = f"; and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
    return AvatarError(
        "avatar_broken",
        f"The avatar {name!r} cannot be used: {shown}{more}.",
        "Correct what is named; `python -m overlay.avatar check FOLDER` checks it again.",
        found,
    )


class Group(StrEnum):
    """What a slot moves with."""

    STILL = "still"
    BREATH = "breath"
    HEAD = "head"
    HAIR = "hair"


@dataclass(frozen=True, slots=True)
class Layer:
    """One picture, premultiplied ("RGBa"), cropped to what can be seen."""

    image: Image.Image
    at: tuple[int, int]
    """its upper left corner in the canvas, pixels of the art"""


@dataclass(frozen=True, slots=True)
class Eyes:
    """One kind of eyes, both of them in each layer; "" is a layer that is not there."""

    flat: str = ""
    """eyes in one piece, without an iris that moves"""
    white: str = ""
    iris: str = ""
    lashes: str = ""
    travel: tuple[int, int] = (0, 0)
    """how far the iris moves at a gaze of 1, pixels of the art"""


@dataclass(frozen=True, slots=True)
class Face:
    """What an expression is made of."""

    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """slot → the layers in it, but for eyes and mouth"""
    eyes: str = ""
    """the kind of eyes when they are open"""
    half: str = ""
    """in the middle of a blink; "": a blink has no middle"""
    closed: str = ""
    mouth: str = ""
    gaze: tuple[float, float] = (0.0, 0.0)
    """where this face looks by itself, added to the gaze of the frame"""


@dataclass(frozen=True, slots=True)
class AvatarSet:
    """Everything that her pictures are made of. Every name in it leads somewhere: readers have made sure."""

    name: str
    kind: str
    """layered or simple"""
    canvas: tuple[int, int]
    """pixels of the art"""
    layers: Mapping[str, Layer]
    order: tuple[tuple[str, Group], ...]
    """slots from back to front"""
    fixed: Mapping[str, str]
    """slot → the layer that is always there"""
    eyes: Mapping[str, Eyes]
    faces: Mapping[Expression, Face]
    """all eleven"""
    mouths: Mapping[Viseme, str]
    """the shapes of speech that the set has; one that is missing leaves the mouth of the expression"""
    credit: str = ""
    license: str = ""


_NEAREST: Mapping[Expression, tuple[Expression, ...]] = {
    Expression.SHY: (Expression.HAPPY,),
    Expression.TEASING: (Expression.HAPPY,),
    Expression.CALM: (Expression.NEUTRAL,),
    Expression.THINKING: (Expression.SERIOUS, Expression.CALM),
    Expression.LISTENING: (Expression.CALM,),
    Expression.SURPRISED: (Expression.HAPPY,),
    Expression.SLEEPY: (Expression.CALM,),
}


def nearest(wanted: Expression, known: Iterable[Expression]) -> Expression:
    """The face that stands in for one that a set does not have; neutral is the last resort."""
    there = set(known)
    for candidate in (wanted, *_NEAREST.get(wanted, ())):
        if candidate in there:
            return candidate
    return Expression.NEUTRAL
