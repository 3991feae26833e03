"""The simple set: whole pictures of her, one for each mood, with closed eyes and an open mouth to lay over them.

How it moves is not known here.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from overlay.avatar.pictures import Picture, PictureError, find_picture, read_picture
from overlay.avatar.sets import EYES, MOUTH, AvatarSet, Eyes, Face, Group, Layer, broken, nearest
from overlay.expressions import Expression, Viseme

BASE = "base"
REQUIRED = (BASE, "happy", "sad", "teasing", "serious", "calm")
OVERLAYS = ("eyes_closed", "mouth_open")
MIN_SIDE = 16
KEPT_HEIGHT, KEPT_WIDTH = 1152, 1536
"""larger pictures are made smaller when they are read: at the largest scale, no more of them is seen"""
_OPEN = (Viseme.AA, Viseme.EE, Viseme.OH)  # the wide vowels; with ih and ou the mouth is nearly shut


def load_simple(folder: Path) -> AvatarSet:
    """Read the set. Raises AvatarError that names every problem, file by file."""
    files = _files(folder)
    pictures: dict[str, Picture] = {}
    problems = [f"{name}.png: is not there." for name in REQUIRED if name not in files]
    for name in (*REQUIRED, *(e.value for e in Expression if e.value not in REQUIRED), *OVERLAYS):
        if name not in files:
            continue
        try:
            pictures[name] = read_picture(find_picture(folder, files[name]), files[name])
        except PictureError as error:
            problems.append(str(error))
    problems += _unlike(pictures, files)
    if problems:
        raise broken(folder.name, problems)
    return _assemble(folder.name, {name: picture.image for name, picture in pictures.items()})


def _files(folder: Path) -> dict[str, str]:
    """The pictures in the folder: what each is called in small letters, without the ending → the file's name."""
    try:
        return {path.stem.casefold(): path.name for path in sorted(folder.iterdir()) if path.suffix.lower() == ".png"}
    except OSError:
        return {}


def _unlike(pictures: dict[str, Picture], files: dict[str, str]) -> list[str]:
    """What does not fit together: sizes, and pictures in which nothing is to be seen."""
    if BASE not in pictures:
        return []
    base = pictures[BASE]
    size = base.image.size
    problems = []
    if min(size) < MIN_SIDE:
        problems.append(f"{files[BASE]}: is {size[0]} x {size[1]} pixels; that is too small to see her.")
    for name, picture in pictures.items():
        if picture.image.size != size:
            width, height = picture.image.size
            problems.append(f"{files[name]}: is {width} x {height} pixels, but {files[BASE]} is {size[0]} x {size[1]}.")
        if picture.empty and name not in OVERLAYS:
            problems.append(f"{files[name]}: is wholly transparent; there is nothing to see.")
        if picture.opaque and name in OVERLAYS and not base.opaque:
            problems.append(f"{files[name]}: has no transparency, so that it would hide her behind a rectangle.")
    return problems


def _assemble(name: str, images: dict[str, Image.Image]) -> AvatarSet:
    width, height = images[BASE].size
    factor = min(1.0, KEPT_HEIGHT / height, KEPT_WIDTH / width)
    canvas = (max(1, round(width * factor)), max(1, round(height * factor)))
    layers = {key: _layer(image, canvas) for key, image in images.items()}
    own: dict[Expression, str] = {Expression.NEUTRAL: BASE}
    own |= {expression: expression.value for expression in Expression if expression.value in layers}
    closed = "closed" if "eyes_closed" in layers else ""
    asleep = {Expression.SLEEPY} - own.keys() if closed else set()
    return AvatarSet(
        name=name,
        kind="simple",
        canvas=canvas,
        layers=layers,
        order=(("figure", Group.BREATH), (EYES, Group.BREATH), (MOUTH, Group.BREATH)),
        fixed={},
        eyes={"closed": Eyes(flat="eyes_closed")} if closed else {},
        faces={
            expression: Face(
                slots={"figure": (own[nearest(expression, own)],)},
                eyes=closed if expression in asleep else "",
                closed=closed,
            )
            for expression in Expression
        },
        mouths=dict.fromkeys(_OPEN, "mouth_open") if "mouth_open" in layers else {},
    )


def _layer(image: Image.Image, canvas: tuple[int, int]) -> Layer:
    small = image if image.size == canvas else image.resize(canvas, Image.Resampling.BOX)
    left, top, right, bottom = small.getbbox() or (0, 0, 1, 1)
    return Layer(small.crop((left, top, right, bottom)), (left, top))
