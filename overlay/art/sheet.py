"""The sheet of her faces, for people who look at it before it is committed: expressions, blinks, looks, visemes.

Composed by plain alpha from the drawings themselves, at the two sizes in which she is mostly seen on a screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from PIL import Image, ImageChops, ImageDraw, ImageFont

from overlay.art import palette as ink
from overlay.art.eyes import TRAVEL
from overlay.art.layers import Layer, draw_all
from overlay.art.pen import HEIGHT, WIDTH
from overlay.art.table import EYES, FIXED, LOOKS, MOUTHS, SLOTS, Look
from overlay.expressions import Expression, Viseme

Pair = tuple[int, int]
Layers = Mapping[str, Layer]

_COLUMNS = 6
_LARGE: Pair = (256, 384)
_SMALL: Pair = (128, 192)
_HEAD: Pair = (108, 115)
_HEAD_BOX = (40, 0, 472, 460)
_COLOURS = 256


@dataclass(frozen=True, slots=True)
class Pose:
    """What one picture shows. Shifts are in pixels of the art."""

    look: Look
    gaze: tuple[float, float] = (0.0, 0.0)
    head: Pair = (0, 0)
    breath: int = 0
    sway: int = 0


def compose(pose: Pose, layers: Layers) -> Image.Image:
    """One picture of her, RGBA, as large as the art."""
    picture = Image.new("RGBA", (WIDTH, HEIGHT))
    head = (pose.head[0], pose.head[1] - pose.breath)
    moves = {"still": (0, 0), "breath": (0, -pose.breath), "head": head, "hair": (head[0] + pose.sway, head[1])}
    for slot, group in SLOTS:
        for layer in _standing(slot, pose, layers, moves[group]):
            picture.alpha_composite(layer)
    return picture


def _standing(slot: str, pose: Pose, layers: Layers, shift: Pair) -> Iterator[Image.Image]:
    """What is seen in a slot, from back to front."""
    look = pose.look
    if slot == "eyes":
        yield from _eyes(pose, layers, shift)
        return
    named = {"cheeks": (look.cheeks,), "mouth": (look.mouth,), "brows": (look.brows,), "extras": look.extras}
    for name in named[slot] if slot in named else (FIXED[slot],):
        yield _whole(layers[name], shift)


def _eyes(pose: Pose, layers: Layers, shift: Pair) -> Iterator[Image.Image]:
    kind = EYES[pose.look.eyes]
    if kind.flat:
        yield _whole(layers[kind.flat], shift)
        return
    white = _whole(layers[kind.white], shift)
    x, y = (max(-1.0, min(1.0, at + own)) for at, own in zip(pose.gaze, pose.look.gaze, strict=True))
    iris = _whole(layers[kind.iris], (shift[0] + round(x * TRAVEL[0]), shift[1] + round(y * TRAVEL[1])))
    iris.putalpha(ImageChops.multiply(iris.getchannel("A"), white.getchannel("A")))
    yield white
    yield iris
    yield _whole(layers[kind.lashes], shift)


def _whole(layer: Layer, shift: Pair) -> Image.Image:
    whole = Image.new("RGBA", (WIDTH, HEIGHT))
    whole.paste(layer.picture, (layer.at[0] + shift[0], layer.at[1] + shift[1]))
    return whole


def sheet(layers: Layers | None = None) -> Image.Image:
    """The whole sheet: by day above, by night below."""
    layers = layers or draw_all()
    faces = [(str(name), compose(Pose(look), layers)) for name, look in LOOKS.items()]
    speaking = replace(LOOKS[Expression.NEUTRAL], mouth=MOUTHS[Viseme.AA])
    faces.append(("speaking", compose(Pose(speaking), layers)))
    heads = [(name, compose(pose, layers).crop(_HEAD_BOX)) for name, pose in _details()]
    halves = [_half(faces, heads, ground, text) for ground, text in ((ink.DAY, ink.INK), (ink.NIGHT, ink.LAVENDER))]
    whole = Image.new("RGB", (halves[0].width, 2 * halves[0].height))
    for place, half in enumerate(halves):
        whole.paste(half, (0, place * half.height))
    return whole.quantize(_COLOURS, kmeans=2, dither=Image.Dither.NONE)


def _details() -> Iterator[tuple[str, Pose]]:
    """Blinks, looks and visemes, on her neutral face."""
    neutral = LOOKS[Expression.NEUTRAL]
    yield "open", Pose(neutral)
    yield "half", Pose(replace(neutral, eyes=neutral.half))
    yield "closed", Pose(replace(neutral, eyes=neutral.closed))
    for name, gaze in (("left", (-1, 0)), ("right", (1, 0)), ("up", (0, -1)), ("down", (0, 1))):
        yield name, Pose(neutral, gaze=gaze)
    for viseme, mouth in MOUTHS.items():
        yield f"mouth {viseme}", Pose(replace(neutral, mouth=mouth))


Named = list[tuple[str, Image.Image]]


def _half(faces: Named, heads: Named, ground: str, text: str) -> Image.Image:
    """Every face in two sizes, and the heads below."""
    row = _LARGE[1] + 26
    small_top = -(-len(faces) // _COLUMNS) * row
    head_top = small_top + _SMALL[1] + 12
    half = Image.new("RGB", (_COLUMNS * _LARGE[0], head_top + _HEAD[1] + 30), ground)
    for place, (name, picture) in enumerate(faces):
        left, top = place % _COLUMNS * _LARGE[0], place // _COLUMNS * row
        _put(half, picture, (left, top), _LARGE)
        _name(half, name, (left + _LARGE[0] // 2, top + _LARGE[1]), 17, text)
        _put(half, picture, (place * _SMALL[0], small_top), _SMALL)
    for place, (name, picture) in enumerate(heads):
        left = 4 + place * half.width // len(heads)
        _put(half, picture, (left, head_top), _HEAD)
        _name(half, name, (left + _HEAD[0] // 2, head_top + _HEAD[1]), 13, text)
    return half


def _put(half: Image.Image, picture: Image.Image, spot: Pair, size: Pair) -> None:
    small = picture.resize(size, Image.Resampling.LANCZOS)
    half.paste(small, spot, small)


def _name(half: Image.Image, name: str, spot: Pair, size: int, text: str) -> None:
    ImageDraw.Draw(half).text((spot[0], spot[1] + 2), name, text, font=ImageFont.load_default(size), anchor="ma")
