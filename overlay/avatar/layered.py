"""A set of layers with a manifest: from a folder to an AvatarSet.

How the layers are put together is not known here.
"""

from __future__ import annotations

from pathlib import Path

from overlay.avatar.manifest import ExpressionTable, LayerTable, Manifest, read_manifest
from overlay.avatar.pictures import PictureError, find_picture, read_picture
from overlay.avatar.sets import AvatarSet, Eyes, Face, Layer, broken, nearest
from overlay.expressions import Expression

MAX_PIXELS = 16 * 1024 * 1024
"""of all layers after cropping; 4 bytes each"""


def load_layered(folder: Path) -> AvatarSet:
    """Read the set. Raises AvatarError that names every problem, file by file."""
    manifest, problems = read_manifest(folder)
    if manifest is None:
        raise broken(folder.name, problems)
    layers, torn = _read_layers(folder, manifest)
    if problems or torn:
        raise broken(folder.name, (*problems, *torn))
    return AvatarSet(
        name=manifest.name,
        kind="layered",
        canvas=manifest.canvas,
        layers=layers,
        order=tuple((row.slot, row.group) for row in manifest.order.slots),
        fixed=manifest.fixed,
        eyes={kind: Eyes(**eyes.model_dump()) for kind, eyes in manifest.eyes.items()},
        faces={name: _face(manifest.expressions[nearest(name, manifest.expressions)]) for name in Expression},
        mouths=manifest.mouths,
        credit=manifest.credit,
        license=manifest.license,
    )


def _read_layers(folder: Path, manifest: Manifest) -> tuple[dict[str, Layer], list[str]]:
    layers: dict[str, Layer] = {}
    problems: list[str] = []
    pixels = 0
    for name, table in manifest.layers.items():
        try:
            layers[name] = layer = _read_layer(folder, table, manifest.canvas)
        except PictureError as error:
            problems.append(str(error))
            continue
        pixels += layer.image.width * layer.image.height
        if pixels > MAX_PIXELS:
            problems.append(f"{table.file}: with it, the layers are larger than {MAX_PIXELS:,} pixels together.")
            break
    return layers, problems


def _read_layer(folder: Path, table: LayerTable, canvas: tuple[int, int]) -> Layer:
    """One layer, cropped to what can be seen of it."""
    image = read_picture(find_picture(folder, table.file), table.file).image
    x, y = table.at
    box = image.getbbox()
    if box is None:
        return Layer(image.crop((0, 0, 1, 1)), table.at)
    left, top, right, bottom = box
    if x + left >= canvas[0] or y + top >= canvas[1] or x + right <= 0 or y + bottom <= 0:
        raise PictureError(f"{table.file}: lies outside the canvas at {list(table.at)}.")
    return Layer(image.crop(box), (x + left, y + top))


def _face(table: ExpressionTable) -> Face:
    slots = {"brows": (table.brows,), "cheeks": (table.cheeks,), "extras": tuple(table.extras)}
    return Face(
        slots={slot: names for slot, names in slots.items() if any(names)},
        eyes=table.eyes,
        half=table.half,
        closed=table.closed,
        mouth=table.mouth,
        gaze=table.gaze,
    )
