"""What lies where in a frame, as values: equal plans are equal pictures. PURE: no picture is touched here.

Everything is rounded to what a screen can show: whole pixels of the device, eighths of a fade.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from overlay.avatar.sets import EYES, MOUTH, AvatarSet, Face, Group
from overlay.expressions import Expression, Viseme
from overlay.frame import Frame

HEIGHT = 384
"""of her picture on the screen at scale 1.0, in pixels; a set of any other size is scaled to it"""
WIDTH = 512
"""a set that is wider than high is held to this width at scale 1.0"""
ART_HEIGHT = 768
"""of the art that a frame's lengths are meant for"""
BREATH_PIXELS = 4.0
"""how far she rises when she breathes in, pixels of the art"""
SWAY_PIXELS = 7.0
"""how far the tips of her hair move to either side"""
BOB_PIXELS = 5.0
"""how far what floats beside her moves up and down"""
MAX_HEAD_PIXELS = 24.0
"""a head stays on its neck, whatever a frame says"""
FADE_STEPS = 8
EXTRAS = "extras"
"""the slot of what floats beside her"""
HALF_FROM, CLOSED_FROM = 0.3, 0.7
"""from which `lids` on the eyes are drawn half closed, and closed"""


@dataclass(frozen=True, slots=True)
class Flat:
    """A layer as it is; `lean`: its lower edge moved sideways, pixels of the device."""

    layer: str
    lean: int = 0


@dataclass(frozen=True, slots=True)
class Gazing:
    """Eyes of one kind that look somewhere; `iris` is how far the iris moved, pixels of the device."""

    kind: str
    iris: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Fading:
    """Some looks that turn into others; `eighths` (1 to 7) of the later ones are seen."""

    before: tuple[Look, ...]
    after: tuple[Look, ...]
    eighths: int


Look: TypeAlias = Flat | Gazing | Fading


@dataclass(frozen=True, slots=True)
class Piece:
    """A look, and how far it moved from its rest, pixels of the device."""

    look: Look
    x: int = 0
    y: int = 0


Plan: TypeAlias = tuple[tuple[Piece, ...], ...]
"""the pieces of each slot, from back to front"""


def factor_for(avatar: AvatarSet, scale: float) -> float:
    """How many pixels of the device a pixel of the set's art has at that scale."""
    width, height = avatar.canvas
    return scale * min(HEIGHT / height, WIDTH / width)


def plan_frame(frame: Frame, avatar: AvatarSet, scale: float) -> Plan:
    """What a frame shows. Values out of range, and those that are no numbers, are held to the range."""
    unit = scale * HEIGHT / ART_HEIGHT
    factor = factor_for(avatar, scale)
    now = avatar.faces[frame.expression]
    before, eighths = _fade(frame, avatar)
    moves = _moves(frame, unit)
    lean = _lean(_held(frame.sway) * SWAY_PIXELS * unit, scale)
    bob = _round(-BOB_PIXELS * unit * math.sin(math.tau * _held(frame.bob, 0.0)))
    plan = []
    for slot, group in avatar.order:
        looks = _looks(slot, now, frame, avatar, factor)
        if before is not None and (old := _looks(slot, before, frame, avatar, factor)) != looks:
            looks = (Fading(old, looks, eighths),)
        if slot == EXTRAS:
            looks = (*looks, *_sparkle(frame, avatar))
        if group is Group.HAIR:
            looks = tuple(_leaning(look, lean) for look in looks)
        x, y = moves[group]
        plan.append(tuple(Piece(look, x, y + bob if slot == EXTRAS else y) for look in looks))
    return tuple(plan)


def _fade(frame: Frame, avatar: AvatarSet) -> tuple[Face | None, int]:
    """The face before while it is still seen, and how many eighths of the new one are."""
    if frame.fading_from is None or frame.fading_from is frame.expression:
        return None, FADE_STEPS
    eighths = _round(_held(frame.fade, 0.0) * FADE_STEPS)
    return (None if eighths == FADE_STEPS else avatar.faces[frame.fading_from]), eighths


def _looks(slot: str, face: Face, frame: Frame, avatar: AvatarSet, factor: float) -> tuple[Look, ...]:
    """What is in a slot when that face is worn."""
    if slot == EYES:
        return _eyes(face, frame, avatar, factor)
    if slot == MOUTH:
        names: tuple[str, ...] = (_mouth(face, frame.mouth, avatar),)
    elif slot in avatar.fixed:
        names = (avatar.fixed[slot],)
    else:
        names = face.slots.get(slot, ())
    return tuple(Flat(name) for name in names if name)


def _sparkle(frame: Frame, avatar: AvatarSet) -> tuple[Look, ...]:
    """What floats beside a happy face, so far as it is seen beside another one."""
    eighths = _round(_held(frame.sparkle, 0.0) * FADE_STEPS)
    looks = tuple(Flat(name) for name in avatar.faces[Expression.HAPPY].slots.get(EXTRAS, ()) if name)
    if eighths == FADE_STEPS or not (eighths and looks):
        return looks if eighths else ()
    return (Fading((), looks, eighths),)


def _eyes(face: Face, frame: Frame, avatar: AvatarSet, factor: float) -> tuple[Look, ...]:
    kind = _kind(face, _held(frame.lids, 0.0))
    if not kind:
        return ()
    eyes = avatar.eyes[kind]
    if not eyes.iris:
        return (Gazing(kind),)
    x, y = (
        _round(_held(_held(looks) + itself) * travel * factor)
        for looks, itself, travel in zip(frame.gaze, face.gaze, eyes.travel, strict=True)
    )
    return (Gazing(kind, (x, y)),)


def _kind(face: Face, lids: float) -> str:
    """The kind of eyes at that moment of a blink; a set without closed eyes does not blink."""
    if not face.closed:
        return face.eyes
    if not face.half:
        return face.closed if lids >= 0.5 else face.eyes
    return face.closed if lids >= CLOSED_FROM else face.half if lids >= HALF_FROM else face.eyes


def _mouth(face: Face, viseme: Viseme | None, avatar: AvatarSet) -> str:
    return face.mouth if viseme is None else avatar.mouths.get(viseme, face.mouth)


def _moves(frame: Frame, unit: float) -> dict[Group, tuple[int, int]]:
    """How far each group moved, pixels of the device."""
    rise = -BREATH_PIXELS * unit * _held(frame.breath, 0.0)
    head_x, head_y = (_held(length, -MAX_HEAD_PIXELS, MAX_HEAD_PIXELS) * unit for length in frame.head)
    head = (_round(head_x), _round(head_y + rise))
    return {Group.STILL: (0, 0), Group.BREATH: (0, _round(rise)), Group.HEAD: head, Group.HAIR: head}


def _lean(pixels: float, scale: float) -> int:
    """In steps that are as many at every scale: each one is a picture of its own, and large ones are dear."""
    step = math.ceil(0.75 * scale)
    return _round(pixels / step) * step


def _leaning(look: Look, lean: int) -> Look:
    return Flat(look.layer, lean) if isinstance(look, Flat) else look


def _held(value: float, low: float = -1.0, high: float = 1.0) -> float:
    """The value inside the range; `high` for what is not a number."""
    return max(low, min(high, value))


def _round(value: float) -> int:
    """To the nearest whole number, halves up, so that equal steps are equally wide."""
    return math.floor(value + 0.5)
