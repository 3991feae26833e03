"""manifest.toml of her set, written from the table: what the composer reads."""

from __future__ import annotations

import json
from collections.abc import Mapping

from overlay.art.eyes import TRAVEL
from overlay.art.layers import Layer
from overlay.art.pen import HEIGHT, WIDTH
from overlay.art.table import CREDIT, EYES, FIXED, LICENSE, LOOKS, MOUTHS, NAME, SLOTS

_PARTS = ("eyes", "half", "closed", "brows", "mouth", "cheeks")


def manifest(layers: Mapping[str, Layer]) -> str:
    """The text of manifest.toml."""
    lines = [
        "# Written by `python -m overlay.art`: change the drawings there, not here.",
        f"name = {_quoted(NAME)}",
        f"canvas = [{WIDTH}, {HEIGHT}]",
        f"credit = {_quoted(CREDIT)}",
        f"license = {_quoted(LICENSE)}",
        "",
        "[order]",
        "slots = [",
        *(f"    {{ slot = {_quoted(slot)}, group = {_quoted(group)} }}," for slot, group in SLOTS),
        "]",
        "",
        "[fixed]",
        *(f"{slot} = {_quoted(layer)}" for slot, layer in FIXED.items()),
    ]
    for kind, parts in EYES.items():
        lines += ["", f"[eyes.{kind}]"]
        if parts.flat:
            lines.append(f"flat = {_quoted(parts.flat)}")
        else:
            lines += [f"{part} = {_quoted(getattr(parts, part))}" for part in ("white", "iris", "lashes")]
            lines.append(f"travel = [{TRAVEL[0]}, {TRAVEL[1]}]")
    for expression, look in LOOKS.items():
        lines += ["", f"[expressions.{expression}]"]
        lines += [f"{part} = {_quoted(getattr(look, part))}" for part in _PARTS]
        lines.append(f"extras = [{', '.join(_quoted(extra) for extra in look.extras)}]")
        lines.append(f"gaze = [{look.gaze[0]}, {look.gaze[1]}]")
    lines += ["", "[mouths]", *(f"{viseme} = {_quoted(layer)}" for viseme, layer in MOUTHS.items())]
    for layer in layers.values():
        lines += ["", f"[layers.{layer.name}]", f"file = {_quoted(layer.file)}", f"at = [{layer.at[0]}, {layer.at[1]}]"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text)  # TOML's basic strings are JSON's
