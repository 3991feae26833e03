"""The colours of bubble and menu by day and by night (the product's palette), and how contrast is measured.

Pure. Every pair of letters and ground in `Palette.pairs` has a contrast of at least 4.5 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

VIOLET, LAVENDER = "#6d5bd0", "#e9dcff"
INK, NIGHT, DAY, WHITE, AMBER = "#3a2a5c", "#171326", "#f6f4ff", "#ffffff", "#ffb454"
_LILAC, _DUSK, _PLUM = "#b3a5f5", "#2b2444", "#5a4a86"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`."""

    ground: str
    words: str
    edge: str
    note_ground: str
    note_words: str
    note_hint: str
    trouble_ground: str
    trouble_words: str
    deny_ground: str
    """the safe answer stands out"""
    deny_words: str
    allow_ground: str
    allow_words: str
    field: str
    """where the user types"""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair of letters and ground that is shown."""
        return (
            (self.words, self.ground),
            (self.words, self.field),
            (self.note_hint, self.field),
            (self.note_hint, self.ground),
            (self.note_words, self.note_ground),
            (self.note_hint, self.note_ground),
            (self.trouble_words, self.trouble_ground),
            (self.deny_words, self.deny_ground),
            (self.allow_words, self.allow_ground),
        )


BY_DAY = Palette(
    ground=DAY,
    words=INK,
    edge=VIOLET,
    note_ground=LAVENDER,
    note_words=INK,
    note_hint=_PLUM,
    trouble_ground=AMBER,
    trouble_words=NIGHT,
    deny_ground=VIOLET,
    deny_words=WHITE,
    allow_ground=LAVENDER,
    allow_words=INK,
    field=WHITE,
)
BY_NIGHT = Palette(
    ground=NIGHT,
    words=LAVENDER,
    edge=VIOLET,
    note_ground=_DUSK,
    note_words=LAVENDER,
    note_hint=_LILAC,
    trouble_ground=AMBER,
    trouble_words=NIGHT,
    deny_ground=VIOLET,
    deny_words=WHITE,
    allow_ground=_DUSK,
    allow_words=LAVENDER,
    field=_DUSK,
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
