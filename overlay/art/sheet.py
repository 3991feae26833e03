"""The sheet of her faces, for people who look at it before it is committed: expressions, blinks, looks, visemes.

Composed by plain alpha from the drawings themselves, at the two sizes in which she is seen on a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PIL import Image, ImageChops, ImageDraw, ImageFont

from overlay.art import palette as ink
from overlay.art.layers import Layer, draw_all
from overlay.art.pen import HEIGHT, WIDTH
from overlay.art.table import EYES, FIXED, LOOKS, MOUTHS, SLOTS, Look
from overlay.art.eyes import TRAVEL
from overlay.expressions import Expression

Shift = tuple[int, int]
_STILL: Shift = (0, 0)


@dataclass(frozen=True, slots=True)
class Pose:
    """What a picture on the sheet shows."""

    look: Look
    gaze: tuple[float, float] = (0.0, 0.0)
    head: Shift = _STILL
    breath: int = 0
    sway: int = 0


def compose(pose: Pose, layers: dict[str, Layer]) -> Image.Image:
    """One picture of her, RGBA, as large as the art."""
    picture = Image.new("RGBA", (WIDTH, HEIGHT))
    breath = (0, -pose.breath)
    head = (pose.head[0], pose.head[1] - pose.breath)
    moves = {"still": _STILL, "breath": breath, "head": head, "hair": (head[0] + pose.sway, head[1])}
    stand = {"cheeks": pose.look.cheeks, "mouth": pose.look.mouth, "brows": pose.look.brows, **FIXED}
    for slot, group in SLOTS:
        if slot == "eyes":
            _add_eyes(picture, pose, layers, moves[group])
        for name in pose.look.extras if slot == "extras" else (stand.get(slot, ""),):
            if name:
                _add(picture, layers[name], moves[group])
    return picture


def _add_eyes(picture: Image.Image, pose: Pose, layers: dict[str, Layer], shift: Shift) -> None:
    kind = EYES[pose.look.eyes]
    if kind.flat:
        _add(picture, layers[kind.flat], shift)
        return
    _add(picture, layers[kind.white], shift)
    gaze = tuple(max(-1.0, min(1.0, at + own)) for at, own in zip(pose.gaze, pose.look.gaze, strict=True))
    iris = _whole(layers[kind.iris], (shift[0] + round(gaze[0] * TRAVEL[0]), shift[1] + round(gaze[1] * TRAVEL[1])))
    white = _whole(layers[kind.white], shift)
    iris.putalpha(ImageChops.multiply(iris.getchannel("A"), white.getchannel("A")))
    picture.alpha_composite(iris)
    _add(picture, layers[kind.lashes], shift)


def _add(picture: Image.Image, layer: Layer, shift: Shift) -> None:
    picture.alpha_composite(_whole(layer, shift))


def _whole(layer: Layer, shift: Shift) -> Image.Image:
    whole = Image.new("RGBA", (WIDTH, HEIGHT))
    whole.paste(layer.picture, (layer.at[0] + shift[0], layer.at[1] + shift[1]))
    return whole


def sheet() -> Image.Image:
    """The whole sheet: by day above, by night below."""
    layers = draw_all()
    halves = [_half(layers, ground, text) for ground, text in ((ink.DAY, ink.INK), (ink.NIGHT, ink.LAVENDER))]
    whole = Image.new("RGB", (halves[0].width, sum(half.height for half in halves)))
    top = 0
    for half in halves:
        whole.paste(half, (0, top))
        top += half.height
    return whole.quantize(256, dither=Image.Dither.NONE)


_FACE_BOX = (40, 0, 472, 460)
_CELLS = 11
_CELL = (144, 216)


def _half(layers: dict[str, Layer], ground: str, text: str) -> Image.Image:
    """All expressions in two sizes, then heads: blinks, looks and visemes."""
    neutral = LOOKS[Expression.NEUTRAL]
    bodies = [(str(name), Pose(look)) for name, look in LOOKS.items()]
    heads = [
        ("open", Pose(neutral)),
        ("half", Pose(replace(neutral, eyes="half"))),
        ("closed", Pose(replace(neutral, eyes="closed"))),
        ("left", Pose(neutral, gaze=(-1, 0))),
        ("right", Pose(neutral, gaze=(1, 0))),
        ("up", Pose(neutral, gaze=(0, -1))),
        ("down", Pose(neutral, gaze=(0, 1))),
        *((f"mouth {viseme}", Pose(replace(neutral, mouth=mouth))) for viseme, mouth in MOUTHS.items()),
    ]
    columns = 6
    big, small, head = (256, 384), (128, 192), (108, 115)
    width = columns * big[0]
    height = 2 * (big[1] + 26) + small[1] + 20 + head[1] + 34
    half = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(half)
    for place, (name, pose) in enumerate(bodies):
        spot = (place % columns * big[0], place // columns * (big[1] + 26))
        _put(half, pen, compose(pose, layers), spot, big, name, text)
    top = 2 * (big[1] + 26)
    for place, (_, pose) in enumerate(bodies):
        _put(half, pen, compose(pose, layers), (place * 138 + 8, top), small, "", text)
    top += small[1] + 12
    for place, (name, pose) in enumerate(heads):
        picture = compose(pose, layers).crop(_FACE_BOX)
        _put(half, pen, picture, (place * 118 + 4, top), head, name, text)
    return half


def _put(
    half: Image.Image, pen: ImageDraw.ImageDraw, picture: Image.Image, spot: Shift, size: Shift, name: str, text: str
) -> None:
    small = picture.resize(size, Image.Resampling.LANCZOS)
    half.paste(small, spot, small)
    if name:
        font = ImageFont.load_default(17 if size[0] > 200 else 13)
        pen.text((spot[0] + size[0] / 2, spot[1] + size[1] + 2), name, text, font=font, anchor="ma")
