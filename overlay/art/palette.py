"""Her colours. The identity's own stand first; the others are shades of them that the drawings need."""

from __future__ import annotations

VIOLET = "#6d5bd0"
TEAL = "#45b8d0"
LAVENDER = "#e9dcff"
ACCENT = "#3ecfc6"
HEART = "#ff6f91"
INK = "#3a2a5c"
NIGHT = "#171326"
DAY = "#f6f4ff"

WHITE = "#ffffff"

SKIN = "#ffe6d8"
SKIN_LIGHT = "#fff4ec"
SKIN_WARM = "#ffd3c2"
SKIN_SHADE = "#f3b7a6"
SKIN_LINE = "#8a4a52"
BLUSH = "#ff7d92"
BLUSH_DEEP = "#ee4f70"

HAIR_TOP = "#8a76ea"
HAIR_DARK = "#4d3db0"
HAIR_DEEP = "#35277f"
HAIR_LINE = "#2f2168"
HAIR_LIGHT = "#b3a5ff"
HAIR_TIP = "#56dcd2"
SHINE = "#f3ecff"

LASH = "#2b1a44"
IRIS_TOP = "#2a1c78"
IRIS_MIDDLE = "#4a6be0"
IRIS_LOW = "#56dfe0"
IRIS_GLOW = "#c9fff4"
PUPIL = "#180f48"

BROW = "#35246e"

LIP = "#7a2f45"
MOUTH = "#8e2741"
MOUTH_DEEP = "#64152f"
TONGUE = "#ff8b98"

CLOTH = "#fbf7ff"
CLOTH_SHADE = "#dccdf6"
CLOTH_DEEP = "#b9a6e6"
CLOTH_LINE = "#5d4a94"

WATER = "#a6e6ff"
WATER_DEEP = "#4aa9e0"
GOLD = "#ffc83d"
GOLD_DEEP = "#e08a1c"
RED = "#e8405a"
