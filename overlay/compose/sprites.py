"""The picture of each look at one scale, made when it is first seen and kept while there is room.

What lies where is not known here. All pictures are premultiplied (mode "RGBa"), so that laying one over another
is `out = source + target * (1 - alpha)`, which Pillow's `paste` with such a mask does in one pass.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from PIL import Image, ImageChops

from overlay.avatar.sets import AvatarSet, Layer
from overlay.compose.plan import BREATH_PIXELS, FADE_STEPS, MAX_HEAD_PIXELS, Fading, Flat, Gazing, Look

Box: TypeAlias = tuple[int, int, int, int]
"""left, top, right, bottom"""

MODE = "RGBa"
_LANCZOS_REACH = 3  # pixels to either side that its kernel looks at: Pillow, Resample.c
_REACH_BELOW = math.ceil(BREATH_PIXELS + MAX_HEAD_PIXELS)


class Sprite(NamedTuple):
    """A picture at its place, pixels of the device."""

    image: Image.Image
    x: int
    y: int

    @property
    def box(self) -> Box:
        return (self.x, self.y, self.x + self.image.width, self.y + self.image.height)


_NOTHING = Sprite(Image.new(MODE, (0, 0)), 0, 0)


class Sprites:
    """Looks to pictures, for one set at one scale, within a budget of bytes."""

    def __init__(self, avatar: AvatarSet, factor: float, budget: int) -> None:
        self._avatar = avatar
        self._factor = factor
        self._budget = budget
        self._kept: OrderedDict[Look, Sprite] = OrderedDict()
        self._bytes = 0

    @property
    def kept_bytes(self) -> int:
        return self._bytes

    def get(self, look: Look) -> Sprite:
        """The picture of a look at its rest."""
        sprite = self._kept.get(look)
        if sprite is not None:
            self._kept.move_to_end(look)
            return sprite
        sprite = self._make(look)
        self._kept[look] = sprite
        self._bytes += _weight(sprite)
        while self._bytes > self._budget and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _weight(dropped)
        return sprite

    def _make(self, look: Look) -> Sprite:
        if isinstance(look, Flat):
            return scaled(self._leaning(look), self._factor, self._avatar.canvas)
        if isinstance(look, Gazing):
            return self._eyes(look)
        return self._fading(look)

    def _leaning(self, look: Flat) -> Layer:
        """The layer with its lower edge moved sideways; its upper edge stays."""
        layer = self._avatar.layers[look.layer]
        if not look.lean:
            return layer
        far = look.lean / self._factor
        margin = math.ceil(abs(far)) + 1
        width, height = layer.image.size
        image = layer.image.transform(
            (width + 2 * margin, height),
            Image.Transform.AFFINE,
            (1, -far / height, -margin, 0, 1, 0),
            Image.Resampling.BICUBIC,
        )
        return Layer(_bounded(image), (layer.at[0] - margin, layer.at[1]))

    def _eyes(self, look: Gazing) -> Sprite:
        """White, iris clipped to the white, lashes; or eyes in one piece."""
        eyes = self._avatar.eyes[look.kind]
        parts = [self.get(Flat(name)) for name in (eyes.flat, eyes.white) if name]
        if eyes.iris:
            iris = self.get(Flat(eyes.iris))
            parts.append(_clipped(iris._replace(x=iris.x + look.iris[0], y=iris.y + look.iris[1]), parts[-1]))
        if eyes.lashes:
            parts.append(self.get(Flat(eyes.lashes)))
        return parts[0] if len(parts) == 1 else _flattened(parts, union(part.box for part in parts))

    def _fading(self, look: Fading) -> Sprite:
        before = [self.get(part) for part in look.before]
        after = [self.get(part) for part in look.after]
        box = union(part.box for part in (*before, *after))
        if box is None:
            return _NOTHING
        old, new = _flattened(before, box), _flattened(after, box)
        return Sprite(Image.blend(old.image, new.image, look.eighths / FADE_STEPS), old.x, old.y)


def union(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all of them; None when there is nothing to see in them."""
    seen = [box for box in boxes if box[0] < box[2] and box[1] < box[3]]
    if not seen:
        return None
    left, top, right, bottom = zip(*seen, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def scaled(layer: Layer, factor: float, canvas: tuple[int, int]) -> Sprite:
    """The layer at that scale, on the canvas' grid of device pixels: no layer moves against another by rounding.

    Where it touches an edge of the canvas it goes on behind the edge, so that the edge stays sharp, and so that
    nothing gapes below her when she breathes in.
    """
    x, y = layer.at
    width, height = layer.image.size
    below = _REACH_BELOW if y + height >= canvas[1] else 0
    pad = math.ceil((_LANCZOS_REACH + 2) * max(1.0, 1 / factor)) + below
    source = _padded(layer, pad, canvas)
    left, top = math.floor(x * factor) - 1, math.floor(y * factor) - 1
    right, bottom = math.ceil((x + width) * factor) + 1, math.ceil((y + height + below) * factor) + 1
    area = (
        left / factor - x + pad,
        top / factor - y + pad,
        right / factor - x + pad,
        bottom / factor - y + pad,
    )
    image = _bounded(source.resize((right - left, bottom - top), Image.Resampling.LANCZOS, box=area))
    seen = image.getbbox()
    if seen is None:
        return _NOTHING
    return Sprite(image.crop(seen), left + seen[0], top + seen[1])


def _padded(layer: Layer, pad: int, canvas: tuple[int, int]) -> Image.Image:
    """The layer with a margin: transparent, but its own last pixels where it touches the canvas' edge."""
    x, y = layer.at
    width, height = layer.image.size
    source = Image.new(MODE, (width + 2 * pad, height + 2 * pad))
    source.paste(layer.image, (pad, pad))
    wide = width + 2 * pad
    if x <= 0:
        _repeat(source, (pad, 0, pad + 1, height + 2 * pad), (0, 0), (pad, height + 2 * pad))
    if x + width >= canvas[0]:
        _repeat(source, (pad + width - 1, 0, pad + width, height + 2 * pad), (pad + width, 0), (pad, height + 2 * pad))
    if y <= 0:
        _repeat(source, (0, pad, wide, pad + 1), (0, 0), (wide, pad))
    if y + height >= canvas[1]:
        _repeat(source, (0, pad + height - 1, wide, pad + height), (0, pad + height), (wide, pad))
    return source


def _repeat(image: Image.Image, line: Box, to: tuple[int, int], size: tuple[int, int]) -> None:
    """Fill a margin with the line of pixels beside it."""
    image.paste(image.crop(line).resize(size, Image.Resampling.NEAREST), to)


def _bounded(image: Image.Image) -> Image.Image:
    """No colour above its alpha: filters overshoot at edges, and premultiplied pictures must not."""
    *colours, alpha = image.split()
    return Image.merge(MODE, [*(ImageChops.darker(colour, alpha) for colour in colours), alpha])


def _clipped(iris: Sprite, white: Sprite) -> Sprite:
    """What of the iris lies on the white."""
    over = Image.new("L", iris.image.size)
    over.paste(white.image.getchannel("a"), (white.x - iris.x, white.y - iris.y))
    image = Image.new(MODE, iris.image.size)
    image.paste(iris.image, (0, 0), over)
    return Sprite(image, iris.x, iris.y)


def _flattened(parts: Iterable[Sprite], box: Box | None) -> Sprite:
    """Several pictures as one of that box, the first one lowest."""
    if box is None:
        return _NOTHING
    left, top, right, bottom = box
    image = Image.new(MODE, (right - left, bottom - top))
    for part in parts:
        image.paste(part.image, (part.x - left, part.y - top), part.image)
    return Sprite(image, left, top)


def _weight(sprite: Sprite) -> int:
    return 4 * sprite.image.width * sprite.image.height + 200  # what Python and Pillow hold for any picture
