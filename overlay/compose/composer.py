"""A frame to a picture, incrementally: what differs from the last plan is put together again, the rest stands.

What a window does with the picture is not known here.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from PIL import Image

from overlay.avatar.sets import AvatarSet
from overlay.compose import mark
from overlay.compose.plan import Piece, Plan, factor_for, plan_frame
from overlay.compose.sprites import MODE, Box, Sprite, Sprites, union
from overlay.frame import Frame

Placed: TypeAlias = tuple[tuple[Sprite, ...], ...]
"""the pictures of each slot at their places, from back to front"""

MIN_SCALE, MAX_SCALE = 0.5, 3.0
_LEAST_BUDGET = 12 * 1024 * 1024
_BUDGET_PICTURES = 10


class Picture(NamedTuple):
    """What was drawn."""

    image: Image.Image
    """premultiplied, mode "RGBa"; the composer's own, which the next `draw` changes: copy what must last"""
    changed: Box | None
    """what differs from the picture before; None: nothing"""


class Composer:
    """Draws one set at one scale (0.5 to 3.0; 1.0 is 384 pixels high)."""

    def __init__(self, avatar: AvatarSet, scale: float = 1.0) -> None:
        self.scale = max(MIN_SCALE, min(MAX_SCALE, scale))
        self._avatar = avatar
        factor = factor_for(avatar, self.scale)
        width, height = (max(1, round(side * factor)) for side in avatar.canvas)
        self.size = (width, height)
        self._sprites = Sprites(avatar, factor, max(_LEAST_BUDGET, _BUDGET_PICTURES * 4 * width * height))
        self._image = Image.new(MODE, self.size)
        self._plan: Plan | None = None
        self._placed: Placed = ()
        self._watching = False
        self._mark = mark.place(self.size, self.scale)

    @property
    def cache_bytes(self) -> int:
        """What the pictures that are kept weigh."""
        return self._sprites.kept_bytes

    def draw(self, frame: Frame) -> Picture:
        """Draw the frame. Frames that look the same on the screen give `changed` None."""
        plan = plan_frame(frame, self._avatar, self.scale)
        marked = frame.watching != self._watching
        if plan == self._plan and not marked:
            return Picture(self._image, None)
        self._watching = frame.watching
        placed = tuple(tuple(self._place(piece) for piece in slot) for slot in plan)
        changed = (0, 0, *self.size) if self._plan is None else self._differing(self._plan, plan, placed)
        self._plan, self._placed = plan, placed
        if marked:
            changed = union(box for box in (changed, self._mark) if box is not None)
        if changed is not None:
            self._compose(changed)
        return Picture(self._image, changed)

    def mask(self) -> Image.Image:
        """The alpha of the last picture, mode "L": the shape of her window."""
        return self._image.getchannel("a")

    def _place(self, piece: Piece) -> Sprite:
        image, x, y = self._sprites.get(piece.look)
        return Sprite(image, x + piece.x, y + piece.y)

    def _differing(self, old: Plan, new: Plan, placed: Placed) -> Box | None:
        """The box around what lies in the slots that differ, before and after, inside the picture."""
        slots = zip(old, new, self._placed, placed, strict=True)
        box = union(sprite.box for before, after, was, comes in slots if before != after for sprite in (*was, *comes))
        return None if box is None else _inside(box, self.size)

    def _compose(self, box: Box) -> None:
        """Put everything together again inside the box."""
        left, top, right, bottom = box
        patch = Image.new(MODE, (right - left, bottom - top))
        for slot in self._placed:
            for image, x, y in slot:
                if x < right and y < bottom and x + image.width > left and y + image.height > top:
                    patch.paste(image, (x - left, y - top), image)
        if self._watching:
            at = self._mark
            drawn = mark.draw(at[2] - at[0])
            patch.paste(drawn, (at[0] - left, at[1] - top), drawn)
        self._image.paste(patch, (left, top))


def _inside(box: Box, size: tuple[int, int]) -> Box | None:
    left, top, right, bottom = max(0, box[0]), max(0, box[1]), min(size[0], box[2]), min(size[1], box[3])
    return (left, top, right, bottom) if left < right and top < bottom else None
