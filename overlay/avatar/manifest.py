"""What may stand in a set's manifest.toml, and how a person is told what is wrong in it.

The pictures themselves are not looked at here.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alisa.runtime.sources import guess
from overlay.avatar.sets import EYES, MOUTH, Group
from overlay.expressions import Expression, Viseme

MANIFEST = "manifest.toml"
MAX_BYTES = 256 * 1024
MAX_CANVAS = 2048
MAX_LAYERS = 300

Name = Annotated[str, Field(min_length=1, max_length=80)]
MaybeName = Annotated[str, Field(max_length=80)]
Place = Annotated[int, Field(ge=-MAX_CANVAS, le=MAX_CANVAS)]
Length = Annotated[int, Field(ge=16, le=MAX_CANVAS)]
Travel = Annotated[int, Field(ge=0, le=200)]
Look = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LayerTable(_Table):
    """One picture and where it lies."""

    file: Annotated[str, Field(min_length=1, max_length=200)]
    at: tuple[Place, Place] = (0, 0)


class SlotRow(_Table):
    """A place in the order, and what moves it."""

    slot: Name
    group: Group


class OrderTable(_Table):
    """From back to front."""

    slots: Annotated[list[SlotRow], Field(min_length=1, max_length=60)]


class EyesTable(_Table):
    """A kind of eyes: in one piece, or white, iris and lashes."""

    flat: MaybeName = ""
    white: MaybeName = ""
    iris: MaybeName = ""
    lashes: MaybeName = ""
    travel: tuple[Travel, Travel] = (0, 0)


class ExpressionTable(_Table):
    """A face."""

    eyes: Name
    half: MaybeName = ""
    closed: MaybeName = ""
    brows: MaybeName = ""
    mouth: MaybeName = ""
    cheeks: MaybeName = ""
    extras: Annotated[list[Name], Field(max_length=20)] = []
    gaze: tuple[Look, Look] = (0.0, 0.0)


class Manifest(_Table):
    """A whole manifest.toml."""

    name: Name
    canvas: tuple[Length, Length]
    credit: Annotated[str, Field(max_length=500)] = ""
    license: Annotated[str, Field(max_length=200)] = ""
    layers: Annotated[dict[Name, LayerTable], Field(min_length=1, max_length=MAX_LAYERS)]
    order: OrderTable
    fixed: dict[Name, Name] = {}
    eyes: Annotated[dict[Name, EyesTable], Field(min_length=1)]
    expressions: dict[Expression, ExpressionTable]
    mouths: dict[Viseme, Name] = {}


class Read(NamedTuple):
    """A manifest, or None, and what is wrong."""

    manifest: Manifest | None
    problems: tuple[str, ...]


def read_manifest(folder: Path) -> Read:
    """Read and check the folder's manifest; problems are sentences that begin with the file's name."""
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            return _only(f"is larger than {MAX_BYTES // 1024} KB.")
        table = tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        return _only(f"cannot be read: {error.strerror or type(error).__name__}.")
    except UnicodeDecodeError:
        return _only("is not text in UTF-8.")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _only(f"is not TOML: {str(error)[:200]}.")
    try:
        manifest = Manifest.model_validate(table)
    except ValidationError as error:
        return Read(None, tuple(f"{MANIFEST}: {_sentence(item)}" for item in error.errors()))
    return Read(manifest, tuple(f"{MANIFEST}: {problem}" for problem in _dangling(manifest)))


def _only(problem: str) -> Read:
    return Read(None, (f"{MANIFEST}: {problem}",))


def _sentence(item: Any) -> str:
    """One of pydantic's findings in plain words."""
    place = [part for part in item["loc"] if part != "[key]"]
    shown = ".".join(str(part)[:80] for part in place)
    if item["type"] == "missing":
        return f"{shown} is missing."
    if item["type"] == "extra_forbidden":
        near = guess(str(place[-1]), _keys(place[:-1]))
        return f"{shown} is not known." + (f" Did you mean {near}?" if near else "")
    if item["type"] == "enum" and "[key]" in item["loc"]:
        known = [value.value for value in (Viseme if place[0] == "mouths" else Expression)]
        near = guess(str(place[-1]), known)
        return f"{shown} is not known." + (f" Did you mean {near}?" if near else f" There are {', '.join(known)}.")
    return f"{shown}: {item['msg'][:200]}."


def _keys(place: list[Any]) -> list[str]:
    """The keys that the table at that place may have."""
    if not place:
        return list(Manifest.model_fields)
    tables: dict[str, type[_Table]] = {
        "layers": LayerTable,
        "order": SlotRow if len(place) > 1 else OrderTable,
        "eyes": EyesTable,
        "expressions": ExpressionTable,
    }
    return list(tables[place[0]].model_fields) if place[0] in tables else []


def _dangling(manifest: Manifest) -> list[str]:
    """Names in the manifest that lead nowhere."""
    return [
        *_bad_order(manifest),
        *_bad_fixed(manifest),
        *_bad_eyes(manifest),
        *_bad_expressions(manifest),
        *(
            f"mouths.{viseme}: there is no layer {layer!r}."
            for viseme, layer in manifest.mouths.items()
            if layer not in manifest.layers
        ),
    ]


def _bad_order(manifest: Manifest) -> list[str]:
    slots = [row.slot for row in manifest.order.slots]
    filled = {"eyes", "mouth", "brows", "cheeks", "extras", *manifest.fixed}
    return [
        *(f"order: the slot {slot!r} stands there twice." for slot in sorted({s for s in slots if slots.count(s) > 1})),
        *(f"order: nothing ever fills the slot {slot!r}." for slot in slots if slot not in filled),
    ]


def _bad_fixed(manifest: Manifest) -> list[str]:
    slots = {row.slot for row in manifest.order.slots}
    found = []
    for slot, layer in manifest.fixed.items():
        if slot in (EYES, MOUTH, "brows", "cheeks", "extras"):
            found.append(f"fixed.{slot}: this slot belongs to the expressions.")
        elif slot not in slots:
            found.append(f"fixed.{slot}: the order has no such slot.")
        if layer not in manifest.layers:
            found.append(f"fixed.{slot}: there is no layer {layer!r}.")
    return found


def _bad_eyes(manifest: Manifest) -> list[str]:
    found = []
    for kind, eyes in manifest.eyes.items():
        parts = {"flat": eyes.flat, "white": eyes.white, "iris": eyes.iris, "lashes": eyes.lashes}
        found += [
            f"eyes.{kind}.{part}: there is no layer {layer!r}."
            for part, layer in parts.items()
            if layer and layer not in manifest.layers
        ]
        if not any(parts.values()):
            found.append(f"eyes.{kind}: names no layer.")
        if eyes.iris and not eyes.white:
            found.append(f"eyes.{kind}.iris: needs a white, for the iris is seen on the white only.")
    return found


def _bad_expressions(manifest: Manifest) -> list[str]:
    slots = {row.slot for row in manifest.order.slots}
    found = [] if Expression.NEUTRAL in manifest.expressions else ["expressions.neutral is missing."]
    for expression, face in manifest.expressions.items():
        where = f"expressions.{expression}"
        kinds = {"eyes": face.eyes, "half": face.half, "closed": face.closed}
        found += [
            f"{where}.{key}: there is no kind of eyes {kind!r}."
            for key, kind in kinds.items()
            if kind and kind not in manifest.eyes
        ]
        layers = {"brows": [face.brows], "mouth": [face.mouth], "cheeks": [face.cheeks], "extras": face.extras}
        for slot, names in layers.items():
            found += [
                f"{where}.{slot}: there is no layer {name!r}." for name in names if name not in {"", *manifest.layers}
            ]
            if any(names) and slot not in slots:
                found.append(f"{where}.{slot}: the order has no slot {slot!r}.")
        if EYES not in slots:
            found.append(f"{where}.eyes: the order has no slot 'eyes'.")
    return found
