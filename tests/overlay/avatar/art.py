"""Small sets of pictures for tests, drawn with a few rectangles: a layered one and a simple one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomlkit
from PIL import Image, ImageDraw

from overlay.expressions import Expression

CANVAS = (64, 96)
SIMPLE = ("base", "happy", "sad", "teasing", "serious", "calm")

_LAYERS: dict[str, tuple[tuple[int, int, int, int], str]] = {
    "back_hair": ((10, 8, 54, 80), "#6d5bd0"),
    "body": ((14, 56, 50, 96), "#e9dcff"),
    "face": ((16, 16, 48, 54), "#ffe0d0"),
    "cheeks_soft": ((18, 40, 46, 44), "#ff6f9180"),
    "eyes_white": ((18, 26, 46, 36), "#ffffff"),
    "eyes_iris": ((24, 27, 40, 35), "#3ecfc6"),
    "eyes_lashes": ((17, 24, 47, 27), "#3a2a5c"),
    "eyes_half": ((18, 30, 46, 35), "#3a2a5cc0"),
    "eyes_closed": ((18, 33, 46, 35), "#3a2a5c"),
    "mouth_rest": ((28, 46, 36, 48), "#a04050"),
    "mouth_smile": ((26, 45, 38, 49), "#c04050"),
    "mouth_aa": ((27, 43, 37, 53), "#801030"),
    "front_hair": ((14, 10, 50, 24), "#45b8d0c0"),
    "brows_up": ((20, 18, 44, 20), "#3a2a5c"),
    "headphones": ((8, 20, 14, 44), "#3ecfc6"),
    "sparkle": ((52, 4, 60, 12), "#ffe08a"),
    "tear": ((46, 36, 52, 46), "#80c0ff90"),
}


def manifest() -> dict[str, Any]:
    """What stands in the manifest of the layered set; a new one at each call."""
    eyes = {"eyes": "open", "half": "half", "closed": "closed", "mouth": "mouth_rest"}
    expressions: dict[str, dict[str, Any]] = {name.value: dict(eyes) for name in Expression}
    expressions["happy"] |= {"mouth": "mouth_smile", "cheeks": "cheeks_soft", "extras": ["sparkle"]}
    expressions["sad"] |= {"eyes": "half", "half": "", "extras": ["tear", "sparkle"], "gaze": [0, 0.5]}
    expressions["shy"] |= {"cheeks": "cheeks_soft", "gaze": [-0.6, 0.2]}
    expressions["serious"] |= {"brows": "brows_up"}
    expressions["surprised"] |= {"brows": "brows_up", "mouth": "mouth_aa"}
    groups = {"back_hair": "hair", "body": "breath"}
    slots = ("back_hair", "body", "face", "cheeks", "eyes", "mouth", "front_hair", "brows", "ornaments", "extras")
    return {
        "name": "Test",
        "canvas": list(CANVAS),
        "credit": "drawn by a test",
        "license": "MIT",
        "layers": {name: {"file": f"{name}.png", "at": list(box[:2])} for name, (box, _) in _LAYERS.items()},
        "order": {"slots": [{"slot": slot, "group": groups.get(slot, "head")} for slot in slots]},
        "fixed": {slot: slot for slot in ("back_hair", "body", "face", "front_hair")} | {"ornaments": "headphones"},
        "eyes": {
            "open": {"white": "eyes_white", "iris": "eyes_iris", "lashes": "eyes_lashes", "travel": [14, 6]},
            "half": {"flat": "eyes_half"},
            "closed": {"flat": "eyes_closed"},
        },
        "expressions": expressions,
        "mouths": {"rest": "mouth_rest", "aa": "mouth_aa", "oh": "mouth_smile"},
    }


def layered(folder: Path, table: dict[str, Any] | None = None) -> Path:
    """Write the layered set, with another manifest if one is given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, ((left, top, right, bottom), colour) in _LAYERS.items():
        image = Image.new("RGBA", (right - left, bottom - top))
        ImageDraw.Draw(image).ellipse((0, 0, right - left - 1, bottom - top - 1), fill=colour)
        if name == "body":
            image.paste(colour, (0, 20, image.width, image.height))
        image.save(folder / f"{name}.png")
    (folder / "manifest.toml").write_text(tomlkit.dumps(manifest() if table is None else table), encoding="utf-8")
    return folder


def simple(folder: Path, size: tuple[int, int] = (48, 72), *, overlays: bool = True) -> Path:
    """Write the simple set: six pictures, and the two that are laid over them."""
    folder.mkdir(parents=True, exist_ok=True)
    width, height = size
    for number, name in enumerate(SIMPLE):
        image = Image.new("RGBA", size)
        draw = ImageDraw.Draw(image)
        draw.rectangle(
            (width // 8, height // 8, width * 7 // 8, height), fill=(40 * number, 90, 255 - 40 * number, 255)
        )
        image.save(folder / f"{name}.png")
    if overlays:
        for name, line in (("eyes_closed", height // 3), ("mouth_open", height // 2)):
            image = Image.new("RGBA", size)
            ImageDraw.Draw(image).rectangle((width // 4, line, width * 3 // 4, line + 3), fill="#3a2a5c")
            image.save(folder / f"{name}.png")
    return folder
